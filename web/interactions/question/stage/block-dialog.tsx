import { Ask } from "../../../ui/ask.tsx";
import { useStore } from "../../../ui/use-store.ts";
import { stage } from "../words/en/stage.ts";
import type { DialogProps } from "./section-props.ts";

/** Whoever asked it is blocked, unnamed as they are. */
export function BlockDialog({ stage: { action, ask }, desk, question: { id, text } }: DialogProps) {
  const confirm = async () => {
    if (!(await desk.change(id, { block: true }))) return;
    ask(undefined);
    desk.focus();
  };
  return (
    <Ask
      {...stage.askBlock}
      {...useStore(action)}
      onConfirm={() => void confirm()}
      onClose={() => ask(undefined)}
    >
      <p class="question-quoted" dir="auto">
        {text}
      </p>
    </Ask>
  );
}
