import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Batch, Entry } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { answer, open, participant, REACTIONS, reaction } from "./test-ledger.ts";

const PEOPLE = [1, 2, 3, 4];
const IDS = ["a", "b", "c", "d", "e"];

/** All that a ledger knows, whether from memory or from its rows. */
const look = (ledger: ReactionLedger) => ({
  ...ledger.totals(),
  buckets: ledger.buckets("reaction", 1000),
  entries: ledger.list(REACTIONS).entries,
  answers: ledger.list({ ...REACTIONS, interaction: "answer" }).entries,
  found: PEOPLE.map((by) => IDS.map((id) => ledger.find(participant(by), id)?.key)),
});

/** The same, without when it came to be so, and in which pieces. */
function lookTimeless(ledger: ReactionLedger) {
  const { epoch, topics, buckets, entries, answers, found } = look(ledger);
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const withoutTime = [...entries, ...answers].map((entry) => ({ ...entry, at: 0, index: 0 }));
  return { epoch, topics, count, entries: withoutTime, found };
}

/** Who is known by their name: rows have it, and memory must agree. */
const readNames = ({ storage: { sql } }: DurableObjectState) =>
  sql.exec("SELECT participant FROM participants ORDER BY participant").toArray();

interface Case {
  /** What was done before, on a ledger of two who reacted. */
  readonly before: (ledger: ReactionLedger) => unknown;
  readonly run: (ledger: ReactionLedger) => unknown;
}

const batch = (...entries: Entry[]): Batch => ({ epoch: 1, entries });
const nothing = () => {};
const newcomers = batch(reaction(1, "a"), reaction(3, "a"), reaction(4, "a", "2"), reaction(2, "b"));
const known = batch(reaction(1, "c"), reaction(2, "d", "2", "y"));
const answers = batch(answer(3, "a", "yes"), answer(1, "d", "no"), answer(2, "c", ""), reaction(2, "b"));

/** As many batches as make the next one write a checkpoint. */
function fillUp(ledger: ReactionLedger, name = "fill"): void {
  for (let i = 0; i < 126; i++) ledger.append(batch(reaction(2, `${name}-${i}`)));
}

const CASES: Record<string, Case> = {
  "append, by newcomers": { before: nothing, run: (ledger) => ledger.append(newcomers) },
  "append, by known people": { before: nothing, run: (ledger) => ledger.append(known) },
  "append, of answers, some in the place of others": {
    before: (ledger) => ledger.append(batch(answer(1, "c", "yes"), answer(2, "e", "yes"))),
    run: (ledger) => ledger.append(answers),
  },
  "append, of answers, with a checkpoint": {
    before: (ledger) => {
      fillUp(ledger);
      ledger.excludeFromTotals(participant(2), true);
      fillUp(ledger, "again");
      ledger.append(batch(answer(1, "c", "yes"), answer(2, "e", "yes")));
    },
    run: (ledger) => ledger.append(answers),
  },
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
      ledger.excludeFromTotals(participant(2), true);
    },
    run: (ledger) => ledger.begin(2),
  },
  excludeFromTotals: { before: nothing, run: (ledger) => ledger.excludeFromTotals(participant(1), true) },
  "excludeFromTotals, of somebody forgotten": {
    before: (ledger) => ledger.forget(participant(1)),
    run: (ledger) => ledger.excludeFromTotals(participant(1), true),
  },
  "excludeFromTotals, of somebody who answered": {
    before: (ledger) => ledger.append(batch(answer(1, "c", "yes"))),
    run: (ledger) => ledger.excludeFromTotals(participant(1), true),
  },
  "excludeFromTotals, back": {
    before: (ledger) => ledger.excludeFromTotals(participant(1), true),
    run: (ledger) => ledger.excludeFromTotals(participant(1), false),
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
  list: { before: nothing, run: (ledger) => ledger.list({ ...REACTIONS, until: Date.now() }) },
  close: { before: nothing, run: (ledger) => ledger.close(Date.now()) },
  buckets: { before: nothing, run: (ledger) => ledger.buckets("reaction", 1000) },
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
        return { statements, after: lookTimeless(ledger), names: readNames(state) };
      });
      for (let at = 0; at < whole.statements; at++) {
        await inPrepared(each, (ledger, state) => {
          const before = lookTimeless(ledger);
          const namesBefore = readNames(state);
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
          if (!failed) expect(readNames(state)).toEqual(whole.names);
          else if (left.epoch === before.epoch) expect(readNames(state)).toEqual(namesBefore);
          else expect(readNames(state)).toEqual([]);

          each.run(ledger);
          expect(lookTimeless(ledger)).toEqual(whole.after);
          expect(look(new ReactionLedger(state, env))).toEqual(look(ledger));
          // Whoever it was about, and those beside them, go on.
          const { epoch } = ledger.totals();
          const next = ledger.append({ epoch, entries: PEOPLE.map((by) => reaction(by, `next-${by}`)) });
          expect(next).toMatchObject({ outcomes: PEOPLE.map(() => "kept") });
          const numbers = look(ledger).entries.slice(-PEOPLE.length);
          expect(new Set(numbers.map((entry) => entry.participant)).size).toBe(PEOPLE.length);
          const started = new ReactionLedger(state, env);
          for (const by of PEOPLE) expect(started.find(participant(by), `next-${by}`)).toBeDefined();
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
    expect(ledger.totals()).toEqual({ epoch: 0, seq: 0, topics: {}, fence: expect.any(Number) });
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
  expect(await stub().totals()).toMatchObject({ topics: { "reaction:1": { x: 141 } } });
  await block("DROP TRIGGER full");
  await keep(140, 260);
  expect(await countRows()).toEqual({ n: 5 });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({ topics: { "reaction:1": { x: 261 } } });
});

test("one whose name can't be written is told so, and their neighbours are kept", async () => {
  const { append, stub } = open();
  await append(batch(reaction(1, "a")));
  const run = (query: string) => runInDurableObject(stub(), (_, { storage }) => void storage.sql.exec(query));
  await run(`CREATE TRIGGER trouble BEFORE INSERT ON participants WHEN NEW.participant = '${participant(3)}'
    BEGIN SELECT RAISE(ABORT, 'trouble'); END`);
  const entries = [
    reaction(2, "a"),
    reaction(3, "a", "3"),
    reaction(1, "a"),
    reaction(4, "a"),
    reaction(3, "b"),
    reaction(1, "a", "2"),
    reaction(2, "b"),
  ];
  const first = await append(batch(...entries));
  expect(first).toMatchObject({
    outcomes: ["kept", "unavailable", "kept", "kept", "unavailable", "conflict", "kept"],
    topics: { "reaction:1": { x: 4 }, "reaction:2": {}, "reaction:3": {} },
  });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({ topics: { "reaction:1": { x: 4 } } });
  await run("DROP TRIGGER trouble");
  const again = await append(batch(...entries));
  expect(again).toMatchObject({
    previous: first.kept && first.seq,
    topics: { "reaction:1": { x: 5 }, "reaction:3": { x: 1 } },
  });
  const listed = (await stub().list(REACTIONS)).entries;
  expect(listed.map((entry) => `${entry.participant} ${entry.id}`).sort()).toEqual([
    "1 a",
    "2 a",
    "2 b",
    "3 a",
    "4 a",
    "4 b",
  ]);
});
