import * as z from "zod";
import { logFailure } from "../../lib/log-failure.ts";
import { uncountDeck } from "../account/usage.ts";
import { deckNotFound } from "./decks.ts";
import { type DeckPlace, deckPrefix, fileKey } from "./keys.ts";

/** An upload that is not finished so long after it began is given up. */
const UNFINISHED_MS = 24 * 60 * 60 * 1000;
/** Decks that one sweep takes, and how long one has to wait that has had its turn, in ms. */
const SWEPT = 20;
const RETRY_MS = 60 * 60 * 1000;
/** What the index of unfinished decks says of itself: SQLite takes it only for a query that says the same. */
const IS_INDEXED = "status <> 'ready'";

/**
 * Takes a deck away: for everybody at once, and then all that is kept of it. Who dies in between leaves it marked, and
 * the next sweep goes on.
 * @throws `deck_not_found`
 */
export async function deleteDeck(env: HostStoreEnv, account: string, id: string): Promise<void> {
  const { meta } = await env.HOST_DB.prepare(
    "UPDATE decks SET status = 'deleting' WHERE id = ?1 AND account = ?2 AND status <> 'deleting'",
  )
    .bind(id, account)
    .run();
  if (meta.changes === 0) throw deckNotFound();
  await eraseDeck(env, id);
}

/** Erases all that is kept of a deck, its row last. */
export async function eraseDeck(env: HostStoreEnv, id: string): Promise<void> {
  const row = await env.HOST_DB.prepare("SELECT folder, upload FROM decks WHERE id = ?1").bind(id).first();
  const begun = z.object({ folder: z.string(), upload: z.string() }).safeParse(row).data;
  if (begun) await abortUpload(env, { id, folder: begun.folder }, begun.upload);
  await eraseObjects(env, id);
  await env.HOST_DB.batch([
    env.HOST_DB.prepare("DELETE FROM deck_files WHERE deck = ?1").bind(id),
    env.HOST_DB.prepare("DELETE FROM deck_parts WHERE deck = ?1").bind(id),
    env.HOST_DB.prepare("UPDATE talks SET deck = NULL WHERE deck = ?1").bind(id),
    uncountDeck(env.HOST_DB, id),
    env.HOST_DB.prepare("DELETE FROM decks WHERE id = ?1").bind(id),
  ]);
}

/** All that lies in R2 of a deck, page by page. */
export async function eraseObjects(env: HostStoreEnv, id: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await env.DECKS.list({ prefix: deckPrefix(id) });
    if (objects.length > 0) await env.DECKS.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}

/** Gives up an upload in parts. It may have been put together, or given up already. */
export async function abortUpload(env: HostStoreEnv, deck: DeckPlace, upload: string): Promise<void> {
  await env.DECKS.resumeMultipartUpload(fileKey(deck), upload)
    .abort()
    .catch(() => {});
}

/** Erases what was given up, or was not erased to its end. @returns whether there is more */
export async function sweepDecks(env: HostStoreEnv, now: number): Promise<boolean> {
  await env.HOST_DB.prepare(
    `UPDATE decks SET status = 'deleting' WHERE status = 'uploading' AND created_at < ?1 AND ${IS_INDEXED}`,
  )
    .bind(now - UNFINISHED_MS)
    .run();
  // They have had their turn, whatever comes of it: of some that can't be erased, the others need not wait.
  const { results } = await env.HOST_DB.prepare(
    `UPDATE decks SET erase_at = ?1 + ?2
     WHERE id IN (SELECT id FROM decks WHERE status = 'deleting' AND erase_at <= ?1 ORDER BY erase_at LIMIT ?3)
     RETURNING id`,
  )
    .bind(now, RETRY_MS, SWEPT)
    .all();
  const ids = z.array(z.object({ id: z.string() })).parse(results);
  for (const { id } of ids) {
    await eraseDeck(env, id).catch((error: unknown) => logFailure("a deck was not erased to its end", error));
  }
  return ids.length === SWEPT;
}
