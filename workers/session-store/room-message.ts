import type { Rules } from "../../shared/protocol/rules.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import type { Session } from "../lib/session.ts";

/*
 * What rooms tell each other. Each is a snapshot, never a difference that counts only once:
 * sending one twice, or late, changes nothing.
 */

/** Where the session stands. `epoch` grows with every restart, `version` with every change. */
export interface Live {
  readonly epoch: number;
  readonly version: number;
  readonly page: string;
  readonly state: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** What changes rarely. `revision` grows with every change, and is a time, so that it grows over restarts too. */
export interface Facts {
  readonly revision: number;
  readonly session: Session;
  readonly rules: Rules;
  /** Participants whose reactions are not taken. */
  readonly blocked: readonly string[];
  /** Milliseconds since 1970; `null` while the session goes on. */
  readonly endedAt: number | null;
  /** Participants of an older generation are refused. */
  readonly generation: number;
}

/** What one participant has sent within a moment. */
export interface Burst {
  readonly participant: string;
  readonly page: string;
  readonly reaction: string;
  readonly count: number;
}

/** Counts of the whole session, on their way down. The pages named are complete. */
export interface News {
  /** Grows with every change at the root: older news than what a room has heard is no news. */
  readonly number: number;
  /** Every page is named: what is not named has no reactions. */
  readonly whole: boolean;
  readonly pages: Pages;
  readonly total: number;
  /** People with an open pipe, everywhere, as all users are to hear it; undefined where nobody knows yet. */
  readonly people: number | undefined;
}

/** What the session is, wherever its counts stand. */
export interface Truth {
  readonly facts: Facts;
  readonly live: Live;
  /** Every page that the deck has shown in this epoch, in that order: rooms may miss states, but not pages. */
  readonly shown: readonly string[];
}

/** From a parent to a child. */
export interface Down extends Truth {
  readonly news: News;
}

/** From a child to its parent: what it and all below it have counted. */
export interface Snapshot {
  readonly epoch: number;
  /** The version of the state it has. */
  readonly version: number;
  /** Sum of the ledgers' sequence numbers: it never goes down, so an older snapshot is known by it. */
  readonly seq: number;
  /** When the newest reaction was kept, in milliseconds since 1970; 0 for none. */
  readonly latest: number;
  readonly pages: Pages;
  /** People with an open pipe, by room. */
  readonly people: Readonly<Record<number, number>>;
  /** Who reacted most since the last report: news only, so nothing is lost if it is. */
  readonly bursts: readonly Burst[];
}
