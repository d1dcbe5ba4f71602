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

/** So often somebody else may write between reading and writing. */
const TRIES = 3;

/** @throws `talk_not_found` */
export async function readActivities(db: D1Database, own: Own): Promise<SavedActivities> {
  await readTalk(db, own);
  return readSavedActivities(db, own.talk);
}

/** For whoever opens the talk's session. */
export const readSavedActivities = async (db: D1Database, talk: string): Promise<SavedActivities> =>
  parse(await selectSaved(db, talk));

/** All of them, in place of those of before. @throws `talk_not_found`, `too_large` */
export async function saveActivities(
  db: D1Database,
  own: Own,
  saved: SavedActivities,
): Promise<SavedActivities> {
  const { meta } = await prepareWrite(db, own, saved).run();
  if (meta.changes === 0) await readTalk(db, own);
  return saved;
}

/**
 * Those that are saved, and these: of two with one id this one. All of them are added, or none.
 * @throws `talk_not_found`, `limit_reached`, `too_large`, `conflict`
 */
export async function addActivities(
  db: D1Database,
  own: Own,
  { activities: given }: SavedActivities,
): Promise<SavedActivities> {
  await readTalk(db, own);
  for (let time = 0; time < TRIES; time++) {
    const before = await selectSaved(db, own.talk);
    const byId = new Map([...parse(before).activities, ...given].map((each) => [each.id, each]));
    const saved = { activities: [...byId.values()] };
    if (saved.activities.length > LIMITS.activities) {
      throw new ProblemError(
        "limit_reached",
        `a talk keeps up to ${LIMITS.activities} activities; remove some first`,
      );
    }
    if (given.length === 0) return saved;
    const { meta } = await prepareWrite(db, own, saved, { before }).run();
    if (meta.changes > 0) return saved;
    await readTalk(db, own);
  }
  throw new ProblemError("conflict", "what is saved with this talk was changed meanwhile; try again");
}

const selectSaved = async (db: D1Database, talk: string): Promise<string | null> =>
  z
    .string()
    .nullable()
    .parse(
      await db
        .prepare("SELECT definitions FROM talk_activities WHERE talk = ?1")
        .bind(talk)
        .first("definitions"),
    );

const parse = (definitions: string | null): SavedActivities =>
  SavedActivities.parse({ activities: definitions === null ? [] : JSON.parse(definitions) });

/** @param unless something else is saved than that @throws `too_large` */
function prepareWrite(
  db: D1Database,
  { account, talk }: Own,
  saved: SavedActivities,
  unless?: { readonly before: string | null },
): D1PreparedStatement {
  const definitions = JSON.stringify(saved.activities);
  if (byteLength(definitions) > LIMITS.activityBytes) {
    throw new ProblemError(
      "too_large",
      `what is saved with a talk takes up to ${LIMITS.activityBytes / 1024} KB`,
    );
  }
  return db
    .prepare(
      `INSERT INTO talk_activities (talk, definitions)
       SELECT id, ?3 FROM talks WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL
         AND (?4 OR (SELECT definitions FROM talk_activities WHERE talk = ?2) IS ?5)
       ON CONFLICT (talk) DO UPDATE SET definitions = excluded.definitions`,
    )
    .bind(account, talk, definitions, unless ? 0 : 1, unless?.before ?? null);
}
