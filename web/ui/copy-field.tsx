import { useRef, useState } from "hono/jsx/dom";
import { pages as words } from "../words/en.ts";

/** A text to hand on, with a button that copies it. Give it its text as `key`: another text is another field. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<string>("");
  const copy = async () => {
    field.current?.select();
    setTold((await copyText(text)) ? words.copied : words.notCopied);
  };
  return (
    <div class="copy">
      <label>
        {label}
        <input
          ref={field}
          readonly
          dir="ltr"
          value={text}
          spellcheck={false}
          onFocus={() => field.current?.select()}
        />
      </label>
      <button type="button" onClick={copy}>
        {words.copy}
      </button>
      <p class="soft" role="status">
        {told}
      </p>
    </div>
  );
}

/** The clipboard is closed to pages without https, such as a laptop's in a hotel's network: then by the selection. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
