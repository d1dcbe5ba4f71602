import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { formatCount } from "../../../ui/count.ts";
import { phone as words } from "../words/en/phone.ts";
import { LongText } from "./long-text.tsx";
import type { OwnVotes } from "./own-votes.ts";

interface Props {
  readonly question: LiveQuestion;
  readonly votes: OwnVotes;
  /** It is not to be seen any more, and its place is kept for now. */
  readonly isGone: boolean;
  /** Votes are taken. */
  readonly isOpen: boolean;
}

/** One question of the audience. */
export function Entry({ question, votes, isGone, isOpen }: Props) {
  const { id, text, name, status, pinned, answer, mine } = question;
  const textId = `question-${id}`;
  const canVote = isOpen && !mine && status === "published";
  return (
    <li class={pinned ? "entry pinned" : "entry"} data-id={id}>
      <div class="entry-row" aria-hidden={isGone ? "true" : undefined} inert={isGone}>
        <div class="entry-words">
          {pinned && <p class="entry-mark">{words.list.pinned}</p>}
          <LongText id={textId} text={text} />
          {(name !== undefined || mine) && (
            <p class="entry-by">
              {name !== undefined && <bdi>{name}</bdi>}
              {mine && <span class="entry-yours">{words.list.yours}</span>}
            </p>
          )}
        </div>
        <Vote question={question} votes={votes} canVote={canVote} textId={textId} />
        {answer !== undefined && (
          <div class="entry-answer">
            <p class="entry-mark">{words.list.answer}</p>
            <LongText id={`answer-${id}`} text={answer} />
          </div>
        )}
      </div>
      {isGone && <p class="entry-gone">{words.list.gone}</p>}
    </li>
  );
}

interface VoteProps extends Pick<Props, "question" | "votes"> {
  readonly canVote: boolean;
  readonly textId: string;
}

function Vote({ question, votes, canVote, textId }: VoteProps) {
  const count = votes.count(question);
  const figure = <span aria-hidden="true">{formatCount(count)}</span>;
  if (!canVote) {
    return (
      <p class="entry-votes">
        {figure}
        <span class="visually-hidden">{words.list.counted(count)}</span>
      </p>
    );
  }
  return (
    <button
      type="button"
      class="vote"
      aria-pressed={votes.has(question) ? "true" : "false"}
      aria-describedby={textId}
      onClick={() => votes.toggle(question)}
    >
      <span class="vote-sign" aria-hidden="true">
        ▲
      </span>
      {figure}
      <span class="visually-hidden">{words.list.vote(count)}</span>
    </button>
  );
}
