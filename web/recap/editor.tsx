import { useEffect, useRef, useState } from "hono/jsx/dom";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/problem.tsx";
import { whileBusy } from "../ui/while-busy.ts";
import { recap } from "../words/en.ts";
import { type Draft, findChanges, isChanged, type Written } from "./draft.ts";
import type { HostRecap } from "./host-recap.ts";
import type { View } from "./view.ts";

const words = recap.editor;

interface Props {
  readonly view: View;
  readonly recap: HostRecap;
  readonly draft: Draft;
}

/** Every text of the recap in a field of its own. What was counted is no text. */
export function Editor({ view: { isBusy, problem }, recap, draft }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [isLeaving, setLeaving] = useState(false);
  const isDirty = () => form.current !== null && isChanged(findChanges(draft, readForm(form.current)));
  useEffect(() => {
    // What is written is in this window alone.
    const warn = (event: BeforeUnloadEvent) => isDirty() && event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  const leave = () => {
    if (!isDirty()) return recap.closeDraft();
    setLeaving(true);
    // Some gestures close a dialog whatever it says.
    const dialog = form.current?.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  };
  const hearKey = (event: KeyboardEvent) => {
    if (event.type !== "keydown" || event.key !== "Escape") return;
    event.preventDefault();
    if (!isBusy) leave();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    setLeaving(false);
    if (form.current) void recap.save(readForm(form.current));
  };
  return (
    <Dialog title={words.title} class="editor" isBusy onClose={leave} onKey={hearKey}>
      <form ref={form} onSubmit={submit}>
        <p class="soft">{words.text}</p>
        <label>
          {words.name}
          <input
            name="title"
            dir="auto"
            maxlength={LIMITS.nameLength}
            value={draft.title}
            autocomplete="off"
          />
        </label>
        {draft.sections.map(({ id, name, text }) => (
          <label key={id}>
            <span dir="auto">{name}</span>
            <textarea name={nameField(id)} dir="auto" rows={countRows(text)}>
              {text}
            </textarea>
          </label>
        ))}
        <div class="foot">
          <Problem>{problem}</Problem>
          {isLeaving ? (
            <div class="buttons" role="alert">
              <p>{words.unsaved}</p>
              <button type="button" onClick={() => setLeaving(false)}>
                {words.keep}
              </button>
              <button type="button" class="danger" onClick={() => recap.closeDraft()}>
                {words.discard}
              </button>
            </div>
          ) : (
            <div class="buttons">
              <button type="button" {...whileBusy(isBusy)} onClick={() => isBusy || leave()}>
                {words.close}
              </button>
              <button type="submit" class="primary" {...whileBusy(isBusy)}>
                {words.save}
              </button>
            </div>
          )}
        </div>
      </form>
    </Dialog>
  );
}

/** A form's own properties, such as its `id`, can't be hidden by a field's name. */
const nameField = (section: string): string => `section ${section}`;

function readForm(form: HTMLFormElement): Written {
  const fields = new FormData(form);
  const sections = [...fields].flatMap(([name, value]) =>
    name.startsWith("section ") && typeof value === "string"
      ? [[name.slice("section ".length), value] as const]
      : [],
  );
  return { title: String(fields.get("title") ?? ""), sections: new Map(sections) };
}

/** About what the text takes, so that most of it is seen without scrolling. */
const countRows = (text: string): number => Math.min(12, Math.max(2, Math.ceil(text.length / 60) + 1));
