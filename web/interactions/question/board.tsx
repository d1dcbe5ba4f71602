import { compareQuestions } from "../../../shared/interactions/question/order.ts";
import type { LiveQuestion } from "../../../shared/interactions/question/question.ts";
import { formatCount } from "../../ui/count.ts";
import { board as words } from "./words/en/board.ts";

/** The room reads so many at a glance. */
const MOST = 5;
/** Up to so many characters a text is drawn large, or at least larger than one of any length. */
const SHORT = 90;
const MIDDLE = 220;

interface Props {
  /** Any, in any order: what is not for the room is left out here. */
  readonly questions: readonly LiveQuestion[];
  /** How many are listed at most while none is pinned. */
  readonly size?: number;
}

/** Questions as a room sees them: the one that is pinned, large; or else those that most want answered. */
export function Board({ questions, size = MOST }: Props) {
  const seen = questions.filter(isForRoom);
  const pinned = seen.find((question) => question.pinned);
  if (pinned) return <Pinned question={pinned} />;
  const waiting = seen.filter(({ status }) => status === "published").sort(compareQuestions);
  const rest = waiting.length - size;
  return (
    <div class="question-board" part="questions">
      {waiting.length === 0 && (
        <p class="question-note">{seen.length === 0 ? words.nothing : words.nothingLeft}</p>
      )}
      <ol class="question-top">
        {waiting.slice(0, size).map(({ id, votes, text }) => (
          <li key={id}>
            <Votes votes={votes} />
            <p class="question-text" dir="auto">
              {text}
            </p>
          </li>
        ))}
      </ol>
      {rest > 0 && <p class="question-note">{words.more(rest)}</p>}
    </div>
  );
}

/** What waits for a moderator or was hidden is for nobody but hosts, who are told it as well. */
export const isForRoom = ({ status }: Pick<LiveQuestion, "status">): boolean =>
  status === "published" || status === "answered";

function Pinned({ question: { text, name, votes, status, answer } }: { question: LiveQuestion }) {
  return (
    <div class="question-board pinned" part="questions">
      <p class={`question-text ${getLength(text)}`} dir="auto">
        {text}
      </p>
      <p class="question-note">
        <Votes votes={votes} />
        {name !== undefined && <bdi>{name}</bdi>}
        {status === "answered" && <span class="question-answered">{words.answered}</span>}
      </p>
      {answer !== undefined && status === "answered" && (
        <div class="question-answer">
          <p class="question-note">{words.answer}</p>
          <p class={getLength(answer)} dir="auto">
            {answer}
          </p>
        </div>
      )}
    </div>
  );
}

const Votes = ({ votes }: { votes: number }) => (
  <span class="question-votes">
    <b>{formatCount(votes)}</b> {words.votes(votes)}
  </span>
);

function getLength(text: string): "short" | "middle" | "long" {
  if (text.length <= SHORT) return "short";
  return text.length <= MIDDLE ? "middle" : "long";
}
