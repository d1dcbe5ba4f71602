import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Done } from "../../shared/protocol/session.schema.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { RequestEnv } from "./request-env.ts";

/** One hint stands for all that this isolate answers within so many milliseconds. */
const HINT_MS = 1000;
/** What people send is an event with its room's next turns: the second hint comes when those are over. */
const AGAIN_MS = HINT_MS + 2 * LIMITS.userCadenceMs;

const hinted = new TtlCache<true>(HINT_MS, 1000);

/**
 * Says that something may have happened in a session: at once, and again when what came in meanwhile has become an
 * event. A hint may be lost, since whoever runs flows looks by itself, too.
 * @param wake has them look
 */
export async function hint(session: string, wake: () => Promise<unknown>): Promise<void> {
  if (hinted.get(session)) return;
  hinted.set(session, true);
  await wake();
  await scheduler.wait(AGAIN_MS);
  await wake();
}

/** After an answer that said that the session in the path is watched: its flows are woken, and nobody waits for it. */
export const hintFlows = createMiddleware<RequestEnv>(async function hintFlows(c, next) {
  await next();
  if (!c.get("stores").isWatched) return;
  const { hash } = c.get("session");
  // What it did not hear is found in a minute: `reach` has said why.
  c.executionCtx.waitUntil(hint(hash, () => wake(c, hash)).catch(() => {}));
});

/** Its flows look soon; where that is lost, the clock has them look. */
export const hintSession = (c: Context<RequestEnv>, session: string): void =>
  c.executionCtx.waitUntil(wake(c, session).catch(() => {}));

async function wake(c: Context<RequestEnv>, session: string): Promise<void> {
  const { hints } = c.get("stores").automations.session[":session"];
  await readAnswer(Done, await hints.$post({ param: { session } }));
}
