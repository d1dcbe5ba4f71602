import type { Counts } from "../../shared/interactions/topic.ts";

/*
 * What rooms, ledgers and reaction-store say to each other. Objects call objects: what is handed on was
 * parsed where it came in, and nothing parses it again.
 */

/**
 * How an entry counts. `add`: each time, such as a reaction. `replace`: once per participant and topic, such
 * as an answer; a later one takes the place of the earlier one, and an empty key takes it back. `once`: the same, but
 * the first one stays.
 */
export type EntryMode = "add" | "replace" | "once";

/** What an entry counts: a key under a topic (shared/interactions/topic.ts). */
export interface EntryKind {
  readonly topic: string;
  readonly key: string;
  readonly mode: EntryMode;
}

/** What a participant sent, under an id of their own: the same id again is the same entry again. */
export interface Entry extends EntryKind {
  readonly participant: string;
  readonly id: string;
}

/** What a room hands to its ledger in one go. A restart raises the epoch, and nothing of an earlier one is kept. */
export interface Batch {
  readonly epoch: number;
  readonly entries: readonly Entry[];
  /**
   * The ledger's fence, as the room heard it last: behind another one nothing is kept. Left out by rooms that are older
   * than fences.
   */
  readonly fence?: number;
}

/**
 * What became of one entry: `kept` also when it had been kept before under the same id; `unavailable`
 * when what its participant sent could not be kept while the others' was: it may be sent again. `fixed`: another one
 * stands, once and for all.
 */
export type Outcome = "kept" | "conflict" | "fixed" | "too_many_kinds" | "unavailable";

/**
 * Not kept: the batch belongs to an epoch before the ledger's; or, with a fence, it was sent before that was raised:
 * whoever still waits for it sends it again with this one.
 * Otherwise one outcome per entry, and the topics of the batch, each complete. `seq` grows with every
 * change; who knew the ledger at `previous` is up to date with `topics`, everyone else asks for the totals.
 */
export type BatchAnswer =
  | { readonly kept: false; readonly epoch: number; readonly fence?: number }
  | {
      readonly kept: true;
      readonly outcomes: readonly Outcome[];
      readonly previous: number;
      readonly seq: number;
      readonly topics: Counts;
      readonly fence: number;
    };

/** All counts of one ledger at `seq`. Epoch 0: nothing has been written to it yet. */
export interface LedgerTotals {
  readonly epoch: number;
  readonly seq: number;
  readonly fence: number;
  readonly topics: Counts;
}

/** One kept entry. The number stands for a participant inside this ledger and is not their uid. */
export interface LedgerEntry {
  /** Milliseconds since 1970. All of one batch have the same, and no other has it. */
  readonly at: number;
  /** Its place in the batch. */
  readonly index: number;
  readonly participant: number;
  readonly topic: string;
  readonly key: string;
  readonly id: string;
}

/**
 * Which entries to list; `cursor` is what the page before returned. Times in milliseconds, `until` exclusive.
 * What has been listed stays as it was: nothing is kept later with a time before `until`. One that lies
 * ahead of the ledger's clock is taken for now.
 */
export interface LedgerQuery {
  readonly interaction: string;
  /** Without what somebody has sent who is taken out of the counts. */
  readonly onlyCounted?: boolean;
  readonly since?: number;
  readonly until?: number;
  /** `{at}.{index}` of the first to list. */
  readonly cursor?: string;
  readonly limit: number;
}

/** One page of a ledger, oldest first, short or empty where other things are in between; without a `cursor` it was the last one. */
export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  readonly cursor?: string;
}

/** How often a topic was added to in one bucket of time; `at` is its start. */
export interface TopicBucket {
  readonly at: number;
  readonly topic: string;
  count: number;
}

/** Which of a topic's standing entries to list; `cursor` is what the page before returned. */
export interface StandingQuery {
  readonly topic: string;
  /** The number of the first to list. */
  readonly cursor?: number | undefined;
  readonly limit: number;
}

/**
 * An entry that stands. Its number names it inside its ledger until the next restart: where its participant says
 * something else, that has another one, also where it is what they said before.
 */
export interface ListedStanding {
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
  readonly number: number;
  readonly key: string;
}

/** One page of what stands, in the order in which it was kept; without a `cursor` it was the last one. */
export interface StandingPage {
  readonly entries: readonly ListedStanding[];
  readonly cursor?: number;
}

/** Whose an entry is, by its number. `none`: nothing stands with it, such as where its participant has said something else since. */
export type EntryAuthor = { readonly participant: string } | "forgotten" | "none";

/** More than a session has rooms, each of which has a ledger: even one for each person. */
const ROOMS = 2 ** 20;

/**
 * Names an entry in its session by the number that it has in its ledger: an integer below 2^53, for a ledger with less
 * than 2^33 entries.
 */
export const joinEntryNumber = (room: number, number: number): number => number * ROOMS + room;

export const splitEntryNumber = (joined: number): { readonly room: number; readonly number: number } => ({
  room: joined % ROOMS,
  number: Math.floor(joined / ROOMS),
});
