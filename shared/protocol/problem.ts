/**
 * Every error revint answers with: its HTTP status and a title that does not change.
 * The code is the contract; clients branch on it and on nothing else.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: "The request is not valid" },
  too_many_kinds: { status: 400, title: "The session has no room for another kind of reaction" },
  reaction_not_allowed: { status: 400, title: "The host does not take this reaction here" },
  answer_not_valid: { status: 400, title: "This is no answer to the activity" },
  too_many_words: { status: 400, title: "The activity has no room for another word or number" },
  too_many_activities: { status: 400, title: "The session has no room for another activity" },
  too_many_questions: { status: 400, title: "There is no room for another question" },
  flow_not_valid: { status: 400, title: "This is no flow that can be run" },
  capability_missing: { status: 400, title: "This deployment is not bound to what the flow needs" },
  deck_not_valid: { status: 400, title: "This is no deck that can be shown" },
  missing_token: { status: 401, title: "A session token is missing" },
  invalid_token: { status: 401, title: "The session token is not valid" },
  not_signed_in: { status: 401, title: "Nobody is signed in" },
  sign_in_failed: { status: 401, title: "Email and password, or the passkey, do not fit" },
  wrong_session: { status: 403, title: "The token belongs to another session" },
  not_host: { status: 403, title: "Only a host may do this" },
  not_participant: { status: 403, title: "The uid is not one of this session's participants" },
  blocked: { status: 403, title: "The host has blocked this participant" },
  reactions_paused: { status: 403, title: "The host has paused reactions" },
  not_public: { status: 403, title: "The host keeps these results" },
  names_off: { status: 403, title: "The session takes no names" },
  questions_off: { status: 403, title: "The session takes no questions" },
  role_not_allowed: { status: 403, title: "This co-host's role does not allow it" },
  foreign_origin: { status: 403, title: "A page of another origin may not do this" },
  sign_up_refused: { status: 403, title: "No account was made" },
  sign_up_closed: { status: 403, title: "This deployment takes no new accounts" },
  not_admin: { status: 403, title: "Only an admin may do this" },
  session_not_found: { status: 404, title: "There is no such session" },
  not_found: { status: 404, title: "There is nothing at this address" },
  activity_not_found: { status: 404, title: "There is no such activity" },
  question_not_found: { status: 404, title: "There is no such question" },
  talk_not_found: { status: 404, title: "There is no such talk" },
  deck_not_found: { status: 404, title: "There is no such deck" },
  recap_not_found: { status: 404, title: "There is no such recap" },
  flow_not_found: { status: 404, title: "There is no such flow" },
  account_not_found: { status: 404, title: "There is no such account" },
  link_not_valid: { status: 404, title: "The link is not good, or not any more" },
  method_not_allowed: { status: 405, title: "The method is not allowed here" },
  conflict: { status: 409, title: "This contradicts what was kept before" },
  activity_closed: { status: 409, title: "This round of the activity is over" },
  answer_fixed: { status: 409, title: "Answers to this activity stay as they are" },
  own_question: { status: 409, title: "Nobody votes for their own question" },
  question_fixed: { status: 409, title: "The question was answered and stays as it is" },
  name_taken: { status: 409, title: "Somebody else has this name" },
  limit_reached: { status: 409, title: "The account has no room for more" },
  last_way_in: { status: 409, title: "It is the only way into the account" },
  not_driving: { status: 409, title: "Another presenter drives the deck" },
  session_running: { status: 409, title: "The session has not ended" },
  session_ended: { status: 410, title: "The session has ended" },
  too_large: { status: 413, title: "The request is too large" },
  upgrade_required: { status: 426, title: "A WebSocket upgrade is required" },
  too_many_attempts: { status: 429, title: "Too many wrong tries" },
  rate_limited: { status: 429, title: "Too many requests" },
  session_full: { status: 429, title: "The session is full" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
  not_configured: { status: 503, title: "This deployment is not configured" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Where in the input something is wrong, and what. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** A talk whose session nobody has opened yet. */
export interface PlannedTalk {
  readonly name: string;
  /** When it is planned to start, in milliseconds since 1970; `null`: nobody has said. */
  readonly startsAt: number | null;
}

/** The one error body, RFC 9457 `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly issues?: readonly Issue[] | undefined;
  /** With `session_not_found`: there is none yet, and `Retry-After` says when to look again. */
  readonly talk?: PlannedTalk | undefined;
}

/** A refusal as plain data: what a Durable Object answers, since an error's class does not survive RPC. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfter?: number | undefined;
  readonly issues?: readonly Issue[] | undefined;
}
