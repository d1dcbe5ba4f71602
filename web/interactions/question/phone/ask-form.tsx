import { useEffect, useRef } from "hono/jsx/dom";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import type { OwnName } from "../../../ui/own-name.ts";
import { OwnNameField } from "../../../ui/own-name-field.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { useStore } from "../../../ui/use-store.ts";
import { phone as words } from "../words/en/phone.ts";
import { type Asking, canSend, countLeft } from "./asking.ts";

/** From here on it is said how much room there is. */
const NEAR = 100;

interface Props {
  readonly asking: Asking;
  readonly rule: QuestionRule;
  readonly name: OwnName;
  readonly announce: (text: string) => void;
  /** It is on its way. */
  readonly onSent: () => void;
}

/** A field for one's question. */
export function AskForm({ asking, rule, name: own, announce, onSent }: Props) {
  const { text, withName, problem } = useStore(asking.view);
  const { name } = useStore(own.view);
  const form = useRef<HTMLFormElement>(null);
  const isOff = rule === "off";
  const left = countLeft(text);
  const isOver = left < 0;
  useEffect(() => {
    // Once, and not with every letter.
    if (isOver) announce(words.ask.over(-left));
  }, [isOver]);
  // What somebody has written stays before their eyes.
  if (isOff && text === "") return <p class="ask-hint">{words.ask.off}</p>;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isOff && asking.send(name !== undefined && withName)) onSent();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <div class="asking">
      <form class="ask" ref={form} onSubmit={submit}>
        <label for="ask-text">{words.ask.label}</label>
        <textarea
          id="ask-text"
          dir="auto"
          rows={2}
          value={text}
          aria-describedby="ask-hint ask-left"
          aria-invalid={isOver ? "true" : "false"}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onInput={(event: Event) =>
            event.target instanceof HTMLTextAreaElement && asking.type(event.target.value)
          }
          onKeydown={press}
        />
        <Problem>{problem}</Problem>
        {name !== undefined && text !== "" && (
          <label class="ask-name">
            <input type="checkbox" checked={withName} onChange={() => asking.nameMe(!withName)} />
            <span>
              {words.ask.withName}
              <bdi>{name}</bdi>
            </span>
          </label>
        )}
        <div class="ask-row">
          <p id="ask-hint" class="ask-hint">
            {isOff ? words.ask.off : rule === "moderated" && words.ask.moderated}
          </p>
          <p id="ask-left" class={isOver ? "ask-left over" : "ask-left"} role="status">
            {isOver ? words.ask.over(-left) : left <= NEAR && words.ask.left(left)}
          </p>
          <button type="submit" class="primary" disabled={isOff || !canSend(text)}>
            {words.ask.send}
          </button>
        </div>
      </form>
      {name === undefined && text !== "" && !isOff && (
        <OwnNameField own={own} place="questions" announce={announce} />
      )}
    </div>
  );
}
