import { useState } from "hono/jsx/dom";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { submitOnCommand } from "../../../ui/submit-on-command.ts";
import { useStore } from "../../../ui/use-store.ts";
import { stage } from "../words/en/stage.ts";
import type { DialogProps } from "./section-props.ts";

const words = stage.askAnswer;

/** The host answers a question in writing, writes it anew, or takes it away. */
export function AnswerDialog({ stage, desk, question: { id, text, answer } }: DialogProps) {
  const { isBusy, problem } = useStore(stage.action);
  const [wrong, setWrong] = useState("");
  const save = async (next: string | null) => {
    if (!(await desk.change(id, { answer: next }))) return;
    stage.ask(undefined);
    desk.focus();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget ?? event.target;
    if (!(form instanceof HTMLFormElement) || isBusy) return;
    const written = String(new FormData(form).get("answer") ?? "").trim();
    setWrong(written === "" ? words.none : "");
    if (written !== "") void save(written);
  };
  return (
    <Dialog
      class="ask"
      title={words.title}
      close={words.close}
      isBusy={isBusy}
      onClose={() => stage.ask(undefined)}
    >
      <p class="question-quoted" dir="auto">
        {text}
      </p>
      <form onSubmit={submit} onKeydown={submitOnCommand}>
        <label>
          {words.label}
          <textarea name="answer" dir="auto" rows={5} autofocus maxlength={LIMITS.writtenAnswerLength}>
            {answer ?? ""}
          </textarea>
        </label>
        <Problem>{wrong || problem}</Problem>
        <div class="buttons">
          {answer !== undefined && (
            <button type="button" disabled={isBusy} onClick={() => void save(null)}>
              {words.remove}
            </button>
          )}
          <button type="submit" class="primary" disabled={isBusy}>
            {words.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
