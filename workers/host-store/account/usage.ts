/*
 * How much an account uses: columns of its row, so that neither a limit nor a list counts anything. Each statement here
 * goes into the batch that changes what it counts, and counts only if that changes something: a batch is done whole or not
 * at all, and nobody else's comes in between.
 */

/** Behind the one that makes a talk of this id, which is new. */
export const countTalk = (db: D1Database, talk: string): D1PreparedStatement =>
  db
    .prepare(
      "UPDATE accounts SET talks = talks + 1 WHERE id = (SELECT account FROM talks WHERE talks.id = ?1)",
    )
    .bind(talk);

/** Before the one that deletes a talk. @param isDeleted SQL for whether it will, with the values from `?1` on */
export const uncountTalk = (
  db: D1Database,
  isDeleted: string,
  ...values: readonly (string | number)[]
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE accounts SET talks = talks - 1 WHERE id = (SELECT account FROM talks WHERE ${isDeleted})`,
    )
    .bind(...values);

/** Behind the one that makes a deck of this id, which is new. */
export const countDeck = (db: D1Database, deck: string): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE accounts SET decks = decks + 1, deck_bytes = deck_bytes + made.bytes
       FROM (SELECT account, file_bytes + picture_bytes AS bytes FROM decks WHERE decks.id = ?1) AS made
       WHERE accounts.id = made.account`,
    )
    .bind(deck);

/** Before the one that deletes a deck. */
export const uncountDeck = (db: D1Database, deck: string): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE accounts SET decks = decks - 1, deck_bytes = deck_bytes - gone.bytes
       FROM (SELECT account, file_bytes + picture_bytes AS bytes FROM decks WHERE decks.id = ?1) AS gone
       WHERE accounts.id = gone.account`,
    )
    .bind(deck);

/** Behind the one that changes which pictures a deck has: what it takes, and its account. */
export const countPictures = (db: D1Database, deck: string): D1PreparedStatement[] => {
  const bytes = "(SELECT coalesce(sum(bytes), 0) FROM deck_files WHERE deck = ?1)";
  return [
    db
      .prepare(
        `UPDATE accounts SET deck_bytes = deck_bytes + ${bytes} - was.bytes
         FROM (SELECT account, picture_bytes AS bytes FROM decks WHERE decks.id = ?1) AS was
         WHERE accounts.id = was.account`,
      )
      .bind(deck),
    db.prepare(`UPDATE decks SET picture_bytes = ${bytes} WHERE id = ?1`).bind(deck),
  ];
};
