import type { Pages } from "../../protocol/totals.ts";
import type { IdentifiedReaction } from "./reaction.ts";

/** A reaction on a pipe. */
export interface ReactMessage extends IdentifiedReaction {
  readonly type: "react";
}

/**
 * Counts of the pages that changed; what is said of a page is complete and absolute.
 * With `whole`, as the first one on a pipe is, a page that is not named has no reactions.
 */
export interface ReactionsMessage {
  readonly type: "reactions";
  readonly pages: Pages;
  readonly total: number;
  readonly whole?: true | undefined;
}

/** So many reactions of one participant within the last moment. */
export interface Burst {
  /** Names someone, and lets nobody in. */
  readonly participant: string;
  readonly page: string;
  readonly reaction: string;
  readonly count: number;
}

/** Hosts only: who reacted most within the last moment, to single out who disturbs. */
export interface BurstsMessage {
  readonly type: "bursts";
  readonly bursts: readonly Burst[];
}
