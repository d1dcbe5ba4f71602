import * as z from "zod";
import { Deck as DeckSchema } from "../../../shared/protocol/host/deck.schema.ts";
import type { Deck, Decks, NewDeck } from "../../../shared/protocol/host/deck.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createId } from "../../lib/random.ts";
import { countDeck } from "../account/usage.ts";

/* The rows of decks. One that is being erased is there for nobody. */

const COLUMNS =
  "id, title, kind, status, pages, file_bytes + picture_bytes AS bytes, created_at AS createdAt";

/** What of a deck only this Worker needs. */
const STORED = `${COLUMNS}, file_bytes AS fileBytes, upload, folder, digest`;
const StoredDeck = DeckSchema.extend({
  fileBytes: z.number(),
  upload: z.string().nullable(),
  folder: z.string(),
  digest: z.string().nullable(),
});
export type StoredDeck = z.infer<typeof StoredDeck>;

export const toDeck = (stored: StoredDeck): Deck => DeckSchema.parse(stored);

export const deckNotFound = () => new ProblemError("deck_not_found", "check the link: no deck has this id");

/** How large the files of each kind may be. */
const MOST_BYTES = { pdf: LIMITS.deckBytes, markdown: LIMITS.markdownBytes } as const;

/** @throws `too_large`, `deck_not_valid` for what need not be uploaded to be refused */
function check({ kind, bytes, pages }: NewDeck): void {
  const most = MOST_BYTES[kind];
  if (bytes > most) {
    throw new ProblemError(
      "too_large",
      `a ${kind === "pdf" ? "PDF" : "Markdown file"} takes up to ${most} bytes`,
    );
  }
  if (kind === "pdf" && pages === undefined) {
    throw new ProblemError("invalid_request", "pages: say how many pages the PDF has");
  }
  if ((pages ?? 0) > LIMITS.deckPages) {
    throw new ProblemError(
      "deck_not_valid",
      `a deck takes up to ${LIMITS.deckPages} pages: split it into two`,
    );
  }
}

/**
 * A new deck, to be uploaded. Both limits of its account are checked where the row is written: of two made at once, the
 * second one counts the first; and none is made behind what erases the account.
 * @throws `limit_reached`, `too_large`, `deck_not_valid`, `not_signed_in` where the account is gone meanwhile
 */
export async function createDeck(
  db: D1Database,
  account: string,
  deck: NewDeck,
  now: number,
): Promise<string> {
  check(deck);
  const id = createId();
  const insert = db
    .prepare(
      `INSERT INTO decks (id, account, title, kind, status, pages, file_bytes, picture_bytes, created_at, folder, digest)
       SELECT ?1, accounts.id, ?3, ?4, 'uploading', ?5, ?6, 0, ?7, ?10, ?11
       FROM accounts
       WHERE accounts.id = ?2 AND deleting_at IS NULL AND accounts.decks < ?8 AND deck_bytes + ?6 <= ?9`,
    )
    .bind(
      ...[id, account, deck.title, deck.kind, deck.kind === "pdf" ? (deck.pages ?? null) : null],
      ...[deck.bytes, now, LIMITS.decks, LIMITS.deckBytesOfAccount, createId(), deck.digest ?? null],
    );
  const [made] = await db.batch([insert, countDeck(db, id)]);
  if (made?.meta.changes === 1) return id;
  const isThere = await db
    .prepare("SELECT 1 FROM accounts WHERE id = ?1 AND deleting_at IS NULL")
    .bind(account)
    .first();
  if (!isThere) throw new ProblemError("not_signed_in", "the account is gone");
  throw new ProblemError(
    "limit_reached",
    `an account keeps up to ${LIMITS.decks} decks and ${LIMITS.deckBytesOfAccount / 10 ** 9} GB: delete one that you need no more`,
  );
}

/** A deck of this account. @throws `deck_not_found` */
export async function getOwnDeck(db: D1Database, account: string, deck: string): Promise<StoredDeck> {
  const found = await db
    .prepare(
      `SELECT ${STORED} FROM decks
       WHERE id = ?1 AND account = ?2 AND status <> 'deleting'`,
    )
    .bind(deck, account)
    .first();
  if (!found) throw deckNotFound();
  return StoredDeck.parse(found);
}

const ReadyDeck = StoredDeck.extend({ account: z.string() });

/** A deck that can be shown, for whoever knows its id. @throws `deck_not_found` */
export async function getReadyDeck(db: D1Database, deck: string): Promise<z.infer<typeof ReadyDeck>> {
  const found = await db
    .prepare(`SELECT ${STORED}, account FROM decks WHERE id = ?1 AND status = 'ready'`)
    .bind(deck)
    .first();
  if (!found) throw deckNotFound();
  return ReadyDeck.parse(found);
}

/** Where a page of the list begins: behind this deck. */
const Cursor = z.tuple([z.coerce.number().int(), z.string().regex(/^[\w-]{22}$/)]);

/** A host's decks, the newest first. @throws `invalid_request` for a cursor that is none */
export async function listDecks(db: D1Database, account: string, cursor: string | undefined): Promise<Decks> {
  const behind = cursor === undefined ? undefined : Cursor.safeParse(cursor.split("."));
  if (behind?.success === false)
    throw new ProblemError("invalid_request", "cursor: take one of a list's own");
  const [createdAt, id] = behind?.data ?? [Number.MAX_SAFE_INTEGER, ""];
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM decks
       WHERE account = ?1 AND (created_at, id) < (?2, ?3) AND status <> 'deleting'
       ORDER BY created_at DESC, id DESC LIMIT ?4`,
    )
    .bind(account, createdAt, id, LIMITS.consolePage + 1)
    .all();
  const decks = z.array(DeckSchema).parse(results);
  const page = decks.slice(0, LIMITS.consolePage);
  const last = decks.length > page.length ? page.at(-1) : undefined;
  return { decks: page, ...(last && { cursor: `${last.createdAt}.${last.id}` }) };
}

/** @throws `deck_not_found` */
export async function renameDeck(
  db: D1Database,
  account: string,
  deck: string,
  title: string,
): Promise<void> {
  const { meta } = await db
    .prepare("UPDATE decks SET title = ?3 WHERE id = ?1 AND account = ?2 AND status <> 'deleting'")
    .bind(deck, account, title)
    .run();
  if (meta.changes === 0) throw deckNotFound();
}
