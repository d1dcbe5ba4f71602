import { useRef, useState } from "hono/jsx/dom";
import type { Flow } from "../../shared/protocol/flow.ts";
import { submitOnCommand } from "../ui/submit-on-command.ts";
import { useStore } from "../ui/use-store.ts";
import { whileBusy } from "../ui/while-busy.ts";
import { automations } from "../words/en.ts";
import type { FlowList } from "./flow-list.ts";
import { printFlow } from "./flow-text.ts";

const words = automations.json;

interface Props {
  readonly flows: FlowList;
  /** The one that is changed; `undefined`: some are brought along. */
  readonly flow: Flow | undefined;
}

/** Flows as they are written, from a file, the clipboard, or by hand. What is wrong with them is told place by place. */
export function JsonForm({ flows, flow }: Props) {
  const { isBusy, issues } = useStore(flows.view);
  const text = useRef<HTMLTextAreaElement>(null);
  const keep = (written: string) => void flows.drafts.texts.set(flow?.id, written);
  const fill = (read: string) => {
    if (text.current) text.current.value = read;
    keep(read);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isBusy) void flows.saveText(text.current?.value ?? "");
  };
  return (
    <form noValidate onSubmit={submit} onKeydown={submitOnCommand}>
      <p class="soft">{flow ? words.ownText : words.text}</p>
      {!flow && <FileButton onText={fill} />}
      <label>
        {words.field}
        <textarea
          ref={text}
          class="json"
          dir="ltr"
          rows={14}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="none"
          aria-describedby={issues.length > 0 ? "issues" : undefined}
          onInput={(event: Event) => event.target instanceof HTMLTextAreaElement && keep(event.target.value)}
        >
          {flows.drafts.texts.get(flow?.id) ?? (flow ? printFlow(flow) : "")}
        </textarea>
      </label>
      {issues.length > 0 && (
        <div id="issues" class="problem">
          <p>{words.issues}</p>
          <ul>
            {issues.map(({ which, path, message }) => (
              <li key={`${which} ${path} ${message}`}>{words.issue(which, path, message)}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="buttons">
        <button type="submit" class="primary" {...whileBusy(isBusy)}>
          {automations.save}
        </button>
      </div>
    </form>
  );
}

/** Reads a file into the field, where it can be looked at before it is saved. */
function FileButton({ onText }: { onText: (text: string) => unknown }) {
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState("");
  const pick = async () => {
    const input = field.current;
    const [file] = input?.files ?? [];
    // The same file may be picked once more, such as after it was mended.
    if (input) input.value = "";
    if (!file) return;
    const read = file.size > MOST_BYTES ? undefined : await file.text().catch(() => undefined);
    setProblem(read === undefined ? words.notRead : "");
    if (read !== undefined) onText(read);
  };
  return (
    <div class="file">
      <button type="button" class="small" onClick={() => field.current?.click()}>
        {words.file}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={words.file}
        onChange={pick}
      />
      <span class="problem" role="alert">
        {problem}
      </span>
    </div>
  );
}

/** More than any file of flows holds that is taken. */
const MOST_BYTES = 1024 * 1024;
