import { useState } from "hono/jsx/dom";
import { Ask } from "../ui/ask.tsx";
import { AskToEnd } from "../ui/ask-to-end.tsx";
import { results as words } from "../words/en.ts";
import type { SessionResults } from "./session-results.ts";
import type { View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly session: SessionResults;
}

/** What is asked before something is done that can't be undone. */
export function Questions({ view, session }: Props) {
  if (view.question === "delete") return <AskDelete view={view} session={session} />;
  if (view.question !== "end") return null;
  return (
    <AskToEnd
      isPublic={view.isPublic}
      problem={view.problem}
      isBusy={view.isBusy}
      onEnd={(publicResults) => session.end(publicResults)}
      onClose={() => session.ask(undefined)}
    />
  );
}

function AskDelete({ view, session }: Props) {
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
      onConfirm={() => session.eraseAll()}
      onClose={() => session.ask(undefined)}
    >
      {view.left === undefined ? (
        <label>
          {type(word)}
          <input
            name="word"
            dir="auto"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            onInput={onInput}
          />
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
