import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getRoom, roomName, splitSessionUid } from "../shared/protocol/identity.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, read, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" } });
});
afterAll(() => revint.close());

/** A session of 60 people in 12 rooms: a tree four levels deep; or of more people in more rooms. */
async function startLarge(size = 60) {
  const token = await revint.sign();
  const { sessionUid, hostUid } = await revint.host(token, { expectedAudience: size });
  const people = await Promise.all(Array.from({ length: size }, () => revint.join(sessionUid)));
  const [host, ...pipes] = await Promise.all(
    [hostUid, ...people.map(({ uid }) => uid)].map((uid) => Pipe.greeted(revint.url, sessionUid, uid)),
  );
  if (!host) throw new Error("no host pipe");
  const path = `/api/v1/session/${sessionUid}`;
  return {
    host,
    pipes,
    people,
    token,
    sessionUid,
    setState: (page: string) =>
      revint.request("POST", `${path}/state`, { token, uid: hostUid, json: { page, state: "s" } }),
    totals: async () =>
      read(SessionTotals, await revint.request("GET", `${path}/reactions`, { token, uid: hostUid })),
    restart: () => revint.host(token, { restart: true }),
    evict: (room: number) => {
      const name = roomName(splitSessionUid(sessionUid).hash, room);
      const store = revint.harness.getWorker("revint-session-store");
      return store.evictDurableObject("SessionRoom", { name }).catch(() => {}); // not running: fine
    },
    evictLedger: (room: number) => {
      const name = roomName(splitSessionUid(sessionUid).hash, room);
      const store = revint.harness.getWorker("revint-reaction-store");
      return store.evictDurableObject("ReactionLedger", { name }).catch(() => {});
    },
  };
}

test("60 people spread evenly over 12 rooms, and everyone hears how many they are", async () => {
  const { people, host, pipes } = await startLarge();
  const rooms = Map.groupBy(people, ({ uid }) => getRoom(uid));
  expect([...rooms.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  for (const inRoom of rooms.values()) expect(inRoom).toHaveLength(5);
  for (const pipe of [host, ...pipes]) await pipe.until(() => pipe.last("presence")?.participants === 60);
});

test("in a crowd the host hears of everyone who goes, and the others every few seconds, until all know", async () => {
  const size = LIMITS.crowd + 25;
  const { host, pipes } = await startLarge(size);
  for (const pipe of [host, ...pipes]) await pipe.until(() => pipe.last("presence")?.participants === size);
  const others = pipes.slice(20);
  const heard = others.map((pipe) => pipe.all("presence").length);
  const start = performance.now();
  for (const [index, pipe] of pipes.slice(0, 20).entries()) {
    await pipe.close();
    await host.until(() => host.last("presence")?.participants === size - 1 - index);
  }
  for (const pipe of others) await pipe.until(() => pipe.last("presence")?.participants === size - 20);
  const turns = 2 + Math.floor((performance.now() - start) / LIMITS.crowdCadenceMs);
  for (const [index, pipe] of others.entries()) {
    expect(pipe.all("presence").length - (heard[index] ?? 0)).toBeLessThanOrEqual(turns);
  }
});

test("a state change reaches all 60, in order", async () => {
  const { pipes, setState } = await startLarge();
  for (let page = 1; page <= 12; page++) await setState(`${page}`);
  for (const pipe of pipes) {
    await pipe.until(() => pipe.last("state_change")?.version === 12);
    const versions = pipe.all("state_change").map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(pipe.last("state_change")?.page).toBe("12");
  }
});

test("totals everywhere end equal and exact", async () => {
  const { host, pipes, totals } = await startLarge();
  const answers = await Promise.all(
    pipes.flatMap((pipe, i) =>
      [0, 1, 2].map((n) => pipe.react(`${n % 2}`, i % 2 ? "👍" : "👏", `${i}-${n}`)),
    ),
  );
  expect(new Set(answers.map(({ type }) => type))).toEqual(new Set(["ack"]));
  const expected = { "0": { "👏": 60, "👍": 60 }, "1": { "👏": 30, "👍": 30 } };
  for (const pipe of [host, ...pipes]) {
    await pipe.until(() => pipe.last("reactions")?.total === 180);
    expect(pipe.totals.toJSON()).toEqual(expected);
  }
  expect(await totals()).toEqual({ pages: expected, total: 180, participants: 60 });
});

test("one room evicted at random between any two steps changes nothing", async () => {
  const session = await startLarge();
  const { host, pipes } = session;
  const evictOne = () => session.evict(Math.floor(Math.random() * 12));
  for (let step = 1; step <= 6; step++) {
    await session.setState(`${step}`);
    await evictOne();
    const some = pipes.filter((_, index) => index % 10 === step % 10);
    const answers = await Promise.all(some.map((pipe) => pipe.react(`${step}`, "x", `${step}`)));
    expect(answers.map(({ type }) => type)).toEqual(some.map(() => "ack"));
    await Promise.all([evictOne(), session.evictLedger(step)]);
  }
  for (const pipe of [host, ...pipes]) {
    await pipe.until(() => pipe.last("state_change")?.version === 6);
    await pipe.until(() => pipe.last("reactions")?.total === 36);
    await pipe.until(() => pipe.last("presence")?.participants === 60);
    expect(pipe.totals.toJSON()).toEqual(
      Object.fromEntries(Array.from({ length: 6 }, (_, step) => [`${step + 1}`, { x: 6 }])),
    );
    const versions = pipe.all("state_change").map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
});

test("a root that wakes for a state change tells nobody of fewer people than there are", async () => {
  const session = await startLarge();
  const { pipes } = session;
  for (const pipe of pipes) await pipe.until(() => pipe.last("presence")?.participants === 60);
  await session.evict(0);
  const heard = pipes.map((pipe) => pipe.all("presence").length);
  await session.setState("1");
  await pipes[0]?.react("1", "x", "after");
  for (const [index, pipe] of pipes.entries()) {
    await pipe.until(() => pipe.last("reactions")?.total === 1);
    const since = pipe.all("presence").slice(heard[index]);
    expect(since.filter(({ participants }) => participants !== 60)).toEqual([]);
  }
});

test("restart reaches every room: afterwards nobody counts anything of before", async () => {
  const session = await startLarge();
  await Promise.all(session.pipes.map((pipe, index) => pipe.react("old", "x", `${index}`)));
  await session.restart();
  expect(await session.totals()).toMatchObject({ pages: {}, total: 0 });
  await Promise.all(session.pipes.slice(0, 20).map((pipe, index) => pipe.react("new", "y", `n${index}`)));
  for (const pipe of [session.host, ...session.pipes]) {
    await pipe.until(() => pipe.last("reactions")?.total === 20);
    expect(pipe.totals.toJSON()).toEqual({ new: { y: 20 } });
    expect(pipe.last("state_change")).toMatchObject({ page: "0", state: "init", version: 1 });
  }
});

describe("a session that grows beyond what was expected", () => {
  test("opens rooms as people connect, and nobody moves", async () => {
    const { sessionUid } = await revint.host();
    const uids: string[] = [];
    for (let i = 0; i < 17; i++) {
      const { uid } = await revint.join(sessionUid);
      uids.push(uid);
      await Pipe.greeted(revint.url, sessionUid, uid);
    }
    const rooms = uids.map(getRoom);
    expect(Math.max(...rooms)).toBeGreaterThanOrEqual(3);
    for (const room of new Set(rooms)) expect(rooms.filter((r) => r === room).length).toBeLessThanOrEqual(5);
  });
});

test("the 1,001st kind is refused in every room, also when kinds come up in many rooms at once", async () => {
  const { pipes, totals } = await startLarge();
  const answers = await Promise.all(
    pipes.flatMap((pipe, i) =>
      Array.from({ length: 18 }, (_, n) => pipe.react("k", `kind-${i}-${n}`, `k-${n}`)),
    ),
  );
  const acks = answers.filter(({ type }) => type === "ack").length;
  const refused = answers.filter((answer) => answer.type === "error" && answer.code === "too_many_kinds");
  expect(acks).toBe(1000);
  expect(refused).toHaveLength(80);
  await expect.poll(async () => (await totals()).total).toBe(1000);
});
