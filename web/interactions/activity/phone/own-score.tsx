import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Score } from "../../../../shared/interactions/activity/ranking.ts";
import type { OwnName } from "../../../ui/own-name.ts";
import { OwnNameField } from "../../../ui/own-name-field.tsx";
import { isQuiz, isSolved } from "../visibility.ts";
import { phone as words } from "../words/en/phone.ts";

interface Props {
  readonly activity: LiveActivity;
  readonly score: Score | undefined;
  readonly name: OwnName;
  readonly announce: (text: string) => void;
}

/** How somebody stands in the quiz and what they are called there, under a question of it that was revealed. It comes a moment after the result, and below it: nothing moves. */
export function OwnScore({ activity, score, name, announce }: Props) {
  if (!isQuiz(activity) || !isSolved(activity)) return null;
  return (
    <>
      <p class="own-score" role="status">
        {score && words.score(score.points, score.rank)}
      </p>
      {score && <OwnNameField own={name} announce={announce} />}
    </>
  );
}
