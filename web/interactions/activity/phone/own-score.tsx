import { useRef } from "hono/jsx/dom";
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
  /** The host lets people give themselves one. */
  readonly takesNames: boolean;
  readonly announce: (text: string) => void;
}

/**
 * What somebody is called in the quiz, under a question of it, and how they stand once it was revealed. The name's line
 * comes with the question, or with the score, and stays; the score comes a moment after the result, and below all else:
 * nothing moves.
 */
export function OwnScore({ activity, score, name, takesNames, announce }: Props) {
  const isSaid = isQuiz(activity) && isSolved(activity);
  const isNamed = useRef(takesNames && activity.quiz === true);
  isNamed.current ||= takesNames && isSaid && score !== undefined;
  return (
    <>
      {isNamed.current && <OwnNameField own={name} announce={announce} />}
      {isSaid && (
        <p class="own-score" role="status">
          {score && words.score(score.points, score.rank)}
        </p>
      )}
    </>
  );
}
