import { useState } from "hono/jsx/dom";
import type { AnswerValue } from "../../../../../shared/interactions/activity/tally.ts";
import { type Asked, type KindForm, readTexts } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { choiceResult } from "./result.tsx";
import { words } from "./words/en/form.ts";

type Choice = ActivityOf<"choice">;

/** One of several is a tap; whoever may tick more, or can't change their mind, ticks and then sends. */
export const choiceForm: KindForm<Choice> = {
  Form: (asked) =>
    asked.activity.multiple === 1 && asked.activity.change ? <Taps {...asked} /> : <Ticks {...asked} />,
  describe: ({ options }, value) =>
    options
      .filter(({ id }) => readTexts(value).includes(id))
      .map(({ text }) => text)
      .join(", "),
  Drawing: choiceResult.Drawing,
};

function Taps({ activity: { options }, answer, send }: Asked<Choice>) {
  return (
    <div class="options" dir="auto">
      {options.map(({ id, text }) => (
        <button
          key={id}
          type="button"
          class="option"
          aria-pressed={readTexts(answer).includes(id) ? "true" : "false"}
          onClick={() => send([id])}
        >
          <span class="option-mark" />
          <span class="option-text">{text}</span>
        </button>
      ))}
    </div>
  );
}

function Ticks({ activity: { options, multiple }, answer, draft, keepDraft, send }: Asked<Choice>) {
  const [changed, setChanged] = useState<AnswerValue | undefined>(draft);
  const ticked = readTexts(changed ?? answer);
  const isOne = multiple === 1;
  const tick = (id: string, isTicked: boolean) => {
    const others = isOne ? [] : ticked.filter((other) => other !== id);
    const next = isTicked ? [...others, id] : others;
    setChanged(next);
    keepDraft(next);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (ticked.length > 0) send(ticked);
  };
  return (
    <form onSubmit={submit}>
      <p class="question-hint">
        {isOne ? words.final : multiple < options.length ? words.several(multiple) : words.any}
      </p>
      <div class="options" dir="auto">
        {options.map(({ id, text }) => {
          const isTicked = ticked.includes(id);
          return (
            <label key={id} class="option">
              <input
                type={isOne ? "radio" : "checkbox"}
                name="option"
                checked={isTicked}
                disabled={!isOne && !isTicked && ticked.length >= multiple}
                onChange={(event: Event) =>
                  event.target instanceof HTMLInputElement && tick(id, event.target.checked)
                }
              />
              <span class="option-text">{text}</span>
            </label>
          );
        })}
      </div>
      <button type="submit" class="primary" disabled={ticked.length === 0 || isSame(ticked, answer)}>
        {words.send}
      </button>
    </form>
  );
}

const isSame = (ticked: readonly string[], answer: AnswerValue | undefined): boolean => {
  const before = readTexts(answer);
  return ticked.length === before.length && ticked.every((id) => before.includes(id));
};
