import * as z from "zod";
import { SavedActivities } from "../../../shared/protocol/host/talk.schema.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { byteLength } from "../../../shared/protocol/text.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readTalk } from "./talks.ts";

/* Activities that are saved with a talk: definitions, and no answers. */

interface Own {
  readonly account: string;
  readonly talk: string;
}

/** @throws `talk_not_found` */
export async function readActivities(db: D1Database, own: Own): Promise<SavedActivities> {
  await readTalk(db, own);
  return readSavedActivities(db, own.talk);
}

/** For whoever opens the talk's session. */
export async function readSavedActivities(db: D1Database, talk: string): Promise<SavedActivities> {
  const found = await db
    .prepare("SELECT definitions FROM talk_activities WHERE talk = ?1")
    .bind(talk)
    .first("definitions");
  return SavedActivities.parse({ activities: found === null ? [] : JSON.parse(z.string().parse(found)) });
}

/** All of them, in place of those of before. @throws `talk_not_found`, `too_large` */
export async function saveActivities(
  db: D1Database,
  own: Own,
  saved: SavedActivities,
): Promise<SavedActivities> {
  const definitions = JSON.stringify(saved.activities);
  if (byteLength(definitions) > LIMITS.activityBytes) {
    throw new ProblemError(
      "too_large",
      `what is saved with a talk takes up to ${LIMITS.activityBytes / 1024} KB`,
    );
  }
  const { meta } = await db
    .prepare(
      `INSERT INTO talk_activities (talk, definitions)
       SELECT id, ?3 FROM talks WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL
       ON CONFLICT (talk) DO UPDATE SET definitions = excluded.definitions`,
    )
    .bind(own.account, own.talk, definitions)
    .run();
  if (meta.changes === 0) await readTalk(db, own);
  return saved;
}
