import { useState } from "hono/jsx/dom";
import {
  text as kind,
  OPEN_TEXT_LENGTH,
} from "../../../../../shared/interactions/activity/kinds/text/text.ts";
import type { Asked, KindForm } from "../form.ts";
import type { ActivityOf } from "../result.ts";
import { textResult } from "./result.tsx";
import { words } from "./words/en/form.ts";

type OpenText = ActivityOf<"text">;

/** A field for a sentence or a few, with how much of it is taken. */
export const textForm: KindForm<OpenText> = {
  Form({ activity, answer, draft, keepDraft, send }: Asked<OpenText>) {
    const [changed, setChanged] = useState(typeof draft === "string" ? draft : undefined);
    const sent = typeof answer === "string" ? answer : "";
    const text = changed ?? sent;
    const value = kind.accept(activity, text);
    const length = [...text.trim()].length;
    const submit = (event: Event) => {
      event.preventDefault();
      if (value === undefined) return;
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      // It stays, for the case that it is refused.
      setChanged(text);
      send(value);
    };
    const type = (next: string) => {
      setChanged(next);
      keepDraft(next);
    };
    return (
      <form class="text-form" onSubmit={submit}>
        <label for="answer-text" class="visually-hidden">
          {words.label}
        </label>
        <textarea
          id="answer-text"
          dir="auto"
          rows={4}
          value={text}
          aria-describedby="answer-used answer-problem"
          aria-invalid={length > OPEN_TEXT_LENGTH ? "true" : "false"}
          onInput={(event: Event) => event.target instanceof HTMLTextAreaElement && type(event.target.value)}
        />
        <p id="answer-problem" class="problem" role="alert">
          {length > OPEN_TEXT_LENGTH && words.long}
        </p>
        <div class="field-row">
          <p id="answer-used" class="question-hint text-used">
            <span aria-hidden="true">{words.used(length, OPEN_TEXT_LENGTH)}</span>
            <span class="visually-hidden">{words.usedSpoken(length, OPEN_TEXT_LENGTH)}</span>
            {!activity.change && ` · ${words.final}`}
          </p>
          <button type="submit" class="primary" disabled={value === undefined || value === sent}>
            {sent === "" ? words.send : words.change}
          </button>
        </div>
      </form>
    );
  },
  describe: (_, value) => (typeof value === "string" ? value : ""),
  Drawing: textResult.Drawing,
};
