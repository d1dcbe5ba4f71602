import type { Flow, Flows, NewFlow } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { type FlowCopies, FlowCopy, type KeptFlow } from "../../lib/flow-copy.ts";
import { logFailure } from "../../lib/log-failure.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { createSecret, hashSecret } from "../../lib/random.ts";
import { createSigningSecret } from "../../lib/signing-secret.ts";
import { readTalk } from "./talks.ts";

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
const toFlow = ({ id, flow }: Pick<FlowCopy, "id" | "flow">): Flow => ({ ...flow, id, failures: 0 });

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
    .prepare(`SELECT ${COLUMNS} FROM talk_flows WHERE talk = ?1 AND created_at <= ?2 ORDER BY created_at, id`)
    .bind(talk, until)
    .all();
  return readRows(results);
}

const Secrets = FlowCopy.pick({ signingSecret: true, hookHash: true });

/**
 * Keeps a flow, in place of the one with this id: the secrets that it needs stay, and those that it has not yet are made.
 * @throws `talk_not_found`, `limit_reached`, `flow_not_valid`
 */
export async function saveFlow(
  db: D1Database,
  own: Own,
  id: string,
  flow: NewFlow,
  now: number,
): Promise<KeptFlow> {
  const { startsAt } = (await readTalk(db, own)).talk;
  if (flow.on.event === "schedule" && "from" in flow.on && startsAt === null) throw hasNoStart();
  const isSigned = flow.do.some((action) => action.do === "webhook");
  const signingSecret = isSigned ? createSigningSecret() : null;
  const hookSecret = flow.on.event === "http" ? createSecret() : null;
  const hookHash = hookSecret && (await hashSecret(hookSecret));
  const saved = await db
    .prepare(
      `INSERT INTO talk_flows (talk, id, flow, signing_secret, hook_hash, created_at)
       SELECT id, ?3, ?4, ?5, ?6, ?7 FROM talks WHERE id = ?2 AND account = ?1 AND deleting_at IS NULL
         AND (SELECT count(*) FROM talk_flows WHERE talk = ?2 AND id <> ?3) < ?8
       ON CONFLICT (talk, id) DO UPDATE SET flow = excluded.flow,
         signing_secret = iif(?5 IS NULL, NULL, coalesce(signing_secret, ?5)),
         hook_hash = iif(?6 IS NULL, NULL, coalesce(hook_hash, ?6))
       RETURNING signing_secret AS signingSecret, hook_hash AS hookHash`,
    )
    .bind(own.account, own.talk, id, JSON.stringify(flow), signingSecret, hookHash, now, LIMITS.flows)
    .first();
  if (!saved) throw await whyNotSaved(db, own);
  const kept = Secrets.parse(saved);
  // Whoever has been told a secret of before knows it; so only what was made just now is told.
  return {
    flow: toFlow({ id, flow }),
    ...(signingSecret !== null && kept.signingSecret === signingSecret && { signingSecret }),
    ...(hookSecret !== null && kept.hookHash === hookHash && { hookSecret }),
  };
}

/**
 * Those that are saved, and these with their secrets: of two with one id this one. All of them are added, or none.
 * @throws `talk_not_found`, `limit_reached`
 */
export async function addFlows(db: D1Database, own: Own, { flows }: FlowCopies, now: number): Promise<Flows> {
  const { meta } = await db
    .prepare(
      `INSERT INTO talk_flows (talk, id, flow, signing_secret, hook_hash, created_at)
       SELECT talks.id, value ->> 'id', value -> 'flow', value ->> 'signingSecret', value ->> 'hookHash', ?4
       FROM json_each(?3), talks WHERE talks.id = ?2 AND account = ?1 AND deleting_at IS NULL
         AND (SELECT count(*) FROM (SELECT id FROM talk_flows WHERE talk = ?2
           UNION SELECT value ->> 'id' FROM json_each(?3))) <= ?5
       ON CONFLICT (talk, id) DO UPDATE SET flow = excluded.flow, signing_secret = excluded.signing_secret,
         hook_hash = excluded.hook_hash`,
    )
    .bind(own.account, own.talk, JSON.stringify(flows), now, LIMITS.flows)
    .run();
  if (meta.changes === 0 && flows.length > 0) throw await whyNotSaved(db, own);
  return listFlows(db, own);
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

async function whyNotSaved(db: D1Database, own: Own): Promise<ProblemError> {
  await readTalk(db, own);
  return new ProblemError("limit_reached", `a talk keeps up to ${LIMITS.flows} flows; remove some first`);
}

function hasNoStart(): ProblemError {
  const issue = { path: "on.from", message: "this talk has no start yet: say when it starts first" };
  return new ProblemError("flow_not_valid", `${issue.path}: ${issue.message}`, { issues: [issue] });
}
