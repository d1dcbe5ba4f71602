import { useState } from "hono/jsx/dom";
import { Ask } from "../ui/ask.tsx";
import { results as words } from "../words/en.ts";
import type { Room } from "./room.ts";
import type { View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly room: Room;
}

/** What is asked before something is done that can't be undone. */
export function Questions({ view, room }: Props) {
  if (view.question === "end") return <AskEnd view={view} room={room} />;
  return view.question === "delete" ? <AskDelete view={view} room={room} /> : null;
}

function AskEnd({ view, room }: Props) {
  const [isOpen, setOpen] = useState(view.isPublic);
  const { open, ...question } = words.askEnd;
  return (
    <Ask
      {...question}
      problem={view.problem}
      isBusy={view.isBusy}
      onConfirm={() => room.end(isOpen)}
      onClose={() => room.ask(undefined)}
    >
      {!view.isPublic && (
        <label class="check">
          <input type="checkbox" checked={isOpen} onChange={() => setOpen((before: boolean) => !before)} />
          {open}
        </label>
      )}
    </Ask>
  );
}

function AskDelete({ view, room }: Props) {
  const [typed, setTyped] = useState("");
  const { word, type, ...question } = words.askDelete;
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) setTyped(target.value);
  };
  return (
    <Ask
      {...question}
      problem={view.problem}
      isBusy={view.isBusy}
      isReady={typed.trim().toLowerCase() === word}
      onConfirm={() => room.eraseAll()}
      onClose={() => room.ask(undefined)}
    >
      {view.left === undefined ? (
        <label>
          {type(word)}
          <input name="word" autocomplete="off" autocapitalize="none" spellcheck={false} onInput={onInput} />
        </label>
      ) : (
        <p role="status">
          {view.left.length === 0
            ? words.deleting
            : words.left(view.left.map((what) => words.leftNames[what] ?? what))}
        </p>
      )}
      {view.left !== undefined && <progress aria-label={words.deleting} />}
    </Ask>
  );
}
