import { useLayoutEffect, useRef } from "hono/jsx/dom";
import { host } from "../../words/en.ts";
import { readForm } from "../form.ts";
import type { Upload } from "./upload.ts";

const words = host.decks.upload.write;

/** How somebody begins who has no file at all: a few slides and a poll are there to be changed. */
export function WriteForm({ upload }: { upload: Upload }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.value = upload.draft.get() ?? words.example;
    // Not where somebody comes back to what they have begun: they may want something else now.
    if (upload.draft.get() === undefined) area.focus();
    area.setSelectionRange(0, 0);
    area.scrollTop = 0;
  }, []);
  return (
    <form class="write" onSubmit={(event: Event) => void upload.write(readForm(event)("slides"))}>
      <label>
        {words.field}
        <textarea
          ref={field}
          name="slides"
          dir="auto"
          rows={16}
          required
          spellcheck={true}
          aria-describedby="write-hint"
          onInput={() => upload.draft.keep(field.current?.value ?? "")}
        />
      </label>
      <p id="write-hint" class="soft">
        {words.hint}
      </p>
      <div class="buttons">
        <button type="submit" class="primary">
          {words.save}
        </button>
        <button type="button" onClick={() => upload.setWriting(false)}>
          {words.close}
        </button>
      </div>
    </form>
  );
}
