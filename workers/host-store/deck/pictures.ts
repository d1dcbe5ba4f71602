import * as z from "zod";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { countPictures } from "../account/usage.ts";
import { deckNotFound, getOwnDeck } from "./decks.ts";
import { type DeckPlace, pictureKey, picturePrefix } from "./keys.ts";
import { getPictureSize } from "./picture-size.ts";
import { getPictureType } from "./picture-type.ts";

/**
 * Keeps a picture of a Markdown deck; sent again, it takes the place of the one before. Its row comes first, so that
 * nothing lies in R2 that counts nowhere. A death in between leaves a row without its
 * picture, which `listPictures` does not name.
 * @throws `deck_not_found`, `conflict` for a deck that is ready, `deck_not_valid` for what is no picture, `limit_reached`
 */
export async function putPicture(
  env: HostStoreEnv,
  account: string,
  id: string,
  name: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const deck = await getOwnDeck(env.HOST_DB, account, id);
  if (deck.status === "ready") throw new ProblemError("conflict", "this deck is there already, whole");
  if (deck.kind !== "markdown")
    throw new ProblemError("invalid_request", "only Markdown brings pictures along");
  const type = getPictureType(content);
  if (type === undefined) {
    throw new ProblemError(
      "deck_not_valid",
      `${name} is no PNG, JPEG, GIF, WebP or AVIF picture: save it as one`,
    );
  }
  if ((getPictureSize(content, type) ?? 0) > LIMITS.deckPicturePixels) {
    throw new ProblemError(
      "deck_not_valid",
      `${name} has more than ${LIMITS.deckPicturePixels / 10 ** 6} million pixels: make it smaller`,
    );
  }
  const db = env.HOST_DB;
  // Of many at once, each counts those before it: one statement is one turn.
  const [kept] = await db.batch([
    db
      .prepare(
        `INSERT OR REPLACE INTO deck_files (deck, name, type, bytes)
         SELECT ?1, ?2, ?3, ?4
         WHERE (SELECT COUNT(*) FROM deck_files WHERE deck = ?1 AND name <> ?2) < ?5
           AND (SELECT deck_bytes FROM accounts WHERE id = ?6) + ?4 <= ?7
           AND EXISTS (SELECT 1 FROM decks WHERE id = ?1 AND status = 'uploading')`,
      )
      .bind(id, name, type, content.length, LIMITS.deckFiles, account, LIMITS.deckBytesOfAccount),
    ...countPictures(db, id),
  ]);
  if (kept?.meta.changes === 0) {
    throw new ProblemError(
      "limit_reached",
      `a deck brings up to ${LIMITS.deckFiles} pictures, and an account keeps up to ${LIMITS.deckBytesOfAccount / 10 ** 9} GB`,
    );
  }
  await env.DECKS.put(pictureKey(deck, name), content);
  // Deleted meanwhile, such as when its upload was called off: what erases a deck may have looked here before.
  const left = await db
    .prepare("SELECT 1 FROM decks WHERE id = ?1 AND status <> 'deleting'")
    .bind(id)
    .first();
  if (left) return;
  await env.DECKS.delete(pictureKey(deck, name));
  throw deckNotFound();
}

const Row = z.object({ name: z.string(), bytes: z.number() });

/** The pictures of a deck that are there, whole, by their names. */
export async function listPictures(
  env: HostStoreEnv,
  deck: DeckPlace,
): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
  const { results } = await env.HOST_DB.prepare(
    "SELECT name, bytes FROM deck_files WHERE deck = ?1 ORDER BY name",
  )
    .bind(deck.id)
    .all();
  if (results.length === 0) return [];
  // R2 lists up to a thousand at once: a deck has no more than a hundred.
  const { objects } = await env.DECKS.list({ prefix: picturePrefix(deck) });
  const sizes = new Map(objects.map(({ key, size }) => [key, size]));
  return z
    .array(Row)
    .parse(results)
    .filter(({ name, bytes }) => sizes.get(pictureKey(deck, name)) === bytes);
}

/** Forgets pictures that did not come to their end: the deck goes without them. @param there those that did */
export async function dropOtherPictures(
  env: HostStoreEnv,
  id: string,
  there: readonly { readonly name: string }[],
): Promise<void> {
  const names = JSON.stringify(there.map(({ name }) => name));
  await env.HOST_DB.batch([
    env.HOST_DB.prepare(
      "DELETE FROM deck_files WHERE deck = ?1 AND name NOT IN (SELECT value FROM json_each(?2))",
    ).bind(id, names),
    ...countPictures(env.HOST_DB, id),
  ]);
}
