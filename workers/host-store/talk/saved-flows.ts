import type { Flow, Flows } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { type FlowCopies, FlowCopy, type KeptFlow, type WrittenFlow } from "../../lib/flow-copy.ts";
import { refuseFromStart } from "../../lib/flow-issues.ts";
import { createFlowSecrets } from "../../lib/flow-secrets.ts";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readTalk, talkNotFound } from "./talks.ts";

/*
 * Flows that are saved with a talk: the talk's session has them from its beginning. What is secret of them is made here, so
 * that receivers and hooks can be set up at home; what becomes of them in a session is that session's.
 */

interface Own {
  readonly account: string;
  readonly talk: string;
}

const COLUMNS = "id, flow, signing_secret AS signingSecret, hook_hash AS hookHash";

/** Those that can't be read any more, such as by a later version, are left out. */
function readRows(rows: readonly Record<string, unknown>[]): FlowCopy[] {
  return rows.flatMap((row) => {
    const { data, error } = FlowCopy.safeParse({ ...row, flow: JSON.parse(String(row.flow)) });
    if (error) logFailure("a flow that was saved with a talk can't be read", error);
    return data ?? [];
  });
}

/** As its host reads it: nothing that is secret, and it has not run yet. */
const toFlow = ({ id, flow }: WrittenFlow): Flow => ({ ...flow, id, failures: 0 });

/** @throws `talk_not_found` */
export async function listFlows(db: D1Database, own: Own): Promise<Flows> {
  await readTalk(db, own);
  return { flows: (await readSavedFlows(db, own.talk)).map(toFlow) };
}

/** In the order in which they were saved first. @param until those that were there at that moment */
export async function readSavedFlows(
  db: D1Database,
  talk: string,
  until = Number.MAX_SAFE_INTEGER,
): Promise<FlowCopy[]> {
  const { results } = await db
    .prepare(
      `SELECT ${COLUMNS} FROM talk_flows WHERE talk = ?1 AND created_at <= ?2 ORDER BY created_at, rowid`,
    )
    .bind(talk, until)
    .all();
  return readRows(results);
}

/**
 * Keeps a flow, in place of the one with this id: the secrets that it needs stay, and those that it has not yet are made.
 * @throws `talk_not_found`, `limit_reached`, `flow_not_valid`
 */
export async function saveFlow(
  db: D1Database,
  own: Own,
  written: WrittenFlow,
  now: number,
): Promise<KeptFlow> {
  await requireStart(db, own, [written], () => "on.from");
  const [kept] = await writeFlows(db, own, [written], now);
  if (!kept) throw talkNotFound();
  return kept;
}

/** The same of several: all of them, or none. */
export async function saveFlows(
  db: D1Database,
  own: Own,
  written: readonly WrittenFlow[],
  now: number,
): Promise<KeptFlow[]> {
  await requireStart(db, own, written, (place) => `flows.${place}.on.from`);
  return writeFlows(db, own, written, now);
}

/**
 * Those that are saved, and these with their secrets: of two with one id this one. All of them are added, or none.
 * @throws `talk_not_found`, `limit_reached`
 */
export async function addFlows(db: D1Database, own: Own, { flows }: FlowCopies, now: number): Promise<Flows> {
  await writeRows(db, own, flows, { now, keepsSecrets: false });
  return listFlows(db, own);
}

async function writeFlows(
  db: D1Database,
  own: Own,
  written: readonly WrittenFlow[],
  now: number,
): Promise<KeptFlow[]> {
  // In case that it has none.
  const made = await Promise.all(
    written.map(async (each) => ({ ...each, ...(await createFlowSecrets(each.flow)) })),
  );
  const copies = made.map(({ hookSecret: _, ...copy }) => copy);
  const rows = await writeRows(db, own, copies, { now, keepsSecrets: true });
  const secrets = new Map(rows.map(({ id, ...kept }) => [id, kept]));
  return made.map(({ id, flow, signingSecret, hookHash, hookSecret }) => {
    // Whoever has been told a secret of before knows it; so only what was made just now is told.
    const kept = secrets.get(id);
    return {
      flow: toFlow({ id, flow }),
      ...(signingSecret !== null && kept?.signingSecret === signingSecret && { signingSecret }),
      ...(hookSecret !== undefined && kept?.hookHash === hookHash && { hookSecret }),
    };
  });
}

const SecretsRow = FlowCopy.pick({ id: true, signingSecret: true, hookHash: true });

/**
 * All of them or none, each in place of the one with its id.
 * @param keepsSecrets where one has the secret that it needs, it stays
 * @returns with the secrets that hold
 */
async function writeRows(
  db: D1Database,
  own: Own,
  copies: readonly FlowCopy[],
  { now, keepsSecrets }: { readonly now: number; readonly keepsSecrets: boolean },
) {
  const secret = (column: string) =>
    `${column} = iif(?6 AND excluded.${column} IS NOT NULL, coalesce(${column}, excluded.${column}), excluded.${column})`;
  const { results } = await db
    .prepare(
      `INSERT INTO talk_flows (talk, id, flow, signing_secret, hook_hash, created_at)
       SELECT talks.id, value ->> 'id', value -> 'flow', value ->> 'signingSecret', value ->> 'hookHash', ?4
       FROM json_each(?3), talks WHERE talks.id = ?2 AND account = ?1 AND deleting_at IS NULL
         AND (SELECT count(*) FROM (SELECT id FROM talk_flows WHERE talk = ?2
           UNION SELECT value ->> 'id' FROM json_each(?3))) <= ?5
       ON CONFLICT (talk, id) DO UPDATE SET flow = excluded.flow, ${secret("signing_secret")}, ${secret("hook_hash")}
       RETURNING id, signing_secret AS signingSecret, hook_hash AS hookHash`,
    )
    .bind(own.account, own.talk, JSON.stringify(copies), now, LIMITS.flows, keepsSecrets ? 1 : 0)
    .all();
  if (results.length === 0 && copies.length > 0) {
    await readTalk(db, own);
    throw new ProblemError("limit_reached", `a talk keeps up to ${LIMITS.flows} flows; remove some first`);
  }
  return results.map((row) => SecretsRow.parse(row));
}

/** Its runs and what a session has of it are that session's. @throws `talk_not_found`, `flow_not_found` */
export async function removeFlow(db: D1Database, own: Own, id: string): Promise<void> {
  await readTalk(db, own);
  const { meta } = await db
    .prepare("DELETE FROM talk_flows WHERE talk = ?1 AND id = ?2")
    .bind(own.talk, id)
    .run();
  if (meta.changes === 0) throw new ProblemError("flow_not_found", "no flow of this talk has this id");
}

/** A flow can't go by the start of a talk that has none. @param at where that is said, by the flow's place */
async function requireStart(
  db: D1Database,
  own: Own,
  written: readonly WrittenFlow[],
  at: (place: number) => string,
): Promise<void> {
  const { startsAt } = (await readTalk(db, own)).talk;
  if (startsAt === null) refuseFromStart(written, "this talk has no start yet: say when it starts first", at);
}
