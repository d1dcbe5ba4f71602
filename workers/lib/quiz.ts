import type { Definition } from "../../shared/interactions/activity/activity.ts";

/** A question of the quiz that counts: what was asked, and under which topic its answers stand. */
export interface QuizQuestion {
  readonly topic: string;
  readonly definition: Definition;
}

/**
 * What the people of one room have in the quiz: everybody who has answered a question that counts. Null stands for
 * somebody whose name is forgotten: they still count.
 */
export type Scores = readonly (readonly [participant: string | null, points: number])[];
