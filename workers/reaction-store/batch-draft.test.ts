import { expect, test } from "vitest";
import { writeAnswerKey } from "../../shared/interactions/activity/answer-key.ts";
import type { ActivityKind } from "../../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { getRoundTopic } from "../../shared/interactions/activity/topic.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Entry, EntryKind } from "../lib/ledger.ts";
import { Totals } from "../lib/totals.ts";
import { draftBatch, type KnownLedger } from "./batch-draft.ts";

/** A ledger that knows nothing but what it is given. */
const know = (given: Partial<KnownLedger> = {}): KnownLedger => ({
  nextNumber: 1,
  countPairs: () => 0,
  has: () => false,
  findNumber: () => undefined,
  countKeys: () => 0,
  findKept: () => undefined,
  findStanding: () => undefined,
  ...given,
});

const tap = (participant: string, id: string, key = "x", topic = "reaction:1"): Entry => ({
  participant,
  id,
  topic,
  key,
  mode: "add",
});
const answer = (participant: string, id: string, key: string, topic = "answer:poll"): Entry => ({
  ...tap(participant, id, key, topic),
  mode: "replace",
});
const keptAs = (kind: EntryKind) => know({ findNumber: () => 7, findKept: () => kind });

test("what is new gets numbers, and each kind stands once", () => {
  const draft = draftBatch(
    [tap("ann", "1"), tap("bob", "1", "y"), tap("ann", "2", "y")],
    know({ nextNumber: 5 }),
  );
  expect(draft.outcomes).toEqual(["kept", "kept", "kept"]);
  expect([...draft.numbers]).toEqual([
    ["ann", 5],
    ["bob", 6],
  ]);
  expect(draft.kinds).toEqual([
    { topic: "reaction:1", key: "x", mode: "add" },
    { topic: "reaction:1", key: "y", mode: "add" },
  ]);
  expect(draft.entries).toEqual([
    [5, 0, "1"],
    [6, 1, "1"],
    [5, 1, "2"],
  ]);
});

test("who is known keeps their number, and takes none from a newcomer", () => {
  const known = know({ nextNumber: 5, findNumber: (name) => (name === "ann" ? 2 : undefined) });
  const draft = draftBatch([tap("ann", "1"), tap("bob", "1")], known);
  expect([...draft.numbers]).toEqual([["bob", 5]]);
  expect(draft.entries.map(([number]) => number)).toEqual([2, 5]);
});

test("the same id twice in one batch is one entry, and a conflict with another content", () => {
  const draft = draftBatch([tap("ann", "1"), tap("ann", "1"), tap("ann", "1", "y"), tap("bob", "1")], know());
  expect(draft.outcomes).toEqual(["kept", "kept", "conflict", "kept"]);
  expect(draft.entries).toHaveLength(2);
});

test.each([
  ["the same", answer("ann", "1", "yes"), "kept"],
  ["another key", answer("ann", "1", "no"), "conflict"],
  ["another topic", answer("ann", "1", "yes", "answer:other"), "conflict"],
  ["another interaction with the same name", answer("ann", "1", "yes", "vote:poll"), "conflict"],
  ["an addition instead", tap("ann", "1", "yes", "answer:poll"), "conflict"],
  ["what takes it back", answer("ann", "1", ""), "conflict"],
] as const)("an id that was kept with an answer, again with %s", (_, entry, outcome) => {
  const draft = draftBatch([entry], keptAs({ topic: "answer:poll", key: "yes", mode: "replace" }));
  expect(draft).toMatchObject({ outcomes: [outcome], entries: [], kinds: [] });
});

test("another spelling is the same reaction, and not the same answer", () => {
  const reaction = keptAs({ topic: "reaction:1", key: "❤", mode: "add" });
  expect(draftBatch([tap("ann", "1", "❤\ufe0f")], reaction).outcomes).toEqual(["kept"]);
  const word = keptAs({ topic: "answer:poll", key: "❤", mode: "replace" });
  expect(draftBatch([answer("ann", "1", "❤\ufe0f")], word).outcomes).toEqual(["conflict"]);
});

test("at the ceiling nothing new gets in, and it leaves no number behind; what is counted goes on, and so does taking back", () => {
  const totals = Totals.from({ "reaction:1": { x: 1 } });
  const known = know({
    countPairs: (topic) => LIMITS.kindsCeiling - (topic.startsWith("reaction:") ? 1 : 0),
    has: (topic, key) => totals.has(topic, key),
  });
  const draft = draftBatch(
    [
      tap("ann", "1", "last"),
      tap("ann", "2", "last"),
      tap("bob", "1", "one too many"),
      answer("cem", "1", "one too many"),
      tap("ann", "3"),
      answer("ann", "4", ""),
    ],
    known,
  );
  expect(draft.outcomes).toEqual(["kept", "kept", "too_many_kinds", "too_many_kinds", "kept", "kept"]);
  expect([...draft.numbers.keys()]).toEqual(["ann"]);
});

test("a room full of answers still takes reactions, and the other way round", () => {
  const full = (interaction: string) =>
    know({ countPairs: (topic) => (topic.startsWith(interaction) ? LIMITS.kindsCeiling : 0) });
  const batch = [tap("ann", "1"), answer("ann", "2", "yes")];
  expect(draftBatch(batch, full("answer:")).outcomes).toEqual(["kept", "too_many_kinds"]);
  expect(draftBatch(batch, full("reaction:")).outcomes).toEqual(["too_many_kinds", "kept"]);
});

/** An answer to a round of a known kind: when it came, and what it says. */
const said = (by: string, id: string, elapsedMs: number, value: AnswerValue, kind: ActivityKind = "choice") =>
  answer(
    by,
    id,
    writeAnswerKey({ elapsedMs, value }),
    getRoundTopic({ kind, activity: "poll", openedAt: 1 }),
  );
const once = (entry: Entry): Entry => ({ ...entry, mode: "once" });

test("what stands, given again, is kept with the time that it came first", () => {
  const standing = said("ann", "0", 500, ["a"]).key;
  const known = know({
    findNumber: () => 7,
    findStanding: () => ({ short: standing, read: () => standing }),
  });
  const draft = draftBatch([said("ann", "1", 900, ["a"]), said("ann", "2", 950, ["b"])], known);
  expect(draft.outcomes).toEqual(["kept", "kept"]);
  expect(draft.kinds.map(({ key }) => key)).toEqual([standing, said("ann", "2", 950, ["b"]).key]);
});

test("within a batch, too, the same one keeps its time until another one comes, or it is taken back", () => {
  const back = { ...said("ann", "4", 0, []), key: "" };
  const batch = [
    said("ann", "1", 500, ["a"]),
    said("ann", "2", 600, ["a"]),
    said("bob", "2", 650, ["a"]),
    said("ann", "3", 700, ["b"]),
    back,
    said("ann", "5", 800, ["b"]),
  ];
  const draft = draftBatch(batch, know());
  const times = draft.entries.map(([, kind]) => Number.parseInt(draft.kinds[kind]?.key ?? "", 10));
  expect(times).toEqual([500, 500, 650, 700, Number.NaN, 800]);
});

test("of what stands once the first stays: another one is refused, and so is taking it back; the same one is kept", () => {
  const first = once(said("ann", "1", 500, ["a"]));
  const batch = [
    { ...first, id: "0", key: "" },
    first,
    { ...first, id: "2", key: "" },
    once(said("ann", "3", 600, ["b"])),
    once(said("ann", "4", 700, ["a"])),
    once(said("bob", "1", 700, ["b"])),
    // Meanwhile it may be changed.
    said("ann", "5", 800, ["b"]),
    once(said("ann", "6", 900, ["a"])),
  ];
  const expected = ["kept", "kept", "fixed", "fixed", "kept", "kept", "kept", "fixed"];
  const draft = draftBatch(batch, know());
  expect(draft.outcomes).toEqual(expected);
  expect(draft.entries.map(([, , id]) => id)).toEqual(["0", "1", "4", "1", "5"]);

  const known = know({
    findNumber: () => 7,
    findStanding: () => ({ short: first.key, read: () => first.key }),
  });
  expect(draftBatch(batch.slice(2, 5), known).outcomes).toEqual(["fixed", "fixed", "kept"]);
});

test("the ceiling is of what is counted, and a person is one of it", () => {
  const known = know({
    countPairs: (topic) => LIMITS.kindsCeiling - (topic.startsWith("reaction:") ? 0 : 3),
  });
  const batch = [
    said("ann", "1", 1, ["a", "b"]),
    said("bob", "1", 2, ["b", "c"]),
    said("bob", "2", 3, ["b"]),
    said("cem", "1", 4, ["a"]),
    tap("cem", "2"),
  ];
  expect(draftBatch(batch, known).outcomes).toEqual([
    "kept",
    "too_many_kinds",
    "kept",
    "kept",
    "too_many_kinds",
  ]);
});

test("words of one round are so many and no more, whatever there is of others", () => {
  const known = know({ countKeys: () => LIMITS.openKeys, has: (_, key) => key === "" || key === "known" });
  const batch = [
    said("ann", "1", 1, ["known", "new"], "words"),
    said("bob", "1", 1, ["newer"], "words"),
    said("bob", "2", 2, ["new", "known"], "words"),
    said("bob", "3", 3, 7, "number"),
    said("bob", "4", 3, 8, "number"),
    said("cem", "1", 4, "a text", "text"),
    said("cem", "2", 4, ["x", "y"]),
  ];
  expect(draftBatch(batch, known).outcomes).toEqual([
    "kept",
    "too_many_kinds",
    "kept",
    "kept",
    "too_many_kinds",
    "kept",
    "kept",
  ]);
});

test("names that every object has are topics, keys and ids like any other", () => {
  const names = ["constructor", "toString", "hasOwnProperty"];
  const batch = names.flatMap((name) => [
    tap("ann", name, name, name),
    answer("ann", `${name}.`, name, name),
  ]);
  expect(draftBatch(batch, know()).entries).toHaveLength(batch.length);
});
