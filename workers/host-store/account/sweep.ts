import { DAY_MS, LIMITS } from "../../../shared/protocol/limits.ts";

/** Rows of each table that one sweep deletes. More than one request adds, so that nothing piles up. */
const SWEPT = 20;

/** What ends by itself, and by which column: each has an index on it. */
const ENDING = [
  ["challenges", "expires_at"],
  ["attempts", "expires_at"],
  ["sign_ins", "expires_at"],
  ["links", "expires_at"],
] as const;

/** Deletes some of what has ended. Whoever adds a row does it on the way, after the answer: no clock has to. */
export async function sweep(db: D1Database, now: number): Promise<void> {
  await db.batch(createSweep(db, now));
}

export const createSweep = (db: D1Database, now: number): D1PreparedStatement[] => [
  ...ENDING.map(([table, end]) =>
    db
      .prepare(
        `DELETE FROM ${table} WHERE rowid IN (
           SELECT rowid FROM ${table} WHERE ${end} <= ?1 ORDER BY ${end} LIMIT ?2)`,
      )
      .bind(now, SWEPT),
  ),
  db
    .prepare(
      "DELETE FROM sign_in_log WHERE id IN (SELECT id FROM sign_in_log WHERE at <= ?1 ORDER BY at LIMIT ?2)",
    )
    .bind(now - LIMITS.logDays * DAY_MS, SWEPT),
];
