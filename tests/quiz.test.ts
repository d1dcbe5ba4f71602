import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LiveActivity } from "../shared/interactions/activity/activity.schema.ts";
import type { StatusChange } from "../shared/interactions/activity/activity.ts";
import { AnswerRow } from "../shared/interactions/activity/answer-row.schema.ts";
import { Ranking } from "../shared/interactions/activity/ranking.schema.ts";
import type { Score } from "../shared/interactions/activity/ranking.ts";
import { roomName, splitSessionUid } from "../shared/protocol/identity.ts";
import { HostRules } from "../shared/protocol/rules.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await startDeployment({
    rooms: {
      ROOM_CAPACITY: "20",
      ROOM_FANOUT: "2",
      REACTIONS_PER_SECOND: "1000",
      REACTIONS_BURST: "1000",
    },
  });
});
afterAll(() => revint.close());

const OPTIONS = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
  { id: "c", text: "C" },
];
const QUESTION = { kind: "choice", prompt: "Which one?", options: OPTIONS, correct: ["a"] } as const;

/** A session of so many people, twenty in a room. */
async function startTalk(size: number) {
  const token = await revint.sign();
  const { sessionUid, hostUid } = await revint.host(token, { expectedAudience: size });
  const people = await Promise.all(Array.from({ length: size }, () => revint.join(sessionUid)));
  const connect = (uid: string) => Pipe.greeted(revint.url, sessionUid, uid);
  const [host, ...pipes] = await Promise.all([hostUid, ...people.map(({ uid }) => uid)].map(connect));
  if (!host) throw new Error("no host pipe");
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  const as = (who: { token: string; uid: string }, method: string, to: string, json?: unknown) =>
    revint.request(method, `${path}${to}`, { ...who, ...(json !== undefined && { json }) });
  const set = async (id: string, change: StatusChange) =>
    read(LiveActivity, await as(asHost, "POST", `/activities/${id}/status`, change));
  const { hash } = splitSessionUid(sessionUid);
  const person = (index: number) => {
    const [who, pipe] = [people[index], pipes[index]];
    if (!who || !pipe) throw new Error("nobody is there");
    return { who, pipe };
  };
  return {
    asHost,
    sessionUid,
    people,
    pipes,
    person,
    connect,
    as,
    set,
    write: async (id: string, definition: object = QUESTION) =>
      read(LiveActivity, await as(asHost, "PUT", `/activities/${id}`, definition)),
    /** Everybody in turn answers with one of these; nobody with undefined. */
    answer: async (id: string, round: number, pick: (index: number) => string[] | undefined) => {
      await Promise.all(
        pipes.map(async (pipe, index) => {
          await pipe.until(() => {
            const activity = pipe.activity(id);
            return activity?.status === "open" && activity.round === round;
          });
          const value = pick(index);
          if (value) await pipe.answer(id, round, value, `${id}-${round}-${index}`);
        }),
      );
    },
    ranking: async (id: string, who: { token: string; uid: string } = asHost) =>
      read(Ranking, await as(who, "GET", `/activities/${id}/ranking`)),
    name: (index: number, name: string) =>
      as(person(index).who, "PUT", `/user/${person(index).who.uid}/name`, { name }),
    restart: () => revint.host(token, { restart: true }),
    evict: (room: number) =>
      revint.harness
        .getWorker("revint-session-store")
        .evictDurableObject("SessionRoom", { name: roomName(hash, room) })
        .catch(() => {}), // not running: fine
    evictLedger: (room: number) =>
      revint.harness
        .getWorker("revint-reaction-store")
        .evictDurableObject("ReactionLedger", { name: roomName(hash, room) })
        .catch(() => {}),
  };
}

type Talk = Awaited<ReturnType<typeof startTalk>>;

/** What an answer to one of these questions is worth, written down once more. */
function rate({ activity, value, elapsedMs }: AnswerRow): number {
  if (JSON.stringify(value) !== '["a"]' || elapsedMs === null) return 0;
  if (!TIMED.has(activity) || elapsedMs <= 500) return 1000;
  return Math.max(500, Math.round((1000 - (500 * (elapsedMs - 500)) / (SECONDS * 1000 - 500)) / 10) * 10);
}
const SECONDS = 10;
const TIMED = new Set(["q1", "q3", "q5"]);

/** What everybody has, from the export alone: the last row of each question stands. */
async function recount({ as, asHost }: Talk) {
  const text = await (await as(asHost, "GET", "/answers/export?format=ndjson")).text();
  const rows = text
    .split("\n")
    .filter(Boolean)
    .map((line) => AnswerRow.parse(JSON.parse(line)));
  for (const row of rows) expect(row.points).toBe(rate(row));
  const standing = new Map(rows.map((row) => [`${row.activity} ${row.participant}`, row]));
  const sums = new Map<number, number>();
  for (const row of standing.values()) {
    sums.set(row.participant, (sums.get(row.participant) ?? 0) + rate(row));
  }
  const all = [...sums.values()].sort((a, b) => b - a);
  return all.map((points): Score => ({ points, rank: all.indexOf(points) + 1 }));
}

const getScore = (pipe: Pipe) => {
  const { points, rank } = pipe.last("score") ?? { points: 0, rank: 0 };
  return { points, rank };
};
const sorted = (scores: readonly Score[]) => [...scores].sort((a, b) => a.rank - b.rank);
const isRanked = ({ rank }: Score) => rank > 0;

test("a quiz of five questions with 200 people in ten rooms: points and ranks are what the export says, whoever dies meanwhile", async () => {
  const talk = await startTalk(200);
  const { pipes, person, write, set, answer, ranking, evict, evictLedger, connect, people } = talk;
  const questions = ["q1", "q2", "q3", "q4", "q5"];
  for (const [number, id] of questions.entries()) {
    // With and without a time: some have equal points.
    await write(id, { ...QUESTION, ...(TIMED.has(id) && { seconds: SECONDS }) });
    await set(id, { status: "open" });
    await answer(id, 1, (index) => {
      if (index % 9 === 0) return undefined;
      return [(index + number) % 3 === 0 ? "b" : "a"];
    });
    const rooms = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((room) => (room + number) % 2 === 0);
    await Promise.all(rooms.flatMap((room) => [evict(room), evictLedger(room)]));
    await set(id, { status: "closed", revealed: true });
    await Promise.all(rooms.map(evict));
  }
  const expected = await recount(talk);
  expect(expected).toHaveLength(200 - 23);
  expect(new Set(expected.map(({ rank }) => rank)).size).toBeLessThan(expected.length);
  const heard = () => sorted(pipes.map(getScore).filter(isRanked));
  await expect.poll(heard, { timeout: 60_000 }).toEqual(expected);

  const { top, people: ranked } = await ranking("q1");
  expect({ top, ranked }).toEqual({ top: expected.slice(0, 100), ranked: expected.length });
  const { who, pipe } = person(1);
  expect((await ranking("q5", who)).mine).toEqual(getScore(pipe));
  expect(await ranking("q5", person(0).who)).not.toHaveProperty("mine");

  // Whoever comes back, to a room that has slept, is greeted with it.
  await Promise.all([0, 1, 2, 3, 4].flatMap((room) => [evict(room), evictLedger(room)]));
  const again = await Promise.all(people.map(({ uid }) => connect(uid)));
  await expect.poll(() => sorted(again.map(getScore).filter(isRanked))).toEqual(expected);
  for (const [index, pipe] of again.entries()) expect(getScore(pipe)).toEqual(getScore(person(index).pipe));
});

describe("the quiz", () => {
  test("counts what is closed and revealed: a round that replaces another replaces its points, and a restart forgets them", async () => {
    const { pipes, write, set, answer, restart, ranking } = await startTalk(2);
    const [first, second] = pipes;
    if (!first || !second) throw new Error("nobody is there");
    await write("q");
    await set("q", { status: "open" });
    await answer("q", 1, (index) => [index === 0 ? "a" : "b"]);
    await set("q", { status: "closed" });
    expect((await ranking("q")).top).toEqual([]);
    await set("q", { status: "closed", revealed: true });
    await first.until(() => getScore(first).points === 1000);
    await second.until(() => getScore(second).rank === 2);
    await set("q", { status: "open", newRound: true });
    await first.until(() => getScore(first).rank === 0);
    await answer("q", 2, (index) => [index === 0 ? "b" : "a"]);
    await set("q", { status: "closed", revealed: true });
    await first.until(() => getScore(first).rank === 2);
    await second.until(() => getScore(second).rank === 1);
    await restart();
    await second.until(() => getScore(second).rank === 0);
    expect(await ranking("q")).toEqual({ top: [], people: 0 });
  });

  test("what is right may be corrected afterwards", async () => {
    const { pipes, write, set, answer } = await startTalk(2);
    const [first, second] = pipes;
    if (!first || !second) throw new Error("nobody is there");
    await write("q");
    await set("q", { status: "open" });
    await answer("q", 1, (index) => [index === 0 ? "a" : "b"]);
    await set("q", { status: "closed", revealed: true });
    await second.until(() => getScore(second).rank === 2);
    await write("q", { ...QUESTION, correct: ["b"] });
    await first.until(() => getScore(first).rank === 2);
    await second.until(() => getScore(second).rank === 1);
    expect(getScore(second).points).toBe(1000);
  });

  test("leaves out whose answers do not count, until they do again", async () => {
    const { person, write, set, answer, as, asHost, ranking } = await startTalk(3);
    await write("q");
    await set("q", { status: "open" });
    await answer("q", 1, () => ["a"]);
    await set("q", { status: "closed", revealed: true });
    const { who, pipe } = person(0);
    await pipe.until(() => getScore(pipe).rank === 1);
    const user = `/user/${who.uid.slice(0, 21)}`;
    expect((await as(asHost, "POST", `${user}/block`, { uncount: true })).status).toBe(200);
    await pipe.until(() => getScore(pipe).rank === 0);
    expect((await ranking("q")).people).toBe(2);
    expect((await as(asHost, "POST", `${user}/unblock`)).status).toBe(200);
    await pipe.until(() => getScore(pipe).rank === 1);
  });

  test("is for users once the activity that they ask with is revealed", async () => {
    const { person, write, set, as, ranking } = await startTalk(1);
    const { who } = person(0);
    const codeOf = async () => (await readProblem(await as(who, "GET", "/activities/q/ranking"))).code;
    expect(await codeOf()).toBe("activity_not_found");
    await write("q");
    expect(await codeOf()).toBe("activity_not_found");
    await set("q", { status: "open" });
    expect(await codeOf()).toBe("not_public");
    await set("q", { status: "closed", revealed: true });
    await expect.poll(async () => ranking("q", who)).toEqual({ top: [], people: 0 });
  });
});

describe("a name", () => {
  test("stands in the ranking, once in a session however it is written, and may be changed", async () => {
    const { name, person, write, set, answer, ranking, as, asHost } = await startTalk(3);
    expect((await name(0, " Ada ")).status).toBe(200);
    expect((await readProblem(await name(1, "ＡＤＡ"))).code).toBe("name_taken");
    expect((await name(0, "ada")).status).toBe(200);
    expect((await name(1, "Grace")).status).toBe(200);
    await write("q");
    await set("q", { status: "open" });
    await answer("q", 1, (index) => [index === 0 ? "a" : "b"]);
    await set("q", { status: "closed", revealed: true });
    const { who, pipe } = person(0);
    await pipe.until(() => getScore(pipe).rank === 1);
    const named = async () => (await ranking("q")).top.map(({ name = "" }) => name).sort();
    expect(await named()).toEqual(["", "Grace", "ada"]);
    expect((await as(who, "DELETE", `/user/${who.uid}`)).status).toBe(204);
    await expect.poll(named).toEqual(["", "", "Grace"]);
    expect((await name(2, "Ada")).status).toBe(200);
    const rules = { paused: false, reactions: null, pages: {}, publicResults: false, names: false };
    expect(await read(HostRules, await as(asHost, "POST", "/rules", rules))).toMatchObject({ names: false });
    expect((await readProblem(await name(2, "Adele"))).code).toBe("names_off");
    await expect.poll(named).toEqual(["", "", ""]);
    const { names: _, ...before } = rules;
    expect(await read(HostRules, await as(asHost, "POST", "/rules", before))).toMatchObject({ names: false });
  });

  test("that nobody could read, or of somebody in haste, is refused", async () => {
    const { name, person, as } = await startTalk(2);
    const codeOf = async (answer: Promise<Response>) => (await readProblem(await answer)).code;
    for (const bad of ["", "   ", "x".repeat(33), "\u200b", "a\u202eb", "line\nbreak", "\ud800"]) {
      expect(await codeOf(name(0, bad))).toBe("invalid_request");
    }
    const { who } = person(0);
    expect(await codeOf(as(who, "PUT", `/user/${person(1).who.uid}/name`, { name: "x" }))).toBe(
      "not_participant",
    );
    for (const number of [1, 2, 3, 4, 5]) expect((await name(0, `Ada ${number}`)).status).toBe(200);
    expect(await codeOf(name(0, "Ada 6"))).toBe("rate_limited");
  });
});
