import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { writeAnswerKey } from "../../shared/interactions/activity/answer-key.ts";
import { getRoundTopic } from "../../shared/interactions/activity/topic.ts";
import type { Entry, ListedStanding } from "../lib/ledger.ts";
import { joinEntryNumber, splitEntryNumber } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";
import { createRound, open, participant, reaction, say } from "./test-ledger.ts";

const POLL = createRound("choice", "poll");
const AGAIN = createRound("choice", "poll", 1_795_180_900_000);
const WORDS = createRound("words", "thought");
const WHY = createRound("text", "why");
const LONG = "because it is so ".repeat(50);

type Ledger = ReturnType<typeof open>;

const append = (ledger: Ledger, ...entries: Entry[]) => ledger.append({ epoch: 1, entries });

const readCounts = async ({ stub }: Ledger, round = POLL) =>
  (await stub().totals()).topics[getRoundTopic(round)];

/** What stands of a round, page by page. */
async function listAll({ stub }: Ledger, round = WHY, limit = 2) {
  const all: ListedStanding[] = [];
  for (let cursor: number | undefined = 0; cursor !== undefined; ) {
    const page = await stub().listStanding({ topic: getRoundTopic(round), cursor, limit });
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    all.push(...page.entries);
    cursor = page.cursor;
  }
  return all;
}

const key = (value: string | string[], elapsedMs = 1000) => writeAnswerKey({ elapsedMs, value });

describe("a round", () => {
  test("counts people and what they say, and rounds of one activity stay apart", async () => {
    const ledger = open();
    await append(
      ledger,
      say(1, "a", POLL, ["x", "y"]),
      say(2, "a", POLL, ["y"]),
      say(1, "b", AGAIN, ["x"]),
      say(1, "c", WORDS, ["constructor", "café"]),
      say(2, "c", WHY, LONG),
      say(3, "a", POLL, null),
    );
    for (let start = 0; start < 2; start++) {
      expect(await readCounts(ledger, POLL)).toEqual({ "": 2, x: 1, y: 2 });
      expect(await readCounts(ledger, AGAIN)).toEqual({ "": 1, x: 1 });
      expect(await readCounts(ledger, WORDS)).toEqual({ "": 1, constructor: 1, café: 1 });
      expect(await readCounts(ledger, WHY)).toEqual({ "": 1 });
      await evictDurableObject(ledger.stub());
    }
  });

  test("whose answers stay as they came refuses others, also after a start, and in one batch", async () => {
    const ledger = open();
    const once = { mode: "once" } as const;
    expect(
      await append(ledger, say(1, "a", POLL, ["x"], once), say(1, "b", POLL, ["y"], once)),
    ).toMatchObject({ outcomes: ["kept", "fixed"] });
    await evictDurableObject(ledger.stub());
    const later = [
      say(1, "c", POLL, ["y"], once),
      say(1, "d", POLL, null, once),
      say(1, "e", POLL, ["x"], { ...once, elapsedMs: 5000 }),
      say(2, "a", POLL, ["y"], once),
    ];
    expect(await append(ledger, ...later)).toMatchObject({ outcomes: ["fixed", "fixed", "kept", "kept"] });
    expect(await readCounts(ledger)).toEqual({ "": 2, x: 1, y: 1 });
    expect(await ledger.stub().standing(participant(1), [getRoundTopic(POLL)])).toEqual({
      [getRoundTopic(POLL)]: key(["x"]),
    });
  });

  test("a key that no room writes is refused, and nobody beside it", async () => {
    const ledger = open();
    const broken = { ...say(1, "a", POLL, ["x"]), key: "12:[" };
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(await append(ledger, broken, say(2, "a", POLL, ["x"]))).toMatchObject({
      outcomes: ["unavailable", "kept"],
    });
    warn.mockRestore();
    await evictDurableObject(ledger.stub());
    expect(await readCounts(ledger)).toEqual({ "": 1, x: 1 });
  });
});

describe("what a participant has standing", () => {
  test("is told whole, with its first time, also of somebody excluded or forgotten, and not of a stranger", async () => {
    const ledger = open();
    const topics = [POLL, WHY, WORDS].map(getRoundTopic);
    expect(await ledger.stub().standing(participant(1), topics)).toEqual({});
    await append(ledger, say(1, "a", POLL, ["x"]), say(1, "b", WHY, LONG), say(1, "c", WORDS, ["w"]));
    await append(
      ledger,
      say(1, "d", POLL, ["x"], { elapsedMs: 2000 }),
      say(1, "e", WHY, LONG, { elapsedMs: 2000 }),
      say(1, "f", WORDS, null),
    );
    await ledger.stub().excludeFromTotals(participant(1), true);
    await ledger.stub().forget(participant(1));
    for (let start = 0; start < 2; start++) {
      expect(await ledger.stub().standing(participant(1), topics)).toEqual({
        [getRoundTopic(POLL)]: key(["x"]),
        [getRoundTopic(WHY)]: key(LONG),
      });
      expect(await ledger.stub().standing(participant(1), [])).toEqual({});
      expect(await ledger.stub().standing(participant(2), topics)).toEqual({});
      await evictDurableObject(ledger.stub());
    }
  });
});

describe("the list of what stands", () => {
  test("has each once, in the order it was kept, and none of who is excluded", async () => {
    const ledger = open();
    expect(await listAll(ledger)).toEqual([]);
    await append(ledger, ...[1, 2, 3, 4].map((by) => say(by, "a", WHY, `text of ${by}`)), reaction(5, "x"));
    await append(ledger, say(5, "a", WHY, LONG), say(1, "b", WHY, "text of 1", { elapsedMs: 9 }));
    await append(ledger, say(2, "b", WHY, "another"), say(3, "b", WHY, null), say(6, "a", POLL, ["x"]));
    const texts = async () => (await listAll(ledger)).map((entry) => entry.key);
    const expected = [key("text of 1"), key("text of 4"), key(LONG), key("another")];
    expect(await texts()).toEqual(expected);
    await ledger.stub().excludeFromTotals(participant(4), true);
    expect(await texts()).toEqual(expected.filter((each) => each !== key("text of 4")));
    await ledger.stub().excludeFromTotals(participant(4), false);
    await evictDurableObject(ledger.stub());
    expect(await texts()).toEqual(expected);
  });

  test("names each entry for good: what is said anew, also once more, has another number", async () => {
    const ledger = open();
    await append(ledger, say(1, "a", WHY, "one"), say(2, "a", WHY, "two"));
    const before = await listAll(ledger);
    expect(before.map(({ number }) => number)).toEqual([1, 2]);
    await append(ledger, say(2, "b", WHY, "two"), say(1, "b", WHY, "other"));
    await append(ledger, say(1, "c", WHY, "one"));
    for (const how of ["at once", "after a start", "from a checkpoint"]) {
      if (how === "from a checkpoint") {
        await ledger.stub().excludeFromTotals(participant(2), true);
        await ledger.stub().excludeFromTotals(participant(2), false);
      }
      if (how !== "at once") await evictDurableObject(ledger.stub());
      const after = await listAll(ledger);
      expect(after.map(({ number, key: each }) => [number, each])).toEqual([
        [2, key("two")],
        [5, key("one")],
      ]);
      expect(after[0]?.at).toBe(before[0]?.at);
    }
    await append(ledger, say(3, "a", WHY, "three"));
    expect((await listAll(ledger)).at(-1)?.number).toBe(6);
  });

  test("leads from a number to whoever said it, as long as it stands, also of who is excluded", async () => {
    const ledger = open();
    const [why, poll] = [WHY, POLL].map(getRoundTopic);
    const find = (number: number, topics = [poll ?? "", why ?? ""]) =>
      ledger.stub().findAuthor(topics, number);
    expect(await find(1)).toBe("none");
    await append(ledger, say(1, "a", WHY, "one"), say(2, "a", WHY, "two"), say(3, "a", WHY, "three"));
    await append(ledger, say(2, "b", WHY, "other"), say(3, "b", WHY, null));
    await ledger.stub().excludeFromTotals(participant(1), true);
    for (let start = 0; start < 2; start++) {
      expect(await find(1)).toEqual({ participant: participant(1) });
      expect(await find(4)).toEqual({ participant: participant(2) });
      // What was said anew or taken back, of another topic, or never.
      for (const number of [2, 3, 5, 6, 0]) expect(await find(number)).toBe("none");
      expect(await find(1, [poll ?? ""])).toBe("none");
      await evictDurableObject(ledger.stub());
    }
    await ledger.stub().forget(participant(1));
    expect(await find(1)).toBe("forgotten");
    await ledger.stub().eraseTopics([why ?? ""]);
    expect(await find(1)).toBe("none");
  });

  test.each([
    [0, 1],
    [999_999, 2 ** 33 - 1],
    [31, 5_000_000],
  ])("room %i and number %i make one number that is exact, and are read from it", (room, number) => {
    const joined = joinEntryNumber(room, number);
    expect(Number.isSafeInteger(joined)).toBe(true);
    expect(splitEntryNumber(joined)).toEqual({ room, number });
  });
});

describe("erased topics", () => {
  const ERASED = [POLL, WHY].map(getRoundTopic);
  /** Every value of every row that a ledger has, as one text. */
  const readAll = ({ stub }: Ledger) =>
    runInDurableObject(stub(), (_, { storage: { sql } }) => {
      const tables = sql
        .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
        .toArray();
      const own = tables.filter(({ name }) => !name.startsWith("_"));
      return own.map(({ name }) => JSON.stringify(sql.exec(`SELECT * FROM ${name}`).toArray())).join("\n");
    });

  const ENTRIES = [
    say(1, "a", POLL, ["secret"]),
    say(1, "b", WHY, `secret ${LONG}`),
    say(2, "a", POLL, ["secret", "other"]),
    say(2, "b", POLL, null),
    say(2, "c", WHY, "secret"),
    say(1, "c", AGAIN, ["stays"]),
    say(2, "d", WORDS, ["stays", getRoundTopic(POLL)]),
    reaction(1, "r", "secret page"),
  ];

  test.each(["batches alone", "a checkpoint"])("leave nothing behind, in %s", async (where) => {
    const ledger = open();
    for (const entry of ENTRIES) await append(ledger, entry);
    if (where === "a checkpoint") {
      for (const isExcluded of [true, false]) {
        await ledger.stub().excludeFromTotals(participant(1), isExcluded);
      }
    }
    expect((await readAll(ledger)).replaceAll("secret page", "")).toContain("secret");
    const { seq } = await ledger.stub().totals();
    for (let time = 0; time < 2; time++) {
      await ledger.stub().eraseTopics([...ERASED, "answer:text:unknown:1"]);
      expect((await ledger.stub().totals()).seq).toBeGreaterThan(seq);
      for (let start = 0; start < 2; start++) {
        expect((await ledger.stub().totals()).topics).toEqual({
          [getRoundTopic(AGAIN)]: { "": 1, stays: 1 },
          [getRoundTopic(WORDS)]: { "": 1, stays: 1, [getRoundTopic(POLL)]: 1 },
          "reaction:secret page": { x: 1 },
        });
        expect(await ledger.stub().standing(participant(1), [...ERASED, getRoundTopic(AGAIN)])).toEqual({
          [getRoundTopic(AGAIN)]: key(["stays"]),
        });
        expect(await listAll(ledger)).toEqual([]);
        await evictDurableObject(ledger.stub());
      }
      const left = await readAll(ledger);
      expect(left.replaceAll("secret page", "")).not.toContain("secret");
      expect(left).not.toContain(LONG);
    }
  });

  test("keep their ids: what is sent again counts nothing", async () => {
    const ledger = open();
    await append(ledger, ...ENTRIES);
    await ledger.stub().eraseTopics(ERASED);
    await evictDurableObject(ledger.stub());
    const again = await append(ledger, ...ENTRIES);
    expect(again.kept && again.outcomes.slice(-3)).toEqual(["kept", "kept", "kept"]);
    expect(await readCounts(ledger)).toBeUndefined();
    // Another batch after it counts as in any round.
    await append(ledger, say(1, "new", POLL, ["x"]));
    await evictDurableObject(ledger.stub());
    expect(await readCounts(ledger)).toEqual({ "": 1, x: 1 });
  });

  test("of somebody excluded do not come back with them", async () => {
    const ledger = open();
    await append(ledger, ...ENTRIES);
    await ledger.stub().excludeFromTotals(participant(1), true);
    await ledger.stub().eraseTopics(ERASED);
    await ledger.stub().excludeFromTotals(participant(1), false);
    expect((await ledger.stub().totals()).topics).toEqual({
      [getRoundTopic(AGAIN)]: { "": 1, stays: 1 },
      [getRoundTopic(WORDS)]: { "": 1, stays: 1, [getRoundTopic(POLL)]: 1 },
      "reaction:secret page": { x: 1 },
    });
  });

  test("of a ledger that has nothing leave no trace", async () => {
    const ledger = open();
    await ledger.stub().eraseTopics(ERASED);
    expect(await ledger.stub().totals()).toEqual({ epoch: 0, seq: 0, topics: {}, fence: expect.any(Number) });
    expect(await readAll(ledger)).toBe("");
  });

  test("that fail anywhere are what a start reads, and erased when they are asked for again", async () => {
    const look = (ledger: ReactionLedger) => ({
      totals: ledger.totals(),
      standing: [1, 2].map((by) => ledger.standing(participant(by), ERASED)),
      listed: ledger.list({ interaction: "answer", limit: 100 }),
    });
    let failures = 0;
    for (let at = 0, hasFailed = true; hasFailed; at++) {
      const ledger = open();
      // More than are erased in one go.
      for (let i = 0; i < 20; i++) await append(ledger, say(1, `${i}`, WHY, `secret ${i}`));
      await append(ledger, ...ENTRIES);
      hasFailed = await runInDurableObject(ledger.stub(), (object, state) => {
        const { sql } = state.storage;
        const before = look(object);
        const exec = sql.exec.bind(sql);
        let statements = 0;
        const spy = vi.spyOn(sql, "exec").mockImplementation((query, ...values) => {
          if (statements++ === at) throw new Error("failed");
          return exec(query, ...values);
        });
        let failed = false;
        try {
          object.eraseTopics(ERASED);
        } catch (error) {
          expect(error).toMatchObject({ message: "failed" });
          failed = true;
        } finally {
          spy.mockRestore();
        }
        expect(look(new ReactionLedger(state, env))).toEqual(look(object));
        if (failed && object.totals().seq === before.totals.seq) expect(look(object)).toEqual(before);
        else expect(object.standing(participant(1), ERASED)).toEqual({});
        object.eraseTopics(ERASED);
        expect(look(new ReactionLedger(state, env))).toEqual(look(object));
        return failed;
      });
      expect((await readAll(ledger)).replaceAll("secret page", "")).not.toContain("secret");
      if (hasFailed) failures++;
    }
    expect(failures).toBeGreaterThan(10);
  });
});

describe("a thousand people who answer", () => {
  /** One answer of each, in batches of so many. */
  const sendAll = (ledger: ReactionLedger, batchSize: number, create: (by: number) => Entry) => {
    for (let from = 0; from < 1000; from += batchSize) {
      const entries = Array.from({ length: batchSize }, (_, at) => create(from + at));
      expect(ledger.append({ epoch: 1, entries })).toMatchObject({ outcomes: entries.map(() => "kept") });
    }
  };

  test("cost a fifth of a row for each answer at most, with rows of their own and all checkpoints", async () => {
    const { stub } = open();
    const rounds = Array.from({ length: 20 }, (_, at) => createRound("choice", "poll", at));
    const written = await runInDurableObject(stub(), (object, { storage: { sql } }) => {
      object.begin(1);
      const exec = vi.spyOn(sql, "exec");
      for (const round of rounds) {
        sendAll(object, 8, (by) => say(by, `${round.openedAt}`, round, [`${by % 4}`], { elapsedMs: by }));
      }
      const cursors = exec.mock.results.filter(({ type }) => type === "return");
      expect(sql.exec("SELECT count(*) AS n FROM standing").one()).not.toEqual({ n: 0 });
      return cursors.reduce((sum, { value }) => sum + value.rowsWritten, 0);
    });
    expect(written / (rounds.length * 1000)).toBeLessThanOrEqual(0.2);
    await evictDurableObject(stub());
    const { topics } = await stub().totals();
    const each = { "": 1000, 0: 250, 1: 250, 2: 250, 3: 250 };
    expect(topics).toEqual(Object.fromEntries(rounds.map((round) => [getRoundTopic(round), each])));
  });

  test("in texts of four kilobytes need few bytes of each outside the batches, and are compared and listed whole", async () => {
    const ledger = open();
    const textOf = (by: number) => `${by} ${"𝄞".repeat(990)}`;
    await runInDurableObject(ledger.stub(), (object, { storage: { sql } }) => {
      sendAll(object, 200, (by) => say(by, "text", WHY, textOf(by)));
      // Writes a checkpoint.
      object.excludeFromTotals(participant(0), true);
      for (const table of ["topics", "standing"]) {
        const rows = sql.exec(`SELECT * FROM ${table}`).toArray();
        for (const row of rows) expect(JSON.stringify(row).length).toBeLessThan(20_000);
      }
    });
    await evictDurableObject(ledger.stub());
    expect(await readCounts(ledger, WHY)).toEqual({ "": 999 });
    await append(ledger, say(1, "again", WHY, textOf(1), { elapsedMs: 9 }), say(2, "again", WHY, "shorter"));
    expect(await readCounts(ledger, WHY)).toEqual({ "": 999 });
    expect((await ledger.stub().find(participant(1), "again"))?.key).toBe(key(textOf(1)));
    const listed = await listAll(ledger, WHY, 300);
    const others = Array.from({ length: 997 }, (_, at) => key(textOf(at + 3)));
    expect(listed.map((entry) => entry.key)).toEqual([key(textOf(1)), ...others, key("shorter")]);
  });
});
