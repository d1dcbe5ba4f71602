import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { isForPage, isTyped } from "../../ui/page-key.ts";
import { useStore } from "../../ui/use-store.ts";
import { locale } from "../../words/en/language.ts";
import type { StageSlot } from "../slots.ts";
import { ActivityList, AskTheRoom } from "./activity-list.tsx";
import { Countdown } from "./countdown.tsx";
import { results } from "./kinds/results.ts";
import { LiveActivities } from "./live-activities.ts";
import { LiveRanking } from "./live-ranking.ts";
import { QuizControls } from "./quiz-controls.tsx";
import { Ranking } from "./ranking.tsx";
import { HiddenResult, Result } from "./result.tsx";
import { TextList } from "./text-list.tsx";
import { TextModeration } from "./text-moderation.tsx";
import { useTexts } from "./use-texts.ts";
import { isShown } from "./visibility.ts";
import { WordModeration } from "./word-moderation.tsx";
import { ranking as rankingWords } from "./words/en/ranking.ts";
import { stage as words } from "./words/en/stage.ts";
import { texts as textWords } from "./words/en/texts.ts";

/** Puts the ranking of the quiz on the board, and takes it off, from anywhere on the stage. */
const RANKING_KEY = "r";

/** What is asked, large on the board, as far as the room may see it; asking, opening and revealing for the host. */
export const stageSlot: StageSlot = (stage) => {
  const live = new LiveActivities(stage);
  const standings = new LiveRanking(stage, live);
  addEventListener("keydown", (event) => {
    const isAsked = isForPage(event) && !isTyped(event) && event.key.toLowerCase() === RANKING_KEY;
    if (isAsked && standings.question) void standings.toggle();
  });
  return {
    Figure: () => <Answered live={live} />,
    Board: () => (
      <>
        <RankingCard standings={standings} />
        <BoardCard live={live} />
      </>
    ),
    Asking: () => (
      <>
        <AskTheRoom stage={stage} live={live} />
        <ActivityList stage={stage} live={live} />
        <QuizControls stage={stage} live={live} standings={standings} />
      </>
    ),
    Controls: () => (
      <>
        <WordModeration stage={stage} live={live} />
        <TextModeration stage={stage} live={live} />
      </>
    ),
    startOver() {
      live.startOver();
      standings.hide();
    },
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
      <dd>{(live.getTally(activity)?.people ?? 0).toLocaleString(locale)}</dd>
    </div>
  );
}

function RankingCard({ standings }: { standings: LiveRanking }) {
  const { ranking } = useStore(standings.view);
  if (!ranking) return null;
  return (
    <section class="activity" aria-labelledby="ranking">
      <p class="activity-kind">{words.quiz.title}</p>
      <h2 id="ranking">{rankingWords.title}</h2>
      <Ranking ranking={ranking} />
    </section>
  );
}

/** The host hears every count; the board shows what everyone may see, for the room looks at it. */
function BoardCard({ live }: Props) {
  const { earlier } = useStore(live.view);
  const activity = live.getShown();
  if (!activity) return null;
  const { kind, prompt, status, round, revealed, closesAt } = activity;
  const tally = live.getTally(activity);
  return (
    <section class="activity spotlight" aria-labelledby="activity">
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
      {kind === "text" && revealed && (
        <BoardTexts key={`${activity.id} ${activity.openedAt}`} live={live} activity={activity} />
      )}
    </section>
  );
}

/** What people have written, for the room to read: once its host has shown it, as the service does it for everyone. */
function BoardTexts({ live, activity }: Props & { activity: LiveActivity }) {
  const pages = useTexts(live, activity);
  return (
    // Whoever has no finger on it scrolls with the keyboard.
    <section class="board-texts" aria-label={textWords.onBoard} tabindex={0}>
      <TextList pages={pages} />
    </section>
  );
}
