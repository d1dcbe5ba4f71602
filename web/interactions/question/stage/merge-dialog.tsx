import { useState } from "hono/jsx/dom";
import { Dialog } from "../../../ui/dialog.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { useStore } from "../../../ui/use-store.ts";
import { isForRoom } from "../board.tsx";
import { stage as allWords } from "../words/en/stage.ts";
import { listAlike } from "./alike.ts";
import type { DialogProps } from "./section-props.ts";

const words = allWords.askMerge;

/** More are no help: some of the words find it. */
const MOST = 30;

/** The question that asks the same is picked: those that are most alike come first. */
export function MergeDialog({ stage, live, desk, question }: DialogProps) {
  const { questions } = useStore(live.view);
  const { isBusy, problem } = useStore(stage.action);
  const [searched, setSearched] = useState("");
  const others = questions.filter((other) => other.id !== question.id && isForRoom(other));
  const found = listAlike(question, others, searched);
  const merge = async (mergedInto: string) => {
    if (!(await desk.change(question.id, { mergedInto }))) return;
    stage.ask(undefined);
    desk.focus();
  };
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) setSearched(target.value);
  };
  return (
    <Dialog
      class="ask"
      title={words.title}
      close={words.close}
      isBusy={isBusy}
      onClose={() => stage.ask(undefined)}
    >
      <p class="question-quoted" dir="auto">
        {question.text}
      </p>
      <p class="soft">{words.text}</p>
      <label>
        {words.find}
        <input type="search" dir="auto" autocomplete="off" onInput={onInput} />
      </label>
      <Problem>{problem}</Problem>
      {found.length === 0 && <p role="status">{words.none}</p>}
      <ul class="question-targets">
        {found.slice(0, MOST).map(({ id, text, votes }) => (
          <li key={id}>
            <button type="button" disabled={isBusy} onClick={() => void merge(id)}>
              <span dir="auto">{text}</span>
              <span class="soft">{allWords.votes(votes)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > MOST && <p class="soft">{words.more(found.length - MOST)}</p>}
    </Dialog>
  );
}
