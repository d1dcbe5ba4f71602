import { useEffect, useRef } from "hono/jsx/dom";
import { type Blank, listBlanks } from "../../shared/protocol/flow-recipes.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { submitOnCommand } from "../ui/submit-on-command.ts";
import { useStore } from "../ui/use-store.ts";
import { whileBusy } from "../ui/while-busy.ts";
import { flows as sentences, automations as words } from "../words/en.ts";
import { BlankField } from "./blank-field.tsx";
import type { FlowList, Screen } from "./flow-list.ts";
import { splitSentence } from "./split-sentence.ts";

interface Props {
  readonly flows: FlowList;
  readonly screen: Extract<Screen, { is: "recipe" }>;
}

/** A sentence with fields in its blanks: what is wrong in one is told at it. */
export function RecipeForm({ flows, screen: { recipe, name, texts } }: Props) {
  const { isBusy, wrong } = useStore(flows.view);
  const form = useRef<HTMLFormElement>(null);
  const blanks = new Map(listBlanks(recipe).map((blank) => [blank.name, blank]));
  const { sentence } = sentences.recipes[recipe];
  useEffect(() => {
    if (wrong.size > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);
  const read = (): [name: string, texts: ReadonlyMap<string, string>] => {
    const fields = new FormData(form.current ?? undefined);
    const readField = (field: string) => String(fields.get(field) ?? "").trim();
    return [readField("name"), new Map([...blanks.keys()].map((blank) => [blank, readField(blank)]))];
  };
  const keep = () => flows.keepRecipe(...read());
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isBusy) void flows.saveRecipe(...read());
  };
  const field = (blank: Blank) => (
    <BlankField
      key={blank.name}
      blank={blank}
      text={texts.get(blank.name) ?? ""}
      problem={wrong.get(blank.name)}
      activities={flows.activities}
    />
  );
  return (
    <form ref={form} noValidate onSubmit={submit} onInput={keep} onKeydown={submitOnCommand}>
      <fieldset class="sentence">
        <legend class="visually-hidden">{sentence.replace(/\{\w+\}/g, "…")}</legend>
        {splitSentence(sentence).map((part) => {
          if ("text" in part) return <span aria-hidden="true">{part.text}</span>;
          const blank = blanks.get(part.blank);
          return blank && field(blank);
        })}
      </fieldset>
      {blanks.has("activity") && flows.activities.length === 0 && <p class="warn">{words.nothingAsked}</p>}
      <label>
        {words.name}
        <input
          name="name"
          dir="auto"
          maxlength={LIMITS.nameLength}
          value={name}
          autocomplete="off"
          aria-invalid={wrong.has("name") ? "true" : undefined}
          aria-describedby={wrong.has("name") ? "wrong-name" : undefined}
        />
        {wrong.has("name") && (
          <span id="wrong-name" class="problem">
            {wrong.get("name")}
          </span>
        )}
      </label>
      <div class="buttons">
        <button type="submit" class="primary" {...whileBusy(isBusy)}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
