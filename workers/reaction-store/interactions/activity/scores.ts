import { readAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import { getPoints } from "../../../../shared/interactions/activity/points.ts";
import type { QuizQuestion } from "../../../lib/quiz.ts";

/**
 * What everybody's answers to these questions are worth together, by participant.
 * @param listKeys who has something standing under a topic, and what
 */
export function sumPoints(
  questions: readonly QuizQuestion[],
  listKeys: (topic: string) => Iterable<readonly [participant: number, key: string]>,
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { topic, definition } of questions) {
    for (const [participant, key] of listKeys(topic)) {
      const answer = readAnswerKey(key);
      if (!answer) continue;
      sums.set(participant, (sums.get(participant) ?? 0) + (getPoints(definition, answer) ?? 0));
    }
  }
  return sums;
}
