import { type Description, nameOf, type Schema } from "./description.ts";
import { type Piece, writeType } from "./type-text.ts";

interface Props {
  readonly schema: Schema;
  /** What the name of a schema stands for is written behind it. */
  readonly schemas?: Description["components"]["schemas"];
}

/** A type as text; names of other schemas lead to them. */
export function TypeView({ schema, schemas }: Props) {
  const named = schema.$ref === undefined ? undefined : schemas?.[nameOf(schema.$ref)];
  const pieces = [...writeType(schema), ...(named ? [{ text: " " }, ...writeType(named)] : [])];
  return (
    <pre tabindex={0}>
      <code>
        {pieces.map(({ text, name }: Piece) => (name === undefined ? text : <a href={`#${name}`}>{text}</a>))}
      </code>
    </pre>
  );
}
