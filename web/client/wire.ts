/*
 * What the service says, as plain types: whoever uses revint/client needs no schema library for
 * its types. wire.test.ts holds them against the schemas in shared/, so that they can't drift.
 */

/** Every code the service may refuse with; docs/protocol.md tells what each means. */
export const PROBLEM_CODES = [
  "invalid_request",
  "too_many_kinds",
  "reaction_not_allowed",
  "missing_token",
  "invalid_token",
  "wrong_session",
  "not_host",
  "not_participant",
  "blocked",
  "reactions_paused",
  "not_public",
  "role_not_allowed",
  "session_not_found",
  "not_found",
  "method_not_allowed",
  "conflict",
  "not_driving",
  "session_ended",
  "too_large",
  "upgrade_required",
  "rate_limited",
  "session_full",
  "unavailable",
  "not_configured",
  "internal",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** One of those, or one of a later version of the service. */
export type Code = ProblemCode | (string & {});

/** Where the deck is. Until its host says otherwise, page "0" and state "init". */
export interface State {
  readonly page: string;
  readonly state: string;
  readonly version: number;
}

/** Counts by page and reaction. */
export type Pages = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The public facts of a session. */
export interface SessionAnswer {
  readonly sessionUid: string;
  /** The audience token: it proves that one knows this session, and nothing more. */
  readonly token: string;
  readonly userToken: string;
  readonly name: string;
  readonly date: string;
  /** Buttons to offer; empty: the client's own. */
  readonly reactions: readonly string[];
  readonly apiUrl: string;
  readonly webUiUrl: string;
  readonly wsUrl?: string | undefined;
  /** Where the slides themselves are. */
  readonly deckUrl?: string | undefined;
  /** Words of the audience's own are taken, on any page, besides those buttons. */
  readonly anyReaction: boolean;
}

export interface LoginAnswer {
  readonly uid: string;
  readonly token: string;
}

/** What a host gets. `token` is the host token again: a secret. */
export interface NewSessionAnswer {
  readonly token: string;
  readonly hostUid: string;
  readonly sessionUid: string;
  readonly joinUrl: string;
  readonly resumed: boolean;
  /** When it was ended, in milliseconds since 1970; it takes `restart` to go on. `null`: it has not. */
  readonly endedAt: number | null;
}

/** What the host allows at this moment. */
export interface Rules {
  /** No reactions are taken. */
  readonly paused: boolean;
  /** The only reactions taken; `null`: what the session offers. */
  readonly reactions: readonly string[] | null;
  /** The same for single pages, where it wins over `reactions`. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** With `reactions: null`, words of the audience's own are taken too, on any page. */
  readonly anyReaction: boolean;
}

/** The rules as hosts read and set them. */
export interface HostRules extends Rules {
  /** The audience may read timeline and export too. */
  readonly publicResults: boolean;
  /** The door is closed: nobody new joins, and whoever is in stays in. */
  readonly isClosed: boolean;
  /** Newcomers that one minute takes; `null`: as many as the service finds right for the expected audience. */
  readonly joinsPerMinute: number | null;
}

/** How the door stands. */
export interface Door {
  /** Newcomers who wait because more came within a minute than it takes. */
  readonly waiting: number;
  /** Newcomers that one minute takes. */
  readonly perMinute: number;
  readonly isClosed: boolean;
}

/** So many reactions of one participant within the last moment. */
export interface Burst {
  /** Names someone, and lets nobody in. */
  readonly participant: string;
  readonly page: string;
  readonly reaction: string;
  readonly count: number;
}

/** What a room says on a pipe, and as server-sent events. */
export type ServerMessage<AnyCode = Code> =
  | ({ readonly type: "state_change" } & State)
  | {
      readonly type: "reactions";
      readonly pages: Pages;
      readonly total: number;
      readonly whole?: true | undefined;
    }
  | { readonly type: "presence"; readonly participants: number }
  | ({ readonly type: "rules" } & Rules)
  | { readonly type: "driver"; readonly driver: string }
  | { readonly type: "bursts"; readonly bursts: readonly Burst[] }
  | ({ readonly type: "door" } & Door)
  | { readonly type: "ack"; readonly ids: readonly string[] }
  | {
      readonly type: "error";
      readonly id?: string | undefined;
      readonly code: AnyCode;
      readonly detail: string;
      readonly retryAfter?: number | undefined;
    }
  | { readonly type: "end" };

/** What a client may say on a pipe. */
export interface ClientMessage {
  readonly type: "react";
  readonly id: string;
  readonly page: string;
  readonly reaction: string;
}
