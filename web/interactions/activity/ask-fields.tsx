import type { NewActivity } from "../../../shared/interactions/activity/activity.ts";
import type { ActivityShow } from "../../../shared/interactions/activity/definition.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { type KindAsk, readField } from "./kinds/ask.ts";
import { stage } from "./words/en/stage.ts";

const words = stage.ask;

const SHOWS = ["live", "closed", "host"] as const satisfies readonly ActivityShow[];

/** What an activity of a kind asks, and what few need behind a line: the fields of a form around it. */
export const AskFields = ({ kind }: { kind: KindAsk }) => (
  <>
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
  </>
);

/** What was typed into them; or what is wrong with it, in words. */
export function readAsked(kind: KindAsk, fields: FormData): NewActivity | string {
  const prompt = readField(fields, "prompt");
  const asked = prompt === "" ? words.noPrompt : kind.read(prompt, fields);
  if (typeof asked === "string") return asked;
  const show = SHOWS.find((show) => show === fields.get("show")) ?? kind.show;
  const seconds = Number(readField(fields, "seconds"));
  return { ...asked, show, ...(seconds > 0 && { seconds }) };
}
