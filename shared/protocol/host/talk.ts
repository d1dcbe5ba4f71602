import type { Definition } from "../../interactions/activity/activity.ts";

/* Talks of a host: /api/v1/host/talks. Times are in milliseconds since 1970. */

/** How a talk's session stood when it was last looked at; kept when the session itself is gone. */
export interface TalkSummary {
  /** People who ever joined. */
  readonly people: number;
  readonly reactions: number;
  /** The most used reactions, with their counts; at most 12. */
  readonly top: Readonly<Record<string, number>>;
  /** The pages that were reacted to the most, with their titles; at most 5. */
  readonly moments: readonly {
    readonly page: string;
    readonly title: string | null;
    readonly reactions: number;
  }[];
  readonly activities: number;
  readonly questions: number;
  readonly at: number;
}

/** `upcoming`: its session was not started yet. */
export type TalkStatus = "upcoming" | "running" | "over";

export interface Talk {
  readonly id: string;
  readonly name: string;
  readonly date: string;
  readonly startsAt: number | null;
  /** So many minutes before it starts, its session opens by itself; `null`: it does not. */
  readonly opensBefore: number | null;
  /** A deck of the host's, by its id. */
  readonly deck: string | null;
  readonly status: TalkStatus;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** `null` as long as nobody has looked. */
  readonly summary: TalkSummary | null;
  readonly sessionUid: string;
}

/** Where to go with a talk. All but `join` hold its token, in their fragment. */
export interface TalkLinks {
  /** `null` for a talk without a deck: the stage runs it. */
  readonly deck: string | null;
  readonly stage: string;
  readonly results: string;
  readonly join: string;
}

/** `POST talks` → 201, `GET talks/{talk}` → 200, `POST talks/{talk}/token` → 200 (the tokens of before are refused at once) */
export interface TalkAnswer {
  readonly talk: Talk;
  /** A host token for its session; a secret. */
  readonly token: string;
  readonly links: TalkLinks;
}

/** `GET talks?cursor=` → 200: those that run, those that are to come at a time with the next one first, then the others to come, then those that are over; the latest first. */
export interface Talks {
  readonly talks: readonly Talk[];
  readonly cursor?: string | undefined;
}

/** `POST talks` */
export interface NewTalk {
  readonly name: string;
  /** Any text; the day where it is left out. */
  readonly date?: string | undefined;
  readonly startsAt?: number | null | undefined;
  /** Without `startsAt` nothing opens. */
  readonly opensBefore?: number | null | undefined;
  readonly deck?: string | null | undefined;
}

/** `PATCH talks/{talk}` → 200 `TalkAnswer`: what is left out stays. Name and date of a session that was started change when it is next opened. */
export interface TalkChange extends Omit<NewTalk, "name"> {
  readonly name?: string | undefined;
}

/** `GET talks/{talk}/summary` → 200: how its session stands now, while it runs; else as it was last known. */
export interface SummaryAnswer {
  readonly summary: TalkSummary | null;
}

/** `GET`, `PUT talks/{talk}/activities`, `POST …/from-session` → 200: definitions and no answers; 200 of them and 256 KB at most, each id once. */
export interface SavedActivities {
  readonly activities: readonly (Definition & { readonly id: string })[];
}
