import { useMemo, useState } from "hono/jsx/dom";
import { Dialog } from "../../ui/dialog.tsx";
import { Problem } from "../../ui/problem.tsx";
import { submitOnCommand } from "../../ui/submit-on-command.ts";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import { createActivityId } from "./activity-id.ts";
import { AskFields, readAsked } from "./ask-fields.tsx";
import { ClearButton, readSubmission } from "./clear-button.tsx";
import type { KindAsk } from "./kinds/ask.ts";
import type { LiveActivities } from "./live-activities.ts";
import { stage } from "./words/en/stage.ts";

const words = stage.ask;

/** An activity is made and opened in front of the room: what is asked, Enter, and it is on every phone. */
export function AskDialog({ stage, live, kind }: { stage: Stage; live: LiveActivities; kind: KindAsk }) {
  const { isBusy, problem } = useStore(stage.action);
  const [wrong, setWrong] = useState("");
  const id = useMemo(createActivityId, []);
  const submit = (event: Event) => {
    event.preventDefault();
    const submission = readSubmission(event);
    if (!submission || isBusy) return;
    const { fields, clear } = submission;
    const asked = readAsked(kind, fields);
    setWrong(typeof asked === "string" ? asked : "");
    if (typeof asked !== "string") void live.ask(id, { ...asked, clear });
  };
  return (
    <Dialog
      class="ask"
      title={kind.name}
      close={words.close}
      isBusy={isBusy}
      onClose={() => stage.ask(undefined)}
    >
      <form onSubmit={submit} onKeydown={submitOnCommand}>
        <AskFields kind={kind} />
        <Problem>{wrong || problem}</Problem>
        <div class="buttons">
          <button type="submit" class="primary" disabled={isBusy}>
            {words.open}
          </button>
          <ClearButton stage={stage} live={live} id={id} />
        </div>
      </form>
    </Dialog>
  );
}
