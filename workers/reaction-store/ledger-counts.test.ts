import fc from "fast-check";
import { expect, test } from "vitest";
import { writeAnswerKey } from "../../shared/interactions/activity/answer-key.ts";
import { getRoundTopic } from "../../shared/interactions/activity/topic.ts";
import type { Counts } from "../../shared/interactions/topic.ts";
import type { EntryKind } from "../lib/ledger.ts";
import type { KeptEntry } from "./batch-draft.ts";
import { LedgerCounts } from "./ledger-counts.ts";
import type { StandingChunk } from "./standing-entries.ts";

const add = (key: string, topic = "reaction:1"): EntryKind => ({ topic, key, mode: "add" });
const say = (key: string, topic = "answer:poll"): EntryKind => ({ topic, key, mode: "replace" });

/** One batch: who, and what. */
const batch = (...all: [number: number, kind: EntryKind][]) => ({
  seq: 1000,
  kinds: all.map(([, kind]) => kind),
  entries: all.map(([number], index): KeptEntry => [number, index, `${index}`]),
});

const readChanged = (counts: LedgerCounts) => {
  const { topics, standing, entries } = counts.listChanged();
  return { topics: [...topics], standing: [...standing], entries };
};

test("what is added counts each time", () => {
  const counts = LedgerCounts.empty();
  counts.apply(batch([1, add("x")], [1, add("x")], [2, add("y")]));
  expect(counts.totals.toJSON()).toEqual({ "reaction:1": { x: 2, y: 1 } });
});

test("what replaces counts once for each participant, and an empty key takes it back", () => {
  const counts = LedgerCounts.empty();
  counts.apply(batch([1, say("yes")], [1, say("yes")], [2, say("yes")], [1, say("no")]));
  expect(counts.totals.toJSON()).toEqual({ "answer:poll": { yes: 1, no: 1 } });
  counts.apply(batch([1, say("")], [3, say("")]));
  expect(counts.totals.toJSON()).toEqual({ "answer:poll": { yes: 1 } });
  counts.apply(batch([1, say("no")], [2, say("")], [1, say("")]));
  expect(counts.totals.toJSON()).toEqual({});
});

test("a page that is called like a poll adds nothing to it", () => {
  const counts = LedgerCounts.empty();
  counts.apply(
    batch([1, add("yes", "reaction:answer:poll")], [1, say("yes")], [2, add("yes", "reaction:poll")]),
  );
  expect(counts.totals.get("answer:poll", "yes")).toBe(1);
});

test("who is excluded may change their mind, and comes back with what stands then", () => {
  let counts = LedgerCounts.empty();
  counts.apply(batch([1, say("yes")], [2, say("yes")], [1, add("x")]));
  counts = counts.withExcluded(1, true, [add("x")]);
  expect(counts.totals.toJSON()).toEqual({ "answer:poll": { yes: 1 } });
  counts.apply(batch([1, say("no")], [1, add("x")]));
  expect(counts.totals.toJSON()).toEqual({ "answer:poll": { yes: 1 } });
  counts = counts.withExcluded(1, false, [add("x"), add("x")]);
  expect(counts.totals.toJSON()).toEqual({ "answer:poll": { yes: 1, no: 1 }, "reaction:1": { x: 2 } });
});

test("an answer to an activity counts its person and what it says, replaced, taken back, excluded and let in again", () => {
  const topic = getRoundTopic({ kind: "choice", activity: "poll", openedAt: 1 });
  const tick = (elapsedMs: number, ...value: string[]) => say(writeAnswerKey({ elapsedMs, value }), topic);
  let counts = LedgerCounts.empty();
  const read = () => counts.totals.read(topic);
  counts.apply(batch([1, tick(1, "a", "b")], [2, tick(2, "b")], [1, tick(3, "a", "b")]));
  expect(read()).toEqual({ "": 2, a: 1, b: 2 });
  expect(counts.findStanding(topic, 1)).toEqual({
    number: 1,
    seq: 1000,
    index: 0,
    key: tick(1, "a", "b").key,
    isWhole: true,
  });
  counts.apply(batch([1, tick(4, "b", "c")]));
  expect(read()).toEqual({ "": 2, b: 2, c: 1 });
  counts = counts.withExcluded(1, true, []);
  expect(read()).toEqual({ "": 1, b: 1 });
  counts.apply(batch([1, tick(5, "a")]));
  counts = counts.withExcluded(1, false, []);
  expect(read()).toEqual({ "": 2, a: 1, b: 1 });
  counts.apply(batch([2, say("", topic)], [2, say("", topic)], [3, say("", topic)]));
  expect(read()).toEqual({ "": 1, a: 1 });
});

test("a checkpoint has the topics that changed since the last one, and says where nothing is left", () => {
  const counts = LedgerCounts.empty();
  counts.apply(batch([1, say("yes")], [1, add("x")], [2, add("x", "reaction:2")]));
  expect(readChanged(counts).topics.map(([topic]) => topic)).toEqual([
    "answer:poll",
    "reaction:1",
    "reaction:2",
  ]);
  const stands = { number: 1, seq: 1000, index: 0, key: "yes", isWhole: true };
  expect(readChanged(counts)).toMatchObject({
    standing: [{ topic: "answer:poll", chunk: 0, entries: [[1, stands]] }],
    entries: 3,
  });
  expect(counts.changes).toBe(4);
  counts.takeCheckpoint();
  expect(readChanged(counts)).toEqual({ topics: [], standing: [], entries: 3 });
  expect(counts.changes).toBe(0);
  counts.apply(batch([1, add("x")], [1, say("")]));
  expect(readChanged(counts)).toEqual({
    topics: [
      ["reaction:1", { x: 2 }],
      ["answer:poll", {}],
    ],
    standing: [{ topic: "answer:poll", chunk: 0, entries: [] }],
    entries: 5,
  });
});

test("the same answer again changes nothing that a checkpoint would have to say", () => {
  const counts = LedgerCounts.empty();
  counts.apply(batch([1, say("yes")]));
  counts.takeCheckpoint();
  counts.apply(batch([1, say("yes")], [2, say("")]));
  expect(readChanged(counts)).toEqual({ topics: [], standing: [], entries: 3 });
});

const Kind = fc.oneof(
  fc.record({
    topic: fc.constantFrom("reaction:1", "reaction:poll"),
    key: fc.constantFrom("x", "constructor"),
    mode: fc.constant("add" as const),
  }),
  fc.record({
    topic: fc.constantFrom("answer:poll", "answer:other"),
    key: fc.constantFrom("", "x", "no", "constructor"),
    mode: fc.constant("replace" as const),
  }),
);
// Two of them stand in one row, and two in others.
const Someone = fc.constantFrom(1, 63, 64, 200);
const Step = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.tuple(Someone, Kind), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.record({ exclude: Someone, isExcluded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant("checkpoint" as const) },
  { weight: 1, arbitrary: fc.constant("start" as const) },
);

test("whatever comes, they are what the list of all entries says, also when read from checkpoints", () => {
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 40 }), (steps) => {
      let counts = LedgerCounts.empty();
      const all: [number: number, kind: EntryKind][] = [];
      const excluded = new Set<number>();
      const topics = new Map<string, Counts[string]>();
      const chunks = new Map<string, StandingChunk>();
      let entries = 0;
      const checkpoint = () => {
        const changed = readChanged(counts);
        for (const [topic, sum] of changed.topics) topics.set(topic, sum);
        for (const each of changed.standing) chunks.set(`${each.chunk} ${each.topic}`, each);
        entries = changed.entries;
        counts.takeCheckpoint();
      };
      for (const step of steps) {
        if (step === "checkpoint") checkpoint();
        else if (step === "start") {
          checkpoint();
          counts = LedgerCounts.from({ topics, standing: chunks.values(), entries }, excluded);
        } else if (Array.isArray(step)) {
          all.push(...step);
          counts.apply(batch(...step));
        } else if (excluded.has(step.exclude) !== step.isExcluded) {
          const added = all.filter(([by, { mode }]) => by === step.exclude && mode === "add");
          counts = counts.withExcluded(
            step.exclude,
            step.isExcluded,
            added.map(([, kind]) => kind),
          );
          if (step.isExcluded) excluded.add(step.exclude);
          else excluded.delete(step.exclude);
        }
        expect(counts.totals.toJSON()).toEqual(sumUp(all, excluded));
      }
    }),
  );
});

/** The plain way: every entry is read, and of what replaces the last one of each participant is left. */
function sumUp(all: readonly [number: number, kind: EntryKind][], excluded: ReadonlySet<number>) {
  const last = new Map<string, EntryKind>();
  const counted: EntryKind[] = [];
  for (const [by, kind] of all) {
    if (excluded.has(by)) continue;
    if (kind.mode === "add") counted.push(kind);
    else last.set(`${by} ${kind.topic}`, kind);
  }
  const sums: Record<string, Record<string, number>> = {};
  for (const { topic, key } of [...counted, ...[...last.values()].filter((kind) => kind.key !== "")]) {
    const keys = sums[topic] ?? {};
    sums[topic] = keys;
    keys[key] = (Object.hasOwn(keys, key) ? (keys[key] ?? 0) : 0) + 1;
  }
  return sums;
}
