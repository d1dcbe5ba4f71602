import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { roomName } from "../../shared/protocol/identity.ts";
import type { ExportOrder } from "../lib/export-order.ts";
import type { LedgerQuery } from "../lib/ledger.ts";
import { createExport } from "./interactions/reaction/export.ts";
import type { ReactionLedger } from "./reaction-ledger.ts";
import { createOrder, open, reaction, readRows, SESSION } from "./test-ledger.ts";

describe("an export as CSV", () => {
  /** Of a session of its own: all its ledgers are this one. */
  async function request(ledger: ReturnType<typeof open>, given: Partial<ExportOrder>): Promise<string> {
    const response = createExport(createOrder({ format: "csv", ...given }), () => ledger.stub());
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
  const read = async (titles: ExportOrder["titles"]) => {
    const given = createOrder({ until: Date.now() + 1000, titles });
    return readRows(await createExport(given, () => ledger.stub()).text());
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
    return readRows(await createExport(given, () => ledger.stub()).text());
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
      const response = createExport(createOrder({ cursor }), () => ledger.stub());
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
      const response = createExport(given, (room) => machines.ledger(room));
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
