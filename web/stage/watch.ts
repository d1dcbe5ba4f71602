import { Api } from "../client/api.ts";
import { toRevintError } from "../client/error.ts";
import { coHostSession, hostSession, RevintError } from "../client/index.ts";
import type { HostSession, NewSessionAnswer, SessionAnswer } from "../client/session.ts";
import { isUntouched, readDeckState } from "../plugin/deck-state.ts";
import { forgetPass, type HostPass, keepPass } from "../plugin/host-pass.ts";
import { getTimeline } from "../results/service.ts";
import { DEFAULT_REACTIONS } from "../ui/reactions.ts";
import { stage as words } from "../words/en.ts";
import { moderate } from "./moderation.ts";
import { addMark, addReactions, createTimeline } from "./timeline.ts";
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

/** Watches a session as its host or one of its co-hosts, into the view. */
export async function watchSession(sessionUid: string, pass: HostPass): Promise<void> {
  view.set({ screen: "connecting", problem: undefined });
  try {
    if (pass.invitation && pass.invitation.sessionUid !== sessionUid) {
      throw new RevintError("wrong_session", "the invitation is to another session");
    }
    const facts = await new Api(origin).getSession(sessionUid);
    const session = openSession(pass, facts);
    hear(session);
    moderate(session);
    await session.ready;
    if (session.info?.sessionUid !== sessionUid) {
      session.close();
      throw new RevintError("wrong_session", "the token opens another session");
    }
    keepPass(origin, pass);
    const reactions = facts.reactions.length > 0 ? facts.reactions : DEFAULT_REACTIONS;
    view.set({ screen: "stage", name: facts.name, reactions, joinUrl: session.info.joinUrl });
    await showCourse(session.info);
  } catch (thrown) {
    const error = toRevintError(thrown);
    // The token is good for the results of a session that has ended.
    if (error.code !== "session_ended") forgetPass(origin);
    view.set(readFailure(error));
  }
}

/** What came before this screen was opened. Without an answer the timeline begins now. */
async function showCourse({ sessionUid, token, hostUid }: NewSessionAnswer): Promise<void> {
  const course = await getTimeline({ sessionUid, token, uid: hostUid }, BUCKET).catch(() => undefined);
  if (course) view.set({ timeline: createTimeline(course) });
}

/** Resuming replaces what a session says about itself: so it says the same again. */
function openSession(
  { token, invitation }: HostPass,
  { webUiUrl, reactions, wsUrl }: SessionAnswer,
): HostSession {
  if (invitation) {
    return coHostSession(invitation.sessionUid, { apiUrl: origin, token, hostUid: invitation.hostUid });
  }
  const options = { apiUrl: origin, webUiUrl, reactions };
  return hostSession(token, wsUrl === undefined ? options : { ...options, wsUrl });
}

function readFailure({ code }: RevintError): Partial<View> {
  if (code === "session_not_found") return { screen: "notFound" };
  if (code === "session_ended") return { screen: "ended" };
  const isToken = code === "invalid_token" || code === "not_host" || code === "wrong_session";
  return { screen: "ask", problem: isToken ? words.badToken : words.failed };
}

function hear(session: HostSession): void {
  let known: number | undefined;
  session.on("connection", (connection) => view.set({ connection }));
  session.on("participants", (people) => view.set({ people }));
  session.on("end", () => view.set({ screen: "ended" }));
  session.on("state", ({ page, state }) => {
    const isWaiting = isUntouched(page, state);
    const { title, subtitle } = isWaiting ? {} : readDeckState(state);
    const timeline = isWaiting ? view.get().timeline : addMark(view.get().timeline, page, Date.now());
    view.set({ page, isWaiting, title, subtitle, timeline });
  });
  session.on("totals", ({ pages, total }) => {
    const more = known === undefined ? 0 : total - known;
    known = total;
    view.set({ pages, total, timeline: addReactions(view.get().timeline, more, Date.now()) });
  });
  // The clock of the timeline; a page nobody looks at needs none.
  setInterval(() => !document.hidden && view.set({ now: Date.now() }), 1000);
}
