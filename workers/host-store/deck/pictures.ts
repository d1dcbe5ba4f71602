import { LIMITS } from "../../../shared/protocol/limits.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { getOwnDeck } from "./decks.ts";
import { pictureKey } from "./keys.ts";
import { getPictureType } from "./picture-type.ts";

/**
 * Keeps a picture of a Markdown deck; sent again, it takes the place of the one before. Its row comes first, so that
 * nothing lies in R2 that counts nowhere: a death in between leaves a name without a picture, until it is sent again.
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
  const db = env.HOST_DB;
  // Of many at once, each counts those before it: one statement is one turn.
  const [kept] = await db.batch([
    db
      .prepare(
        `INSERT OR REPLACE INTO deck_files (deck, name, type, bytes)
         SELECT ?1, ?2, ?3, ?4
         WHERE (SELECT COUNT(*) FROM deck_files WHERE deck = ?1 AND name <> ?2) < ?5
           AND (SELECT SUM(file_bytes + picture_bytes) FROM decks WHERE account = ?6) + ?4 <= ?7
           AND EXISTS (SELECT 1 FROM decks WHERE id = ?1 AND status = 'uploading')`,
      )
      .bind(id, name, type, content.length, LIMITS.deckFiles, account, LIMITS.deckBytesOfAccount),
    db
      .prepare(
        `UPDATE decks SET picture_bytes = (SELECT COALESCE(SUM(bytes), 0) FROM deck_files WHERE deck = ?1)
         WHERE id = ?1`,
      )
      .bind(id),
  ]);
  if (kept?.meta.changes === 0) {
    throw new ProblemError(
      "limit_reached",
      `a deck brings up to ${LIMITS.deckFiles} pictures, and an account keeps up to ${LIMITS.deckBytesOfAccount / 10 ** 9} GB`,
    );
  }
  await env.DECKS.put(pictureKey(id, name), content);
}
