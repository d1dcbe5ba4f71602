import { useEffect, useRef, useState } from "hono/jsx/dom";
import { results as words } from "../words/en.ts";
import type { Room } from "./room.ts";
import { view as store, type View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly room: Room;
}

const close = () => {
  if (!store.get().isBusy) store.set({ question: undefined, problem: undefined });
};

/** What is asked before something is done that can't be undone. */
export function Questions({ view, room }: Props) {
  if (view.question === "end") return <AskEnd view={view} room={room} />;
  return view.question === "delete" ? <AskDelete view={view} room={room} /> : null;
}

function AskEnd({ view, room }: Props) {
  const [isOpen, setOpen] = useState(view.isPublic);
  const { title, text, open, confirm } = words.askEnd;
  return (
    <Ask view={view} title={title} text={text} confirm={confirm} onConfirm={() => room.end(isOpen)}>
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
  const { title, text, word, type, confirm } = words.askDelete;
  const onInput = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) setTyped(target.value);
  };
  return (
    <Ask
      view={view}
      title={title}
      text={text}
      confirm={confirm}
      isReady={typed.trim().toLowerCase() === word}
      onConfirm={() => room.eraseAll()}
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

interface AskProps {
  readonly view: View;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly isReady?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly children?: unknown;
}

function Ask({ view, title, text, confirm, isReady = true, onConfirm, children }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (isReady && !view.isBusy) void onConfirm();
  };
  // What is being deleted can't be left by the escape key.
  const cancel = (event: Event) => view.isBusy && event.preventDefault();
  return (
    <dialog ref={dialog} aria-labelledby="question" onClose={close} onCancel={cancel}>
      <form onSubmit={submit}>
        <h2 id="question">{title}</h2>
        <p>{text}</p>
        {children}
        <p class="problem" role="alert">
          {view.problem}
        </p>
        <div class="buttons">
          <button type="button" onClick={close} disabled={view.isBusy}>
            {words.cancel}
          </button>
          <button type="submit" class="danger" disabled={!isReady || view.isBusy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
