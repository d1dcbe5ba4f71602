import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { createParticipant } from "../../shared/identity.ts";
import { type Batch, type LedgerPage, LedgerTotals } from "../../shared/ledger.ts";
import { LIMITS } from "../../shared/limits.ts";
import { Problem } from "../../shared/problem.ts";
import type { BucketCount } from "../../shared/results.ts";

const SESSION = "abcdefghijklmnopqr";
let ledgers = 0;

/** A ledger of its own for each test. */
function open() {
  const name = `${SESSION}.${++ledgers}`;
  const stub = () => env.REACTION_LEDGER.getByName(name);
  return { name, stub, append: (batch: Batch) => stub().append(batch) };
}

const participant = (number: number) => createParticipant("user", 0, String(number).padStart(16, "0"));
const reaction = (by: number, id: string, page = "1", text = "x") => ({
  participant: participant(by),
  id,
  page,
  reaction: text,
});

describe("a ledger", () => {
  test("keeps a batch in one row, and each (participant, id) once", async () => {
    const { append, stub } = open();
    const batch = {
      epoch: 1,
      reactions: [reaction(1, "a"), reaction(2, "a"), reaction(1, "a"), reaction(1, "b")],
    };
    expect(await append(batch)).toMatchObject({
      outcomes: ["kept", "kept", "kept", "kept"],
      pages: { "1": { x: 3 } },
    });
    expect(await append(batch)).toMatchObject({ pages: { "1": { x: 3 } } });
    await runInDurableObject(stub(), (_, { storage }) => {
      expect(storage.sql.exec("SELECT count(*) AS n FROM batches").one()).toEqual({ n: 1 });
    });
  });

  test("tells a resend from another reaction under the same id", async () => {
    const { append } = open();
    await append({ epoch: 1, reactions: [reaction(1, "a")] });
    const answer = await append({ epoch: 1, reactions: [reaction(1, "a", "2"), reaction(1, "a")] });
    expect(answer).toMatchObject({ outcomes: ["conflict", "kept"] });
  });

  test.each(["evicted", "aborted"])(
    "%s, still knows its totals, its numbers and which ids it has",
    async (how) => {
      const { append, stub } = open();
      for (let i = 0; i < 300; i++) await append({ epoch: 1, reactions: [reaction(i % 7, `id-${i}`)] });
      const before = await stub().totals();
      if (how === "evicted") await evictDurableObject(stub());
      else await abortAllDurableObjects();
      expect(await stub().totals()).toEqual(before);
      expect(await append({ epoch: 1, reactions: [reaction(6, "id-6"), reaction(8, "new")] })).toMatchObject({
        outcomes: ["kept", "kept"],
        previous: before.seq,
        pages: { "1": { x: 301 } },
      });
      const { entries } = await stub().list({ limit: 1000 });
      expect(new Set(entries.map((entry) => entry.participant)).size).toBe(8);
    },
  );

  test("can rebuild its totals from its batches alone", async () => {
    const { append, stub } = open();
    for (let i = 0; i < 200; i++) await append({ epoch: 1, reactions: [reaction(1, `id-${i}`, `${i % 3}`)] });
    const { pages } = await stub().totals();
    const counted: Record<string, Record<string, number>> = {};
    for (const { page, reaction } of (await stub().list({ limit: 1000 })).entries) {
      counted[page] ??= {};
      counted[page][reaction] = (counted[page][reaction] ?? 0) + 1;
    }
    expect(counted).toEqual(pages);
  });

  test("gives every batch a time of its own, growing", async () => {
    const { append } = open();
    const seqs: number[] = [];
    for (let i = 0; i < 50; i++) {
      const answer = await append({ epoch: 1, reactions: [reaction(1, `${i}`)] });
      if (!answer.kept) throw new Error("not kept");
      expect(answer.previous).toBe(seqs.at(-1) ?? answer.previous);
      seqs.push(answer.seq);
    }
    expect(new Set(seqs).size).toBe(50);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  test("refuses the 1,001st kind and goes on with the others", async () => {
    const { append } = open();
    const kinds = Array.from({ length: LIMITS.kinds }, (_, i) => reaction(1, `k${i}`, "1", `kind-${i}`));
    await append({ epoch: 1, reactions: kinds });
    const answer = await append({
      epoch: 1,
      reactions: [reaction(1, "n", "1", "new"), reaction(1, "o", "1", "kind-5")],
    });
    expect(answer).toMatchObject({ outcomes: ["too_many_kinds", "kept"], pages: { "1": { "kind-5": 2 } } });
  });

  test("after a restart has nothing of before, and refuses what comes late", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, reactions: [reaction(1, "a")] });
    expect(await stub().begin(2)).toMatchObject({ epoch: 2, pages: {} });
    expect(await append({ epoch: 1, reactions: [reaction(1, "late")] })).toEqual({ kept: false, epoch: 2 });
    expect(await stub().begin(1)).toMatchObject({ epoch: 2 });
    expect(await append({ epoch: 2, reactions: [reaction(1, "a")] })).toMatchObject({
      pages: { "1": { x: 1 } },
    });
    expect((await stub().list({ limit: 10 })).entries).toHaveLength(1);
  });

  test("that is only asked writes nothing", async () => {
    const { stub } = open();
    expect(await stub().totals()).toEqual({ epoch: 0, seq: 0, pages: {} });
    expect(await stub().list({ limit: 10 })).toEqual({ entries: [] });
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
    await append({ epoch: 1, reactions: [reaction(1, "a")] });
    await stub().erase();
    expect(await stub().totals()).toEqual({ epoch: 0, seq: 0, pages: {} });
    expect(await append({ epoch: 1, reactions: [reaction(1, "a")] })).toMatchObject({
      pages: { "1": { x: 1 } },
    });
  });
});

describe("the list", () => {
  test("filters by page, by participant and by time, and pages through everything once", async () => {
    const { append, stub } = open();
    const times: number[] = [];
    for (let i = 0; i < 10; i++) {
      const answer = await append({
        epoch: 1,
        reactions: [reaction(1, `a${i}`, "1"), reaction(2, `b${i}`, "2")],
      });
      if (answer.kept) times.push(answer.seq);
    }
    expect((await stub().list({ limit: 100, page: "2" })).entries).toHaveLength(10);
    expect((await stub().list({ limit: 100, participant: participant(1) })).entries).toHaveLength(10);
    expect((await stub().list({ limit: 100, participant: participant(9) })).entries).toHaveLength(0);
    const some = await stub().list({ limit: 100, since: times[2] ?? 0, until: times[5] ?? 0 });
    expect(some.entries.map(({ id }) => id)).toEqual(["a2", "b2", "a3", "b3", "a4", "b4"]);

    const ids: string[] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const page: LedgerPage = await stub().list({ limit: 3, cursor });
      expect(page.entries.length).toBeLessThanOrEqual(3);
      ids.push(...page.entries.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
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
    for (const { at, page, participant } of (await stub.list({ limit: 1000 })).entries) {
      if (participant === without) continue;
      const key = `${Math.floor(at / bucket) * bucket} ${page}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
  const asMap = (counts: readonly BucketCount[]) =>
    new Map(counts.map(({ at, page, count }) => [`${at} ${page}`, count]));

  test("agree with the list, before and after more has come in, and after a start", async () => {
    const { append, stub } = open();
    let ids = 0;
    const react = (count: number) =>
      append({
        epoch: 1,
        reactions: Array.from({ length: count }, () => reaction(ids % 5, `${ids++}`, `${ids % 3}`)),
      });
    const agree = async () => {
      for (const bucket of [1000, 7000, 3_600_000]) {
        expect(asMap(await stub().buckets(bucket))).toEqual(await countAll(stub(), bucket));
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
    expect(await stub().buckets(1000)).toEqual([]);
  });

  test("leave out who does not count, and take them in again", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, reactions: [reaction(1, "a"), reaction(2, "a"), reaction(2, "b", "2")] });
    const all = asMap(await stub().buckets(1000));
    await stub().uncount(participant(2), true);
    expect(asMap(await stub().buckets(1000))).toEqual(await countAll(stub(), 1000, 2));
    await append({ epoch: 1, reactions: [reaction(2, "c")] });
    expect(asMap(await stub().buckets(1000))).toEqual(await countAll(stub(), 1000, 2));
    await stub().uncount(participant(2), false);
    const counts = await stub().buckets(3_600_000);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(4);
    expect([...all.values()].reduce((sum, count) => sum + count)).toBe(3);
  });

  test("are read from the batches once, however often they are asked for", async () => {
    const { append, stub } = open();
    await append({ epoch: 1, reactions: [reaction(1, "a")] });
    await stub().buckets(1000);
    const rowsRead = await runInDurableObject(stub(), async (ledger, { storage }) => {
      const exec = vi.spyOn(storage.sql, "exec");
      await ledger.append({ epoch: 1, reactions: [reaction(1, "b")] });
      await ledger.buckets(1000);
      await ledger.buckets(5000);
      return exec.mock.calls.filter(([query]) => query.startsWith("SELECT")).length;
    });
    expect(rowsRead).toBe(0);
  });
});

describe("the router", () => {
  const fetch = (path: string, init?: RequestInit) =>
    exports.default.fetch(`http://reaction-store${path}`, init);

  test("keeps a batch and answers totals", async () => {
    const { name } = open();
    const body = JSON.stringify({ epoch: 3, reactions: [reaction(1, "a")] });
    const headers = { "content-type": "application/json" };
    expect((await fetch(`/ledger/${name}/batches`, { method: "POST", body, headers })).status).toBe(200);
    const totals = LedgerTotals.parse(await (await fetch(`/ledger/${name}/totals`)).json());
    expect(totals).toMatchObject({ epoch: 3, pages: { "1": { x: 1 } } });
  });

  test.each([
    ["/ledger/nope/totals", undefined],
    [`/ledger/${SESSION}.x/totals`, undefined],
    [`/ledger/${SESSION}.0/reactions?limit=0`, undefined],
    [`/ledger/${SESSION}.0/reactions?cursor=../x`, undefined],
    [`/ledger/${SESSION}.0/batches`, '{"epoch":0,"reactions":[]}'],
    [`/ledger/${SESSION}.0/batches`, "{"],
  ])("refuses %s %s", async (path, body) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(path, body === undefined ? {} : { method: "POST", body, headers });
    expect(response.status).toBe(400);
    expect(Problem.parse(await response.json())).toMatchObject({ code: "invalid_request" });
  });
});
