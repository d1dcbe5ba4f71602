import type { Counts } from "../../shared/interactions/topic.ts";
import type { Overlay } from "../../shared/protocol/overlay.ts";
import type { HostRules } from "../../shared/protocol/rules.ts";
import type { Session } from "../lib/session.ts";
import type { ActivitiesUpdate } from "./interactions/activity/activity-board.ts";
import type { QuestionsUpdate } from "./interactions/question/question-board.ts";

/*
 * What rooms tell each other. Counts are absolute, never a difference that counts only once: sending a message twice,
 * or late, changes nothing. Where the other end has confirmed what it has, a message names only the topics that have
 * changed since.
 */

/** Where the deck is. `epoch` grows with every restart of the session, `version` with every change. */
export interface DeckState {
  readonly epoch: number;
  readonly version: number;
  readonly page: string;
  readonly state: string;
  /** When it was set, in milliseconds since 1970. */
  readonly at: number;
}

/** What changes rarely. `revision` grows with every change, and is a time, so that it grows over restarts too. */
export interface Facts {
  readonly revision: number;
  readonly session: Session;
  readonly rules: HostRules;
  /** Participants whose reactions are not taken. */
  readonly blocked: readonly string[];
  /** Milliseconds since 1970; `null` while the session goes on. */
  readonly endedAt: number | null;
  /** Participants of an older generation are refused. */
  readonly generation: number;
  /** Somebody pulls the session's events. Left out where nobody ever did. */
  readonly isWatched?: boolean | undefined;
  /** Those whose key is good. Left out where there never was one. */
  readonly overlays?: readonly Overlay[] | undefined;
}

/** What one participant has sent within a moment. */
export interface Burst {
  readonly participant: string;
  readonly page: string;
  readonly reaction: string;
  readonly count: number;
}

/** What the session is, wherever its counts stand. */
export interface SessionUpdate {
  readonly facts: Facts;
  readonly deck: DeckState;
  /** Every page that the deck has shown in this epoch, in that order: a room may miss states, but not pages. */
  readonly shown: readonly string[];
  /** Left out where nothing is said of activities. */
  readonly activities?: ActivitiesUpdate | undefined;
  /** Left out where nothing is said of questions. */
  readonly questions?: QuestionsUpdate | undefined;
}

/** Up to which revision somebody knows what is told by what has changed; 0: nothing of it. */
export interface Revisions {
  readonly activities: number;
  readonly questions: number;
}

export const NO_REVISIONS: Revisions = { activities: 0, questions: 0 };

/** Counts of the whole session, on their way down. The topics named are complete. */
export interface CountsUpdate {
  /** The epoch they belong to. */
  readonly epoch: number;
  /** Grows with every change at the root: a room ignores an update with a lower number than it has seen. */
  readonly number: number;
  /** Every topic is named: what is not named has no counts. */
  readonly isWhole: boolean;
  readonly topics: Counts;
  /** All reactions of the session, also those of topics that are not named. */
  readonly total: number;
  /** People with an open pipe, everywhere, as all users are to hear it; undefined where nobody knows yet. */
  readonly people: number | undefined;
}

/** From a parent to a child. Without `session` where the child has confirmed that it knows the newest. */
export interface ParentUpdate {
  readonly session?: SessionUpdate | undefined;
  readonly counts: CountsUpdate;
}

/** The same, for a child that may know nothing. */
export type WholeUpdate = ParentUpdate & { readonly session: SessionUpdate };

/**
 * One state of what a room and all below it have counted. `revision` grows with every change; another life of the
 * room, or a restart of the session, counts anew under another name.
 */
export interface CountsMark {
  readonly life: string;
  readonly revision: number;
}

/** Whether who has heard one state knows all of another. */
export const isOrNewer = (heard: CountsMark | undefined, mark: CountsMark): boolean =>
  heard?.life === mark.life && heard.revision >= mark.revision;

/** Counts of a room and all below it, as one of its states has them. */
export interface CountsSnapshot {
  readonly mark: CountsMark;
  /** The topics named are all that have changed since this revision of the same life; 0: there are no others. */
  readonly since: number;
  readonly topics: Counts;
}

/** From a child to its parent: what it and all rooms below it have counted. */
export interface ChildReport extends CountsSnapshot {
  readonly epoch: number;
  /** The version of the deck's state that the child has. */
  readonly version: number;
  /** Sum of the ledgers' sequence numbers: it never goes down, so an older report is known by it. */
  readonly seq: number;
  /** When the newest entry was kept, in milliseconds since 1970; 0 for none. */
  readonly latest: number;
  /** Grows with every report, and is a time, so that it grows over the room's lives: of people, the newest report says how many. */
  readonly number: number;
  /** People with an open pipe, by room. */
  readonly people: Readonly<Record<number, number>>;
  /** Who reacted most since the last report: losing it loses nothing that counts. */
  readonly bursts: readonly Burst[];
}

/** What a parent answers to a report. */
export interface ReportAnswer {
  /** What it has of this child now: the next report names what has changed since. */
  readonly heard: CountsMark | undefined;
  /** Everything, where the child is behind. */
  readonly update: WholeUpdate | null;
}
