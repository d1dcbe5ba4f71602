import { pages as words } from "../words/en.ts";
import { Dialog } from "./dialog.tsx";
import { Problem } from "./problem.tsx";
import { whileBusy } from "./while-busy.ts";

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

/** A question before something is done that can't be undone, or not easily. */
export function Ask({ title, text, confirm, problem, isBusy, isReady = true, ...rest }: Props) {
  const submit = (event: Event) => {
    event.preventDefault();
    if (isReady && !isBusy) void rest.onConfirm();
  };
  return (
    <Dialog title={title} isBusy={isBusy} onClose={rest.onClose}>
      <form onSubmit={submit}>
        {text !== undefined && <p>{text}</p>}
        {rest.children}
        <Problem>{problem}</Problem>
        <div class="buttons">
          <button type="button" onClick={() => isBusy || rest.onClose()} {...whileBusy(isBusy)}>
            {words.cancel}
          </button>
          <button type="submit" class="danger" disabled={!isReady} {...whileBusy(isBusy)}>
            {confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
