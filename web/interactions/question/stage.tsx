import { getHostRole } from "../../ui/host-pass.ts";
import { useStore } from "../../ui/use-store.ts";
import { locale } from "../../words/en/language.ts";
import type { Stage, StageSlot } from "../slots.ts";
import { Board, isForRoom } from "./board.tsx";
import { LiveQuestions } from "./stage/live-questions.ts";
import { QuestionDesk } from "./stage/question-desk.ts";
import { QuestionSection } from "./stage/question-section.tsx";
import { board as words } from "./words/en/board.ts";

/** Questions from the audience: on the board as the room may see them, and in the controls for whoever moderates. */
export const stageSlot: StageSlot = (stage) => {
  const live = new LiveQuestions(stage);
  const desk = new QuestionDesk(live);
  const section = <QuestionSection stage={stage} live={live} desk={desk} />;
  return {
    Figure: () => <Asked live={live} />,
    Board: () => <BoardCard live={live} />,
    // A presenter reads, and has no other place for it.
    Asking: () => (isPresenter(stage) ? section : null),
    Controls: () => section,
    startOver: () => live.startOver(),
  };
};

const isPresenter = ({ session: { info } }: Stage): boolean =>
  info !== undefined && getHostRole(info) === "presenter";

interface Props {
  readonly live: LiveQuestions;
}

/** How many the room has asked, as far as it sees them. */
function Asked({ live }: Props) {
  const { questions, rule } = useStore(live.view);
  if (rule === "off" && questions.length === 0) return null;
  return (
    <div>
      <dt>{words.figure}</dt>
      <dd>{questions.filter(isForRoom).length.toLocaleString(locale)}</dd>
    </div>
  );
}

/** The room looks at it: a host hears of every question, and shows those that everybody may see. */
function BoardCard({ live }: Props) {
  const { questions, isOnBoard } = useStore(live.view);
  if (!isOnBoard) return null;
  return (
    <section class="questions spotlight" aria-labelledby="questions-on-board">
      <h2 id="questions-on-board">{words.title}</h2>
      <Board questions={questions} />
    </section>
  );
}
