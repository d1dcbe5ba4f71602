import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { AnswerRow } from "../../shared/interactions/activity/answer-row.schema.ts";
import { getRoundTopic } from "../../shared/interactions/activity/topic.ts";
import { roomName } from "../../shared/protocol/identity.ts";
import type { AnswerExportOrder, ReactionExportOrder } from "../lib/export-order.ts";
import type { LedgerPage, LedgerQuery } from "../lib/ledger.ts";
import { createAnswerExport } from "./interactions/activity/export.ts";
import { createReactionExport } from "./interactions/reaction/export.ts";
import type { ReactionLedger } from "./reaction-ledger.ts";
import {
  createOrder,
  createRound,
  open,
  participant,
  reaction,
  readLines,
  readRows,
  SESSION,
  say,
} from "./test-ledger.ts";

describe("an export as CSV", () => {
  /** Of a session of its own: all its ledgers are this one. */
  async function request(
    ledger: ReturnType<typeof open>,
    given: Partial<ReactionExportOrder>,
  ): Promise<string> {
    const response = createReactionExport(createOrder({ format: "csv", ...given }), () => ledger.stub());
    return response.text();
  }

  test("goes on from the last cell of any row, whatever its salt begins with", async () => {
    const ledger = open();
    for (let i = 0; i < 4; i++) await ledger.append({ epoch: 1, entries: [reaction(1, `${i}`, `${i}.0`)] });
    const until = Date.now() + 1000;
    for (const salt of ["-S4qvg0-hIEYdGNZ", "_S4qvg0-hIEYdGNZ", "-".repeat(16)]) {
      const lines = (await request(ledger, { salt, until })).trimEnd().split("\r\n");
      expect(lines).toHaveLength(5);
      for (let row = 1; row < 5; row++) {
        const cursor = lines[row]?.split(",").at(-1) ?? "";
        const body = JSON.stringify(createOrder({ format: "csv", salt, until, cursor }));
        // As the API asks for it: the cursor is parsed at the door.
        const path = `http://reaction-store/session/${SESSION}/export`;
        const headers = { "content-type": "application/json" };
        expect((await exports.default.fetch(path, { method: "POST", body, headers })).status).toBe(200);
        expect(await request(ledger, { salt, until, cursor })).toBe(
          lines
            .slice(row + 1)
            .map((line) => `${line}\r\n`)
            .join(""),
        );
      }
    }
  });
});

test("a page that is called like what every object has is titled when somebody titled it, and not otherwise", async () => {
  const ledger = open();
  const pages = Object.getOwnPropertyNames(Object.prototype).filter((page) => page !== "__proto__");
  const entries = pages.map((page) => reaction(1, page, page));
  await ledger.append({ epoch: 1, entries });
  const read = async (titles: ReactionExportOrder["titles"]) => {
    const given = createOrder({ until: Date.now() + 1000, titles });
    return readRows(await createReactionExport(given, () => ledger.stub()).text());
  };
  const untitled = await read([]);
  expect(untitled.map(({ page, title }) => ({ page, title }))).toEqual(
    pages.map((page) => ({ page, title: "" })),
  );
  const titled = await read([["constructor", "How it is built"]]);
  expect(titled.filter(({ title }) => title !== "").map(({ page }) => page)).toEqual(["constructor"]);
});

test("a snapshot ends where it says, also when there is more", async () => {
  let now = 1_795_180_000_000;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => now);
  onTestFinished(() => clock.mockRestore());
  const ledger = open();
  const keep = (id: string) => ledger.append({ epoch: 1, entries: [reaction(1, id, id)] });
  await keep("before");
  now += 1000;
  const until = now;
  const read = async (cursor?: string) => {
    const given = createOrder({ until, isSnapshot: true, ...(cursor !== undefined && { cursor }) });
    return readRows(await createReactionExport(given, () => ledger.stub()).text());
  };
  now += 1000;
  await keep("after");
  const [row, ...others] = await read();
  expect([row?.page, ...others]).toEqual(["before"]);
  expect(await read(row?.cursor)).toEqual([]);
});

describe("a cursor that reaches into the future", () => {
  test("gives what is there, moves no clock, and goes on with what comes", async () => {
    let now = 1_795_180_000_000;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const ledger = open();
    const keep = async (id: string) => {
      now += 1000;
      const answer = await ledger.append({ epoch: 1, entries: [reaction(1, id, id)] });
      return answer.kept ? answer.seq : 0;
    };
    const exportFrom = async (cursor: string) => {
      const response = createReactionExport(createOrder({ cursor }), () => ledger.stub());
      return readRows(await response.text());
    };
    await keep("a");
    for (const ahead of [30_000, 60_000, 1e12]) {
      now += 1000;
      const [row] = await exportFrom(`mS4qvg0-hIEYdGNZ.0.${now + ahead}.0.0.0`);
      expect(row?.page).toBe("a");
      expect(Number(row?.cursor.split(".")[2])).toBe(now);
      expect(await keep(`after-${ahead}`)).toBe(now);
      expect((await exportFrom(row?.cursor ?? "")).map(({ page }) => page)).toContain(`after-${ahead}`);
    }
  });
});

describe("an export of answers", () => {
  const POLL = createRound("choice", "poll");
  const NEXT = createRound("choice", "poll", 1_795_180_900_000);
  const WHY = createRound("text", "why");
  const PACE = createRound("scale", "pace");
  const rounds = [
    { ...POLL, round: 1 },
    { ...NEXT, round: 2 },
    { ...WHY, round: 1 },
    { ...PACE, round: 3 },
  ].map((each) => ({ topic: getRoundTopic(each), activity: each.activity, round: each.round }));
  const FORMULA = '=HYPERLINK("x")\nwhy; not';

  // What is kept in the moment of an export comes with the next one: here it is always a moment later.
  beforeEach(() => {
    let now = 1_795_181_000_000;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => now++);
    onTestFinished(() => clock.mockRestore());
  });

  /** Of two ledgers, in which reactions and a round that nobody names came in between. */
  async function openTwo() {
    const ledgers = [open(), open()];
    const say1 = [
      say(1, "a", POLL, ["x", "y"], { elapsedMs: 1234 }),
      reaction(1, "r"),
      say(2, "a", WHY, FORMULA),
      say(2, "b", createRound("choice", "secret"), ["x"]),
    ];
    const later = [say(1, "b", POLL, null), say(1, "c", NEXT, ["y"]), say(2, "c", PACE, -2)];
    for (const batch of [say1, later]) await ledgers[0]?.append({ epoch: 1, entries: batch });
    await ledgers[1]?.append({ epoch: 1, entries: [say(3, "a", POLL, ["x"]), reaction(3, "r")] });
    return ledgers;
  }

  const createAnswerOrder = (given: Partial<AnswerExportOrder> = {}): AnswerExportOrder => {
    const { titles: _, ...order } = createOrder({ rooms: 2, until: Date.now() + 1000 });
    return { ...order, rounds, isPublic: false, ...given };
  };
  const request = async (ledgers: readonly ReturnType<typeof open>[], given?: Partial<AnswerExportOrder>) => {
    const response = createAnswerExport(createAnswerOrder(given), (room) => {
      const ledger = ledgers[room];
      if (!ledger) throw new Error("no such room");
      return ledger.stub();
    });
    const text = await response.text();
    return {
      text,
      rows: given?.format === "csv" ? [] : readLines(text, AnswerRow),
    };
  };

  test("has a row for each time something was answered or taken back, in the rounds that are named", async () => {
    const { rows } = await request(await openTwo());
    expect(
      rows.map(({ activity, round, value, elapsedMs, points }) => [
        activity,
        round,
        value,
        elapsedMs,
        points,
      ]),
    ).toEqual([
      ["poll", 1, ["x", "y"], 1234, null],
      ["why", 1, FORMULA, 1000, null],
      ["poll", 1, null, null, null],
      ["poll", 2, ["y"], 1000, null],
      ["pace", 3, -2, 1000, null],
      ["poll", 1, ["x"], 1000, null],
    ]);
    const people = rows.map((row) => row.participant);
    expect(people.map((each) => people.indexOf(each))).toEqual([0, 1, 0, 0, 1, 5]);
  });

  test("has nothing for the public of whoever is taken out of the counts, until they are back", async () => {
    const ledgers = await openTwo();
    const exclude = (isExcluded: boolean) => ledgers[0]?.stub().excludeFromTotals(participant(2), isExcluded);
    const listActivities = async (isPublic: boolean) =>
      (await request(ledgers, { isPublic })).rows.map(({ activity }) => activity);
    const all = await listActivities(true);
    expect(all).toContain("why");
    await exclude(true);
    expect(await listActivities(false)).toEqual(all);
    expect(await listActivities(true)).toEqual(["poll", "poll", "poll", "poll"]);
    await exclude(false);
    expect(await listActivities(true)).toEqual(all);
  });

  test("has nothing of what is hidden in a round, and all else of it", async () => {
    const [first, ...others] = rounds;
    if (!first) throw new Error("no rounds");
    const hidden = [
      { ...first, hidden: ["x", "constructor"] },
      ...others.map((each) => ({ ...each, hidden: ["-2"] })),
    ];
    const { rows } = await request(await openTwo(), { rounds: hidden });
    expect(rows.map(({ value }) => value)).toEqual([["y"], FORMULA, null, ["y"], null, []]);
    expect(rows.map(({ elapsedMs }) => elapsedMs)).toEqual([1234, 1000, null, 1000, 1000, 1000]);
  });

  test("as CSV has texts as they are, defused, ids in one cell, and nothing where it was taken back", async () => {
    const { text } = await request(await openTwo(), { format: "csv" });
    const cells = text
      .replaceAll(/^.{24},|,\d+,[^,\r]+\r$/gm, "")
      .trimEnd()
      .split("\n");
    expect(cells).toEqual([
      "time,activity,round,value,elapsedMs,points,participant,cursor\r",
      'poll,1,"x; y",1234,',
      `why,1,"'=HYPERLINK(""x"")`,
      'why; not",1000,',
      "poll,1,,,",
      "poll,2,y,1000,",
      "pace,3,-2,1000,",
      "poll,1,x,1000,",
    ]);
  });

  test("goes on from any row, and ends where nothing that is named follows", async () => {
    const ledgers = await openTwo();
    // More than one page of what is left out.
    const unnamed = createRound("words", "unnamed");
    for (let from = 0; from < 3000; from += 500) {
      const entries = Array.from({ length: 500 }, (_, at) => say(9, `${from + at}`, unnamed, [`${at}`]));
      await ledgers[0]?.append({ epoch: 1, entries });
    }
    const { rows } = await request(ledgers);
    expect(rows).toHaveLength(6);
    for (const [index, { cursor }] of rows.entries()) {
      expect((await request(ledgers, { cursor })).rows).toEqual(rows.slice(index + 1));
    }
    expect((await request(ledgers, { rounds: [] })).rows).toEqual([]);
  });

  test("is asked for by its path, with an order that is parsed", async () => {
    const ask = (body: unknown) =>
      exports.default.fetch(`http://reaction-store/session/${SESSION}/answers/export`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
    const answer = await ask(createAnswerOrder({ format: "csv" }));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(await answer.text()).toMatch(/^time,activity,/);
    expect((await ask(createOrder())).status).toBe(400);
  });

  test("finds what is rare among much else, a piece at a time", async () => {
    const ledger = open();
    for (let from = 0; from < 45_000; from += 1000) {
      const entries = Array.from({ length: 1000 }, (_, at) => reaction(1, `${from + at}`));
      if (from === 30_000) entries.push(say(2, "a", POLL, ["x"]));
      await ledger.append({ epoch: 1, entries });
    }
    const pages: number[] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const page: LedgerPage = await ledger.stub().list({ interaction: "answer", limit: 1000, cursor });
      pages.push(page.entries.length);
      cursor = page.cursor;
    }
    expect(pages).toEqual([0, 1, 0]);
    expect((await request([ledger], { rooms: 1 })).rows).toHaveLength(1);
  });
});

/** A generator of numbers below `below` that gives the same ones each time. */
function createRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Three ledgers and the API, each on a machine whose clock goes as it likes. */
class Machines {
  readonly #session: string;
  readonly #clocks = [0, 0, 0].map(() => Date.now());
  api = Date.now();
  /** Of the machine that is at work. */
  #now = Date.now();

  constructor(session: string) {
    this.#session = session;
    const clock = vi.spyOn(Date, "now").mockImplementation(() => this.#now);
    onTestFinished(() => clock.mockRestore());
  }

  get rooms(): number {
    return this.#clocks.length;
  }

  move(room: number, time: number): void {
    this.#clocks[room] = (this.#clocks[room] ?? 0) + time;
  }

  stub(room: number) {
    return env.REACTION_LEDGER.getByName(roomName(this.#session, room));
  }

  /** Everything inside is synchronous: no other machine's clock gets in between. */
  ledger(room: number) {
    const run = <T>(call: (ledger: ReactionLedger) => T): Promise<T> =>
      runInDurableObject(this.stub(room), (ledger) => {
        this.#now = this.#clocks[room] ?? 0;
        return call(ledger);
      });
    return {
      append: (id: string) => run((ledger) => ledger.append({ epoch: 1, entries: [reaction(1, id, id)] })),
      close: (until: number) => run((ledger) => ledger.close(until)),
      list: (query: LedgerQuery) => run((ledger) => ledger.list({ ...query, limit: 3 })),
    };
  }
}

test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))(
  "gives each reaction once, in however many pieces, while clocks differ and step back (%i)",
  async (seed) => {
    const random = createRandom(seed);
    const machines = new Machines(`${SESSION.slice(0, 14)}${String(seed).padStart(4, "0")}`);
    for (let room = 0; room < machines.rooms; room++) machines.move(room, random(10_000) - 5000);
    const sent = Array.from({ length: machines.rooms }, (_, room) => `first in ${room}`);
    for (const [room, id] of sent.entries()) await machines.ledger(room).append(id);
    const got: string[] = [];
    let cursor: string | undefined;
    const goOn = async (most: number) => {
      const given = createOrder({
        rooms: machines.rooms,
        until: machines.api,
        ...(cursor !== undefined && { cursor }),
      });
      const response = createReactionExport(given, (room) => machines.ledger(room));
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let taken = 0; taken < most; taken++) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) break;
        for (const row of readRows(value ?? "")) {
          got.push(row.page);
          cursor = row.cursor;
        }
      }
      await reader?.cancel();
    };
    for (let step = 0; step < 60; step++) {
      const room = random(machines.rooms);
      machines.move(room, random(700) - 200);
      machines.api += random(700) - 200;
      const what = random(10);
      if (what < 6) {
        sent.push(`${step}`);
        await machines.ledger(room).append(`${step}`);
      } else if (what < 9) await goOn(1 + random(4));
      else {
        await machines.stub(room).totals();
        await evictDurableObject(machines.stub(room));
      }
    }
    for (let room = 0; room < machines.rooms; room++) machines.move(room, 60_000);
    machines.api += 60_000;
    await goOn(Number.MAX_SAFE_INTEGER);
    await goOn(Number.MAX_SAFE_INTEGER);
    expect(got.toSorted()).toEqual(sent.toSorted());
  },
);
