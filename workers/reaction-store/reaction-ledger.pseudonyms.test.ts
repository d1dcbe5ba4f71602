import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { open, participant, REACTIONS, reaction } from "./test-ledger.ts";

type Ledger = ReturnType<typeof open>;

/** Every value of every row that a ledger has, as one text. */
const readAll = (ledger: Ledger) =>
  runInDurableObject(ledger.stub(), (_, { storage: { sql } }) => {
    const tables = sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray();
    const own = tables.filter(({ name }) => !name.startsWith("_"));
    return own.map(({ name }) => JSON.stringify(sql.exec(`SELECT * FROM ${name}`).toArray())).join("\n");
  });

const countRows = async (ledger: Ledger, table: string) =>
  runInDurableObject(ledger.stub(), (_, { storage }) => {
    const [row] = storage.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).toArray();
    return row?.n;
  });

const total = async (ledger: Ledger) => (await ledger.stub().totals()).topics["reaction:1"]?.x ?? 0;

/** One who sent three, and is forgotten, beside one who sent one. */
async function openForgotten() {
  const ledger = open();
  const sent = [reaction(1, "a"), reaction(1, "b"), reaction(2, "a"), reaction(1, "c")];
  await ledger.append({ epoch: 1, entries: sent });
  await ledger.stub().forget(participant(1));
  return ledger;
}

describe.each(["at once", "evicted", "aborted"])("somebody forgotten, %s,", (how) => {
  const pause = async (ledger: Ledger) => {
    if (how === "evicted") await evictDurableObject(ledger.stub());
    if (how === "aborted") await abortAllDurableObjects();
  };

  test("counts an id once, under the number of before", async () => {
    const ledger = await openForgotten();
    await pause(ledger);
    expect(await ledger.stub().find(participant(1), "b")).toEqual({
      topic: "reaction:1",
      key: "x",
      mode: "add",
    });
    const again = [reaction(1, "a"), reaction(1, "b", "2"), reaction(3, "a"), reaction(1, "d")];
    expect(await ledger.append({ epoch: 1, entries: again })).toMatchObject({
      outcomes: ["kept", "conflict", "kept", "kept"],
      topics: { "reaction:1": { x: 6 } },
    });
    await pause(ledger);
    const { entries } = await ledger.stub().list(REACTIONS);
    expect(entries.map(({ participant, id }) => `${participant} ${id}`)).toEqual([
      "1 a",
      "1 b",
      "2 a",
      "1 c",
      "3 a",
      "1 d",
    ]);
    expect(await readAll(ledger)).not.toContain(participant(1));
  });

  test("is taken out of the counts, stays out, and is put back", async () => {
    const ledger = await openForgotten();
    await pause(ledger);
    expect(await ledger.stub().excludeFromTotals(participant(1), true)).toBeUndefined();
    expect(await total(ledger)).toBe(1);
    await pause(ledger);
    await ledger.append({ epoch: 1, entries: [reaction(1, "a"), reaction(1, "d")] });
    expect(await total(ledger)).toBe(1);
    await ledger.stub().forget(participant(1));
    await ledger.stub().excludeFromTotals(participant(1), true);
    expect(await total(ledger)).toBe(1);
    await pause(ledger);
    await ledger.stub().excludeFromTotals(participant(1), false);
    expect(await total(ledger)).toBe(5);
    await pause(ledger);
    expect(await total(ledger)).toBe(5);
  });

  test("was taken out before, and is put back", async () => {
    const ledger = open();
    await ledger.append({ epoch: 1, entries: [reaction(1, "a"), reaction(2, "a")] });
    await ledger.stub().excludeFromTotals(participant(1), true);
    await ledger.stub().forget(participant(1));
    await pause(ledger);
    expect(await total(ledger)).toBe(1);
    await ledger.stub().excludeFromTotals(participant(1), false);
    expect(await total(ledger)).toBe(2);
  });

  test("stands in it by a hash until the session ends, then by nothing", async () => {
    const ledger = await openForgotten();
    await ledger.stub().forget(participant(1));
    await ledger.stub().forget(participant(2));
    await pause(ledger);
    const before = await ledger.stub().totals();
    expect(await countRows(ledger, "pseudonyms")).toBe(2);
    expect(await readAll(ledger)).not.toContain(participant(1));
    await ledger.stub().seal();
    await ledger.stub().seal();
    await pause(ledger);
    await ledger.stub().seal();
    expect(await countRows(ledger, "pseudonyms")).toBe(0);
    expect(await countRows(ledger, "pseudonym_key WHERE key IS NOT NULL")).toBe(0);
    expect(await ledger.stub().totals()).toEqual(before);
    expect(await ledger.stub().find(participant(1), "a")).toBeUndefined();
    await ledger.stub().excludeFromTotals(participant(1), true);
    expect(await ledger.stub().totals()).toEqual(before);
  });

  test("after the end leaves nothing that stands for the name", async () => {
    const ledger = open();
    await ledger.append({ epoch: 1, entries: [reaction(1, "a"), reaction(2, "a")] });
    await ledger.stub().seal();
    await pause(ledger);
    await ledger.stub().forget(participant(1));
    expect(await countRows(ledger, "pseudonyms")).toBe(0);
    expect(await countRows(ledger, "pseudonym_key WHERE key IS NOT NULL")).toBe(0);
    expect(await readAll(ledger)).not.toContain(participant(1));
    expect(await readAll(ledger)).toContain(participant(2));
    expect(await total(ledger)).toBe(2);
  });

  test("is a stranger after a restart, whether it comes after the end or not", async () => {
    const ledger = await openForgotten();
    for (const epoch of [2, 3]) {
      if (epoch === 3) await ledger.stub().seal();
      await ledger.stub().begin(epoch);
      await pause(ledger);
      expect(await countRows(ledger, "pseudonyms")).toBe(0);
      expect(await countRows(ledger, "pseudonym_key")).toBe(0);
      await ledger.append({ epoch, entries: [reaction(2, "a"), reaction(1, "a")] });
      expect(await total(ledger)).toBe(2);
      // And may be forgotten anew.
      await ledger.stub().forget(participant(1));
      await pause(ledger);
      await ledger.append({ epoch, entries: [reaction(1, "a")] });
      expect(await total(ledger)).toBe(2);
      expect(await countRows(ledger, "pseudonyms")).toBe(1);
    }
  });
});

test("each ledger has a key of its own", async () => {
  const keys = new Set<string>();
  const hashes = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const ledger = await openForgotten();
    await runInDurableObject(ledger.stub(), (_, { storage: { sql } }) => {
      keys.add(sql.exec<{ key: string }>("SELECT key FROM pseudonym_key").one().key);
      hashes.add(sql.exec<{ hash: string }>("SELECT hash FROM pseudonyms").one().hash);
    });
  }
  expect([keys.size, hashes.size]).toEqual([3, 3]);
  for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32);
});

test("the end of an earlier epoch does not seal a later one", async () => {
  const ledger = await openForgotten();
  await ledger.stub().begin(2);
  await ledger.append({ epoch: 2, entries: [reaction(1, "a")] });
  await ledger.stub().forget(participant(1));
  await ledger.stub().seal(1);
  expect(await countRows(ledger, "pseudonyms")).toBe(1);
  await ledger.stub().seal(2);
  expect(await countRows(ledger, "pseudonyms")).toBe(0);
});

test("whoever never reacted leaves nothing when forgotten, and an empty ledger nothing when sealed", async () => {
  const ledger = open();
  await ledger.stub().forget(participant(1));
  await ledger.stub().seal();
  expect(await readAll(ledger)).toBe("");
  await ledger.append({ epoch: 1, entries: [reaction(1, "a")] });
  await ledger.stub().forget(participant(9));
  expect(await readAll(ledger)).not.toContain("hash");
  expect(await readAll(ledger)).not.toContain(participant(9));
});

test("erased, key and hashes are gone", async () => {
  const ledger = await openForgotten();
  await ledger.stub().erase();
  expect(await readAll(ledger)).toBe("");
  await ledger.append({ epoch: 1, entries: [reaction(1, "a")] });
  expect(await total(ledger)).toBe(1);
});

test("a ledger written before there were hashes opens, forgets, and finds who was forgotten since", async () => {
  const ledger = open();
  await runInDurableObject(ledger.stub(), (_, { storage: { sql } }) => {
    sql.exec(`
      CREATE TABLE batches (seq INTEGER PRIMARY KEY, kinds TEXT NOT NULL, reactions TEXT NOT NULL);
      CREATE TABLE participants (participant TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE uncounted (number INTEGER PRIMARY KEY);
      CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY CHECK (id = 1), epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        next_number INTEGER NOT NULL, pages TEXT NOT NULL
      )`);
    const at = Date.now() - 60_000;
    sql.exec("INSERT INTO batches VALUES (?, ?, ?)", at - 1, '[["1","x"]]', '[[1,0,"a"],[3,0,"gone"]]');
    sql.exec("INSERT INTO batches VALUES (?, ?, ?)", at + 1, '[["1","x"]]', '[[2,0,"a"]]');
    for (const number of [1, 2])
      sql.exec("INSERT INTO participants VALUES (?, ?)", participant(number), number);
    sql.exec("INSERT INTO checkpoint VALUES (1, 1, ?, 4, ?)", at, '{"1":{"x":2}}');
  });
  await evictDurableObject(ledger.stub());
  expect(await total(ledger)).toBe(3);
  await ledger.stub().forget(participant(1));
  await evictDurableObject(ledger.stub());
  await ledger.append({ epoch: 1, entries: [reaction(1, "a"), reaction(2, "a"), reaction(5, "a")] });
  expect(await total(ledger)).toBe(4);
  await ledger.stub().excludeFromTotals(participant(1), true);
  expect(await total(ledger)).toBe(3);
  const { entries } = await ledger.stub().list({ ...REACTIONS, until: Date.now() + 1 });
  expect(entries.map((entry) => entry.participant)).toEqual([1, 3, 2, 4]);
  await ledger.stub().begin(2);
  await evictDurableObject(ledger.stub());
  expect(await total(ledger)).toBe(0);
});
