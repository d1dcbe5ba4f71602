import type { RefObject } from "hono/jsx/dom";

interface Props {
  readonly label: string;
  readonly text: string;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** A text to read and to copy: whoever comes to it has all of it selected. */
export const ReadOnlyField = ({ label, text, field }: Props) => (
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
);
