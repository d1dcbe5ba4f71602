import type { PlannedTalk, ProblemCode } from "../../shared/protocol/problem.ts";

/** A code of the service, or one of a later version of it. */
export type Code = ProblemCode | (string & {});

/** A refusal of the service, of a later version too, or what kept the client from reaching it: `network`, `invalid_answer`. */
export type ErrorCode = Code | "network" | "invalid_answer";

/** What is known of a refusal besides its code. */
export interface ErrorFacts {
  readonly status?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly talk?: PlannedTalk | undefined;
}

/** The only error this client gives. Branch on its `code` and on nothing else. */
export class RevintError extends Error {
  override readonly name = "RevintError";
  readonly code: ErrorCode;
  /** Of the HTTP answer, where there was one. */
  readonly status?: number;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** Helps whoever runs the service to find the request in its log. */
  readonly requestId?: string;
  /** With `session_not_found`: the talk that it will be of, once its host has opened it. */
  readonly talk?: PlannedTalk;

  constructor(code: ErrorCode, detail: string, facts: ErrorFacts = {}) {
    super(`${code}: ${detail}`);
    this.code = code;
    Object.assign(this, facts);
  }
}

const TRANSIENT = new Set<ErrorCode>([
  "network",
  "invalid_answer",
  "rate_limited",
  "session_full",
  "too_many_attempts",
  "unavailable",
  "internal",
]);

/** Refusals whose own status says that the same request may succeed later, as every 5xx does. */
const TRANSIENT_STATUS = new Set([408, 425, 429]);

/**
 * Whether the same request may well succeed later. `invalid_answer` counts: a captive portal goes away. What is not
 * listed, such as a code of a later version, is judged by its HTTP status and, on a pipe, which has none, by whether
 * it says when to try again.
 */
export function isTransient({ code, status, retryAfter }: RevintError): boolean {
  if (TRANSIENT.has(code)) return true;
  // A 503 that stays until somebody mends the deployment.
  if (code === "not_configured") return false;
  if (status === undefined) return retryAfter !== undefined;
  return status < 400 || status > 499 || TRANSIENT_STATUS.has(status);
}

const STALE = new Set<ErrorCode>(["missing_token", "invalid_token", "wrong_session", "not_participant"]);

/** Whether entering the session anew, for a new token and uid, may help. */
export const isStale = (code: ErrorCode): boolean => STALE.has(code);

/** Makes sure that what was thrown is ours. */
export function toRevintError(error: unknown): RevintError {
  if (error instanceof RevintError) return error;
  return new RevintError("network", error instanceof Error ? error.message : "no connection");
}
