import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import type { LiveRanking } from "./live-ranking.ts";
import { stage } from "./words/en/stage.ts";

const words = stage.quiz;

interface Props {
  readonly stage: Stage;
  readonly live: LiveActivities;
  readonly standings: LiveRanking;
}

/** Once something is right for everyone to see, the ranking can be put on the board. */
export function QuizControls({ stage, live, standings }: Props) {
  const { isBusy } = useStore(stage.action);
  const { ranking } = useStore(standings.view);
  useStore(live.view);
  if (!standings.question) return null;
  return (
    <section aria-labelledby="quiz">
      <h3 id="quiz">{words.title}</h3>
      <p class="soft">{words.text}</p>
      <button
        type="button"
        class="small"
        disabled={isBusy}
        aria-keyshortcuts="R"
        title={words.key}
        onClick={() => void standings.toggle()}
      >
        {ranking === undefined ? words.show : words.hide}
      </button>
    </section>
  );
}
