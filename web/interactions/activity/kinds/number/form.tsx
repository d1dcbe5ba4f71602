import { useState } from "hono/jsx/dom";
import { number } from "../../../../../shared/interactions/activity/kinds/number/number.ts";
import { formatNumber } from "../../number-text.ts";
import type { Asked, KindForm } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { readNumber } from "./read-number.ts";
import { numberResult } from "./result.tsx";
import { words } from "./words/en/form.ts";

type NumberActivity = ActivityOf<"number">;

/** A field for a number: read as people write numbers, and shown again as it was understood. */
export const numberForm: KindForm<NumberActivity> = {
  Form({ activity, answer, draft, keepDraft, send }: Asked<NumberActivity>) {
    const [changed, setChanged] = useState(typeof draft === "string" ? draft : undefined);
    const [isWrong, setWrong] = useState(false);
    const { min, step } = activity;
    const isWhole = Number.isInteger(step) && Number.isInteger(min ?? 0);
    const text = changed ?? (typeof answer === "number" ? String(answer) : "");
    const range = describeRange(activity);
    const change = (next: string) => {
      setChanged(next);
      keepDraft(next);
      setWrong(false);
    };
    const submit = (event: Event) => {
      event.preventDefault();
      const typed = readNumber(text, isWhole);
      const value = typed === undefined ? undefined : number.accept(activity, typed);
      setWrong(value === undefined);
      if (value === undefined) return;
      // It is done: the keyboard goes, and what it has hidden can be seen.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      setChanged(undefined);
      send(value);
    };
    return (
      <form class="number-form" onSubmit={submit}>
        <label for="answer-number" class={range === "" ? "visually-hidden" : "question-hint"}>
          {range === "" ? words.label : range}
        </label>
        <div class="field-row">
          {(min === undefined || min < 0) && (
            // Keyboards for numbers have no minus.
            <button
              type="button"
              class="sign"
              aria-label={words.minus}
              onClick={() => change(text.startsWith("-") ? text.slice(1) : `-${text}`)}
            >
              ±
            </button>
          )}
          <input
            id="answer-number"
            type="text"
            dir="ltr"
            inputmode={isWhole ? "numeric" : "decimal"}
            enterkeyhint="send"
            autocomplete="off"
            maxlength={40}
            value={text}
            aria-invalid={isWrong ? "true" : "false"}
            aria-describedby="answer-problem"
            onInput={(event: Event) => event.target instanceof HTMLInputElement && change(event.target.value)}
          />
          <button type="submit" class="primary" disabled={text.trim() === "" || changed === undefined}>
            {words.send}
          </button>
        </div>
        <p id="answer-problem" class="problem" role="alert">
          {isWrong && words.wrong(range)}
        </p>
      </form>
    );
  },
  describe: (_, value) => (typeof value === "number" ? formatNumber(value) : ""),
  Drawing: numberResult.Drawing,
};

function describeRange({ min, max, step }: NumberActivity): string {
  const range =
    min !== undefined && max !== undefined
      ? words.between(formatNumber(min), formatNumber(max))
      : min !== undefined
        ? words.atLeast(formatNumber(min))
        : max !== undefined
          ? words.atMost(formatNumber(max))
          : "";
  const steps = step === 1 ? words.whole : words.steps(formatNumber(step));
  return range === "" ? "" : `${range}, ${steps}`;
}
