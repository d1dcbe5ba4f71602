import { nameOf, type Schema } from "./description.ts";

/** A piece of a type as it is written; `name`: it is that of a schema, which has a place of its own on the page. */
export interface Piece {
  readonly text: string;
  readonly name?: string;
}

const INDENT = "  ";

/** A schema in the notation of TypeScript, which most people who read it know; what that can't say stands behind it. */
export function writeType(schema: Schema, indent = ""): Piece[] {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref);
    return [{ text: name, name }];
  }
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum) return [{ text: schema.enum.map((one) => JSON.stringify(one)).join(" | ") }];
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return joinTypes(either, " | ", indent);
  if (schema.allOf) return joinTypes(schema.allOf, " & ", indent);
  if (schema.type === "object" || schema.properties) return writeObject(schema, indent);
  if (schema.prefixItems)
    return [{ text: "[" }, ...joinTypes(schema.prefixItems, ", ", indent), { text: "]" }];
  if (schema.type === "array") {
    const each = writeType(schema.items ?? {}, indent);
    const isPlain = schema.items?.$ref !== undefined || /^\w+$/.test(each.map(({ text }) => text).join(""));
    return isPlain ? [...each, { text: "[]" }] : [{ text: "(" }, ...each, { text: ")[]" }];
  }
  if (schema.type === "integer") return [{ text: "number" }];
  return [{ text: schema.type ?? "unknown" }];
}

function writeObject(
  { properties = {}, required = [], additionalProperties }: Schema,
  indent: string,
): Piece[] {
  const inner = indent + INDENT;
  const named = Object.entries(properties).flatMap(([name, schema]): Piece[] => [
    { text: `${inner}${name}${required.includes(name) ? "" : "?"}: ` },
    ...writeType(schema, inner),
    { text: `;${comment(schema)}\n` },
  ]);
  if (typeof additionalProperties === "object") {
    named.push({ text: `${inner}[name: string]: ` }, ...writeType(additionalProperties, inner), {
      text: ";\n",
    });
  }
  if (named.length === 0) return [{ text: "{}" }];
  return [{ text: "{\n" }, ...named, { text: `${indent}}` }];
}

const joinTypes = (schemas: readonly Schema[], by: string, indent: string): Piece[] =>
  schemas.flatMap((schema, index) => [...(index > 0 ? [{ text: by }] : []), ...writeType(schema, indent)]);

const comment = (schema: Schema): string => {
  const said = listBounds(schema).join(", ");
  return said === "" ? "" : ` // ${said}`;
};

/** What a type does not say of what it takes. */
export function listBounds(schema: Schema): string[] {
  const { type, format, pattern, minLength, maxLength, minItems, maxItems, exclusiveMinimum, description } =
    schema;
  const said: string[] = [];
  if (type === "integer") said.push("whole");
  said.push(...writeRange(schema.minimum, schema.maximum, ""));
  if (exclusiveMinimum !== undefined) said.push(`more than ${exclusiveMinimum}`);
  said.push(...writeRange(minLength, maxLength, " characters"), ...writeRange(minItems, maxItems, " items"));
  if (format !== undefined) said.push(format);
  else if (pattern !== undefined) said.push(pattern);
  if (schema.default !== undefined) said.push(`default ${JSON.stringify(schema.default)}`);
  if (description !== undefined) said.push(description);
  return said;
}

function writeRange(least: number | undefined, most: number | undefined, what: string): string[] {
  const [from, to] = [least, most].map((one) => one?.toLocaleString("en"));
  if (from !== undefined && to !== undefined) return [`${from}–${to}${what}`];
  if (to !== undefined) return [`up to ${to}${what}`];
  return from !== undefined ? [`${from}${what} or more`] : [];
}
