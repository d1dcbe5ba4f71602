import { memo } from "hono/jsx/dom";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { nameTime } from "../../../ui/duration.ts";
import { stage as words } from "../words/en/stage.ts";
import { listSteps } from "./step.ts";

/** As exact as a talk needs the time of a question, in milliseconds. */
const SPAN = 3_600_000;

interface Props {
  readonly question: LiveQuestion;
  /** What has become of it. */
  readonly note: string | undefined;
  readonly isCurrent: boolean;
  readonly isUnfolded: boolean;
  readonly canChange: boolean;
}

/**
 * One question of the list. It has no state of its own, and the list hears its keys and buttons: of a thousand rows
 * only those are drawn again of which something is new.
 */
export const QuestionRow = memo(({ question, note, isCurrent, isUnfolded, canChange }: Props) => {
  const { id, text, name, at, votes, status, pinned, answer } = question;
  const steps = canChange ? listSteps(question).filter(({ isRare }) => isUnfolded || !isRare) : [];
  // One question at a time is in the order of tabs: nobody goes through thousands of buttons.
  const tabindex = isCurrent ? 0 : -1;
  return (
    <li class={`question-row ${status}${isUnfolded ? " unfolded" : ""}`} data-id={id} tabindex={tabindex}>
      <p class="question-says" dir="auto">
        {text}
      </p>
      <p class="question-facts soft">
        {status !== "pending" && <b>{words.votes(votes)}</b>}
        <span>{nameTime(at, SPAN)}</span>
        {name !== undefined && <bdi>{name}</bdi>}
        {pinned && <span class="question-mark">{words.pinned}</span>}
        {note !== undefined && <bdi>{note}</bdi>}
      </p>
      {answer !== undefined && (
        <p class="question-reply" dir="auto">
          {answer}
        </p>
      )}
      {answer !== undefined && status !== "answered" && <p class="soft">{words.unseen}</p>}
      <div class="buttons">
        {steps.map(({ key, name, isNext }) => (
          <button
            key={key}
            type="button"
            class={isNext ? "small primary" : "small"}
            data-key={key}
            tabindex={tabindex}
            aria-keyshortcuts={key.toUpperCase()}
            aria-label={words.of(name, text)}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          class="small"
          data-key="Enter"
          tabindex={tabindex}
          aria-expanded={isUnfolded ? "true" : "false"}
          aria-label={words.of(isUnfolded ? words.less : words.more, text)}
        >
          {isUnfolded ? words.less : words.more}
        </button>
      </div>
    </li>
  );
});
