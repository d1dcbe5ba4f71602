import type { Schema } from "./description.ts";
import { writeType } from "./type-text.ts";

/** A type as text; names of other schemas lead to them. */
export function TypeView({ schema }: { schema: Schema }) {
  return (
    <pre tabindex={0}>
      <code>
        {writeType(schema).map(({ text, name }) =>
          name === undefined ? text : <a href={`#${name}`}>{text}</a>,
        )}
      </code>
    </pre>
  );
}
