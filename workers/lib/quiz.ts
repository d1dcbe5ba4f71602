import type { Definition } from "../../shared/interactions/activity/activity.ts";

/** A question of the quiz that counts: what was asked, and under which topic its answers stand. */
export interface QuizQuestion {
  readonly topic: string;
  readonly definition: Definition;
}

/** What somebody has in the quiz. */
export interface ScoredPerson {
  /** Null stands for somebody whose name is forgotten: they still count. */
  readonly participant: string | null;
  readonly points: number;
}

/** What people have in the quiz: everybody who has answered a question that counts. */
export type Scores = readonly ScoredPerson[];
