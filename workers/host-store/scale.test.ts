import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { createId } from "../lib/random.ts";
import { listAccounts } from "./account/account-list.ts";
import { takeVanishing as takeVanishingAccounts } from "./account/erasure.ts";
import { readLog } from "./account/sign-in-log.ts";
import { listDecks } from "./deck/decks.ts";
import { sweepDecks } from "./deck/erase.ts";
import { takeVanishing } from "./talk/deletion.ts";
import { readSavedActivities } from "./talk/saved-activities.ts";
import { takeUnseen } from "./talk/summaries.ts";
import { listTalks } from "./talk/talks.ts";
import { findScans, findSorts, recordStatements } from "./test-plans.ts";
import { recount } from "./test-usage.ts";

/* What hosts have at most, and a deployment with a thousand of them: each list costs its page, and not what lies behind it. */

const ACCOUNTS = 1000;
const NOW = 1_795_180_000_000;
/** Rows of one statement that fills a table. */
const BATCH = 1000;
/** Rows that one page may read: each row of its index and of its table, and the one that says that there are more. */
const PAGE_ROWS = 2 * (LIMITS.consolePage + 1);

const account = createId();

/** Rows of one table, each with a number, in batches. @param select of `key` and `value` of a JSON array of ids */
async function fill(table: string, columns: string, select: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    await env.HOST_DB.prepare(
      `INSERT INTO ${table} (${columns}) SELECT ${select} FROM json_each(?1) WHERE ?2 >= 0 AND ?3 <> ''`,
    )
      .bind(JSON.stringify(ids.slice(from, from + BATCH)), from, account)
      .run();
  }
}

const createIds = (count: number) => Array.from({ length: count }, createId);

const talkColumns =
  "id, account, name, date, session_hash, token_id, listed_at, created_at, started_at, ended_at, looked_at, due_at";
// A third each is upcoming, runs and is over; several are listed at one moment.
const talkValues = `value, ?3, 'A talk', '2026-11-20', substr(value, 1, 18), value, (cast(?2 AS INTEGER) + key) / 7, 1,
  iif((cast(?2 AS INTEGER) + key) % 3 = 0, NULL, 1), iif((cast(?2 AS INTEGER) + key) % 3 = 2, 2, NULL), 1, iif((cast(?2 AS INTEGER) + key) % 3 = 0, NULL, cast(?2 AS INTEGER) + key)`;
const fillTalks = (ids: readonly string[]) => fill("talks", talkColumns, talkValues, ids);

const deckColumns = "id, account, title, kind, status, file_bytes, picture_bytes, created_at";
const fillDecks = (ids: readonly string[]) =>
  fill(
    "decks",
    deckColumns,
    "value, ?3, 'A deck', 'markdown', 'ready', 1, 1, (cast(?2 AS INTEGER) + key) / 7",
    ids,
  );

const accountColumns = "id, email, email_key, name, role, created_at, last_seen_at";
const fillAccounts = (ids: readonly string[]) =>
  fill(
    "accounts",
    accountColumns,
    "value, value, value, 'Ada', 'host', 10 + (cast(?2 AS INTEGER) + key) / 7, 1",
    ids,
  );

const fillLog = (count: number) =>
  fill(
    "sign_in_log",
    "account, at, event, browser, address",
    `?3, ${NOW}, 'password', '', ''`,
    createIds(count),
  );

const ids = { talks: createIds(LIMITS.talks), decks: createIds(LIMITS.decks), accounts: createIds(ACCOUNTS) };

beforeAll(async () => {
  await fillAccounts([account, ...ids.accounts]);
  await fillTalks(ids.talks);
  await fillDecks(ids.decks);
  await fillLog(1000);
  await fill("talk_activities", "talk, definitions", "value, '[]'", ids.talks);
  await recount();
});

interface Page {
  readonly ids: readonly string[];
  readonly cursor?: string | undefined;
}

/** A list, what is in it, and what comes and goes in it while somebody reads on. */
interface List {
  readonly name: string;
  readonly table: string;
  readonly rows: readonly string[];
  read(db: D1Database, cursor: string | undefined): Promise<Page>;
  add(ids: readonly string[]): Promise<void>;
}

const lists: readonly List[] = [
  {
    name: "talks",
    table: "talks",
    rows: ids.talks,
    read: async (db, cursor) => {
      const { talks, cursor: next } = await listTalks(db, account, cursor);
      return { ids: talks.map(({ id }) => id), cursor: next };
    },
    add: fillTalks,
  },
  {
    name: "decks",
    table: "decks",
    rows: ids.decks,
    read: async (db, cursor) => {
      const { decks, cursor: next } = await listDecks(db, account, cursor);
      return { ids: decks.map(({ id }) => id), cursor: next };
    },
    add: fillDecks,
  },
  {
    name: "accounts",
    table: "accounts",
    rows: ids.accounts,
    read: async (db, cursor) => {
      const { accounts, cursor: next } = await listAccounts(db, cursor);
      return { ids: accounts.map(({ id }) => id), cursor: next };
    },
    add: fillAccounts,
  },
];

for (const { name, table, rows, read, add } of lists) {
  test(`the list of ${name} is read to its end, nothing twice and nothing left out, while some come and others go`, async () => {
    const recorded = recordStatements(env.HOST_DB);
    const seen: string[] = [];
    const gone = new Set<string>();
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await read(recorded.db, cursor);
      seen.push(...page.ids);
      cursor = page.cursor;
      pages++;
      // One that was read, one that may come yet and the very one that the cursor names go; others come in between.
      const going = [page.ids[3], page.ids.at(-1), rows[(pages * 37) % rows.length]].filter(
        (id) => id !== undefined,
      );
      for (const id of going) gone.add(id);
      await env.HOST_DB.prepare(
        `DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?1)) AND id <> ?2`,
      )
        .bind(JSON.stringify(going), account)
        .run();
      await add(createIds(2));
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    const all = new Set(seen);
    expect(rows.filter((id) => !gone.has(id) && !all.has(id))).toEqual([]);
    expect(pages).toBeGreaterThanOrEqual(rows.length / LIMITS.consolePage);
    expect(recorded.statements.size).toBe(1);
    expect(recorded.read.queries).toBe(pages);
    await expectIndexed(recorded.statements);
  });
}

/** No statement walks through a table, and none sorts what an index has in its order; a page of each of two lists is one sort. */
async function expectIndexed(statements: ReadonlySet<string>): Promise<void> {
  expect(statements.size).toBeGreaterThan(0);
  for (const sql of statements) {
    expect([sql, await findScans(env.HOST_DB, sql)]).toEqual([sql, []]);
    const sorts = / UNION /.test(sql.replaceAll(/\s+/g, " ")) ? [] : await findSorts(env.HOST_DB, sql);
    expect([sql, sorts]).toEqual([sql, []]);
  }
}

test("a page in the middle of ten thousand talks reads as many rows as it shows, and so does one of decks and one of accounts", async () => {
  for (const { name, read } of lists) {
    const recorded = recordStatements(env.HOST_DB);
    let cursor: string | undefined;
    do {
      const before = recorded.read.rows;
      ({ cursor } = await read(recorded.db, cursor));
      expect([name, recorded.read.rows - before <= PAGE_ROWS]).toEqual([name, true]);
    } while (cursor !== undefined);
  }
});

test("an account's log is read to its end in pages, each for its own rows", async () => {
  const recorded = recordStatements(env.HOST_DB);
  let before: number | undefined;
  let events = 0;
  do {
    const rows = recorded.read.rows;
    const page = await readLog(recorded.db, account, NOW, before);
    expect(recorded.read.rows - rows).toBeLessThanOrEqual(PAGE_ROWS);
    events += page.events.length;
    before = page.cursor === undefined ? undefined : Number(page.cursor);
    await fillLog(1);
  } while (before !== undefined);
  expect(events).toBe(1000);
  await expectIndexed(recorded.statements);
});

test("what is saved with one of ten thousand talks is one row away", async () => {
  const { db, statements } = recordStatements(env.HOST_DB);
  const [talk = ""] = ids.talks;
  expect(await readSavedActivities(db, talk)).toEqual({ activities: [] });
  await expectIndexed(statements);
});

test("the clock takes each talk that runs once, and reads those whose turn it is and no others", async () => {
  const running = await env.HOST_DB.prepare(
    "SELECT count(*) AS n FROM talks WHERE started_at IS NOT NULL AND ended_at IS NULL",
  ).first<number>("n");
  const recorded = recordStatements(env.HOST_DB);
  const taken = new Set<string>();
  for (;;) {
    const before = recorded.read.rows;
    const { talks } = await takeUnseen(recorded.db, NOW);
    expect(recorded.read.rows - before).toBeLessThanOrEqual(PAGE_ROWS);
    if (talks.length === 0) break;
    for (const { id } of talks) {
      expect(taken.has(id)).toBe(false);
      taken.add(id);
    }
  }
  expect(taken.size).toBe(running);
  await expectIndexed(recorded.statements);
});

test("the clock finds what is to be erased without a look at what stays", async () => {
  const { db, statements, read } = recordStatements(env.HOST_DB);
  expect(await takeVanishing(db, NOW)).toEqual({ talks: [] });
  expect(await takeVanishingAccounts(db, NOW)).toEqual([]);
  expect(await sweepDecks({ ...env, HOST_DB: db }, NOW)).toBe(false);
  expect(read.queries).toBe(4);
  // Where an index holds nothing for a query, looking there, and into the list of what was found, counts as a few rows.
  expect(read.rows).toBeLessThanOrEqual(4 * read.queries);
  await expectIndexed(statements);
});
