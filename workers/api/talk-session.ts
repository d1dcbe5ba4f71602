import { SavedActivities } from "../../shared/protocol/host/talk.schema.ts";
import { Done } from "../../shared/protocol/session.schema.ts";
import type { FlowCopies } from "../lib/flow-copy.ts";
import { BegunOpening, CurrentToken, type Opening, OpeningAnswer, UntoldTokens } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { eraseSession } from "./erase-session.ts";
import type { Stores } from "./stores.ts";
import type { Issue } from "./token.ts";

/*
 * The session of a talk: host-store knows which of the talk's tokens is good, and the session's root is told. Whoever
 * opens the session asks host-store, everybody else the root.
 */

/** That the talk's token is good: for what no session can be asked. @throws `invalid_token` */
export async function checkIssue(stores: Stores, { talk, id }: Issue): Promise<CurrentToken> {
  const token = stores.hosts.talks[":talk"].tokens[":id"];
  return readAnswer(CurrentToken, await token.$get({ param: { talk, id } }));
}

/** The talk's token, with its number: its session is about to be opened with it. @throws `invalid_token` */
export async function beginOpening(stores: Stores, { talk, id }: Issue): Promise<BegunOpening> {
  const { opening } = stores.hosts.talks[":talk"].tokens[":id"];
  return readAnswer(BegunOpening, await opening.$post({ param: { talk, id } }));
}

/**
 * What is saved with the talk: its session begins with it. Whatever is wrong with that, such as a definition that a later
 * version does not read any more, keeps nobody from giving their talk.
 */
export async function readSaved(stores: Stores, { talk }: Issue) {
  const { activities } = stores.hosts.talks[":talk"];
  try {
    return await readAnswer(SavedActivities, await activities.$get({ param: { talk } }));
  } catch (error) {
    logFailure("a talk's session begins without what was saved with it", error);
    return {};
  }
}

/**
 * What was made to be asked in a talk's session, without answers: for the next time. What belongs to a slide comes with
 * the deck then.
 * @throws `session_not_found`
 */
export async function readMade(stores: Stores, session: string) {
  const all = await stores.listDefinitions(session);
  if (!all) {
    throw new ProblemError(
      "session_not_found",
      "this talk has no session now: it was not started yet, or is forgotten",
    );
  }
  return { activities: all.activities.filter(({ page }) => page === undefined) };
}

/**
 * Notes that the talk's session was opened, and looks whether the token was good to the last: where there was no
 * session that could have been told, it may have been replaced, or the talk deleted, since it was checked.
 * @returns the flows that the talk had when its session began
 * @throws `invalid_token`
 */
export async function noteOpening(
  stores: Stores,
  session: string,
  { talk, id }: Issue,
  json: Opening,
): Promise<FlowCopies["flows"]> {
  const { opening } = stores.hosts.talks[":talk"].tokens[":id"];
  const answer = await opening.$put({ param: { talk, id }, json });
  const { current, flows } = await readAnswer(OpeningAnswer, answer);
  if (current?.id === id) return flows;
  if (current) await tellToken(stores, session, current);
  else await eraseSession(stores, session);
  throw new ProblemError("invalid_token", "this token of a talk is not good any more");
}

/** A token that has just been made: when this is done, those of before are worth nothing anywhere. */
export async function tellNewToken(
  stores: Stores,
  { talk, session, current }: UntoldTokens["tokens"][number],
): Promise<void> {
  await tellToken(stores, session, current);
  const { told } = stores.hosts.talks[":talk"].tokens[":id"];
  await readAnswer(Done, await told.$put({ param: { talk, id: current.id } }));
}

/** The clock's part: a few of those whose maker has died before their session has heard of them. */
export async function tellUntold(stores: Stores): Promise<void> {
  const { tokens } = await readAnswer(UntoldTokens, await stores.hosts.talks.untold.$post());
  for (const token of tokens) {
    await tellNewToken(stores, token).catch((error: unknown) =>
      logFailure("a session was not told of its talk's new token; the clock tries again", error),
    );
  }
}

/** From here on the session refuses every token of before, and whoever came with one hears nothing any more. */
export async function tellToken(stores: Stores, session: string, current: CurrentToken): Promise<void> {
  const { token } = stores.sessions.session[":session"];
  await readAnswer(Done, await token.$put({ param: { session }, json: current }));
}
