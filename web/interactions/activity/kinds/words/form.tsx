import { useEffect, useRef, useState } from "hono/jsx/dom";
import { foldWord, WORD_LENGTH } from "../../../../../shared/interactions/activity/kinds/words/words.ts";
import type { AnswerValue } from "../../../../../shared/interactions/activity/tally.ts";
import { hasAtMost, isPlainKey } from "../../../../../shared/protocol/text.ts";
import { type Asked, type KindForm, readTexts } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { WordChips } from "./word-chips.tsx";
import { words } from "./words/en/form.ts";

type Words = ActivityOf<"words">;

/** A field, and a chip for each word. Each word is sent as it is added, unless they can't be changed afterwards. */
export const wordsForm: KindForm<Words> = {
  Form({ activity, answer, draft, keepDraft, send, announce }: Asked<Words>) {
    const { words: most, change } = activity;
    const [collected, setCollected] = useState<AnswerValue | undefined>(change ? undefined : draft);
    const [text, setText] = useState(typeof draft === "string" ? draft : "");
    const [problem, setProblem] = useState("");
    const field = useRef<HTMLInputElement>(null);
    const own = readTexts(collected ?? answer);
    const isFull = own.length >= most;
    const wasFull = useRef(isFull);
    useEffect(() => {
      // Where a word was removed, its button is gone, and there is room for another one.
      if (wasFull.current && !isFull) field.current?.focus();
      wasFull.current = isFull;
    }, [isFull]);
    const adopt = (next: readonly string[]) => {
      if (change) send(next.length > 0 ? next : null);
      else {
        setCollected(next);
        keepDraft(next);
      }
    };
    const add = (event: Event) => {
      event.preventDefault();
      const word = foldWord(text);
      const wrong = findProblem(word, own);
      setProblem(wrong);
      if (wrong !== "") return;
      setText("");
      adopt([...own, word]);
      announce(words.added(word, most - own.length - 1));
    };
    const remove = (word: string) => {
      setProblem("");
      adopt(own.filter((other) => other !== word));
      announce(words.removed(word));
    };
    const type = (next: string) => {
      setText(next);
      setProblem("");
      if (change) keepDraft(next);
    };
    return (
      <div class="words-form">
        {!change && <p class="question-hint">{words.final}</p>}
        {isFull ? (
          <p class="question-hint words-full">{words.full(most)}</p>
        ) : (
          <form onSubmit={add}>
            <label for="answer-word" class="question-hint">
              {words.label(most)}
            </label>
            <div class="field-row">
              <input
                id="answer-word"
                ref={field}
                type="text"
                dir="auto"
                enterkeyhint={most === 1 ? "send" : "done"}
                autocomplete="off"
                maxlength={4 * WORD_LENGTH}
                value={text}
                aria-invalid={problem === "" ? "false" : "true"}
                aria-describedby="answer-problem"
                onInput={(event: Event) =>
                  event.target instanceof HTMLInputElement && type(event.target.value)
                }
              />
              <button type="submit" class="primary" disabled={text.trim() === ""}>
                {change && most === 1 ? words.send : words.add}
              </button>
            </div>
          </form>
        )}
        <p id="answer-problem" class="problem" role="alert">
          {problem}
        </p>
        <ul class="chips own" aria-label={words.yours}>
          {own.map((word) => (
            <li key={word} class="chip">
              <bdi>{word}</bdi>
              <button
                type="button"
                class="chip-remove"
                aria-label={words.remove(word)}
                onClick={() => remove(word)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        {!change && (
          <button type="button" class="primary" disabled={own.length === 0} onClick={() => send(own)}>
            {words.send}
          </button>
        )}
      </div>
    );
  },
  describe: (_, value) => readTexts(value).join(", "),
  Drawing: ({ tally }) => <WordChips counts={tally.counts} />,
};

function findProblem(word: string, own: readonly string[]): string {
  if (word === "") return words.none;
  if (own.includes(word)) return words.known;
  return hasAtMost(word, WORD_LENGTH) && isPlainKey(word) ? "" : words.long;
}
