import { useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import { phone as words } from "../words/en/phone.ts";

interface Props {
  readonly id: string;
  readonly text: string;
}

/** What somebody has written, as text and nothing else: a long one is folded after six lines. */
export function LongText({ id, text }: Props) {
  const paragraph = useRef<HTMLParagraphElement>(null);
  const [isLong, setLong] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = paragraph.current;
    if (!element) return;
    const measure = () => {
      // One that is open has room for all of itself.
      if (element.classList.contains("folded")) setLong(element.scrollHeight > element.clientHeight + 1);
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [text]);
  return (
    <>
      <p id={id} ref={paragraph} dir="auto" class={isOpen ? "long-text" : "long-text folded"}>
        {text}
      </p>
      {isLong && (
        <button
          type="button"
          class="quiet"
          aria-expanded={isOpen ? "true" : "false"}
          aria-controls={id}
          aria-describedby={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? words.list.less : words.list.all}
        </button>
      )}
    </>
  );
}
