import type { TextAnswer } from "../../../shared/interactions/activity/activity.ts";
import { Problem } from "../../ui/problem.tsx";
import { useStore } from "../../ui/use-store.ts";
import { FoldedText } from "./folded-text.tsx";
import type { TextPages } from "./text-pages.ts";
import { texts as words } from "./words/en/texts.ts";

interface Props {
  readonly pages: TextPages;
  /** Nothing is done to an answer while something else is. */
  readonly isBusy?: boolean;
  /** Whoever moderates takes a text out, and puts it back. */
  readonly onHide?: (answer: TextAnswer) => unknown;
  /** … and blocks whoever wrote it. */
  readonly onBlock?: (answer: TextAnswer) => unknown;
}

/** What people have written, word for word. */
export function TextList({ pages, isBusy = false, onHide, onBlock }: Props) {
  const { answers: read, cursor, problem, ...view } = useStore(pages.view);
  // What was taken out is shown to whoever may put it back, and to nobody else.
  const answers = onHide ? read : read?.filter(({ hidden }) => !hidden);
  const step = (name: string, answer: TextAnswer, does: (answer: TextAnswer) => unknown) => (
    <button
      type="button"
      class="small"
      disabled={isBusy}
      aria-label={words.of(name, answer.value)}
      onClick={() => does(answer)}
    >
      {name}
    </button>
  );
  return (
    <div class="texts">
      {answers?.length === 0 && <p class="soft">{words.nothing}</p>}
      {answers !== undefined && answers.length > 0 && (
        <ul class="text-list" aria-label={words.title}>
          {answers.map((answer) => (
            <li key={String(answer.number)} class={answer.hidden ? "text out" : "text"}>
              <FoldedText text={answer.value} />
              {onHide && (
                <div class="text-steps">
                  {step(nameAction(answer), answer, onHide)}
                  {onBlock && step(words.block, answer, onBlock)}
                </div>
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
