import type { Definition } from "./kinds/index.ts";
import type { AnswerValue, Tally } from "./tally.ts";

export type { Definition } from "./kinds/index.ts";

/** Nobody but hosts hears of a draft. */
export type ActivityStatus = "draft" | "open" | "closed";

/** How an activity stands. Times in milliseconds since 1970, by the service's clock. */
export interface Standing {
  readonly status: ActivityStatus;
  /** From 1; 0 before it is opened for the first time. */
  readonly round: number;
  /** The host has shown the counts of this round and, once it is closed, what is right. */
  readonly revealed: boolean;
  /** When this round was opened first. */
  readonly openedAt?: number | undefined;
  /** When it closes by itself. */
  readonly closesAt?: number | undefined;
  /** Told to hosts alone: words, or numbers of texts, that are taken out of what is shown, and can be put back. */
  readonly hidden?: readonly string[] | undefined;
  /** Something is right in it: it is a question of the quiz. What is right, users hear once it is revealed. */
  readonly quiz?: true | undefined;
}

/** An activity as everyone hears of it on a pipe. */
export type LiveActivity = Definition & Standing & { readonly id: string };

/** The same, over HTTP: with what the caller may see of the counts. */
export type Activity = LiveActivity & {
  readonly tally?: Tally | undefined;
  /** The rounds before this one, as far as the caller may see them. */
  readonly rounds: readonly Tally[];
  /** The caller's own answer of this round. */
  readonly mine?: AnswerValue | undefined;
};

/** `GET …/activities`, in the order in which they were written. */
export interface Activities {
  readonly activities: readonly Activity[];
}

/**
 * `PUT …/activities/{activity}`. What is left out has its default; but what is right stays as it was where it is left
 * out, since a deck need not know it, and `null` takes it away.
 */
export type NewActivity = NewDefinition<Definition> & Clearing;

/** The same with every default in its place. */
export type ParsedActivity = ParsedDefinition<Definition> & Clearing;

interface Clearing {
  /** Its answers, if it has any, are erased. */
  readonly clear?: true | undefined;
}

type NewDefinition<D> = D extends Definition
  ? Omit<D, Defaults | "correct"> & Partial<Pick<D, Defaults & keyof D>> & NewCorrect<D>
  : never;
type Defaults = "show" | "change" | "multiple" | "step" | "words";

export type ParsedDefinition<D> = D extends Definition ? Omit<D, "correct"> & NewCorrect<D> : never;
type NewCorrect<D> = D extends { readonly correct?: infer Correct }
  ? { readonly correct?: Correct | null | undefined }
  : unknown;

/** `POST …/activities/{activity}/status` */
export interface StatusChange {
  readonly status: "open" | "closed";
  /** Left out, it stays as it is. */
  readonly revealed?: boolean | undefined;
  /** Opens it for so many seconds; left out, for as many as its definition says. */
  readonly seconds?: number | undefined;
  /** The same question to the same people once more: the answers of before stay in their round. */
  readonly newRound?: true | undefined;
}

/** `PUT …/user/{uid}/answers/{activity}`; `null` takes the answer back. */
export interface Answer {
  readonly round: number;
  /** When that round was opened first, as its activity says: rounds count from 1 again once an activity is cleared. */
  readonly openedAt?: number | undefined;
  readonly value: AnswerValue | null;
}

/** With the id under which it counts once, and what it answers. */
export interface IdentifiedAnswer extends Answer {
  readonly id: string;
  readonly activity: string;
}

/** `POST …/activities/{activity}/hidden`: a word, or a text by its number, is taken out of what is shown, or put back. */
export interface Hiding {
  readonly value?: string | undefined;
  readonly number?: number | undefined;
  readonly hidden: boolean;
  /** Of a text: `true` blocks whoever wrote it, and takes out what they sent; `false` lets them in again. */
  readonly block?: boolean | undefined;
}

/** One answer to a `text` activity. */
export interface TextAnswer {
  /** Names the answer, and no person: another answer of the same person has another one. */
  readonly number: number;
  readonly value: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
  readonly hidden: boolean;
}

/** `GET …/activities/{activity}/answers`, a page of them. Without a `cursor` it was the last one. */
export interface TextAnswers {
  readonly answers: readonly TextAnswer[];
  readonly cursor?: string | undefined;
}
