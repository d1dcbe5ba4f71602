import { DELETION_PAGE, type PersonRecord } from "../../lib/record.ts";

/* Who hosted which session, with an account or without one. */

/** Ended ones that go whenever one is kept: more than come, so that nothing piles up. */
const SWEPT = 10;

/** In place of what was known of the same host. */
export async function keepRecord(db: D1Database, record: PersonRecord, now: number): Promise<void> {
  const { session, participant, since, expiresAt } = record;
  await db.batch([
    db
      .prepare(
        `INSERT INTO hosted (session, participant, since, expires_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (session, participant) DO UPDATE SET since = excluded.since, expires_at = excluded.expires_at`,
      )
      .bind(session, participant, since, expiresAt),
    db
      .prepare(
        `DELETE FROM hosted WHERE rowid IN (
           SELECT rowid FROM hosted WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)`,
      )
      .bind(now, SWEPT),
  ]);
}

export async function deleteRecord(
  db: D1Database,
  { session, participant }: Pick<PersonRecord, "session" | "participant">,
): Promise<void> {
  await db
    .prepare("DELETE FROM hosted WHERE session = ?1 AND participant = ?2")
    .bind(session, participant)
    .run();
}

/** As many of a session's as one call may take. @returns whether there are more */
export async function deleteRecordsOf(db: D1Database, session: string): Promise<boolean> {
  const [, left] = await db.batch([
    db
      .prepare("DELETE FROM hosted WHERE rowid IN (SELECT rowid FROM hosted WHERE session = ?1 LIMIT ?2)")
      .bind(session, DELETION_PAGE),
    db.prepare("SELECT 1 FROM hosted WHERE session = ?1 LIMIT 1").bind(session),
  ]);
  return (left?.results.length ?? 0) > 0;
}
