import { useStore } from "../../ui/use-store.ts";
import type { StageSlot } from "../slots.ts";
import { ActivityList, AskTheRoom } from "./activity-list.tsx";
import { Countdown } from "./countdown.tsx";
import { results } from "./kinds/results.ts";
import { LiveActivities } from "./live-activities.ts";
import { HiddenResult, Result } from "./result.tsx";
import { TextModeration } from "./text-moderation.tsx";
import { isShown } from "./visibility.ts";
import { WordModeration } from "./word-moderation.tsx";
import { stage as words } from "./words/en/stage.ts";

/** What is asked, large on the board, as far as the room may see it; asking, opening and revealing for the host. */
export const stageSlot: StageSlot = (stage) => {
  const live = new LiveActivities(stage);
  return {
    Figure: () => <Answered live={live} />,
    Board: () => <BoardCard live={live} />,
    Asking: () => (
      <>
        <AskTheRoom stage={stage} live={live} />
        <ActivityList stage={stage} live={live} />
      </>
    ),
    Controls: () => (
      <>
        <WordModeration stage={stage} live={live} />
        <TextModeration stage={stage} live={live} />
      </>
    ),
    startOver: () => live.show(undefined),
  };
};

interface Props {
  readonly live: LiveActivities;
}

/** How many have answered, while something is asked. */
function Answered({ live }: Props) {
  useStore(live.view);
  const activity = live.getShown();
  if (activity?.status !== "open") return null;
  return (
    <div>
      <dt>{words.answered}</dt>
      <dd>{(live.getTally(activity)?.people ?? 0).toLocaleString("en")}</dd>
    </div>
  );
}

/** The host hears every count; the board shows what everyone may see, for the room looks at it. */
function BoardCard({ live }: Props) {
  const { earlier } = useStore(live.view);
  const activity = live.getShown();
  if (!activity) return null;
  const { kind, prompt, status, round, closesAt } = activity;
  const tally = live.getTally(activity);
  return (
    <section class="activity" aria-labelledby="activity">
      <p class="activity-kind">
        {[results[kind].name, ...(round > 1 ? [words.round(round)] : []), words.status[status]].join(" · ")}
        {closesAt !== undefined && (
          <>
            {" · "}
            <Countdown activity={activity} clock={live.clock} />
          </>
        )}
      </p>
      <h2 id="activity" dir="auto">
        {prompt}
      </h2>
      {tally && isShown(activity) ? (
        <Result activity={activity} tally={tally} earlier={earlier} />
      ) : (
        <HiddenResult activity={activity} people={tally?.people ?? 0} />
      )}
    </section>
  );
}
