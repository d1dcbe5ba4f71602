import { useEffect, useRef } from "hono/jsx/dom";

interface Props {
  readonly title: string;
  readonly class?: string;
  readonly part?: string;
  /** The name of a button in the corner that closes it. Without one, its content has a way out. */
  readonly close?: string;
  /** Whoever reads begins at the title, and again when this changes: what had the focus may be gone. */
  readonly topic?: unknown;
  /** What has begun can't be left by a key. */
  readonly isBusy?: boolean;
  readonly onClose: () => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly children?: unknown;
}

/**
 * A modal dialog, open as long as it is rendered: a key that closes it says so to whoever renders it. Whoever asked for it
 * goes on from where they were.
 */
export function Dialog({ title, close, topic, isBusy, onClose, onKey, children, ...rest }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    if (topic && dialog.current?.open) dialog.current.querySelector("h2")?.focus();
  }, [topic]);
  // Closed by itself, it would still be rendered, and stay closed when it is asked for again at that moment.
  const leave = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  const cancel = (event: Event) => {
    // A file that was not chosen after all bubbles as the same event.
    if (event.target !== dialog.current) return;
    if (isBusy) event.preventDefault();
    else leave(event);
  };
  // Closed, and rendered for a moment more, it has no keys of its own.
  const hearKey = (event: KeyboardEvent) => dialog.current?.open && onKey?.(event);
  return (
    <dialog
      {...rest}
      ref={dialog}
      aria-labelledby="dialog"
      // A browser closes it all the same at a second Escape in a row; not when it is rendered no longer.
      onClose={() => dialog.current?.isConnected && onClose()}
      onCancel={cancel}
      onKeydown={hearKey}
      onKeypress={hearKey}
    >
      <form class="heading" onSubmit={leave}>
        <h2 id="dialog" tabindex={topic === undefined ? undefined : -1}>
          {title}
        </h2>
        {close !== undefined && (
          <button type="submit" class="close" aria-label={close}>
            ×
          </button>
        )}
      </form>
      {children}
    </dialog>
  );
}
