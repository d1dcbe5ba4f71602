import { Api } from "./api.ts";
import { CoHostClient } from "./co-host-session.ts";
import { HostClient } from "./host-session.ts";
import type { ClientOptions, CoHostOptions, HostOptions, HostSession, UserSession } from "./session.ts";
import { UserClient } from "./user-session.ts";

/**
 * Joins a session as one of its audience. Returns at once; await `ready`, or listen.
 * @param sessionUid the public name in the join URL (`session=…`)
 * @throws TypeError when `apiUrl` is no URL; everything else comes by `ready` and `error`
 */
export function joinSession(sessionUid: string, options: ClientOptions): UserSession {
  return new UserClient(sessionUid, options);
}

/**
 * The session that a join code leads to, for `joinSession`.
 * @param joinCode as somebody has typed it: 6 or 8 digits, spaces between them do no harm
 * @throws RevintError `session_not_found` where it leads nowhere, `rate_limited` after too many wrong ones
 */
export async function findSession(
  joinCode: string,
  { apiUrl }: Pick<ClientOptions, "apiUrl">,
): Promise<string> {
  return new Api(apiUrl).findSession(joinCode);
}

/**
 * Opens the session of a host token, or resumes it. Returns at once; await `ready`, or listen.
 * @param hostToken a secret: whoever holds it hosts the session
 * @throws TypeError when `apiUrl` is no URL; everything else comes by `ready` and `error`
 */
export function hostSession(hostToken: string, options: HostOptions): HostSession {
  return new HostClient(hostToken, options);
}

/**
 * Comes into a session as one of its co-hosts, by invitation. Returns at once; await `ready`, or listen.
 * @param sessionUid the public name in the join URL (`session=…`)
 * @throws TypeError when `apiUrl` is no URL; everything else comes by `ready` and `error`
 */
export function coHostSession(sessionUid: string, options: CoHostOptions): HostSession {
  return new CoHostClient(sessionUid, options);
}

export { isAllowed } from "../../shared/interactions/reaction/offer.ts";
export { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
export type { ProblemCode } from "../../shared/protocol/problem.ts";
export { type ErrorCode, RevintError } from "./error.ts";
export { getCount, offeredReactions } from "./rules.ts";
export type {
  Activity,
  AnswerValue,
  Burst,
  ClientOptions,
  ClientStorage,
  ClientTotals,
  CoHostOptions,
  Connection,
  Door,
  HostOptions,
  HostRules,
  HostSession,
  LiveActivity,
  LiveQuestion,
  NewActivity,
  NewSessionAnswer,
  Notice,
  OwnAnswer,
  OwnQuestion,
  OwnReaction,
  OwnVote,
  Pages,
  Question,
  QuestionChange,
  QuestionList,
  QuestionSort,
  QuestionStatus,
  Questions,
  Ranking,
  Rules,
  Score,
  Session,
  SessionAnswer,
  SessionEvents,
  State,
  StatusChange,
  Tally,
  UserSession,
} from "./session.ts";
