import { useRef, useState } from "hono/jsx/dom";
import { pages as words } from "../words/en.ts";
import { copyText } from "./copy-text.ts";
import { ReadOnlyField } from "./read-only-field.tsx";

/** A text to hand on, with a button that copies it. Give it its text as `key`: another text is another field. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<string>("");
  const copy = async () => {
    setTold((await copyText(text, field.current)) ? words.copied : words.notCopied);
  };
  return (
    <div class="copy">
      <ReadOnlyField label={label} text={text} field={field} />
      <button type="button" onClick={copy}>
        {words.copy}
      </button>
      <p class="soft" role="status">
        {told}
      </p>
    </div>
  );
}
