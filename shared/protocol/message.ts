import type { InteractionMessage, InteractionRequest } from "../interactions/index.ts";
import type { ProblemCode } from "./problem.ts";
import type { Rules } from "./rules.ts";
import type { State } from "./state.ts";

/** What a client may say on a pipe. Answered by `ack` or `error` with the same id. */
export type ClientMessage = InteractionRequest;

/** The words a room answers without waking. */
export const PING = "ping";
export const PONG = "pong";

/** How the door stands. */
export interface Door {
  /** Newcomers who wait because more came within a minute than it takes. */
  readonly waiting: number;
  /** Newcomers that one minute takes. */
  readonly perMinute: number;
  /** The host has closed it: nobody new joins. */
  readonly isClosed: boolean;
}

/** A sentence for the hosts, from one of the session's flows. */
export interface Notice {
  readonly text: string;
  /** When it was said, in milliseconds since 1970, by the service's clock. */
  readonly at: number;
}

/**
 * What a room says on a pipe, and `…/events` as `data`.
 * @typeParam Code what a refusal may say: a client reads codes of a later version of the service too
 */
export type ServerMessage<Code = ProblemCode> =
  /** Where the deck is. A lower `version` than one already seen is old news. */
  | ({ readonly type: "state_change" } & State)
  /** People with an open pipe, hosts not counted. */
  | { readonly type: "presence"; readonly participants: number }
  /** What the host allows has changed. Not sent as long as everything is allowed. */
  | ({ readonly type: "rules" } & Rules)
  /** Hosts only: more people come than the door takes, or its host has closed or opened it. */
  | ({ readonly type: "door" } & Door)
  /** Hosts only: who drives the deck, `host` or a co-host's name. */
  | { readonly type: "driver"; readonly driver: string }
  /** Hosts only: what one of the session's flows has to say to them. */
  | ({ readonly type: "notice" } & Notice)
  /** What was sent under these ids is kept for good. */
  | { readonly type: "ack"; readonly ids: readonly string[] }
  /** A message was refused. `retryAfter` in seconds where waiting helps. */
  | {
      readonly type: "error";
      readonly id?: string | undefined;
      readonly code: Code;
      readonly detail: string;
      readonly retryAfter?: number | undefined;
    }
  /** The session is over; the pipe closes. */
  | { readonly type: "end" }
  | InteractionMessage;
