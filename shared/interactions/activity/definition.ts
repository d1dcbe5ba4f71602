/*
 * An activity is one thing that a host puts to everyone: a poll, a rating, a word cloud. What is particular about a
 * kind of activity is in kinds/, a folder each.
 */

/** When everyone sees the counts: while it runs, once it is closed, or when the host reveals them. */
export type ActivityShow = "live" | "closed" | "host";

/** No number of an activity, or of an answer, is farther from zero: so it is written in digits, and sums stay exact enough. */
export const FARTHEST = 1e12;

/** What the definition of every kind has. */
export interface BaseDefinition {
  readonly kind: string;
  /** What is asked. */
  readonly prompt: string;
  /** The page of the deck that it belongs to: a deck that leads opens it there. */
  readonly page?: string | undefined;
  /** It closes by itself so many seconds after it was opened. */
  readonly seconds?: number | undefined;
  readonly show: ActivityShow;
  /** Whether an answer may be changed while it is open. */
  readonly change: boolean;
}

/** Something that may be chosen. An answer names it by its id, so that its text may be corrected later. */
export interface ActivityOption {
  readonly id: string;
  readonly text: string;
}
