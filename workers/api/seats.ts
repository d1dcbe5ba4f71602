import type { Context } from "hono";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import { Done } from "../../shared/protocol/session.schema.ts";
import { insist } from "../lib/insist.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { Seat } from "../lib/session.ts";
import { TtlCache } from "../lib/ttl-cache.ts";
import type { RequestEnv } from "./request-env.ts";
import { getSession } from "./session-cache.ts";

/** Who joins within so many milliseconds is written down together, and names asked for ahead are for these alone. */
const WINDOW_MS = 1000;
/**
 * From so many newcomers a second on, names are asked for ahead. Not yet: a name that nobody got counts within its
 * minute's pace, and giving it back lets the number of participants fall, which it never may.
 */
const BUSY = Number.POSITIVE_INFINITY;

/** Who joins a session through this isolate within a second. */
interface Window {
  /** Names that have been given to somebody. */
  readonly given: string[];
  /** Names that the root has given ahead, and nobody has yet. */
  readonly ahead: string[];
  /** How many there were in the second before. */
  readonly before: number;
  /** More names are on their way: one of those who come at the same time asks for them. */
  isAsking: boolean;
}

const windows = new Map<string, Window>();
const counts = new TtlCache<number>(2 * WINDOW_MS, 1000);

/**
 * A name in a room for whoever joins the session in the path: the one that they had, if it is still good, or a new one.
 * A storm of newcomers asks the root once for some forty of them. @throws why nobody can come in
 */
export async function takeSeat(c: Context<RequestEnv>, known?: string): Promise<string> {
  const { hash } = c.get("session");
  const window = openWindow(c, hash);
  const ready = known === undefined ? window.ahead.pop() : undefined;
  if (ready !== undefined) {
    window.given.push(ready);
    return ready;
  }
  const isStorm = Math.max(window.given.length, window.before) >= BUSY;
  const isAhead = known === undefined && isStorm && !window.isAsking;
  if (isAhead) window.isAsking = true;
  const seat = await askSeat(c, hash, known, isAhead ? LIMITS.seatsAhead : 0).finally(() => {
    if (isAhead) window.isAsking = false;
  });
  // The window of before may be over by now.
  const now = openWindow(c, hash);
  if (seat.participant !== known) now.given.push(seat.participant);
  now.ahead.push(...seat.ahead);
  return seat.participant;
}

async function askSeat(
  c: Context<RequestEnv>,
  session: string,
  participant: string | undefined,
  ahead: number,
): Promise<Seat> {
  const { seats } = c.get("stores").sessions.session[":session"];
  return readAnswer(Seat, await seats.$post({ param: { session }, json: { participant, ahead } }));
}

/** Names of before are not good any more, or the door is closed: nobody gets one that was given ahead. */
export const closeWindow = (session: string): void => void windows.delete(session);

/** The session is erased: nothing is written of who has just joined. */
export function forgetWindow(session: string): void {
  const window = windows.get(session);
  if (window) window.given.length = window.ahead.length = 0;
  windows.delete(session);
}

/** Whoever has just joined asks to be forgotten. */
export function forgetJoining(session: string, participant: string): void {
  const { given } = windows.get(session) ?? {};
  const index = given?.indexOf(participant) ?? -1;
  if (index >= 0) given?.splice(index, 1);
}

function openWindow(c: Context<RequestEnv>, session: string): Window {
  const open = windows.get(session);
  if (open) return open;
  const window = { given: [], ahead: [], before: counts.get(session) ?? 0, isAsking: false };
  windows.set(session, window);
  c.executionCtx.waitUntil(settle(c, session, window));
  return window;
}

/** When the second is over: who joined is written down, and what is left of names goes back. Nobody waits for it. */
async function settle(c: Context<RequestEnv>, session: string, window: Window): Promise<void> {
  await scheduler.wait(WINDOW_MS);
  if (windows.get(session) === window) windows.delete(session);
  const { given, ahead } = window;
  counts.set(session, given.length);
  const work = [
    given.length > 0 && record(c, session, given),
    ahead.length > 0 && giveBack(c, session, ahead),
  ];
  for (const done of await Promise.allSettled(work)) {
    if (done.status === "rejected") logFailure("who joined was not written down", done.reason);
  }
}

async function record(c: Context<RequestEnv>, session: string, participants: string[]): Promise<void> {
  const since = Date.now();
  const { retentionDays } = await getSession(c);
  const json = { participants, since, expiresAt: since + retentionDays * DAY_MS };
  const { people } = c.get("stores").users.session[":session"];
  await insist(async () => void (await readAnswer(Done, await people.$post({ param: { session }, json }))));
}

/** One that is lost is given to somebody else two minutes later, as every name that nobody uses. */
async function giveBack(c: Context<RequestEnv>, session: string, participants: string[]): Promise<void> {
  const { seats } = c.get("stores").sessions.session[":session"];
  await readAnswer(Done, await seats.$delete({ param: { session }, json: { participants } }));
}
