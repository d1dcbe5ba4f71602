import type { Context } from "hono";
import { readAnswer } from "../../shared/problem.ts";
import { Session } from "../../shared/session.ts";
import type { Api } from "./auth.ts";

/** How long an isolate believes what it has read, in milliseconds. */
const BELIEVED_MS = 10_000;
/** Sessions an isolate remembers. */
const SESSIONS_KEPT = 1000;

/**
 * What this isolate has read of sessions, for a moment: a room full of people opens the same link
 * within seconds. Only what exists is remembered, so a session is found as soon as it is started.
 */
const known = new Map<string, { readonly session: Session; readonly until: number }>();

/** The facts of the session in the path. @throws `session_not_found` */
export async function getSession(c: Context<Api>): Promise<Session> {
  const { hash } = c.get("session");
  const entry = known.get(hash);
  if (entry && Date.now() < entry.until) return entry.session;
  const { $get } = c.get("stores").sessions.session[":session"];
  const session = await readAnswer(Session, await $get({ param: { session: hash } }));
  if (known.size >= SESSIONS_KEPT) known.clear();
  known.set(hash, { session, until: Date.now() + BELIEVED_MS });
  return session;
}

/** It changed, or is gone. Other isolates learn it when their time is up. */
export const forgetSession = (hash: string): boolean => known.delete(hash);
