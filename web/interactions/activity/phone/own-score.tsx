import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Score } from "../../../../shared/interactions/activity/ranking.ts";
import { phone as words } from "../words/en/phone.ts";

interface Props {
  readonly activity: LiveActivity;
  readonly score: Score | undefined;
}

/** How somebody stands in the quiz, under a question of it that was revealed. It comes a moment after the result, and below it: nothing moves. */
export function OwnScore({ activity, score }: Props) {
  const isRight = "correct" in activity && activity.correct !== undefined;
  if (!isRight || activity.status !== "closed" || !activity.revealed) return null;
  return (
    <p class="own-score" role="status">
      {score && words.score(score.points, score.rank)}
    </p>
  );
}
