import { expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Entry, EntryKind } from "../lib/ledger.ts";
import { Totals } from "../lib/totals.ts";
import { draftBatch, type KnownLedger } from "./batch-draft.ts";

/** A ledger that knows nothing but what it is given. */
const know = (given: Partial<KnownLedger> = {}): KnownLedger => ({
  nextNumber: 1,
  pairs: 0,
  has: () => false,
  findNumber: () => undefined,
  findKept: () => undefined,
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
    pairs: LIMITS.kindsCeiling - 1,
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

test("names that every object has are topics, keys and ids like any other", () => {
  const names = ["constructor", "toString", "hasOwnProperty"];
  const batch = names.flatMap((name) => [
    tap("ann", name, name, name),
    answer("ann", `${name}.`, name, name),
  ]);
  expect(draftBatch(batch, know()).entries).toHaveLength(batch.length);
});
