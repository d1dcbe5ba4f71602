import { useState } from "hono/jsx/dom";
import { texts as words } from "./words/en/texts.ts";

/** Characters that are shown of a long text; one that is not much longer is shown whole. */
const SHOWN = 240;
const LONG = 300;

/** Somebody's words, word for word: of many, the beginning, and the rest behind a button. On paper they are whole. */
export function FoldedText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const head = findHead(text);
  if (head === text) return <p dir="auto">{text}</p>;
  return (
    <div class={isOpen ? "folded open" : "folded"}>
      <p dir="auto">
        {head}
        <span class="folded-mark" aria-hidden="true">
          …
        </span>
        <span class="folded-rest">{text.slice(head.length)}</span>
      </p>
      <button
        type="button"
        class="small"
        aria-expanded={isOpen ? "true" : "false"}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? words.less : words.all}
      </button>
    </div>
  );
}

/** The beginning of a long text, up to the end of a word where there are words; of others, all of it. */
export function findHead(text: string): string {
  const characters = [...text];
  if (characters.length <= LONG) return text;
  const head = characters.slice(0, SHOWN).join("");
  const end = head.search(/\s\S*$/);
  return end > head.length / 2 ? head.slice(0, end) : head;
}
