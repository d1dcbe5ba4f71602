import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../../../shared/protocol/limits.ts";
import type { NewStoredTalk, StoredTalkChange } from "../../lib/host-talk.ts";
import { HostCache } from "../cache.ts";
import { createAccount } from "../test-account.ts";
import { findScans, findSorts, recordStatements } from "../test-plans.ts";
import { beginOpening, noteOpening } from "./current-token.ts";
import { markTalk } from "./deletion.ts";
import { takeDue } from "./due-talks.ts";
import { keepLook, takeUnseen } from "./summaries.ts";
import { changeTalk, createTalk, readTalk } from "./talks.ts";

const MINUTE = DAY_MS / 1440;
const START = 1_795_180_000_000;
const ORIGIN = "https://revint.example.org";
const cache = new HostCache(env.HOST_KV, () => {});

beforeEach(async () => {
  await env.HOST_DB.prepare("UPDATE talks SET open_at = NULL").run();
});

/** A talk that opens ten minutes before it starts. */
async function createDue(more: Partial<NewStoredTalk> = {}) {
  const account = await createAccount();
  const given = { name: "On rooms", startsAt: START, opensBefore: 10, origin: ORIGIN, ...more };
  const { talk, current } = await createTalk(env.HOST_DB, account, given, START - DAY_MS);
  const own = { account, talk: talk.id };
  return {
    ...{ talk, current, own },
    change: (change: StoredTalkChange) => changeTalk(env.HOST_DB, own, change),
    read: async () => (await readTalk(env.HOST_DB, own)).talk,
    note: (now: number, since?: number) =>
      noteOpening({ db: env.HOST_DB, cache, now }, talk.id, current.id, {
        isNew: true,
        isOver: false,
        since,
      }),
  };
}

const take = async (minute: number) => (await takeDue(env.HOST_DB, START + minute * MINUTE)).talks;
const idsAt = async (minute: number) => (await take(minute)).map(({ id }) => id);

describe("a session that opens by itself", () => {
  test("is due so many minutes before its talk, with all that opening it takes", async () => {
    const { talk, current } = await createDue();
    expect(talk).toMatchObject({ startsAt: START, opensBefore: 10, status: "upcoming" });
    expect(await take(-11)).toEqual([]);
    expect(await take(-10)).toEqual([
      {
        ...{ id: talk.id, session: talk.session, name: "On rooms", date: talk.date, deck: null },
        origin: ORIGIN,
        begun: { current, since: START - 10 * MINUTE, startsAt: START },
      },
    ]);
  });

  test("is taken once, though the clock comes twice, and again only where it was not opened", async () => {
    const { talk, note } = await createDue();
    const turns = await Promise.all([take(-10), take(-10), take(-10)]);
    expect(turns.flat().map(({ id }) => id)).toEqual([talk.id]);
    expect(await idsAt(-9.5)).toEqual([]);
    expect(await idsAt(-9)).toEqual([talk.id]);
    await note(START - 9 * MINUTE, START - 9 * MINUTE);
    for (const minute of [-8, 0, 30, 1440]) expect(await idsAt(minute)).toEqual([]);
  });

  test("is opened late, and not any more an hour after the start", async () => {
    const [late, tooLate] = [await createDue(), await createDue({ startsAt: START - 55 * MINUTE })];
    expect(await idsAt(10)).toEqual([late.talk.id]);
    expect((await tooLate.read()).status).toBe("upcoming");
    expect(await idsAt(DAY_MS)).toEqual([]);
  });

  test("goes along when its talk is moved, and stays shut where its host says so, or it is deleted", async () => {
    const [moved, sooner, shut, deleted, untimed] = [
      await createDue(),
      await createDue({ startsAt: START + DAY_MS }),
      await createDue(),
      await createDue(),
      await createDue(),
    ];
    await moved.change({ startsAt: START + DAY_MS });
    await sooner.change({ startsAt: START + MINUTE, opensBefore: 11 });
    await shut.change({ opensBefore: null });
    await markTalk(env.HOST_DB, deleted.own, START - DAY_MS);
    await untimed.change({ startsAt: null });
    expect(await idsAt(-10)).toEqual([sooner.talk.id]);
    expect(await idsAt(1430)).toEqual([moved.talk.id]);
    expect(await untimed.read()).toMatchObject({ startsAt: null, opensBefore: 10 });
  });

  test("is not opened by the clock where its host has, or has given the talk before", async () => {
    const { talk, current, note, change } = await createDue();
    const { since } = await beginOpening(env.HOST_DB, talk.id, current.id, START - DAY_MS);
    await note(START - DAY_MS, since);
    expect(await idsAt(-10)).toEqual([]);
    await change({ startsAt: START + DAY_MS });
    expect(await idsAt(1440)).toEqual([]);
  });

  test("is not opened for an account that is being erased", async () => {
    const { own } = await createDue();
    await env.HOST_DB.prepare("UPDATE accounts SET deleting_at = 1 WHERE id = ?1").bind(own.account).run();
    expect(await idsAt(-10)).toEqual([]);
  });

  test("whose opening nobody finished is found, as every opening is", async () => {
    const { talk, read } = await createDue();
    await take(-10);
    const now = START - 8 * MINUTE;
    expect((await takeUnseen(env.HOST_DB, now)).talks.map(({ id }) => id)).toContain(talk.id);
    const summary = { people: 0, reactions: 0, top: {}, moments: [], activities: 0, questions: 0, at: 1 };
    await keepLook(env.HOST_DB, talk.session, { endedAt: null, summary }, now);
    expect((await read()).status).toBe("running");
    expect(await idsAt(0)).toEqual([]);
  });

  test("waits for none that can't be opened, and those wait longer each time", async () => {
    for (let count = 0; count < 10; count++) await createDue({ startsAt: START - MINUTE });
    const first = await idsAt(-11);
    expect(first).toHaveLength(5);
    const second = await idsAt(-10.5);
    expect(second).toHaveLength(5);
    const young = await createDue();
    expect([...(await idsAt(-10)), ...(await idsAt(-9.5))]).toContain(young.talk.id);
    const turns = await Promise.all([-9, -8, -7, -6, -5, -4, -3, -2, -1, 0].map(idsAt));
    const [stuck = ""] = first;
    expect(turns.filter((ids) => ids.includes(stuck)).length).toBeGreaterThan(3);
  });
});

test("a turn in which nothing is due reads next to nothing, however many talks there are to open some day", async () => {
  const account = await createAccount();
  for (let count = 0; count < 30; count++) {
    const given = { name: `${count}`, startsAt: START + DAY_MS, opensBefore: 10, origin: ORIGIN };
    await createTalk(env.HOST_DB, account, given, START);
  }
  const { db, statements, read } = recordStatements(env.HOST_DB);
  await takeDue(db, START);
  // Where an index holds nothing for a query, looking there, and into the list of what was found, counts as a few rows.
  expect(read.rows).toBeLessThanOrEqual(4);
  for (const sql of statements) {
    expect([await findScans(env.HOST_DB, sql), await findSorts(env.HOST_DB, sql)]).toEqual([[], []]);
  }
});
