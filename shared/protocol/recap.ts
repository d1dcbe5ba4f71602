/*
 * The page after the talk: what was said slide by slide, where the room reacted, how it voted, what it asked. Its facts
 * come from what the session kept; its sentences from a language model, from a template, or from the host.
 */

/**
 * `none`: nobody has asked for one, or, told to anybody but hosts, it is not published. `queued` and `writing`: a model is
 * to write it, or does; the template's stands there meanwhile. `done`: nothing more comes. `failed`: the model did not get
 * it done, and the template's stays.
 */
export const RECAP_STATUSES = ["none", "queued", "writing", "done", "failed"] as const;
export type RecapStatusName = (typeof RECAP_STATUSES)[number];

/** Who wrote its sentences. */
export const RECAP_AUTHORS = ["model", "template"] as const;
export type RecapAuthor = (typeof RECAP_AUTHORS)[number];

/** `GET …/recap`, and the answer to all that changes one. Times in milliseconds since 1970. */
export interface RecapStatus {
  readonly status: RecapStatusName;
  /** While it is queued: how many are before it, from 0. */
  readonly position?: number | undefined;
  /** While it is written: how much of it, from 0 to 1, as far as that can be known. */
  readonly progress?: number | undefined;
  /** What is there to be read. Every change makes a new one, and versions have no order. */
  readonly version?: string | undefined;
  readonly by?: RecapAuthor | undefined;
  /** The host has changed its text since. */
  readonly edited?: true | undefined;
  readonly publishedAt?: number | undefined;
  /** Why the model did not get it done, in a plain sentence for the host. */
  readonly failure?: string | undefined;
}

/** A paragraph, and what it rests on: ids of sections, or `question:…`. The host's own words name nothing. */
export interface RecapStatement {
  readonly text: string;
  readonly sources: readonly string[];
}

/** What every section has. `id` is the section's own for as long as the recap is about the same session. */
interface BaseSection {
  readonly id: string;
  readonly text: readonly RecapStatement[];
}

/** A moment when the room reacted more than usual. */
export interface RecapMoment {
  /** Seconds since the start, and how long it is. */
  readonly at: number;
  readonly seconds: number;
  readonly page: string;
  readonly title: string | null;
  readonly count: number;
}

/** The whole talk; its id is `summary`. */
export interface SummarySection extends BaseSection {
  readonly type: "summary";
  readonly moments: readonly RecapMoment[];
}

/** One page of the deck; its id is `slide:{page}`. */
export interface SlideSection extends BaseSection {
  readonly type: "slide";
  readonly page: string;
  readonly title: string | null;
  /** How long the deck stood on it. */
  readonly seconds: number;
  /** Most frequent first; the others are only counted. */
  readonly reactions: readonly RecapCount[];
  readonly otherReactions?: number | undefined;
}

/** What was counted under one name. */
export interface RecapCount {
  readonly label: string;
  readonly count: number;
}

export interface RecapResult extends RecapCount {
  /** Of the people who answered, rounded. */
  readonly percent: number;
  /** It was right, and everyone was told so. */
  readonly correct?: true | undefined;
}

/** A poll, a quiz question, a word cloud …; its id is `activity:{id}`. */
export interface ActivitySection extends BaseSection {
  readonly type: "activity";
  readonly kind: string;
  readonly prompt: string;
  readonly page: string | null;
  readonly people: number;
  /**
   * In the order of the options, or, where people put them in order, in theirs. Of words, most frequent first, and none that
   * fewer than three people gave; of numbers none, since one may be a person's.
   */
  readonly results: readonly RecapResult[];
  readonly mean?: number | undefined;
  readonly median?: number | undefined;
  /** What was right where it is none of the results, and everyone was told so: the options in order; a number, or two ends. */
  readonly right?: readonly string[] | undefined;
}

export interface RecapQuestion {
  /** `question:{id}` */
  readonly id: string;
  readonly text: string;
  readonly votes: number;
  readonly answered: boolean;
  readonly answer?: string | undefined;
}

/** What the audience asked; its id is `questions`. */
export interface QuestionsSection extends BaseSection {
  readonly type: "questions";
  /** As most wanted them answered; the rest is only counted. */
  readonly questions: readonly RecapQuestion[];
  readonly total: number;
}

export type RecapSection = SummarySection | SlideSection | ActivitySection | QuestionsSection;

/** `GET …/recap/document`: all that a recap's page says. */
export interface RecapDocument {
  readonly version: string;
  readonly by: RecapAuthor;
  readonly title: string;
  /** As the talk's token has it. */
  readonly date: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Who joined. */
  readonly people: number;
  /** Most at one time. */
  readonly peak: number;
  readonly total: number;
  /** Of the whole talk, most frequent first. */
  readonly reactions: readonly RecapCount[];
  readonly sections: readonly RecapSection[];
  /** Slides that there were besides these: a recap has room for so many. */
  readonly moreSlides?: number | undefined;
}

/** `PUT …/recap/document`: the host's own words. */
export interface RecapEdit {
  /** What was changed: another one by now is a `conflict`. */
  readonly version: string;
  readonly title?: string | undefined;
  /** By section: its paragraphs from now on. A section that is not named stays as it is. */
  readonly sections: Readonly<Record<string, readonly string[]>>;
}

/** `POST …/recap/publish` */
export interface RecapPublication {
  readonly published: boolean;
}

/*
 * `GET …/recap/events`: `event: status` with a RecapStatus, at once and whenever it changes; `event: statement` with
 * a WrittenStatement as soon as the model has written it and it was found to be true to the material. The stream ends
 * with the status that nothing follows.
 */
export interface WrittenStatement {
  /** The section that it is for. */
  readonly section: string;
  readonly text: string;
}
