import { useState } from "hono/jsx/dom";
import type { LiveActivity, NewActivity } from "../../../shared/interactions/activity/activity.ts";
import { Problem } from "../../ui/problem.tsx";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import { ClearButton, readSubmission } from "./clear-button.tsx";
import type { KindSolution } from "./kinds/solution.ts";
import type { LiveActivities } from "./live-activities.ts";
import { isQuiz } from "./visibility.ts";
import { stage as stageWords } from "./words/en/stage.ts";

const words = stageWords.solution;

interface Props {
  readonly stage: Stage;
  readonly live: LiveActivities;
  readonly activity: LiveActivity;
  readonly solution: KindSolution;
}

/** Where a host says what is right: it makes a question of the quiz, and nobody else sees it before it is shown. */
export function SolutionForm({ stage, live, activity, solution }: Props) {
  const { isBusy } = useStore(stage.action);
  const [wrong, setWrong] = useState("");
  const { id, prompt } = activity;
  const write = (definition: NewActivity, notice: string) => live.rewrite(id, definition, notice);
  const submit = (event: Event) => {
    event.preventDefault();
    const submission = readSubmission(event);
    if (!submission || isBusy) return;
    const read = solution.read(activity, submission.fields);
    setWrong(typeof read === "string" ? read : "");
    if (typeof read !== "string") void write({ ...read, clear: submission.clear }, words.saved);
  };
  return (
    <form class="solution-form" onSubmit={submit} aria-label={stageWords.of(words.title, prompt)}>
      <p class="soft">{words.text}</p>
      <solution.Fields activity={activity} />
      <Problem>{wrong}</Problem>
      <div class="buttons">
        <button type="submit" class="small primary" disabled={isBusy}>
          {words.save}
        </button>
        {isQuiz(activity) && (
          <button
            type="button"
            class="small"
            disabled={isBusy}
            onClick={() => void write(solution.clear(activity), words.cleared)}
          >
            {words.clear}
          </button>
        )}
        <ClearButton stage={stage} live={live} id={id} />
      </div>
    </form>
  );
}
