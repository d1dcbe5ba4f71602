import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_REACTIONS } from "../shared/interactions/reaction/reaction.ts";
import { getRoom } from "../shared/protocol/identity.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import type { ServerMessage } from "../shared/protocol/message.ts";
import { LoginAnswer, SessionAnswer } from "../shared/protocol/session.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;

/** A place that nobody uses is given back after so many seconds: two minutes are long for a test. */
const PLACE_SECONDS = 10;

beforeAll(async () => {
  // Nobody here comes near a token bucket: what is looked at are other limits.
  const fast = { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" };
  const small = { ROOM_CAPACITY: "10", ROOM_FANOUT: "2" };
  revint = await startDeployment({ rooms: { ...small, ...fast, PLACE_SECONDS: `${PLACE_SECONDS}` } });
});
afterAll(() => revint.close());

async function start(more?: Record<string, unknown>) {
  const session = await startSession(revint, more);
  const { token } = await read(SessionAnswer, await revint.request("GET", session.path));
  return { ...session, login: () => revint.request("POST", `${session.path}/login`, { token }) };
}
type Started = Awaited<ReturnType<typeof start>>;

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** A refusal at the door: its code, and when to ask again. */
async function readRefusal(response: Response) {
  const { code } = await readProblem(response);
  return { code, retryAfter: Number(response.headers.get("retry-after")) };
}

/** Somebody new, who asks again when told, as often as it takes, but not for longer than is promised. */
async function comeIn(session: Started, code: string, promisedSeconds: number) {
  let waited = 0;
  for (;;) {
    const response = await session.login();
    if (response.ok) return read(LoginAnswer, response);
    const refusal = await readRefusal(response);
    expect(refusal.code).toBe(code);
    waited += refusal.retryAfter;
    expect(waited).toBeLessThanOrEqual(promisedSeconds);
    await wait(refusal.retryAfter);
  }
}

/** Logins at a time. */
const ROUND = 60;

/** Logs in so often, as fast as it can, and lets each round of it be accompanied. @returns what was said how often */
async function flood(session: Started, logins: number, accompany: (round: number) => Promise<void>) {
  const said = new Map<string, number>();
  for (let round = 0; round < logins / ROUND; round++) {
    const answers = Array.from({ length: ROUND }, async () => {
      const response = await session.login();
      if (response.ok) return read(LoginAnswer, response).then(() => "in");
      const { code, retryAfter } = await readRefusal(response);
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(61);
      return code;
    });
    await accompany(round);
    for (const what of await Promise.all(answers)) said.set(what, (said.get(what) ?? 0) + 1);
  }
  return said;
}

/** Somebody who was in before, and goes on reacting; and a count of participants that never falls. */
async function getInside(session: Started) {
  const { uid } = await session.join();
  const pipe = await session.pipe(uid);
  let [taps, participants] = [0, 0];
  const tap = async () => {
    expect(await pipe.react("1", "👏", `tap-${++taps}`)).toMatchObject({ type: "ack" });
    const totals = await session.totals();
    expect(totals.participants).toBeGreaterThanOrEqual(participants);
    participants = totals.participants;
  };
  const check = async () => {
    await pipe.until(() => pipe.last("reactions")?.total === taps);
    expect(await session.totals()).toMatchObject({ pages: { "1": { "👏": taps } }, total: taps });
  };
  return { pipe, tap, check };
}

describe.concurrent("a flood of logins", () => {
  test("waits at the door, where the hosts see it; who is in reacts, and who comes later is in when told", async () => {
    const LOGINS = 3000;
    const session = await start({ maxParticipants: 400, expectedAudience: 50 });
    const inside = await getInside(session);
    const deck = await session.pipe(session.hostUid);
    const said = await flood(session, LOGINS, inside.tap);
    expect(said.get("in")).toBeGreaterThanOrEqual(LIMITS.joinsPerMinute - 1);
    expect(said.get("rate_limited")).toBeGreaterThan(LOGINS / 2);
    const door = await deck.until(() => deck.all("door").find(({ waiting }) => waiting > 100));
    expect(door).toMatchObject({ perMinute: LIMITS.joinsPerMinute, isClosed: false });

    const { uid } = await comeIn(session, "rate_limited", 62);
    const late = await session.pipe(uid);
    expect(await late.react("1", "👏", "late")).toMatchObject({ type: "ack" });
    await late.until(() => late.last("reactions")?.total === LOGINS / ROUND + 1);
    await deck.until(() => deck.last("door")?.waiting === 0, 120_000);
  });

  test("meets a door that hosts close and open; when every place is taken, unused ones are given back", async () => {
    // So few that a machine would have to be very slow to give them back before a round has asked for all.
    const maxParticipants = 10;
    const session = await start({ maxParticipants, expectedAudience: 50 });
    const inside = await getInside(session);
    const deck = await session.pipe(session.hostUid);
    const gone = await session.join();
    await (await session.pipe(gone.uid)).close();

    expect((await session.setRules({ isClosed: true })).status).toBe(200);
    await deck.until(() => deck.last("door")?.isClosed === true);
    const closed = await flood(session, 300, inside.tap);
    expect([...closed]).toEqual([["session_full", 300]]);
    // Whoever was in comes back, also through a closed door.
    const back = await session.pipe(gone.uid);
    await back.close();

    expect((await session.setRules({ isClosed: false, joinsPerMinute: 100_000 })).status).toBe(200);
    await deck.until(() => deck.last("door")?.isClosed === false);
    const first = await session.pipe((await session.join()).uid);
    const opened = await flood(session, 600, inside.tap);
    expect(opened.get("in")).toBeGreaterThanOrEqual(maxParticipants - 3);
    expect(opened.get("session_full")).toBeGreaterThan(0);
    expect([...opened.keys()].sort()).toEqual(["in", "session_full"]);

    const { uid } = await comeIn(session, "session_full", PLACE_SECONDS);
    const late = await session.pipe(uid);
    await inside.check();
    for (const pipe of [first, late, inside.pipe]) {
      expect(await pipe.react("2", "👍", "after")).toMatchObject({ type: "ack" });
    }
  });
});

describe.concurrent("kinds of 64 four-byte characters, as many as anybody can bring,", () => {
  const PEOPLE = 60;
  /** Different for each person and number, and as large as a reaction can be. */
  const spell = (person: number, number: number) =>
    [...`${person}`.padStart(3, "0"), ...`${number}`.padStart(3, "0")]
      .map((digit) => String.fromCodePoint(0x1f600 + Number(digit)))
      .join("")
      .padEnd(2 * LIMITS.textLength, "🙂");

  /** What a pipe is greeted with, in bytes. */
  const sizeOfGreeting = (heard: readonly ServerMessage[]) =>
    heard
      .slice(0, heard.findIndex(({ type }) => type === "presence") + 1)
      .reduce((sum, message) => sum + Buffer.byteLength(JSON.stringify(message)), 0);

  test("leave greetings small, and room for what is offered on every new slide, in every room", async () => {
    const session = await start({ expectedAudience: PEOPLE });
    await session.setState("1");
    const people = await Promise.all(Array.from({ length: PEOPLE }, session.join));
    expect(new Set(people.map(({ uid }) => getRoom(uid))).size).toBe(PEOPLE / 10);
    const refusals = await Promise.all(
      people.map(async ({ uid }, person) => {
        const pipe = await session.pipe(uid);
        for (let number = 0; ; number++) {
          const answer = await pipe.react("1", spell(person, number), `${number}`);
          if (answer.type === "ack") continue;
          await pipe.close();
          return { code: answer.code, number };
        }
      }),
    );
    for (const { code, number } of refusals) {
      expect(code).toBe("too_many_kinds");
      expect(number).toBeLessThanOrEqual(LIMITS.kindsPerParticipant);
    }
    const kept = refusals.reduce((sum, { number }) => sum + number, 0);
    const kindBytes = 1 + 4 * LIMITS.textLength;
    expect(kept).toBe(Math.floor(LIMITS.kindBytes / kindBytes));
    // One honest person in each room.
    const honest = people.filter(({ uid }, index) => {
      return people.findIndex((other) => getRoom(other.uid) === getRoom(uid)) === index;
    });
    const deck = await session.pipe(session.hostUid);
    const pipes = await Promise.all(honest.map(({ uid }) => session.pipe(uid)));
    for (const pipe of [deck, ...pipes]) {
      await pipe.until(() => pipe.last("reactions")?.total === kept);
      expect(sizeOfGreeting(pipe.heard)).toBeLessThan(128 * 1024);
    }
    for (const page of ["1", "2", "3.1"]) {
      await session.setState(page);
      for (const pipe of pipes) await pipe.until(() => pipe.last("state_change")?.page === page);
      for (const [index, reaction] of DEFAULT_REACTIONS.entries()) {
        const answers = await Promise.all(
          pipes.map((pipe) => pipe.react(page, reaction, `${page}-${index}`)),
        );
        expect(answers.map(({ type }) => type)).toEqual(pipes.map(() => "ack"));
      }
    }
    expect(await pipes[1]?.react("2", "🦄", "own")).toMatchObject({ code: "too_many_kinds" });
    const each = Object.fromEntries(DEFAULT_REACTIONS.map((reaction) => [reaction, pipes.length]));
    const total = kept + 3 * DEFAULT_REACTIONS.length * pipes.length;
    await deck.until(() => deck.last("reactions")?.total === total);
    expect((await session.totals()).pages).toMatchObject({ "1": each, "2": each, "3.1": each });
  });

  test("are refused everywhere in a session that has a list, and float nowhere", async () => {
    const session = await start({ expectedAudience: 30, reactions: ["👏", "❓"] });
    for (const page of ["1", "2"]) await session.setState(page);
    const people = await Promise.all(Array.from({ length: 30 }, session.join));
    const [deck, ...pipes] = await Promise.all(
      [session.hostUid, ...people.map(({ uid }) => uid)].map(session.pipe),
    );
    if (!deck) throw new Error("no pipe of the host");
    expect(new Set(people.map(({ uid }) => getRoom(uid))).size).toBe(3);
    for (const pipe of pipes) await pipe.until(() => pipe.last("state_change")?.page === "2");

    const strange = spell(0, 0);
    const tries = [
      ["2", strange],
      ["1", strange],
      ["9", strange],
      ["2", "constructor"],
      [strange, "👏"],
    ] as const;
    for (const [index, [page, reaction]] of tries.entries()) {
      const answers = await Promise.all(pipes.map((pipe) => pipe.react(page, reaction, `${index}`)));
      for (const answer of answers) expect(answer).toMatchObject({ code: "reaction_not_allowed" });
      const [person] = people;
      const react = `${session.path}/user/${person?.uid}/react`;
      const byBody = revint.request("POST", react, { ...person, json: { page, reaction } });
      expect(await readProblem(await byBody)).toMatchObject({ code: "reaction_not_allowed" });
      const [inPath, reactionInPath] = [page, reaction].map(encodeURIComponent);
      const byPath = revint.request("POST", `${react}/${inPath}/${reactionInPath}`, person);
      expect(await readProblem(await byPath)).toMatchObject({ code: "reaction_not_allowed" });
    }

    await Promise.all(pipes.map((pipe) => pipe.react("2", "👏", "good")));
    for (const pipe of [deck, ...pipes]) {
      await pipe.until(() => pipe.last("reactions")?.total === pipes.length);
      expect(pipe.totals.toJSON()).toEqual({ "2": { "👏": pipes.length } });
      const heard = pipe.heard.filter(({ type }) => type === "reactions" || type === "bursts");
      expect(JSON.stringify(heard)).not.toMatch(new RegExp(`${strange}|constructor`));
    }
  });
});
