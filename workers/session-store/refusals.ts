import type { Refusal } from "../../shared/protocol/problem.ts";

/* What a room refuses in more than one place. docs/protocol.md tells what each code means. */

export const NOT_FOUND: Refusal = {
  code: "session_not_found",
  detail: "this session was never started, or it is forgotten",
};

export const NOT_PUBLIC: Refusal = {
  code: "not_public",
  detail: "the host has not opened the results of this session",
};

export const NOT_REVEALED: Refusal = {
  code: "not_public",
  detail: "the host has not revealed this activity",
};

export const ENDED: Refusal = { code: "session_ended", detail: "the host has ended this session" };

export const SENT_OUT: Refusal = {
  code: "not_participant",
  detail: "the host has sent everybody out; join again",
};

/** What an overlay hears that was shown up to now. */
export const KEY_REVOKED: Refusal = {
  code: "not_participant",
  detail: "the host has revoked this overlay's key",
};

export const UNAVAILABLE: Refusal = {
  code: "unavailable",
  detail: "the session is waking up; try again",
  retryAfter: 1,
};

export const NO_ACTIVITY: Refusal = { code: "activity_not_found", detail: "no activity has this id" };

export const NO_TEXT: Refusal = {
  code: "invalid_request",
  detail: "number: no text that stands has it; whoever wrote it may have written another one since",
};

export const BLOCKED: Refusal = { code: "blocked", detail: "the host takes nothing from you" };

export const NO_QUESTION: Refusal = { code: "question_not_found", detail: "no question has this id" };

export const QUESTIONS_OFF: Refusal = { code: "questions_off", detail: "the host takes no questions" };
