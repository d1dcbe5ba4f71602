import { afterAll, beforeAll, expect, test } from "vitest";
import { signDevToken } from "../scripts/dev-secrets.ts";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import { ExportRow } from "../shared/protocol/export.schema.ts";
import { getRoom } from "../shared/protocol/identity.ts";
import { LoginAnswer, NewSessionAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { read } from "./deployment.ts";
import { createGround, type Ground, Mortal, removeGround } from "./mortal.ts";

let ground: Ground;

beforeAll(async () => {
  ground = await createGround();
});
afterAll(() => removeGround(ground));

/** Sessions that are deleted at once, and rooms of each. */
const SESSIONS = 6;
const ROOMS = 10;

/** Starts a session of its own, and lets so many people join it. */
async function start(workers: Mortal, count: number, more: Record<string, unknown> = {}) {
  const token = (await signDevToken({ name: `crash ${crypto.randomUUID()}`, date: "2026-11-20" })) ?? "";
  const url = await workers.url;
  const create = () =>
    workers.persist("/api/v1/session/new", {
      method: "POST",
      headers: { "content-type": "application/json", "x-session-token": token },
      body: JSON.stringify({ apiUrl: url, webUiUrl: url, ...more }),
    });
  const { sessionUid, hostUid } = await read(NewSessionAnswer, await create());
  const path = `/api/v1/session/${sessionUid}`;
  const info = await read(SessionAnswer, await workers.ask(path));
  const login = { method: "POST", headers: { "x-session-token": info.token } };
  const people = await Promise.all(
    Array.from({ length: count }, async () => read(LoginAnswer, await workers.ask(`${path}/login`, login))),
  );
  const react = (person: LoginAnswer | undefined, id: string) => {
    const uid = person?.uid ?? "";
    const headers = { "x-session-token": info.token, "x-session-uid": uid, "idempotency-key": id };
    return [`${path}/user/${uid}/react/1/x`, { method: "POST", headers }] as const;
  };
  const answer = (person: LoginAnswer, value: string, id: string) => {
    const headers = { "x-session-token": info.token, "x-session-uid": person.uid, "idempotency-key": id };
    const body = JSON.stringify({ round: 1, value: [value] });
    return [`${path}/user/${person.uid}/answers/poll`, { method: "PUT", headers, body }] as const;
  };
  return {
    sessionUid,
    path,
    people,
    react,
    answer,
    create,
    asHost: { "x-session-token": token, "x-session-uid": hostUid },
  };
}

test("kill -9 in the middle of a burst: what was acknowledged is kept, once, and the totals agree", async () => {
  const workers = new Mortal(ground);
  try {
    const { path, people, react, answer, asHost } = await start(workers, 40);
    const say = (method: string, to: string, body: object) =>
      workers.persist(`${path}/activities/poll${to}`, {
        method,
        headers: asHost,
        body: JSON.stringify(body),
      });
    const options = ["a", "b", "c"].map((id) => ({ id, text: id }));
    expect((await say("PUT", "", { kind: "choice", prompt: "Which?", options })).status).toBe(200);
    expect((await say("POST", "/status", { status: "open" })).status).toBe(200);
    const last = new Map<number, string>();
    const acked: string[] = [];
    const tap = async (person: LoginAnswer, i: number) => {
      for (let n = 0; n < 15; n++) {
        const id = `${i}-${n}`;
        expect((await workers.persist(...react(person, id))).status).toBe(200);
        acked.push(id);
        // Everybody changes their mind, again and again.
        const value = options[(i + n) % 3]?.id ?? "";
        expect((await workers.persist(...answer(person, value, `answer-${id}`))).status).toBe(200);
        last.set(i, value);
      }
    };
    const burst = Promise.all(people.map(tap));
    // What fails in it is awaited below.
    burst.catch(() => {});
    for (const after of [100, 350]) {
      await expect.poll(() => acked.length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(after);
      const before = acked.length;
      await workers.die();
      expect(before).toBeLessThan(600);
    }
    await burst;
    expect(acked).toHaveLength(600);

    const totals = await read(SessionTotals, await workers.persist(`${path}/reactions`, { headers: asHost }));
    expect(totals).toEqual({ pages: { "1": { x: 600 } }, total: 600, participants: 40 });
    const text = await (await workers.ask(`${path}/reactions/export`, { headers: asHost })).text();
    const rows = text
      .trimEnd()
      .split("\n")
      .map((line) => ExportRow.parse(JSON.parse(line)));
    expect(rows).toHaveLength(600);
    const perPerson = Map.groupBy(rows, ({ participant }) => participant);
    expect([...perPerson.values()].map((some) => some.length)).toEqual(people.map(() => 15));

    await say("POST", "/status", { status: "closed" });
    const list = async () =>
      read(Activities, await workers.persist(`${path}/activities`, { headers: asHost }));
    await expect.poll(async () => (await list()).activities[0]?.tally?.final, { timeout: 60_000 }).toBe(true);
    const counts = Object.fromEntries(
      options.map(({ id }) => [id, [...last.values()].filter((value) => value === id).length]),
    );
    expect((await list()).activities[0]?.tally).toEqual({ round: 1, people: 40, counts, final: true });
  } finally {
    await workers.close();
  }
}, 300_000);

test("kill -9 in the middle of deletions: they come to their end without being asked again, and leave nothing", async () => {
  const workers = new Mortal(ground);
  try {
    const sessions = await Promise.all(
      Array.from({ length: SESSIONS }, async () => {
        const session = await start(workers, ROOMS, { expectedAudience: ROOMS * 2000 });
        expect(new Set(session.people.map(({ uid }) => getRoom(uid))).size).toBe(ROOMS);
        const answers = session.people.map((person) => workers.ask(...session.react(person, "before")));
        for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
        return session;
      }),
    );

    // Those that have no answer yet die with the Workers.
    const deletions = sessions.map(({ path, asHost }) =>
      workers.ask(path, { method: "DELETE", headers: asHost }).catch(() => {}),
    );
    // The root is the first to know. As soon as one of them does, everything dies, wherever each of them is.
    const begun = sessions.map(async ({ people, react }) => {
      for (let tap = 0; ; tap++) {
        const answer = await workers.ask(...react(people[0], `tap-${tap}`)).catch(() => undefined);
        if (answer?.status !== 200 && answer?.status !== 429) return;
      }
    });
    await Promise.race(begun);
    await workers.die();
    await Promise.all([...deletions, ...begun]);

    let gone = 0;
    for (const session of sessions) {
      const later = await workers.persist(...session.react(session.people[0], "later"));
      // Everything had died before this one's deletion was heard.
      if (later.status === 200) continue;
      gone++;
      // Until it is gone, it can be found at most.
      await expect
        .poll(async () => (await workers.persist(session.path)).status, { interval: 500, timeout: 120_000 })
        .toBe(404);
      for (const person of session.people) {
        expect((await workers.persist(...session.react(person, "after"))).status).toBe(404);
      }
      const anew = await read(NewSessionAnswer, await session.create());
      expect(anew).toMatchObject({ sessionUid: session.sessionUid, resumed: false });
      const totals = await workers.ask(`${session.path}/reactions`, { headers: session.asHost });
      expect(await read(SessionTotals, totals)).toEqual({ pages: {}, total: 0, participants: 0 });
    }
    expect(gone).toBeGreaterThan(0);
  } finally {
    await workers.close();
  }
}, 300_000);
