import { afterAll, beforeAll, expect, test } from "vitest";
import { signDevToken } from "../scripts/dev-secrets.ts";
import { LiveQuestion, Questions } from "../shared/interactions/question/question.schema.ts";
import type { Question } from "../shared/interactions/question/question.ts";
import { getRoom } from "../shared/protocol/identity.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { ShownQuestions } from "../workers/session-store/interactions/question/test-shown-questions.ts";
import { read } from "./deployment.ts";
import { createGround, type Ground, Mortal, removeGround } from "./mortal.ts";
import { Pipe } from "./pipe.ts";

let ground: Ground;

beforeAll(async () => {
  ground = await createGround();
});
afterAll(() => removeGround(ground));

const PEOPLE = 500;
const ROOMS = 4;
const QUESTIONS = 200;
/** Of each person. */
const VOTES = 40;
/** Whoever votes as fast as a thumb can is let, for so many votes; then one waits, in milliseconds. */
const AT_ONCE = 15;
const PAUSE_MS = 220;

const waitFor = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));

/** Starts a session of several rooms that takes questions, and lets everybody join it. */
async function start(workers: Mortal) {
  const token = (await signDevToken({ name: `votes ${crypto.randomUUID()}`, date: "2026-11-20" })) ?? "";
  const url = await workers.url;
  const json = { "content-type": "application/json", "x-session-token": token };
  const created = await workers.persist("/api/v1/session/new", {
    method: "POST",
    headers: json,
    body: JSON.stringify({ apiUrl: url, webUiUrl: url, expectedAudience: ROOMS * 2000 }),
  });
  const { sessionUid, hostUid } = await read(NewSessionAnswer, created);
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { ...json, "x-session-uid": hostUid };
  const rules = { paused: false, reactions: null, pages: {}, questions: "open" };
  const ruled = await workers.persist(`${path}/rules`, {
    method: "POST",
    headers: asHost,
    body: JSON.stringify(rules),
  });
  expect(ruled.status).toBe(200);
  const info = await read(SessionAnswer, await workers.ask(path));
  const login = { method: "POST", headers: { "x-session-token": info.token } };
  const uids: string[] = [];
  while (uids.length < PEOPLE) {
    const some = Array.from({ length: 50 }, async () => {
      const { uid } = await read(LoginAnswer, await workers.persist(`${path}/login`, login));
      return uid;
    });
    uids.push(...(await Promise.all(some)));
  }
  expect(new Set(uids.map(getRoom)).size).toBe(ROOMS);
  return { path, sessionUid, hostUid, asHost, token: info.token, uids };
}

/** Somebody with a phone, which opens its pipe again when it has lost it. */
class Voter {
  readonly uid: string;
  /** What they have said last of each question, once that was acknowledged. */
  readonly voted = new Map<string, boolean>();
  readonly refused: string[] = [];
  readonly #workers: Mortal;
  readonly #sessionUid: string;
  #pipe: Pipe | undefined;
  #ids = 0;

  constructor(workers: Mortal, sessionUid: string, uid: string) {
    this.#workers = workers;
    this.#sessionUid = sessionUid;
    this.uid = uid;
  }

  /** The pipe that is open. */
  async connect(): Promise<Pipe> {
    while (this.#pipe?.socket.readyState !== WebSocket.OPEN) {
      const url = await this.#workers.url;
      this.#pipe = await Pipe.greeted(url, this.#sessionUid, this.uid).catch(() => undefined);
      if (!this.#pipe) await waitFor(100 + Math.random() * 400);
    }
    return this.#pipe;
  }

  /** Votes, and sends it again with the same id until it is acknowledged, or refused for good. */
  async vote(question: string, vote: boolean): Promise<"acked" | "refused"> {
    const id = `vote${this.#ids++}`;
    for (;;) {
      const pipe = await this.connect();
      const from = pipe.heard.length;
      pipe.send({ type: "vote", id, question, vote });
      const answer = await Promise.race([
        pipe
          .until(() =>
            pipe.heard.slice(from).find((message) => {
              if (message.type === "ack") return message.ids.includes(id);
              return message.type === "error" && message.id === id;
            }),
          )
          .catch(() => undefined),
        pipe.closed.then(() => undefined),
      ]);
      if (answer?.type === "ack") {
        this.voted.set(question, vote);
        return "acked";
      }
      if (answer?.type === "error" && answer.retryAfter === undefined) {
        this.refused.push(answer.code);
        return "refused";
      }
      if (answer?.type === "error") await waitFor((answer.retryAfter ?? 1) * 1000);
    }
  }

  get shown(): ShownQuestions {
    return ShownQuestions.from(this.#pipe?.heard ?? []);
  }

  async close(): Promise<void> {
    await this.#pipe?.close();
  }
}

test("kill -9 while 500 people vote: each question has the people who last voted for it, and every phone the same order", async () => {
  const workers = new Mortal(ground);
  try {
    const { path, sessionUid, hostUid, asHost, token, uids } = await start(workers);
    const voters = uids.map((uid) => new Voter(workers, sessionUid, uid));
    const host = new Voter(workers, sessionUid, hostUid);
    await Promise.all([host, ...voters].map((voter) => voter.connect()));

    const authors = new Map<string, string>();
    for (let from = 0; from < QUESTIONS; from += 20) {
      const asking = Array.from({ length: 20 }, async (_, at) => {
        const uid = uids[from + at] ?? "";
        const answer = await workers.persist(`${path}/user/${uid}/questions`, {
          method: "POST",
          headers: { "content-type": "application/json", "x-session-token": token, "x-session-uid": uid },
          body: JSON.stringify({ text: `Question ${from + at}?` }),
        });
        expect(answer.status).toBe(201);
        const { id } = await read(LiveQuestion, answer);
        authors.set(id, uid);
      });
      await Promise.all(asking);
    }
    const ids = [...authors.keys()];
    expect(ids).toHaveLength(QUESTIONS);
    for (const voter of voters) await (await voter.connect()).until(() => voter.shown.total === QUESTIONS);

    let acked = 0;
    const tap = async (voter: Voter) => {
      for (let n = 0; n < VOTES; n++) {
        if (n >= AT_ONCE) await waitFor(PAUSE_MS);
        // The first are wanted more than the last, and people change their minds.
        const question = ids[Math.floor(Math.random() ** 2 * QUESTIONS)] ?? "";
        const outcome = await voter.vote(question, !voter.voted.get(question));
        if (outcome === "acked") acked++;
        else expect(authors.get(question)).toBe(voter.uid);
      }
    };
    const voting = Promise.all(voters.map(tap));
    // What fails in it is awaited below.
    voting.catch(() => {});
    for (const after of [0.25, 0.6]) {
      await expect
        .poll(() => acked, { interval: 20, timeout: 240_000 })
        .toBeGreaterThan(PEOPLE * VOTES * after);
      await workers.die();
    }
    await voting;
    expect(new Set(voters.flatMap(({ refused }) => refused))).toEqual(new Set(["own_question"]));

    const expected = new Map(ids.map((id) => [id, 0]));
    for (const { voted } of voters) {
      for (const [id, vote] of voted) if (vote) expected.set(id, (expected.get(id) ?? 0) + 1);
    }
    const list = async () => {
      const all: Question[] = [];
      for (let cursor: string | undefined = ""; cursor !== undefined; ) {
        const query = cursor === "" ? "" : `?cursor=${encodeURIComponent(cursor)}`;
        const page = await workers.persist(`${path}/questions${query}`, { headers: asHost });
        const listed: Questions = await read(Questions, page);
        all.push(...listed.questions);
        cursor = listed.cursor;
      }
      return all;
    };
    await expect
      .poll(async () => Object.fromEntries((await list()).map(({ id, votes }) => [id, votes])), {
        interval: 500,
        timeout: 60_000,
      })
      .toEqual(Object.fromEntries(expected));

    const order = (await list()).map(({ id, votes }) => [id, votes]);
    const hostPipe = await host.connect();
    const isSettled = () => JSON.stringify(host.shown.listTop(QUESTIONS)) === JSON.stringify(order);
    await hostPipe.until(isSettled);
    const top = JSON.stringify(order.slice(0, LIMITS.toldQuestions));
    for (const voter of voters) {
      const pipe = await voter.connect();
      await pipe.until(() => JSON.stringify(voter.shown.listTop(LIMITS.toldQuestions)) === top);
    }

    // Somebody reads what they have voted for, as it was acknowledged.
    const [voter] = voters;
    const own = { "x-session-token": token, "x-session-uid": voter?.uid ?? "" };
    const { questions } = await read(Questions, await workers.persist(`${path}/questions`, { headers: own }));
    for (const { id, voted } of questions) expect([id, voted]).toEqual([id, voter?.voted.get(id) ?? false]);
    await Promise.all([host, ...voters].map((each) => each.close()));
  } finally {
    await workers.close();
  }
}, 900_000);
