import type { FC } from "hono/jsx";
import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import type { Counted } from "./result.ts";

/** One person who is asked something that is open, and may answer it now. */
export interface Asked<A extends LiveActivity = LiveActivity> {
  readonly activity: A;
  /** What they have answered in this round. */
  readonly answer: AnswerValue | undefined;
  /** What they have written and not sent: a reload does not lose it. */
  readonly draft: AnswerValue | undefined;
  keepDraft(draft: AnswerValue): void;
  /** `null` takes the answer back. */
  send(value: AnswerValue | null): void;
  /** Has a screen reader say it. */
  announce(text: string): void;
}

/** How one kind is asked on a phone. */
export interface KindForm<A extends LiveActivity = LiveActivity> {
  /** Where a person answers. It is made anew for each round. */
  Form(asked: Asked<A>): ReturnType<FC>;
  /** An answer in words. */
  describe(activity: A, value: AnswerValue): string;
  /** What all have answered, small. */
  Drawing(counted: Counted<A>): ReturnType<FC>;
}

/** An answer of those kinds whose answers are texts. */
export const readTexts = (value: AnswerValue | undefined): readonly string[] =>
  Array.isArray(value) ? value : [];
