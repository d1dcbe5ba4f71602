import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { createReactionExport } from "./interactions/reaction/export.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { answer, createOrder, open, participant, REACTIONS, reaction, readRows } from "./test-ledger.ts";

/** The tables of a ledger before there were topics: pages and reactions in pairs, all counts in one row. */
const OLDER_FORM = `
  CREATE TABLE batches (
    seq INTEGER PRIMARY KEY,
    kinds TEXT NOT NULL,
    reactions TEXT NOT NULL
  );
  CREATE TABLE participants (
    participant TEXT PRIMARY KEY,
    number INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE uncounted (
    number INTEGER PRIMARY KEY
  );
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    next_number INTEGER NOT NULL,
    pages TEXT NOT NULL
  );
  CREATE TABLE closed (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    before INTEGER NOT NULL
  );`;

/** One of three people, the third excluded, on two pages, one of them called like a topic. */
async function openOlder() {
  const ledger = open();
  const at = Date.now() - 60_000;
  await runInDurableObject(ledger.stub(), (_, { storage: { sql } }) => {
    sql.exec(OLDER_FORM);
    sql.exec(
      "INSERT INTO batches VALUES (?, ?, ?)",
      at,
      '[["4.2","❤"],["reaction:1","x"]]',
      '[[1,0,"a"],[2,1,"a"],[3,0,"a"]]',
    );
    sql.exec("INSERT INTO batches VALUES (?, ?, ?)", at + 1, '[["4.2","❤"]]', '[[1,0,"b"]]');
    sql.exec(
      "INSERT INTO batches VALUES (?, ?, ?)",
      at + 10,
      '[["4.2","?"],["4.2","❤"]]',
      '[[2,0,"c"],[3,1,"c"]]',
    );
    for (const by of [1, 2, 3]) sql.exec("INSERT INTO participants VALUES (?, ?)", participant(by), by);
    sql.exec("INSERT INTO uncounted VALUES (3)");
    sql.exec("INSERT INTO closed VALUES (1, ?)", at + 11);
    sql.exec("INSERT INTO checkpoint VALUES (1, 5, ?, 4, ?)", at + 2, '{"4.2":{"❤":2},"reaction:1":{"x":1}}');
  });
  await evictDurableObject(ledger.stub());
  return { ...ledger, at };
}

const TOPICS = { "reaction:4.2": { "❤": 2, "?": 1 }, "reaction:reaction:1": { x: 1 } };

const readBatches = ({ stub }: Pick<ReturnType<typeof open>, "stub">) =>
  runInDurableObject(stub(), (_, { storage: { sql } }) =>
    sql.exec("SELECT * FROM batches ORDER BY seq").toArray(),
  );

test("has its totals, at once and after each start, and its batches are not written again", async () => {
  const ledger = await openOlder();
  for (let start = 0; start < 3; start++) {
    expect(await ledger.stub().totals()).toEqual({ epoch: 5, seq: ledger.at + 10, topics: TOPICS, fence: 5 });
    await evictDurableObject(ledger.stub());
  }
  const batches = await readBatches(ledger);
  expect(batches.map(({ kinds }) => kinds)).toEqual([
    '[["4.2","❤"],["reaction:1","x"]]',
    '[["4.2","❤"]]',
    '[["4.2","?"],["4.2","❤"]]',
  ]);
});

test("knows what it has kept, and what is sent again in another spelling", async () => {
  const { append, stub } = await openOlder();
  expect(await stub().find(participant(2), "a")).toEqual({
    topic: "reaction:reaction:1",
    key: "x",
    mode: "add",
  });
  const entries = [
    reaction(1, "a", "4.2", "❤\ufe0f"),
    reaction(2, "a", "1", "x"),
    reaction(2, "c", "4.2", "?"),
    reaction(4, "a", "4.2", "?"),
    answer(1, "z", "yes"),
  ];
  expect(await append({ epoch: 5, entries })).toMatchObject({
    outcomes: ["kept", "conflict", "kept", "kept", "kept"],
    topics: { "reaction:4.2": { "❤": 2, "?": 2 }, "answer:1": { yes: 1 } },
  });
  expect(await append({ epoch: 4, entries })).toEqual({ kept: false, epoch: 5 });
  await evictDurableObject(stub());
  expect(await stub().totals()).toMatchObject({
    topics: { ...TOPICS, "reaction:4.2": { "❤": 2, "?": 2 }, "answer:1": { yes: 1 } },
  });
});

test("goes on with checkpoints, exclusions and forgetting", async () => {
  const { append, stub } = await openOlder();
  await stub().excludeFromTotals(participant(3), false);
  expect((await stub().totals()).topics).toEqual({ ...TOPICS, "reaction:4.2": { "❤": 4, "?": 1 } });
  await stub().excludeFromTotals(participant(1), true);
  await stub().forget(participant(2));
  await evictDurableObject(stub());
  expect((await stub().totals()).topics).toEqual({ ...TOPICS, "reaction:4.2": { "❤": 2, "?": 1 } });
  for (let i = 0; i < 130; i++) await append({ epoch: 5, entries: [reaction(2, `${i}`, "9")] });
  await evictDurableObject(stub());
  expect((await stub().totals()).topics).toMatchObject({ "reaction:9": { x: 130 } });
  const { entries } = await stub().list(REACTIONS);
  expect(new Set(entries.map((entry) => entry.participant))).toEqual(new Set([1, 2, 3]));
});

test("is exported and told in buckets, and closed windows stay closed", async () => {
  const { stub, append, at } = await openOlder();
  const rows = readRows(await createReactionExport(createOrder(), () => stub()).text());
  expect(rows.map(({ page, reaction: shown }) => `${page} ${shown}`)).toEqual([
    "4.2 ❤",
    "reaction:1 x",
    "4.2 ❤",
    "4.2 ❤",
    "4.2 ?",
    "4.2 ❤",
  ]);
  const buckets = await stub().buckets("reaction", 3_600_000);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  const clock = vi.spyOn(Date, "now").mockReturnValue(at - 5000);
  const kept = await append({ epoch: 5, entries: [reaction(1, "later")] });
  clock.mockRestore();
  expect(kept.kept && kept.seq).toBeGreaterThanOrEqual(at + 11);
});

test("begins anew with a restart", async () => {
  const { append, stub } = await openOlder();
  expect(await stub().begin(6)).toMatchObject({ epoch: 6, topics: {} });
  await evictDurableObject(stub());
  await append({ epoch: 6, entries: [reaction(1, "a")] });
  expect(await stub().totals()).toMatchObject({ epoch: 6, topics: { "reaction:1": { x: 1 } } });
});

test("that can't be divided as it opens is as it was, and opens the next time", async () => {
  const { stub } = open();
  await runInDurableObject(stub(), (_, state) => {
    const { sql } = state.storage;
    sql.exec(OLDER_FORM);
    sql.exec("INSERT INTO closed VALUES (1, 1)");
    sql.exec("INSERT INTO checkpoint VALUES (1, 5, 1000, 1, ?)", '{"1":{"x":2},"2":{"x":1}}');
    const exec = sql.exec.bind(sql);
    let failed = 0;
    for (let at = 0; at < 20; at++) {
      let statements = 0;
      const spy = vi.spyOn(sql, "exec").mockImplementation((query, ...values) => {
        if (statements++ === at) throw new Error("failed");
        return exec(query, ...values);
      });
      try {
        new ReactionLedger(state, env);
        break;
      } catch (error) {
        expect(error).toMatchObject({ message: "failed" });
        failed++;
      } finally {
        spy.mockRestore();
      }
    }
    expect(failed).toBeGreaterThan(5);
    const { topics } = new ReactionLedger(state, env).totals();
    expect(topics).toEqual({ "reaction:1": { x: 2 }, "reaction:2": { x: 1 } });
  });
});

describe("a ledger whose checkpoint has what stands with its topic", () => {
  /** Two of three people stand; the third took it back, and the second is excluded. One more batch is in no checkpoint. */
  async function openWithTopics() {
    const ledger = open();
    const at = Date.now() - 60_000;
    await runInDurableObject(ledger.stub(), (_, { storage: { sql } }) => {
      sql.exec(`
        CREATE TABLE batches (seq INTEGER PRIMARY KEY, kinds TEXT NOT NULL, reactions TEXT NOT NULL);
        CREATE TABLE participants (participant TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE uncounted (number INTEGER PRIMARY KEY);
        CREATE TABLE checkpoint (
          id INTEGER PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
          next_number INTEGER NOT NULL
        );
        CREATE TABLE topics (topic TEXT PRIMARY KEY, counts TEXT NOT NULL, standing TEXT NOT NULL) WITHOUT ROWID;`);
      const keep = (seq: number, kinds: unknown, entries: unknown) =>
        sql.exec("INSERT INTO batches VALUES (?, ?, ?)", seq, JSON.stringify(kinds), JSON.stringify(entries));
      const [yes, no, back] = ["yes", "no", ""].map((key) => ["answer:1", key, "replace"]);
      const x = ["reaction:1", "x", "add"];
      keep(
        at,
        [yes, x, back],
        [
          [1, 0, "a"],
          [1, 1, "b"],
          [2, 0, "a"],
          [3, 0, "a"],
          [3, 2, "b"],
        ],
      );
      keep(
        at + 1,
        [no, yes],
        [
          [1, 0, "c"],
          [1, 0, "d"],
          [2, 1, "c"],
        ],
      );
      keep(at + 2, [yes], [[3, 0, "c"]]);
      for (const by of [1, 2, 3]) sql.exec("INSERT INTO participants VALUES (?, ?)", participant(by), by);
      sql.exec("INSERT INTO uncounted VALUES (2)");
      sql.exec("INSERT INTO checkpoint VALUES (1, 5, ?, 4)", at + 1);
      sql.exec("INSERT INTO topics VALUES ('reaction:1', '{\"x\":1}', '{}')");
      sql.exec(`INSERT INTO topics VALUES ('answer:1', '{"no":1}', '{"no":[1],"yes":[2]}')`);
    });
    await evictDurableObject(ledger.stub());
    return { ...ledger, at };
  }

  test("has its totals after each start, and goes on", async () => {
    const { append, stub, at } = await openWithTopics();
    for (let start = 0; start < 3; start++) {
      expect(await stub().totals()).toEqual({
        epoch: 5,
        seq: at + 2,
        topics: { "answer:1": { no: 1, yes: 1 }, "reaction:1": { x: 1 } },
        fence: 5,
      });
      await evictDurableObject(stub());
    }
    await append({ epoch: 5, entries: [answer(1, "e", "yes"), answer(2, "e", "no"), answer(3, "e", "")] });
    await stub().excludeFromTotals(participant(2), false);
    await evictDurableObject(stub());
    expect((await stub().totals()).topics["answer:1"]).toEqual({ yes: 1, no: 1 });
  });

  test("knows of what stands where it is kept", async () => {
    const { stub, at } = await openWithTopics();
    const [chunk, checkpoint] = await runInDurableObject(stub(), (_, { storage: { sql } }) => [
      sql.exec<{ entries: string }>("SELECT entries FROM standing").one().entries,
      sql.exec("SELECT entries FROM checkpoint").one(),
    ]);
    expect(JSON.parse(String(chunk))).toEqual([
      [1, 6, at + 1, 0, "no", 1],
      [2, 3, at, 2, "yes", 1],
    ]);
    expect(checkpoint).toEqual({ entries: 8 });
  });
});
