import type { TextAnswer } from "../../../shared/interactions/activity/activity.ts";
import { Problem } from "../../ui/problem.tsx";
import { useStore } from "../../ui/use-store.ts";
import { FoldedText } from "./folded-text.tsx";
import type { TextPages } from "./text-pages.ts";
import { texts as words } from "./words/en/texts.ts";

/** So much of an answer is said of a button beside it. */
const SPOKEN = 40;

interface Props {
  readonly pages: TextPages;
  /** Nothing is done to an answer while something else is. */
  readonly isBusy?: boolean;
  /** Whoever moderates takes a text out, and puts it back. */
  readonly onHide?: (answer: TextAnswer) => unknown;
}

/** What people have written, word for word. */
export function TextList({ pages, isBusy = false, onHide }: Props) {
  const { answers: read, cursor, problem, ...view } = useStore(pages.view);
  // What was taken out is shown to whoever may put it back, and to nobody else.
  const answers = onHide ? read : read?.filter(({ hidden }) => !hidden);
  return (
    <div class="texts">
      {answers?.length === 0 && <p class="soft">{words.nothing}</p>}
      {answers !== undefined && answers.length > 0 && (
        <ul class="text-list" aria-label={words.title}>
          {answers.map((answer) => (
            <li key={String(answer.number)} class={answer.hidden ? "text out" : "text"}>
              <FoldedText text={answer.value} />
              {onHide && (
                <button
                  type="button"
                  class="small"
                  disabled={isBusy}
                  aria-label={words.of(nameAction(answer), answer.value.slice(0, SPOKEN))}
                  onClick={() => onHide(answer)}
                >
                  {nameAction(answer)}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Problem>{problem}</Problem>
      {(cursor !== undefined || (problem !== undefined && answers === undefined)) && (
        <button
          type="button"
          class="small"
          disabled={view.isBusy}
          onClick={() => void (answers === undefined ? pages.load() : pages.more())}
        >
          {answers === undefined ? words.again : words.more}
        </button>
      )}
    </div>
  );
}

const nameAction = ({ hidden }: TextAnswer): string => (hidden ? words.putBack : words.takeOut);
