import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Batch } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { open, participant, reaction } from "./test-ledger.ts";

const PEOPLE = [1, 2, 3, 4];
const IDS = ["a", "b", "c", "d"];

/** All that a ledger knows, whether from memory or from its rows. */
const look = (ledger: ReactionLedger) => ({
  ...ledger.totals(),
  buckets: ledger.buckets(1000),
  entries: ledger.list({ limit: 1000 }).entries,
  known: PEOPLE.map((by) => ledger.list({ limit: 1000, participant: participant(by) }).entries.length),
  found: PEOPLE.map((by) => IDS.map((id) => ledger.find(participant(by), id)?.reaction)),
});

/** The same, without when it came to be so. */
function lookTimeless(ledger: ReactionLedger) {
  const { epoch, pages, buckets, entries, known, found } = look(ledger);
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  return { epoch, pages, count, entries: entries.map((entry) => ({ ...entry, at: 0 })), known, found };
}

interface Case {
  /** What was done before, on a ledger of two who reacted. */
  readonly before: (ledger: ReactionLedger) => void;
  readonly run: (ledger: ReactionLedger) => unknown;
}

const batch = (...reactions: Batch["reactions"]): Batch => ({ epoch: 1, reactions });
const nothing = () => {};
const newcomers = batch(reaction(1, "a"), reaction(3, "a"), reaction(4, "a", "2"), reaction(2, "b"));
const known = batch(reaction(1, "c"), reaction(2, "d", "2", "y"));

/** As many batches as make the next one write a checkpoint. */
function fillUp(ledger: ReactionLedger): void {
  for (let i = 0; i < 126; i++) ledger.append(batch(reaction(2, `fill-${i}`)));
}

const CASES: Record<string, Case> = {
  "append, by newcomers": { before: nothing, run: (ledger) => ledger.append(newcomers) },
  "append, by known people": { before: nothing, run: (ledger) => ledger.append(known) },
  "append, with a checkpoint": { before: fillUp, run: (ledger) => ledger.append(newcomers) },
  "append, after a forgetting": {
    before: (ledger) => ledger.forget(participant(1)),
    run: (ledger) => ledger.append(newcomers),
  },
  "append, of a later epoch": {
    before: (ledger) => ledger.forget(participant(1)),
    run: (ledger) => ledger.append({ ...newcomers, epoch: 2 }),
  },
  begin: {
    before: (ledger) => {
      ledger.forget(participant(1));
      ledger.uncount(participant(2), true);
    },
    run: (ledger) => ledger.begin(2),
  },
  uncount: { before: nothing, run: (ledger) => ledger.uncount(participant(1), true) },
  "uncount, of somebody forgotten": {
    before: (ledger) => ledger.forget(participant(1)),
    run: (ledger) => ledger.uncount(participant(1), true),
  },
  "uncount, back": {
    before: (ledger) => ledger.uncount(participant(1), true),
    run: (ledger) => ledger.uncount(participant(1), false),
  },
  forget: { before: nothing, run: (ledger) => ledger.forget(participant(1)) },
  "forget, the second": {
    before: (ledger) => ledger.forget(participant(2)),
    run: (ledger) => ledger.forget(participant(1)),
  },
  "forget, after the end": {
    before: (ledger) => ledger.seal(),
    run: (ledger) => ledger.forget(participant(1)),
  },
  seal: { before: (ledger) => ledger.forget(participant(1)), run: (ledger) => ledger.seal() },
  "seal, with nobody forgotten": { before: nothing, run: (ledger) => ledger.seal() },
  list: { before: nothing, run: (ledger) => ledger.list({ limit: 10, until: Date.now() }) },
  close: { before: nothing, run: (ledger) => ledger.close(Date.now()) },
  buckets: { before: nothing, run: (ledger) => ledger.buckets(1000) },
  find: { before: nothing, run: (ledger) => ledger.find(participant(1), "a") },
};

/** A ledger of two who reacted, as it was before the case, inside its object. */
async function inPrepared<T>(
  { before }: Case,
  then: (ledger: ReactionLedger, state: DurableObjectState) => T | Promise<T>,
): Promise<T> {
  const { stub } = open();
  await stub().append(batch(reaction(1, "a"), reaction(2, "a", "2", "y"), reaction(1, "b", "3")));
  const result = await runInDurableObject(stub(), (ledger, state) => {
    before(ledger);
    return then(ledger, state);
  });
  const kept = await runInDurableObject(stub(), look);
  await evictDurableObject(stub());
  expect(await runInDurableObject(stub(), look)).toEqual(kept);
  return result;
}

/** Lets the statements fail that `isFailing` says, counted from 0, while `run` runs. */
function runFailing(
  { storage: { sql } }: DurableObjectState,
  run: () => unknown,
  isFailing: (n: number) => boolean,
) {
  const exec = sql.exec.bind(sql);
  let statements = 0;
  const spy = vi.spyOn(sql, "exec").mockImplementation((query, ...values) => {
    if (isFailing(statements++)) throw new Error(`failed: ${query}`);
    return exec(query, ...values);
  });
  const warn = vi.spyOn(console, "warn").mockImplementation(nothing);
  try {
    return { answer: run(), failed: undefined, statements };
  } catch (error) {
    expect(String(error)).toContain("failed: ");
    return { answer: undefined, failed: error, statements };
  } finally {
    spy.mockRestore();
    warn.mockRestore();
  }
}

describe.each(Object.entries(CASES))("%s", (_, each) => {
  test.each([
    ["fails once", (n: number, at: number) => n === at],
    ["fails, and all after it,", (n: number, at: number) => n >= at],
  ])(
    "whose statement %s leaves memory and rows alike, and done when it is asked again",
    async (_, isFailing) => {
      const whole = await inPrepared(each, (ledger, state) => {
        const { statements } = runFailing(
          state,
          () => each.run(ledger),
          () => false,
        );
        return { statements, after: lookTimeless(ledger) };
      });
      for (let at = 0; at < whole.statements; at++) {
        await inPrepared(each, (ledger, state) => {
          const before = lookTimeless(ledger);
          const { failed } = runFailing(
            state,
            () => each.run(ledger),
            (n) => isFailing(n, at),
          );
          const left = look(ledger);
          expect(look(new ReactionLedger(state, env))).toEqual(left);
          // Nothing of it happened, or all; a later epoch may have begun before its batch failed.
          if (!failed) expect(lookTimeless(ledger)).toEqual(whole.after);
          else if (left.epoch === before.epoch) expect(lookTimeless(ledger)).toEqual(before);
          else expect(left.entries).toEqual([]);

          each.run(ledger);
          expect(lookTimeless(ledger)).toEqual(whole.after);
          expect(look(new ReactionLedger(state, env))).toEqual(look(ledger));
          // Whoever it was about, and those beside them, go on.
          const { epoch } = ledger.totals();
          const next = ledger.append({ epoch, reactions: PEOPLE.map((by) => reaction(by, `next-${by}`)) });
          expect(next).toMatchObject({ outcomes: PEOPLE.map(() => "kept") });
          const numbers = look(ledger).entries.slice(-PEOPLE.length);
          expect(new Set(numbers.map((entry) => entry.participant)).size).toBe(PEOPLE.length);
        });
      }
    },
  );
});

test("a deletion that fails leaves the ledger as it was", async () => {
  const { append, stub } = open();
  await append(batch(reaction(1, "a")));
  await runInDurableObject(stub(), async (ledger, { storage }) => {
    const before = look(ledger);
    const broken = vi.spyOn(storage, "deleteAll").mockRejectedValue(new Error("failed"));
    await expect(ledger.erase()).rejects.toThrow("failed");
    broken.mockRestore();
    expect(look(ledger)).toEqual(before);
    await ledger.erase();
    expect(ledger.totals()).toEqual({ epoch: 0, seq: 0, pages: {} });
  });
});

test("a batch whose checkpoint can't be written is kept, and so are those after it, until one can", async () => {
  const { append, stub } = open();
  await append(batch(reaction(1, "first")));
  const countRows = () =>
    runInDurableObject(stub(), (_, { storage }) =>
      storage.sql
        .exec("SELECT count(*) AS n FROM batches, checkpoint WHERE batches.seq > checkpoint.seq")
        .one(),
    );
  const block = (query: string) =>
    runInDurableObject(stub(), (_, { storage }) => void storage.sql.exec(query));
  await block("CREATE TRIGGER full BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'full'); END");
  const keep = async (from: number, until: number) => {
    for (let i = from; i < until; i++) {
      expect(await append(batch(reaction(i % 3, `${i}`)))).toMatchObject({ outcomes: ["kept"] });
    }
  };
  await keep(0, 140);
  expect(await countRows()).toEqual({ n: 141 });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({ pages: { "1": { x: 141 } } });
  await block("DROP TRIGGER full");
  await keep(140, 260);
  expect(await countRows()).toEqual({ n: 5 });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({ pages: { "1": { x: 261 } } });
});

test("one whose name can't be written is told so, and their neighbours are kept", async () => {
  const { append, stub } = open();
  await append(batch(reaction(1, "a")));
  const run = (query: string) => runInDurableObject(stub(), (_, { storage }) => void storage.sql.exec(query));
  await run(`CREATE TRIGGER trouble BEFORE INSERT ON participants WHEN NEW.participant = '${participant(3)}'
    BEGIN SELECT RAISE(ABORT, 'trouble'); END`);
  const reactions = [
    reaction(2, "a"),
    reaction(3, "a", "3"),
    reaction(1, "a"),
    reaction(4, "a"),
    reaction(3, "b"),
    reaction(1, "a", "2"),
    reaction(2, "b"),
  ];
  const answer = await append(batch(...reactions));
  expect(answer).toMatchObject({
    outcomes: ["kept", "unavailable", "kept", "kept", "unavailable", "conflict", "kept"],
    pages: { "1": { x: 4 }, "2": {}, "3": {} },
  });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({ pages: { "1": { x: 4 } } });
  await run("DROP TRIGGER trouble");
  const again = await append(batch(...reactions));
  expect(again).toMatchObject({
    previous: answer.kept && answer.seq,
    pages: { "1": { x: 5 }, "3": { x: 1 } },
  });
  const { entries } = await stub().list({ limit: 10 });
  expect(entries.map((entry) => `${entry.participant} ${entry.id}`).sort()).toEqual([
    "1 a",
    "2 a",
    "2 b",
    "3 a",
    "4 a",
    "4 b",
  ]);
});
