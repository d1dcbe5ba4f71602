import { useEffect, useRef } from "hono/jsx/dom";
import { pages as words } from "../words/en.ts";

interface Props {
  readonly title: string;
  readonly text?: string;
  /** What the button says that does it. */
  readonly confirm: string;
  readonly problem: string | undefined;
  readonly isBusy: boolean;
  /** Whether there is nothing left to say before it may be done. */
  readonly isReady?: boolean;
  readonly onConfirm: () => unknown;
  readonly onClose: () => void;
  readonly children?: unknown;
}

/** A question before something is done that can't be undone, or not easily. What has begun can't be left by a key. */
export function Ask({ title, text, confirm, problem, isBusy, isReady = true, onConfirm, ...rest }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Whoever asked for it goes on from where they were.
    return () => shown?.close();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (isReady && !isBusy) void onConfirm();
  };
  const cancel = (event: Event) => isBusy && event.preventDefault();
  return (
    <dialog ref={dialog} aria-labelledby="question" onClose={rest.onClose} onCancel={cancel}>
      <form onSubmit={submit}>
        <h2 id="question">{title}</h2>
        {text !== undefined && <p>{text}</p>}
        {rest.children}
        <p class="problem" role="alert">
          {problem}
        </p>
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()} disabled={isBusy}>
            {words.cancel}
          </button>
          <button type="submit" class="danger" disabled={!isReady || isBusy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
