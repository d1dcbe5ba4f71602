import * as z from "zod";
import { type Talk, TalkSummary } from "../../../shared/protocol/host/talk.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { PlannedTalk } from "../../../shared/protocol/problem.schema.ts";
import {
  type NewStoredTalk,
  StoredTalk,
  type StoredTalkChange,
  type StoredTalks,
} from "../../lib/host-talk.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";
import { hashTalk } from "../../lib/talk-hash.ts";
import { countTalk } from "../account/usage.ts";

/* Rows of `talks`. */

export const COLUMNS = `id, name, date, starts_at AS startsAt, opens_before AS opensBefore, deck, created_at AS createdAt, started_at AS startedAt,
  ended_at AS endedAt, summary, session_hash AS session, token_id AS tokenId, token_number AS tokenNumber`;

const Row = StoredTalk.omit({ status: true }).extend({
  summary: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(TalkSummary)
    .nullable(),
  tokenId: z.string(),
  tokenNumber: z.number(),
});

/** A talk, and which of its tokens is good. */
export interface KeptTalk {
  readonly talk: StoredTalk;
  readonly current: { readonly id: string; readonly number: number };
}

/** @param row of `COLUMNS` */
export function readRow(row: unknown): KeptTalk {
  const { tokenId, tokenNumber, ...talk } = Row.parse(row);
  return { talk: { ...talk, status: getStatus(talk) }, current: { id: tokenId, number: tokenNumber } };
}

function getStatus({ startedAt, endedAt }: Pick<StoredTalk, "startedAt" | "endedAt">): Talk["status"] {
  if (startedAt === null) return "upcoming";
  return endedAt === null ? "running" : "over";
}

/** Whose, and which: somebody else's is not found. */
interface Own {
  readonly account: string;
  readonly talk: string;
}

export const talkNotFound = () => new ProblemError("talk_not_found", "you have no talk with this id");

/** @throws `talk_not_found` */
export async function readTalk(db: D1Database, { account, talk }: Own): Promise<KeptTalk> {
  const found = await db
    .prepare(`SELECT ${COLUMNS} FROM talks WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL`)
    .bind(account, talk)
    .first();
  if (!found) throw talkNotFound();
  return readRow(found);
}

/** The talk of a session that was never opened. @throws `talk_not_found` */
export async function readPlanned(db: D1Database, session: string): Promise<PlannedTalk> {
  const found = await db
    .prepare(
      `SELECT name, starts_at AS startsAt FROM talks
       WHERE session_hash = ?1 AND started_at IS NULL AND deleting_at IS NULL`,
    )
    .bind(session)
    .first();
  if (!found) throw talkNotFound();
  return PlannedTalk.parse(found);
}

/** Where a page of the list begins: behind the talk that was listed last. */
const Cursor = z
  .string()
  .regex(/^\d\.-?\d{1,16}\.[\w-]{22}$/)
  .transform((text) => text.split("."));

/** Before it stands no talk. */
const START = `0.${-Number.MAX_SAFE_INTEGER}.${"-".repeat(22)}`;

const Place = z.object({ group: z.number(), place: z.number(), id: z.string() });

/** What is cached: the first page of an account's list, which its console shows whenever it is opened. */
export const talksKey = (account: string): string => `talks/${account}`;

/** A page of them, in the order of `0006_talk_order.sql`. @throws `invalid_request` */
export async function listTalks(db: D1Database, account: string, cursor?: string): Promise<StoredTalks> {
  const behind = Cursor.safeParse(cursor ?? START);
  if (!behind.success) throw new ProblemError("invalid_request", "cursor: not one of this list");
  const [group, place, id] = behind.data;
  const { results } = await selectTalks(db, account, Number(group), Number(place), id ?? "").all();
  const rows = results.slice(0, LIMITS.consolePage);
  const last = Place.safeParse(rows.at(-1)).data;
  return {
    talks: rows.map((row) => readRow(row).talk),
    ...(results.length > rows.length && last && { cursor: `${last.group}.${last.place}.${last.id}` }),
  };
}

/** One more than a page has: then there is another page. */
export const selectTalks = (
  db: D1Database,
  account: string,
  group: number,
  place: number,
  id: string,
): D1PreparedStatement =>
  db
    .prepare(
      `SELECT ${COLUMNS}, list_group AS "group", list_place AS place FROM talks
       WHERE account = ?1 AND (list_group, list_place, id) > (?2, ?3, ?4) AND deleting_at IS NULL
       ORDER BY list_group, list_place, id LIMIT ?5`,
    )
    .bind(account, group, place, id, LIMITS.consolePage + 1);

/** A deck that may stand with a talk is of the same account. */
const hasDeck = (deck: string, account: string) =>
  `(${deck} IS NULL OR EXISTS (SELECT 1 FROM decks WHERE id = ${deck} AND account = ${account} AND status <> 'deleting'))`;

/** SQL for when the session opens by itself; NULL: never. */
const opensAt = (startsAt: string, opensBefore: string) => `${startsAt} - ${opensBefore} * 60000`;

/** @throws `limit_reached`, `deck_not_found`, `not_signed_in` where the account is gone meanwhile */
export async function createTalk(
  db: D1Database,
  account: string,
  { name, date, startsAt = null, opensBefore = null, deck = null, origin }: NewStoredTalk,
  now: number,
): Promise<KeptTalk> {
  const id = createId();
  const day = new Date(startsAt ?? now).toISOString().slice(0, 10);
  const insert = db
    .prepare(
      `INSERT INTO talks (id, account, name, date, starts_at, deck, session_hash, token_id, listed_at, created_at,
         opens_before, origin, open_at)
       SELECT ?1, accounts.id, ?3, ?4, ?5, ?6, ?7, ?8, coalesce(?5, ?9), ?9, ?11, ?12, ${opensAt("?5", "?11")}
       FROM accounts
       WHERE accounts.id = ?2 AND deleting_at IS NULL AND accounts.talks < ?10 AND ${hasDeck("?6", "?2")}
       RETURNING ${COLUMNS}`,
    )
    .bind(
      ...[id, account, name, date ?? day, startsAt, deck, await hashTalk(id), createId(), now, LIMITS.talks],
      ...[opensBefore, origin ?? null],
    );
  const [inserted] = await db.batch([insert, countTalk(db, id)]);
  const made = inserted?.results[0];
  if (!made) throw await whyNotMade(db, account, deck);
  return readRow(made);
}

async function whyNotMade(db: D1Database, account: string, deck: string | null): Promise<ProblemError> {
  const found = await db
    .prepare(
      `SELECT id, ${hasDeck("?2", "?1")} AS hasDeck FROM accounts WHERE id = ?1 AND deleting_at IS NULL`,
    )
    .bind(account, deck)
    .first<{ hasDeck: number }>();
  if (!found) return new ProblemError("not_signed_in", "the account is gone");
  if (found.hasDeck === 0) return deckNotFound();
  return new ProblemError("limit_reached", `an account has up to ${LIMITS.talks} talks; delete one first`);
}

const deckNotFound = () => new ProblemError("deck_not_found", "deck: you have no deck with this id");

/** What is left out stays. @throws `talk_not_found`, `deck_not_found` */
export async function changeTalk(
  db: D1Database,
  { account, talk }: Own,
  { name, date, startsAt, opensBefore, deck, origin }: StoredTalkChange,
): Promise<KeptTalk> {
  const changed = await db
    .prepare(
      `UPDATE talks SET name = coalesce(?3, name), date = coalesce(?4, date),
         starts_at = iif(?5, ?6, starts_at), listed_at = iif(?5, coalesce(?6, created_at), listed_at),
         deck = iif(?7, ?8, deck), origin = coalesce(?9, origin), opens_before = iif(?10, ?11, opens_before),
         open_at = iif(?5 OR ?10,
           ${opensAt("iif(?5, ?6, starts_at)", "iif(?10, ?11, opens_before)")}, open_at)
       WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL AND ${hasDeck("?8", "?1")}
       RETURNING ${COLUMNS}`,
    )
    .bind(
      account,
      talk,
      name ?? null,
      date ?? null,
      startsAt === undefined ? 0 : 1,
      startsAt ?? null,
      deck === undefined ? 0 : 1,
      deck ?? null,
      origin ?? null,
      opensBefore === undefined ? 0 : 1,
      opensBefore ?? null,
    )
    .first();
  if (changed) return readRow(changed);
  await readTalk(db, { account, talk });
  throw deckNotFound();
}
