import type { Context } from "hono";
import { PlannedTalk } from "../../shared/protocol/problem.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { Session } from "../lib/session.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { RequestEnv } from "./request-env.ts";
import { getSession } from "./session-cache.ts";

/** Those who wait for a talk to be opened ask again and again: for so long, in ms, neither its root nor host-store is asked. */
const planned = new TtlCache<PlannedTalk>(3000, 1000);

/** Who looks so long before a talk starts, in ms, has time. */
const SOON_MS = 10 * 60_000;
const SOON_S = 10;
const LATER_S = 60;

/**
 * The facts of the session in the path. Where there is none, but a talk whose host has not opened it yet, whoever has its
 * link is told of that, and when to look again.
 * @throws `session_not_found`
 */
export async function getSessionOrPlan(c: Context<RequestEnv>): Promise<Session> {
  const { hash } = c.get("session");
  const known = planned.get(hash);
  if (known) throw notOpened(known);
  try {
    return await getSession(c);
  } catch (error) {
    if (!(error instanceof ProblemError && error.code === "session_not_found")) throw error;
    const talk = await findPlanned(c, hash);
    if (!talk) throw error;
    planned.set(hash, talk);
    throw notOpened(talk);
  }
}

/** The session is there now. */
export const forgetPlan = (hash: string): void => planned.delete(hash);

/** A deployment without accounts, or whose host-store does not answer, has none. */
async function findPlanned(c: Context<RequestEnv>, session: string): Promise<PlannedTalk | undefined> {
  const { $get } = c.get("stores").hosts.session[":session"].planned;
  try {
    return await readAnswer(PlannedTalk, await $get({ param: { session } }));
  } catch {
    return undefined;
  }
}

function notOpened(talk: PlannedTalk): ProblemError {
  const isSoon = talk.startsAt === null || talk.startsAt - Date.now() < SOON_MS;
  return new ProblemError("session_not_found", "the host of this talk has not opened its session yet", {
    retryAfter: isSoon ? SOON_S : LATER_S,
    talk,
  });
}
