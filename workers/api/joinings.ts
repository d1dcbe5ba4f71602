import type { Context } from "hono";
import { DAY_MS } from "../../shared/protocol/limits.ts";
import { Done } from "../../shared/protocol/session.schema.ts";
import { insist } from "../lib/insist.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { RequestEnv } from "./request-env.ts";
import { getSession } from "./session-cache.ts";

/** Who joins within so many milliseconds is written down together. */
const WINDOW_MS = 1000;

/** Who has joined through this isolate and is not written down yet, by session. */
const joining = new Map<string, string[]>();

/** Writes down who joins the session in the path, within a second or so: nobody waits for it, and nobody is lost for it. */
export function noteJoining(c: Context<RequestEnv>, participant: string): void {
  const { hash } = c.get("session");
  const others = joining.get(hash);
  if (others) {
    others.push(participant);
    return;
  }
  const participants = [participant];
  joining.set(hash, participants);
  const writing = writeDown(c, hash, participants).catch((error: unknown) => {
    logFailure("who joined was not written down", error);
  });
  c.executionCtx.waitUntil(writing);
}

/** The session is erased: nothing is written of who has just joined. */
export function forgetJoinings(session: string): void {
  joining.get(session)?.splice(0);
}

/** Whoever has just joined asks to be forgotten. */
export function forgetJoining(session: string, participant: string): void {
  const participants = joining.get(session) ?? [];
  const index = participants.indexOf(participant);
  if (index >= 0) participants.splice(index, 1);
}

async function writeDown(c: Context<RequestEnv>, session: string, participants: string[]): Promise<void> {
  await scheduler.wait(WINDOW_MS);
  joining.delete(session);
  if (participants.length === 0) return;
  const since = Date.now();
  const { retentionDays } = await getSession(c);
  const json = { participants, since, expiresAt: since + retentionDays * DAY_MS };
  const { people } = c.get("stores").users.session[":session"];
  await insist(async () => void (await readAnswer(Done, await people.$post({ param: { session }, json }))));
}
