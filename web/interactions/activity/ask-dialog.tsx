import { useMemo, useState } from "hono/jsx/dom";
import type { ActivityShow } from "../../../shared/interactions/activity/definition.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Problem } from "../../ui/problem.tsx";
import { submitOnCommand } from "../../ui/submit-on-command.ts";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import { ClearButton, readSubmission } from "./clear-button.tsx";
import { type KindAsk, readField } from "./kinds/ask.ts";
import { createActivityId, type LiveActivities } from "./live-activities.ts";
import { stage } from "./words/en/stage.ts";

const words = stage.ask;

const SHOWS = ["live", "closed", "host"] as const satisfies readonly ActivityShow[];

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
    const prompt = readField(fields, "prompt");
    const asked = prompt === "" ? words.noPrompt : kind.read(prompt, fields);
    setWrong(typeof asked === "string" ? asked : "");
    if (typeof asked === "string") return;
    const show = SHOWS.find((show) => show === fields.get("show")) ?? kind.show;
    const seconds = Number(readField(fields, "seconds"));
    void live.ask(id, { ...asked, show, clear, ...(seconds > 0 && { seconds }) });
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
        <label>
          {words.prompt}
          <input
            name="prompt"
            dir="auto"
            autofocus
            required
            maxlength={LIMITS.promptLength}
            placeholder={kind.example}
            autocomplete="off"
          />
        </label>
        <kind.Fields />
        <details>
          <summary>{words.more}</summary>
          <div class="more">
            {kind.More && <kind.More />}
            <label>
              {words.show}
              <select name="show">
                {SHOWS.map((show) => (
                  <option key={show} value={show} selected={show === kind.show}>
                    {words.shows[show]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.seconds}
              <select name="seconds">
                <option value="">{words.never}</option>
                {Object.entries(words.after).map(([seconds, name]) => (
                  <option key={seconds} value={seconds}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </details>
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
