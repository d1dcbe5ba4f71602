import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Page } from "../../shared/protocol/text.schema.ts";
import type { LedgerPage, LedgerTotals, TopicBucket } from "../lib/ledger.ts";
import { answer, open, participant, REACTIONS, reaction } from "./test-ledger.ts";

describe("a ledger", () => {
  test("keeps a batch in one row, and each (participant, id) once", async () => {
    const { append, stub } = open();
    const batch = {
      epoch: 1,
      entries: [reaction(1, "a"), reaction(2, "a"), reaction(1, "a"), reaction(1, "b")],
    };
    expect(await append(batch)).toMatchObject({
      outcomes: ["kept", "kept", "kept", "kept"],
      topics: { "reaction:1": { x: 3 } },
    });
    expect(await append(batch)).toMatchObject({ topics: { "reaction:1": { x: 3 } } });
    await runInDurableObject(stub(), (_, { storage }) => {
      expect(storage.sql.exec("SELECT count(*) AS n FROM batches").one()).toEqual({ n: 1 });
    });
  });

  test("tells a resend from another reaction under the same id", async () => {
    const { append } = open();
    await append({ epoch: 1, entries: [reaction(1, "a")] });
    const answer = await append({ epoch: 1, entries: [reaction(1, "a", "2"), reaction(1, "a")] });
    expect(answer).toMatchObject({ outcomes: ["conflict", "kept"] });
  });

  test("takes another spelling of the same reaction for a resend", async () => {
    const { append } = open();
    await append({ epoch: 1, entries: [reaction(1, "a", "1", "❤"), reaction(1, "b", "1", "caf\u00e9")] });
    const again = [
      reaction(1, "a", "1", "❤\ufe0f"),
      reaction(1, "a", "1", "❤\ufe0e"),
      reaction(1, "b", "1", "cafe\u0301"),
      reaction(1, "a", "1", "❤️‍🔥"),
      reaction(1, "a", "2", "❤\ufe0f"),
      reaction(2, "a", "1", "👍🏽"),
      reaction(2, "a", "1", "👍"),
    ];
    expect(await append({ epoch: 1, entries: again })).toMatchObject({
      outcomes: ["kept", "kept", "kept", "conflict", "conflict", "kept", "conflict"],
      topics: { "reaction:1": { "❤": 1, café: 1, "👍🏽": 1 } },
    });
  });

  test("says what was kept under an id, and nothing of an id it does not have", async () => {
    const { append, stub } = open();
    expect(await stub().find(participant(1), "a")).toBeUndefined();
    await append({ epoch: 1, entries: [reaction(1, "a", "4.2", "👏")] });
    const known = { topic: "reaction:4.2", key: "👏", mode: "add" };
    expect(await stub().find(participant(1), "a")).toEqual(known);
    expect(await stub().find(participant(1), "b")).toBeUndefined();
    expect(await stub().find(participant(2), "a")).toBeUndefined();
    await evictDurableObject(stub());
    expect(await stub().find(participant(1), "a")).toEqual(known);
    await stub().begin(2);
    expect(await stub().find(participant(1), "a")).toBeUndefined();
  });

  test.each(["evicted", "aborted"])(
    "%s, still knows its totals, its numbers and which ids it has",
    async (how) => {
      const { append, stub } = open();
      for (let i = 0; i < 300; i++) await append({ epoch: 1, entries: [reaction(i % 7, `id-${i}`)] });
      const before = await stub().totals();
      if (how === "evicted") await evictDurableObject(stub());
      else await abortAllDurableObjects();
      expect(await stub().totals()).toEqual(before);
      expect(await append({ epoch: 1, entries: [reaction(6, "id-6"), reaction(8, "new")] })).toMatchObject({
        outcomes: ["kept", "kept"],
        previous: before.seq,
        topics: { "reaction:1": { x: 301 } },
      });
      const { entries } = await stub().list(REACTIONS);
      expect(new Set(entries.map((entry) => entry.participant)).size).toBe(8);
    },
  );

  test("can rebuild its totals from its batches alone", async () => {
    const { append, stub } = open();
    for (let i = 0; i < 200; i++) await append({ epoch: 1, entries: [reaction(1, `id-${i}`, `${i % 3}`)] });
    const { topics } = await stub().totals();
    const counted: Record<string, Record<string, number>> = {};
    for (const { topic, key } of (await stub().list(REACTIONS)).entries) {
      counted[topic] ??= {};
      counted[topic][key] = (counted[topic][key] ?? 0) + 1;
    }
    expect(counted).toEqual(topics);
  });

  test("gives every batch a time of its own, growing", async () => {
    const { append } = open();
    const seqs: number[] = [];
    for (let i = 0; i < 50; i++) {
      const answer = await append({ epoch: 1, entries: [reaction(1, `${i}`)] });
      if (!answer.kept) throw new Error("not kept");
      expect(answer.previous).toBe(seqs.at(-1) ?? answer.previous);
      seqs.push(answer.seq);
    }
    expect(new Set(seqs).size).toBe(50);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test("refuses the 20,001st kind and goes on with the others", async () => {
    const { append } = open();
    for (let from = 0; from < LIMITS.kindsCeiling; from += LIMITS.batchReactions) {
      const kinds = Array.from({ length: LIMITS.batchReactions }, (_, i) =>
        reaction(1, `k${from + i}`, `${from}`, `kind-${i}`),
      );
      await append({ epoch: 1, entries: kinds });
    }
    const answer = await append({
      epoch: 1,
      entries: [reaction(1, "n", "0", "new"), reaction(1, "o", "0", "kind-5")],
    });
    expect(answer).toMatchObject({
      outcomes: ["too_many_kinds", "kept"],
      topics: { "reaction:0": { "kind-5": 2 } },
    });
  });

  test("after a restart has nothing of before, and refuses what comes late", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [reaction(1, "a")] });
    expect(await stub().begin(2)).toMatchObject({ epoch: 2, topics: {} });
    expect(await append({ epoch: 1, entries: [reaction(1, "late")] })).toEqual({ kept: false, epoch: 2 });
    expect(await stub().begin(1)).toMatchObject({ epoch: 2 });
    expect(await append({ epoch: 2, entries: [reaction(1, "a")] })).toMatchObject({
      topics: { "reaction:1": { x: 1 } },
    });
    expect((await stub().list(REACTIONS)).entries).toHaveLength(1);
  });

  test("keeps nothing that was sent before its fence was raised, through its starts too", async () => {
    const { append, stub } = open();
    const first = await append({ epoch: 1, fence: 0, entries: [reaction(1, "a")] });
    const { fence = 0 } = first;
    const raised = await stub().raiseFence();
    const late = { epoch: 1, fence, entries: [reaction(1, "late")] };
    expect(await append(late)).toEqual({ kept: false, epoch: 1, fence: raised });
    await evictDurableObject(stub());
    expect(await append(late)).toEqual({ kept: false, epoch: 1, fence: raised });
    expect(await append({ ...late, fence: raised })).toMatchObject({ topics: { "reaction:1": { x: 2 } } });
    await stub().eraseTopics(["reaction:2"]);
    expect(await append({ ...late, fence: raised })).toMatchObject({ kept: false });
    await stub().erase();
    expect(await append({ ...late, fence: raised })).toMatchObject({ kept: false, epoch: 0 });
  });

  test("that is only asked writes nothing", async () => {
    const { stub } = open();
    expect(await stub().totals()).toEqual({ epoch: 0, seq: 0, topics: {}, fence: 0 });
    expect(await stub().list(REACTIONS)).toEqual({ entries: [] });
    await runInDurableObject(stub(), (_, { storage }) => {
      expect(
        storage.sql
          .exec("SELECT count(*) AS n FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'")
          .one(),
      ).toEqual({ n: 0 });
    });
  });

  test("erased is as if it had never been", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [reaction(1, "a")] });
    await stub().erase();
    expect(await stub().totals()).toEqual({ epoch: 0, seq: 0, topics: {}, fence: expect.any(Number) });
    expect(await append({ epoch: 1, entries: [reaction(1, "a")] })).toMatchObject({
      topics: { "reaction:1": { x: 1 } },
    });
  });
});

describe("a ledger of pages and reactions that every object has names for", () => {
  const NAMES = Object.getOwnPropertyNames(Object.prototype).filter((name) => Page.safeParse(name).success);
  const entries = NAMES.flatMap((page, i) =>
    NAMES.map((text, j) => reaction((i + j) % 3, `${i}.${j}`, page, text)),
  );
  type Counted = { topic: string; key: string; count: number };
  const sorted = (counts: Counted[]) =>
    counts.map(({ topic, key, count }) => `${topic} ${key} ${count}`).sort();
  const flatten = (topics: LedgerTotals["topics"]) =>
    Object.entries(topics).flatMap(([topic, counts]) =>
      Object.entries(counts).map(([key, count]) => ({ topic, key, count })),
    );

  test("counts them, lists them and puts them in buckets as they were sent, through starts and exclusions", async () => {
    const { append, stub } = open();
    const agree = async (without?: number) => {
      const counted = entries.filter(
        ({ participant: by }) => without === undefined || by !== participant(without),
      );
      const expected = sorted(counted.map(({ topic, key }) => ({ topic, key, count: 1 })));
      expect(sorted(flatten((await stub().totals()).topics))).toEqual(expected);
      const perTopic = new Map<string, number>();
      for (const { topic } of counted) perTopic.set(topic, (perTopic.get(topic) ?? 0) + 1);
      const buckets = new Map<string, number>();
      for (const { topic, count } of await stub().buckets("reaction", 3_600_000)) {
        buckets.set(topic, (buckets.get(topic) ?? 0) + count);
      }
      expect(buckets).toEqual(perTopic);
      const listed = (await stub().list(REACTIONS)).entries;
      expect(listed.map(({ topic, key, id }) => [topic, key, id])).toEqual(
        entries.map(({ topic, key, id }) => [topic, key, id]),
      );
    };
    const answer = await append({ epoch: 1, entries });
    if (!answer.kept) throw new Error("not kept");
    expect(sorted(flatten(answer.topics))).toEqual(sorted(entries.map((each) => ({ ...each, count: 1 }))));
    await agree();
    await evictDurableObject(stub());
    await agree();
    await stub().excludeFromTotals(participant(1), true);
    await agree(1);
    await evictDurableObject(stub());
    await agree(1);
    await stub().excludeFromTotals(participant(1), false);
    await agree();
    expect(await append({ epoch: 1, entries })).toMatchObject({ outcomes: entries.map(() => "kept") });
    await evictDurableObject(stub());
    await agree();
  });
});

describe("what replaces", () => {
  const count = async (stub: ReturnType<ReturnType<typeof open>["stub"]>) =>
    (await stub.totals()).topics["answer:1"] ?? {};

  test("counts once for each participant, whatever they sent before, through starts and checkpoints", async () => {
    const { append, stub } = open();
    for (let i = 0; i < 300; i++) {
      await append({ epoch: 1, entries: [answer(i % 3, `${i}`, i % 2 === 0 ? "yes" : "no")] });
      if (i % 70 === 69) await evictDurableObject(stub());
    }
    expect(await count(stub())).toEqual({ no: 2, yes: 1 });
    await append({ epoch: 1, entries: [0, 1, 2].map((by) => answer(by, "last", "yes")) });
    expect(await count(stub())).toEqual({ yes: 3 });
    await append({ epoch: 1, entries: [answer(1, "back", "")] });
    await evictDurableObject(stub());
    expect(await count(stub())).toEqual({ yes: 2 });
  });

  test("does not come back when an earlier one is sent again late", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [answer(1, "a", "yes")] });
    await append({ epoch: 1, entries: [answer(1, "b", "no")] });
    const late = await append({ epoch: 1, entries: [answer(1, "a", "yes"), answer(1, "b", "yes")] });
    expect(late).toMatchObject({ outcomes: ["kept", "conflict"], topics: { "answer:1": { no: 1 } } });
    await evictDurableObject(stub());
    expect(await count(stub())).toEqual({ no: 1 });
  });

  test("of somebody excluded comes back as it is by then", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [answer(1, "a", "yes"), answer(2, "a", "yes"), reaction(1, "c")] });
    await stub().excludeFromTotals(participant(1), true);
    expect(await stub().totals()).toMatchObject({ topics: { "answer:1": { yes: 1 } } });
    await append({ epoch: 1, entries: [answer(1, "b", "no")] });
    await evictDurableObject(stub());
    expect(await count(stub())).toEqual({ yes: 1 });
    await stub().excludeFromTotals(participant(1), false);
    expect((await stub().totals()).topics).toEqual({
      "answer:1": { yes: 1, no: 1 },
      "reaction:1": { x: 1 },
    });
  });

  test("stays one when its participant is forgotten and answers again", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [answer(1, "a", "yes")] });
    await stub().forget(participant(1));
    await evictDurableObject(stub());
    await append({ epoch: 1, entries: [answer(1, "b", "no")] });
    expect(await count(stub())).toEqual({ no: 1 });
  });

  test("is gone after a restart, also from the checkpoint", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [answer(1, "a", "yes"), reaction(1, "b")] });
    await stub().excludeFromTotals(participant(9), true);
    await stub().excludeFromTotals(participant(1), true);
    await stub().excludeFromTotals(participant(1), false);
    await stub().begin(2);
    await evictDurableObject(stub());
    expect((await stub().totals()).topics).toEqual({});
    await append({ epoch: 2, entries: [answer(1, "a", "no")] });
    expect((await stub().totals()).topics).toEqual({ "answer:1": { no: 1 } });
  });

  test("is in no list and no bucket of reactions, and a page that is called like it adds nothing to it", async () => {
    const { append, stub } = open();
    const entries = [
      answer(1, "a", "x"),
      reaction(1, "b", "answer:1"),
      answer(2, "c", "x"),
      reaction(1, "d"),
      answer(1, "e", ""),
    ];
    await append({ epoch: 1, entries });
    expect((await stub().totals()).topics).toEqual({
      "answer:1": { x: 1 },
      "reaction:answer:1": { x: 1 },
      "reaction:1": { x: 1 },
    });
    const ids: string[] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const page: LedgerPage = await stub().list({ ...REACTIONS, limit: 1, cursor });
      ids.push(...page.entries.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toEqual(["b", "d"]);
    const buckets = await stub().buckets("reaction", 3_600_000);
    expect(buckets.map(({ topic, count }) => `${topic} ${count}`)).toEqual([
      "reaction:answer:1 1",
      "reaction:1 1",
    ]);
    expect(await stub().buckets("answer", 1000)).toEqual([]);
  });
});

describe("a checkpoint", () => {
  const readRows = (ledger: ReturnType<typeof open>) =>
    runInDurableObject(ledger.stub(), (_, { storage: { sql } }) =>
      sql.exec("SELECT * FROM topics ORDER BY topic").toArray(),
    );

  test("waits longer where many topics change: it adds about one row to 16 batches", async () => {
    const ledger = open();
    const { stub } = ledger;
    const written = await runInDurableObject(stub(), (object, { storage: { sql } }) => {
      object.begin(1);
      const exec = vi.spyOn(sql, "exec");
      for (let i = 0; i < 5 * 128; i++) {
        object.append({ epoch: 1, entries: [reaction(1, `${i}`, `${i % 40}`)] });
      }
      const cursors = exec.mock.results.filter(({ type }) => type === "return");
      return cursors.reduce((sum, { value }) => sum + value.rowsWritten, 0);
    });
    expect(await readRows(ledger)).toHaveLength(40);
    // The batches, the participant, the checkpoint, and its topics.
    expect(written).toBe(5 * 128 + 1 + 1 + 40);
  });

  test("writes one row for each topic that has changed, and none for the others", async () => {
    const ledger = open();
    const { append, stub } = ledger;
    const pages = Array.from({ length: 6 }, (_, page) => reaction(1, `${page}`, `${page}`));
    await append({ epoch: 1, entries: [...pages, answer(1, "answer", "yes")] });
    await stub().excludeFromTotals(participant(2), true);
    for (let i = 1; i < 128; i++) await append({ epoch: 1, entries: [reaction(2, `${i}`, "0")] });
    expect(await readRows(ledger)).toHaveLength(7);
    const written = await runInDurableObject(stub(), (object, { storage: { sql } }) => {
      const exec = vi.spyOn(sql, "exec");
      for (let i = 0; i < 128; i++) {
        object.append({
          epoch: 1,
          entries: [reaction(2, `again-${i}`, i === 0 ? "0" : "1"), answer(1, `${i}.`, "no")],
        });
      }
      const cursors = exec.mock.results.filter(({ type }) => type === "return");
      return cursors.reduce((sum, { value }) => sum + value.rowsWritten, 0);
    });
    // 128 batches, the checkpoint, three topics, and what stands under one of them.
    expect(written).toBe(128 + 1 + 3 + 1);
    const { topics } = await stub().totals();
    const rows = await readRows(ledger);
    expect(Object.fromEntries(rows.map(({ topic, counts }) => [topic, JSON.parse(String(counts))]))).toEqual(
      topics,
    );
    const standing = await runInDurableObject(stub(), (_, { storage: { sql } }) =>
      sql.exec<{ topic: string; chunk: number; entries: string }>("SELECT * FROM standing").toArray(),
    );
    expect(standing.map(({ topic, chunk }) => [topic, chunk])).toEqual([["answer:1", 0]]);
    // The first of all that said "no": 7 entries before the batches of 128, and the second of its batch.
    expect(JSON.parse(standing[0]?.entries ?? "")).toEqual([
      [1, 7 + 127 + 2, expect.any(Number), 1, "no", 1],
    ]);
  });
});

describe("the list", () => {
  test("goes by time, and pages through everything once", async () => {
    const { append, stub } = open();
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const answer = await append({
        epoch: 1,
        entries: [reaction(1, `a${i}`, "1"), reaction(2, `b${i}`, "2")],
      });
      if (answer.kept) times.push(answer.seq);
    }
    const some = await stub().list({ ...REACTIONS, since: times[2] ?? 0, until: times[5] ?? 0 });
    expect(some.entries.map(({ id }) => id)).toEqual(["a2", "b2", "a3", "b3", "a4", "b4"]);

    const ids: string[] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const page: LedgerPage = await stub().list({ ...REACTIONS, limit: 3, cursor });
      expect(page.entries.length).toBeLessThanOrEqual(3);
      ids.push(...page.entries.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });
});

describe("a window of time", () => {
  /** Until the test is over this ledger's machine thinks it is `time`. */
  const setClock = (time: number) => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(time);
    onTestFinished(() => clock.mockRestore());
  };
  const NOW = 1_795_180_000_000;
  const keep = async (ledger: ReturnType<typeof open>, id: string) => {
    const answer = await ledger.append({ epoch: 1, entries: [reaction(1, id)] });
    if (!answer.kept) throw new Error("not kept");
    return answer.seq;
  };

  test("that reaches into the future gives nothing of it and moves no clock", async () => {
    const ledger = open();
    setClock(NOW);
    await keep(ledger, "a");
    setClock(NOW + 10);
    for (const ahead of [11, 30_000, 60_000, 10_000_000_000]) {
      const query = { ...REACTIONS, until: NOW + ahead };
      expect((await ledger.stub().list(query)).entries.map(({ id }) => id)).toEqual(["a"]);
      expect(await ledger.stub().close(NOW + ahead)).toBe(NOW + 10);
    }
    expect(await keep(ledger, "b")).toBe(NOW + 10);
    expect((await ledger.stub().list({ ...REACTIONS, until: NOW + 60_000 })).entries).toHaveLength(2);
  });

  test.each(["list", "close"] as const)("is closed by `%s`, also to a clock that steps back", async (how) => {
    const ledger = open();
    setClock(NOW);
    await keep(ledger, "a");
    setClock(NOW + 5000);
    if (how === "list") await ledger.stub().list({ ...REACTIONS, until: NOW + 4000 });
    else expect(await ledger.stub().close(NOW + 4000)).toBe(NOW + 4000);
    setClock(NOW - 120_000);
    expect(await keep(ledger, "b")).toBe(NOW + 4000);
    expect(await keep(ledger, "c")).toBe(NOW + 4001);
  });

  test("stays closed when the ledger starts on a machine that is behind, and through a restart", async () => {
    const ledger = open();
    setClock(NOW);
    await keep(ledger, "a");
    setClock(NOW + 5000);
    await ledger.stub().list({ ...REACTIONS, until: NOW + 4000 });
    setClock(NOW - 120_000);
    await evictDurableObject(ledger.stub());
    expect(await keep(ledger, "b")).toBe(NOW + 4000);
    setClock(NOW + 9000);
    await ledger.stub().close(NOW + 8000);
    setClock(NOW - 120_000);
    await ledger.stub().begin(2);
    await evictDurableObject(ledger.stub());
    const answer = await ledger.append({ epoch: 2, entries: [reaction(1, "c")] });
    expect(answer).toMatchObject({ kept: true, seq: NOW + 8000 });
  });

  test("ends after the newest that is there, where the clock has stepped back", async () => {
    const ledger = open();
    setClock(NOW);
    const seq = await keep(ledger, "a");
    setClock(NOW - 120_000);
    const until = await ledger.stub().close(NOW - 120_000);
    expect(until).toBe(seq + 1);
    expect((await ledger.stub().list({ ...REACTIONS, until })).entries).toHaveLength(1);
    expect(await keep(ledger, "b")).toBe(until);
  });

  test("of a ledger that has nothing leaves no trace", async () => {
    const ledger = open();
    await ledger.stub().close(Date.now());
    await ledger.stub().list({ ...REACTIONS, until: Date.now() });
    await runInDurableObject(ledger.stub(), (_, { storage }) => {
      const tables = "SELECT count(*) AS n FROM sqlite_master WHERE name NOT LIKE '\\_%' ESCAPE '\\'";
      expect(storage.sql.exec(tables).one()).toEqual({ n: 0 });
    });
  });
});

describe("the buckets", () => {
  /** The same, from every reaction that the ledger has. */
  async function countAll(
    stub: ReturnType<ReturnType<typeof open>["stub"]>,
    bucket: number,
    without?: number,
  ) {
    const counts = new Map<string, number>();
    for (const { at, topic, participant } of (await stub.list(REACTIONS)).entries) {
      if (participant === without) continue;
      const key = `${Math.floor(at / bucket) * bucket} ${topic}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
  const asMap = (counts: readonly TopicBucket[]) =>
    new Map(counts.map(({ at, topic, count }) => [`${at} ${topic}`, count]));

  test("agree with the list, before and after more has come in, and after a start", async () => {
    const { append, stub } = open();
    let ids = 0;
    const react = (count: number) =>
      append({
        epoch: 1,
        entries: Array.from({ length: count }, () => reaction(ids % 5, `${ids++}`, `${ids % 3}`)),
      });
    const agree = async () => {
      for (const bucket of [1000, 7000, 3_600_000]) {
        expect(asMap(await stub().buckets("reaction", bucket))).toEqual(await countAll(stub(), bucket));
      }
    };
    await agree();
    await react(40);
    await agree();
    await runInDurableObject(stub(), (_, { storage }) => {
      // As if it had been a while ago.
      storage.sql.exec("UPDATE batches SET seq = seq - 90000");
      storage.sql.exec("UPDATE checkpoint SET seq = seq - 90000");
    });
    await evictDurableObject(stub());
    await react(30);
    await agree();
    await react(20);
    await agree();
    await stub().begin(2);
    expect(await stub().buckets("reaction", 1000)).toEqual([]);
  });

  test("leave out who does not count, and take them in again", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [reaction(1, "a"), reaction(2, "a"), reaction(2, "b", "2")] });
    const all = asMap(await stub().buckets("reaction", 1000));
    await stub().excludeFromTotals(participant(2), true);
    expect(asMap(await stub().buckets("reaction", 1000))).toEqual(await countAll(stub(), 1000, 2));
    await append({ epoch: 1, entries: [reaction(2, "c")] });
    expect(asMap(await stub().buckets("reaction", 1000))).toEqual(await countAll(stub(), 1000, 2));
    await stub().excludeFromTotals(participant(2), false);
    const counts = await stub().buckets("reaction", 3_600_000);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect([...all.values()].reduce((sum, count) => sum + count)).toBe(3);
  });

  test("are read from the batches once, however often they are asked for", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, entries: [reaction(1, "a")] });
    await stub().buckets("reaction", 1000);
    const rowsRead = await runInDurableObject(stub(), async (ledger, { storage }) => {
      const exec = vi.spyOn(storage.sql, "exec");
      await ledger.append({ epoch: 1, entries: [reaction(1, "b")] });
      await ledger.buckets("reaction", 1000);
      await ledger.buckets("reaction", 5000);
      return exec.mock.calls.filter(([query]) => query.startsWith("SELECT")).length;
    });
    expect(rowsRead).toBe(0);
  });
});
