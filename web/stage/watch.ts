import { Api } from "../client/api.ts";
import { Backoff } from "../client/backoff.ts";
import { isStale, isTransient, toRevintError } from "../client/error.ts";
import { HostClient } from "../client/host-session.ts";
import { coHostSession, RevintError } from "../client/index.ts";
import { Pause } from "../client/pause.ts";
import type { HostSession, NewSessionAnswer, SessionAnswer } from "../client/session.ts";
import { onWake } from "../client/wake.ts";
import { isUntouched, readDeckState } from "../ui/deck-state.ts";
import { forgetPass, type HostPass, keepPass } from "../ui/host-pass.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { getTimeline } from "../ui/service.ts";
import { stage as words } from "../words/en.ts";
import { closeCoHosts } from "./co-hosts.ts";
import { moderate } from "./moderation.ts";
import { addMark, addReactions, createTimeline, emptyTimeline } from "./timeline.ts";
import { type View, view } from "./view.ts";

const { origin } = location;
/** Seconds of a bucket: fine enough to look at, and a long talk is still a small answer. */
const BUCKET = 2;

/** Asks who is to watch, unless there is no such session. */
export async function askForPass(sessionUid: string): Promise<void> {
  const lost = await new Api(origin).getSession(sessionUid).then(
    () => undefined,
    (error: unknown) => toRevintError(error).code === "session_not_found",
  );
  view.set({ screen: lost ? "notFound" : "ask" });
}

/** Between two tries to come in. */
const pause = new Pause();
onWake(() => pause.skip());

/** Now, and not after the pause. */
export function tryAgain(): void {
  view.set({ screen: "connecting" });
  pause.skip();
}

/** Watches a session as its host or one of its co-hosts, into the view; as long as the service is out of reach, it keeps trying. */
export async function watchSession(sessionUid: string, pass: HostPass): Promise<void> {
  // At once: it is gone from the address, and a reload may come before any answer.
  keepPass(origin, pass);
  view.set({ screen: "connecting", problem: undefined });
  const backoff = new Backoff();
  for (;;) {
    try {
      return await enter(sessionUid, pass);
    } catch (thrown) {
      const error = toRevintError(thrown);
      if (!isTransient(error)) return fail(error);
      view.set({ screen: "failed" });
      await pause.wait(backoff.next(error.retryAfter));
    }
  }
}

/** One try. @throws RevintError */
async function enter(sessionUid: string, pass: HostPass): Promise<void> {
  if (pass.invitation && pass.invitation.sessionUid !== sessionUid) {
    throw new RevintError("wrong_session", "the invitation is to another session");
  }
  const facts = await new Api(origin).getSession(sessionUid);
  const session = openSession(pass, facts);
  hear(session);
  moderate(session);
  await session.ready;
  const { info } = session;
  if (!info) {
    session.close();
    throw new RevintError("invalid_answer", "the service said nothing of the session");
  }
  // Later, such as an invitation that is taken back.
  session.on("error", fail);
  view.set({
    screen: "stage",
    name: facts.name,
    reactions: facts.reactions.length > 0 ? facts.reactions : DEFAULT_REACTIONS,
    isOpenAtStart: facts.anyReaction || facts.reactions.length === 0,
    joinUrl: info.joinUrl,
  });
  await showCourse(info);
}

/** What trying again will not change. */
function fail(error: RevintError): void {
  // The token is good for the results of a session that has ended.
  if (error.code !== "session_ended") forgetPass(origin);
  closeCoHosts();
  view.set(readFailure(error));
}

/** What came before this screen was opened. Without an answer the timeline begins now. */
async function showCourse({ sessionUid, token, hostUid }: NewSessionAnswer): Promise<void> {
  const course = await getTimeline({ sessionUid, token, uid: hostUid }, BUCKET).catch(() => undefined);
  if (course) view.set({ timeline: createTimeline(course) });
}

/**
 * Resuming replaces the addresses that phones read: so it says the same again, and calls the service where
 * this page came from. What it leaves out stays as it is.
 */
function openSession(
  { token, invitation }: HostPass,
  { sessionUid, apiUrl, webUiUrl }: SessionAnswer,
): HostSession {
  if (invitation) {
    return coHostSession(invitation.sessionUid, { apiUrl: origin, token, hostUid: invitation.hostUid });
  }
  return new HostClient(token, { apiUrl: origin, sessionUid, webUiUrl }, apiUrl);
}

function readFailure({ code }: RevintError): Partial<View> {
  if (code === "session_not_found") return { screen: "notFound" };
  if (code === "session_ended") return { screen: "ended" };
  return { screen: "ask", problem: isStale(code) || code === "not_host" ? words.badToken : words.refused };
}

function hear(session: HostSession): void {
  let known: number | undefined;
  session.on("connection", (connection) => view.set({ connection }));
  session.on("participants", (people) => view.set({ people }));
  session.on("end", () => view.set({ screen: "ended" }));
  session.on("state", ({ page, state }) => {
    const isWaiting = isUntouched(page, state);
    const { title, subtitle } = isWaiting ? {} : readDeckState(state);
    // It was begun anew, and so is what is told of it.
    const isEmptied = isWaiting && !view.get().isWaiting;
    if (isEmptied) known = 0;
    const before = isEmptied ? emptyTimeline(Date.now()) : view.get().timeline;
    view.set({ page, isWaiting, title, subtitle, timeline: addMark(before, page, Date.now()) });
  });
  session.on("totals", ({ pages, total }) => {
    const more = known === undefined ? 0 : total - known;
    known = total;
    view.set({ pages, total, timeline: addReactions(view.get().timeline, more, Date.now()) });
  });
}
