import { useEffect, useRef, useState } from "hono/jsx/dom";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { ownName as words } from "../words/en/own-name.ts";
import { getField } from "./field.ts";
import type { OwnName } from "./own-name.ts";
import { useStore } from "./use-store.ts";

interface Props {
  readonly own: OwnName;
  /** What it is wanted for. */
  readonly place?: "rankings" | "questions";
  /** Has a screen reader say it. */
  readonly announce: (text: string) => void;
}

/** A line that says what somebody is called, and a small form to change it: nobody has to. own-name.css has its look. */
export function OwnNameField({ own, place = "rankings", announce }: Props) {
  const { name, isOff } = useStore(own.view);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // Whoever is done goes on where they began.
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (isOff) {
    return (
      <p class="own-name" role="alert">
        {words.off}
      </p>
    );
  }
  if (isOpen) return <NameForm own={own} place={place} announce={announce} onDone={() => setOpen(false)} />;
  return (
    <p class="own-name">
      <span>
        {name === undefined ? (
          words.unnamed[place]
        ) : (
          <>
            {words.named[place]}
            <bdi class="own-name-said">{name}</bdi>
          </>
        )}
      </span>
      <button ref={button} type="button" class="small" onClick={() => setOpen(true)}>
        {name === undefined ? words.give : words.change}
      </button>
    </p>
  );
}

function NameForm({ own, place, announce, onDone }: Required<Props> & { onDone: () => void }) {
  const { name, problem, isBusy } = useStore(own.view);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const close = () => {
    own.forgive();
    onDone();
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const text = getField(event, "name")?.value.trim() ?? "";
    if (text === (name ?? "")) return close();
    if (text === "") return own.forgive(words.stays);
    if (!(await own.set(text))) return field.current?.focus();
    announce(words.saved[place](text));
    onDone();
  };
  return (
    <form class="own-name-form" onSubmit={(event: Event) => void submit(event)}>
      <label for="own-name">{words.label}</label>
      <p id="own-name-hint" class="own-name-hint">
        {words.hint[place]}
      </p>
      <input
        ref={field}
        id="own-name"
        name="name"
        dir="auto"
        autocomplete="nickname"
        spellcheck={false}
        enterkeyhint="done"
        maxlength={2 * LIMITS.personNameLength}
        value={name ?? ""}
        aria-invalid={problem === undefined ? "false" : "true"}
        aria-describedby="own-name-hint own-name-problem"
      />
      <p id="own-name-problem" class="problem" role="alert">
        {problem}
      </p>
      <div class="own-name-buttons">
        <button type="submit" class="primary" disabled={isBusy}>
          {words.save}
        </button>
        <button type="button" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
