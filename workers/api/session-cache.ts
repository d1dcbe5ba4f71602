import type { Context } from "hono";
import { readAnswer } from "../lib/read-answer.ts";
import { Session } from "../lib/session.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { RequestEnv } from "./request-env.ts";

/** Only what exists is remembered, so a session is found as soon as it is started. */
const sessions = new TtlCache<Session>(10_000, 1000);

/** The facts of the session in the path. @throws `session_not_found` */
export async function getSession(c: Context<RequestEnv>): Promise<Session> {
  const { hash } = c.get("session");
  const known = sessions.get(hash);
  if (known) return known;
  const { $get } = c.get("stores").sessions.session[":session"];
  const session = await readAnswer(Session, await $get({ param: { session: hash } }));
  sessions.set(hash, session);
  return session;
}

/** It changed, or is gone. */
export const invalidateSession = (hash: string): void => sessions.delete(hash);
