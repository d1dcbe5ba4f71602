import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { getRoundTopic, PEOPLE } from "../../shared/interactions/activity/topic.ts";
import { ReactionLedger } from "../reaction-store/reaction-ledger.ts";
import { writing } from "./interactions/activity/test-activities.ts";
import { SessionRoom } from "./session-room.ts";
import { type Fate, ROOMS, stopTime, TALK, TestNetwork } from "./test-network.ts";
import { host, nameUser } from "./test-session.ts";

vi.mock("cloudflare:workers", () => import("./test-runtime.ts"));

stopTime();

/** Other seeds make other stories: fast-check says which one failed, and what is left of it when it is made small. */
const SEED = Number(process.env.NETWORK_SEED ?? 20_261_126);
const RUNS = Number(process.env.NETWORK_RUNS ?? 60);

const CallFate: fc.Arbitrary<Fate> = fc.record({
  delay: fc.constantFrom(1, 1, 30, 400, 3000),
  lost: fc.constantFrom("no", "no", "no", "call", "answer"),
  answerDelay: fc.constantFrom(1, 1, 30, 400, 3000),
});

type Step =
  | { type: "answer"; room: number; id: string; value: string | null; person: number | null }
  | { type: "open"; id: string; newRound: boolean; seconds: number | null }
  | { type: "close"; id: string }
  | { type: "reveal"; id: string; isRevealed: boolean }
  | { type: "clear"; id: string }
  | { type: "remove"; id: string }
  | { type: "write"; id: string; prompt: string }
  | { type: "evict"; room: number }
  | { type: "evictLedger"; room: number }
  | { type: "block"; room: number; isBlocked: boolean }
  | { type: "restart" }
  | { type: "wait"; ms: number };

const Id = fc.constantFrom("a", "b");
const Room = fc.constantFrom(...ROOMS);
const AnyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant("answer" as const),
      room: Room,
      id: Id,
      value: fc.constantFrom("a", "b", "c", null),
      /** One of a few who change their minds, or somebody who answers once. */
      person: fc.constantFrom(null, null, 0, 1),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("open" as const),
      id: Id,
      newRound: fc.boolean(),
      seconds: fc.constantFrom(null, null, 5),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("close" as const), id: Id }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("reveal" as const), id: Id, isRevealed: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("clear" as const), id: Id }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("remove" as const), id: Id }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("write" as const), id: Id, prompt: fc.constantFrom("?", "!") }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("evict" as const), room: Room }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("evictLedger" as const), room: Room }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("block" as const), room: Room, isBlocked: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("restart" as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.constantFrom(5, 100, 1500, 9000) }),
  },
);

const waitFor = (ms: number) => new Promise<"late">((resolve) => setTimeout(resolve, ms, "late"));

/** As phones and pages do it: whoever hears that it is not there at this moment, or nothing, asks again. */
async function insist<T extends object | null>(ask: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const answer = await Promise.race([Promise.resolve(ask()), waitFor(12_000)]);
    if (answer === "late") continue;
    if (!answer || !("code" in answer) || answer.code !== "unavailable") return answer;
    await waitFor(1000);
  }
}

/** An answer of somebody who answers once, as it was acknowledged. */
interface Acked {
  readonly id: string;
  readonly openedAt: number;
  readonly at: number;
  readonly key: string;
}

/** Waits until something has come, however the time of the test goes on. */
async function soon<T>(promise: Promise<T>): Promise<T> {
  void promise.catch(() => {});
  await vi.advanceTimersByTimeAsync(1000);
  return promise;
}

class Story {
  readonly network = new TestNetwork(SessionRoom, ReactionLedger, []);
  readonly #acked: Acked[] = [];
  readonly #reopened = new Set<string>();
  #isFinalKept = true;
  #isTakenAway = false;
  #people = 0;
  #ids = 0;
  #epoch = 0;

  get root(): SessionRoom {
    return this.network.room(0);
  }

  open(restart = false) {
    return this.root.open({ session: TALK, restart, mustExist: false });
  }

  /** Two activities are open, and every room knows of them. */
  async begin(): Promise<void> {
    await this.open();
    const beginning = (async () => {
      for (const id of ["a", "b"]) await this.write(id);
      for (const id of ["a", "b"]) this.root.setActivity(host, id, { status: "open" });
      for (const room of ROOMS) await insist(() => this.network.room(room).getState());
    })();
    await vi.advanceTimersByTimeAsync(30_000);
    await beginning;
  }

  write(id: string, more: Record<string, unknown> = {}) {
    return insist(() => this.root.writeActivity(host, id, writing({ show: "closed", ...more })));
  }

  /** What the root says that is asked. */
  async list() {
    const listed = await soon(this.root.listActivities(host.participant, "host", "every"));
    if ("code" in listed) throw new Error(listed.code);
    return listed.activities;
  }

  async take(step: Step): Promise<void> {
    if (step.type === "clear" || step.type === "remove" || step.type === "open") this.#isTakenAway = true;
    if (step.type === "wait") await vi.advanceTimersByTimeAsync(step.ms);
    if (step.type === "restart") {
      this.#acked.length = 0;
      this.#epoch++;
      void this.open(true);
    }
    if (step.type === "block") {
      // What is taken out of the counts, or comes back, changes what was final.
      this.#isFinalKept = false;
      void insist(() => this.root.block(host, nameUser("0", step.room), step.isBlocked, true));
    }
    if (step.type === "evict") this.network.evict(step.room);
    if (step.type === "evictLedger") this.network.evictLedger(step.room);
    if (step.type === "clear") void this.write(step.id, { clear: true });
    if (step.type === "write") void this.write(step.id, { prompt: step.prompt });
    if (step.type === "remove") this.root.removeActivity(host, step.id);
    if (step.type === "close") this.root.setActivity(host, step.id, { status: "closed" });
    if (step.type === "reveal") {
      this.root.setActivity(host, step.id, { status: "closed", revealed: step.isRevealed });
    }
    if (step.type === "open") {
      const { id, newRound, seconds } = step;
      const before = this.network.host.activities.get(id)?.activity;
      const opened = this.root.setActivity(host, id, {
        status: "open",
        ...(newRound && { newRound }),
        ...(seconds !== null && { seconds }),
      });
      // Whoever goes on with a round adds to what was final.
      if (!("code" in opened) && before?.openedAt === opened.openedAt)
        this.#reopened.add(`${opened.openedAt}`);
    }
    if (step.type === "answer") void this.#answer(step);
    await vi.advanceTimersByTimeAsync(1);
  }

  async #answer({ room, id, value, person }: Step & { type: "answer" }): Promise<void> {
    const shown = this.network.phone(room).activities.get(id)?.activity;
    if (shown?.openedAt === undefined) return;
    const { openedAt, round } = shown;
    const epoch = this.#epoch;
    const participant = nameUser(person === null ? `once${this.#people++}` : `${person}`, room);
    const given: AnswerValue | null = value === null ? null : [value];
    const answer = { id: `${this.#ids++}`, activity: id, round, value: given };
    const outcome = await insist(() => this.network.room(room).answer(participant, answer));
    if (outcome === null && person === null && value !== null && epoch === this.#epoch) {
      this.#acked.push({ id, openedAt, at: Date.now(), key: value });
    }
  }

  /** Every call arrives from now on, and everything comes to its end. */
  async settle(): Promise<void> {
    this.network.calm();
    const arriving = Promise.all(ROOMS.map((room) => insist(() => this.network.room(room).getState())));
    await vi.advanceTimersByTimeAsync(60_000);
    await arriving;
  }

  async judge(): Promise<number> {
    const activities = await this.list();
    const ledgers = await soon(Promise.all(ROOMS.map((room) => this.network.readLedger(room))));
    const topics = new Set<string>();
    let people = 0;
    for (const activity of activities) {
      const { id, kind, openedAt, tally, status } = activity;
      if (openedAt === undefined) continue;
      const topic = getRoundTopic({ kind, activity: id, openedAt });
      const sums = new Map<string, number>();
      for (const ledger of ledgers) {
        for (const [key, count] of Object.entries(ledger[topic] ?? {})) {
          sums.set(key, (sums.get(key) ?? 0) + count);
        }
      }
      people += sums.get(PEOPLE) ?? 0;
      expect([id, tally?.people, new Map(Object.entries(tally?.counts ?? {}))]).toEqual([
        id,
        sums.get(PEOPLE) ?? 0,
        new Map([...sums].filter(([key]) => key !== PEOPLE)),
      ]);
      if (status === "closed") expect([id, tally?.final]).toEqual([id, true]);
      // What was acknowledged is there.
      const acked = this.#acked.filter((each) => each.id === id && each.openedAt === openedAt);
      for (const key of ["a", "b", "c"]) {
        const least = acked.filter((each) => each.key === key).length;
        expect([id, key, (sums.get(key) ?? 0) >= least, sums.get(key), least]).toEqual([
          id,
          key,
          true,
          sums.get(key),
          least,
        ]);
      }
      for (const phone of [...ROOMS.map((room) => this.network.phone(room)), this.network.host]) {
        // A round that was not opened again is what it was said to be at last.
        if (!this.#isFinalKept || this.#reopened.has(`${openedAt}`)) continue;
        const finals = phone.finals.filter((final) => final.id === id && final.openedAt === openedAt);
        for (const final of finals) expect([id, "final", final.people]).toEqual([id, "final", tally?.people]);
      }
    }
    for (const activity of activities) {
      for (const [index] of activity.rounds.entries()) topics.add(`${activity.id} ${index}`);
    }
    // What is gone has left nothing.
    const known = activities.length > 0 ? activities.map(({ id }) => id) : [];
    for (const [room, ledger] of ledgers.entries()) {
      for (const topic of Object.keys(ledger)) {
        const id = topic.split(":")[2] ?? "";
        expect([room, topic, known.includes(id)]).toEqual([room, topic, true]);
      }
    }
    const drafts = new Set(activities.filter(({ status }) => status === "draft").map(({ id }) => id));
    for (const room of ROOMS) {
      const shown = this.network.phone(room).activities;
      for (const id of shown.keys()) {
        expect([room, id, known.includes(id), drafts.has(id)]).toEqual([room, id, true, false]);
      }
      for (const activity of activities) {
        const { id, status, openedAt, round, tally } = activity;
        const phone = shown.get(id);
        if (status === "draft") continue;
        // Of what is over, who listens keeps what was closed last at least, unless that is opened again or taken away.
        if (status === "closed" && !phone) {
          const isOther = [...shown.values()].some((each) => each.activity.status === "closed");
          expect([room, id, isOther || this.#isTakenAway]).toEqual([room, id, true]);
          continue;
        }
        expect([room, id, phone?.activity.status]).toEqual([room, id, status]);
        expect([room, id, phone?.activity.openedAt, phone?.activity.round]).toEqual([
          room,
          id,
          openedAt,
          round,
        ]);
        if (status === "closed") {
          expect([room, id, phone?.tally?.people, phone?.tally?.counts, phone?.tally?.final]).toEqual([
            room,
            id,
            tally?.people,
            tally?.counts,
            true,
          ]);
        } else if (!activity.revealed && !this.#reopened.has(`${openedAt}`)) {
          expect([room, id, phone?.tally]).toEqual([room, id, undefined]);
        }
      }
    }
    return people;
  }
}

async function play(steps: readonly Step[], fates: readonly Fate[]): Promise<number> {
  const story = new Story();
  await story.begin();
  story.network.disturb(fates);
  for (const step of steps) await story.take(step);
  await story.settle();
  return story.judge();
}

test("whatever is late, lost or dies, a final tally is final, and holds what was acknowledged, on every phone", async () => {
  let people = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(AnyStep, { minLength: 8, maxLength: 40 }),
      fc.array(CallFate, { maxLength: 60 }),
      async (steps, fates) => {
        people += await play(steps, fates);
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
  expect(people).toBeGreaterThan(20);
});

test("a root that wakes only to close an activity says no count that it does not know", async () => {
  const story = new Story();
  await story.begin();
  const { network } = story;
  story.root.setActivity(host, "a", { status: "open", seconds: 5 });
  await vi.advanceTimersByTimeAsync(2000);
  const shown = network.phone(3).activities.get("a")?.activity;
  const answer = { id: "1", activity: "a", round: shown?.round ?? 0, value: ["b"] };
  const sent = network.room(3).answer(nameUser("phone", 3), answer);
  await vi.advanceTimersByTimeAsync(2500);
  expect(await sent).toBeNull();
  const phones = [network.phone(0), network.phone(2), network.phone(3), network.host];
  const before = phones.map((phone) => phone.countedOf("a").length);
  network.evict(0);
  await vi.advanceTimersByTimeAsync(10_000);
  for (const [index, phone] of phones.entries()) {
    expect(phone.activities.get("a")?.tally).toMatchObject({ people: 1, counts: { b: 1 }, final: true });
    expect(phone.countedOf("a").slice(before[index])).not.toContain(0);
  }
});

test("what was acknowledged a moment ago keeps an activity from being written with another meaning", async () => {
  const story = new Story();
  await story.begin();
  const { network, root } = story;
  const answer = { id: "1", activity: "a", round: 1, value: ["b"] };
  let rewriting: Promise<unknown> | undefined;
  const sent = network.room(3).answer(nameUser("phone", 3), answer);
  void sent.then(() => {
    rewriting = Promise.resolve(root.writeActivity(host, "a", writing({ multiple: 2 })));
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(await sent).toBeNull();
  expect(await rewriting).toMatchObject({ code: "conflict" });
});

const PROMPT: Fate = { delay: 1, lost: "no", answerDelay: 1 };

describe("a batch that comes to the ledger long after it was sent", () => {
  /** Somebody in room 3 has answered, and the batch with it is on its way. */
  async function answerLate(delay = 20_000) {
    const story = new Story();
    await story.begin();
    const { network } = story;
    // The room is awake, and knows the person: the next call is the batch.
    const answer = { activity: "a", round: 1, value: ["b"] };
    await soon(network.room(3).answer(nameUser("phone", 3), { ...answer, id: "1" }));
    await vi.advanceTimersByTimeAsync(5000);
    network.disturb([{ ...PROMPT, delay }, ...Array.from({ length: 10_000 }, () => PROMPT)]);
    const sent = network.room(3).answer(nameUser("phone", 3), { ...answer, value: ["c"], id: "2" });
    await vi.advanceTimersByTimeAsync(100);
    const readTally = async () => {
      const [topic = ""] = Object.keys(await soon(network.readLedger(3)));
      return (await soon(network.readLedger(3)))[topic];
    };
    return { story, network, root: story.root, sent, readTally };
  }

  test.each(["given up", "sent by an earlier life of the room"])(
    "and was %s, is in no final tally",
    async (how) => {
      const { network, root, sent, readTally } = await answerLate();
      if (how === "given up") {
        await vi.advanceTimersByTimeAsync(6000);
        expect(await sent).toMatchObject({ code: "unavailable" });
      } else network.evict(3);
      root.setActivity(host, "a", { status: "closed" });
      await vi.advanceTimersByTimeAsync(5000);
      expect(network.phone(0).activities.get("a")?.tally).toMatchObject({ counts: { b: 1 }, final: true });
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await readTally()).toEqual({ [PEOPLE]: 1, b: 1 });
      expect(network.phone(0).finals).toHaveLength(1);
    },
  );

  test.each(["given up", "sent by an earlier life of the room"])(
    "and was %s, does not take the place of what was acknowledged since",
    async (how) => {
      const { network, sent, readTally } = await answerLate();
      if (how === "given up") {
        await vi.advanceTimersByTimeAsync(6000);
        expect(await sent).toMatchObject({ code: "unavailable" });
      } else network.evict(3);
      const newer = { id: "3", activity: "a", round: 1, value: ["a"] };
      const kept = insist(() => network.room(3).answer(nameUser("phone", 3), newer));
      await vi.advanceTimersByTimeAsync(5000);
      expect(await kept).toBeNull();
      await vi.advanceTimersByTimeAsync(25_000);
      expect(await readTally()).toEqual({ [PEOPLE]: 1, a: 1 });
    },
  );

  test("brings nothing back of an activity that was removed", async () => {
    const { network, root, sent } = await answerLate();
    await vi.advanceTimersByTimeAsync(6000);
    expect(await sent).toMatchObject({ code: "unavailable" });
    root.removeActivity(host, "a");
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await soon(network.readLedger(3))).toEqual({});
  });

  test("is sent again while somebody waits for it, where a round was closed meanwhile", async () => {
    const { network, sent, readTally } = await answerLate(3000);
    network.ledger(3).raiseFence();
    await vi.advanceTimersByTimeAsync(4000);
    expect([await sent, await readTally()]).toEqual([null, { [PEOPLE]: 1, c: 1 }]);
  });

  test("does not begin a ledger anew that was erased", async () => {
    const { network, sent } = await answerLate();
    await vi.advanceTimersByTimeAsync(6000);
    expect(await sent).toMatchObject({ code: "unavailable" });
    await soon(network.room(3).erase());
    await vi.advanceTimersByTimeAsync(25_000);
    expect(await soon(network.readLedger(3))).toEqual({});
  });
});

test("a block that reaches a room after a restart takes nothing out of what was sent since", async () => {
  const story = new Story();
  await story.begin();
  const { network, root } = story;
  const person = nameUser("phone", 3);
  // The news of the block goes to two rooms first.
  network.disturb([
    PROMPT,
    PROMPT,
    { ...PROMPT, delay: 4000 },
    ...Array.from({ length: 10_000 }, () => PROMPT),
  ]);
  const blocking = root.block(host, person, true, true);
  await vi.advanceTimersByTimeAsync(100);
  void story.open(true);
  await vi.advanceTimersByTimeAsync(2000);
  const sent = network.room(3).react(person, { id: "1", page: "0", reaction: "👍" });
  await vi.advanceTimersByTimeAsync(8000);
  expect([await sent, await blocking]).toEqual([null, null]);
  expect(await soon(network.readLedger(3))).toEqual({ "reaction:0": { "👍": 1 } });
});
