import { type Description, nameOf, type Schema } from "./description.ts";

type Schemas = Description["components"]["schemas"];

/** What such a value may look like: to begin with, for whoever writes one. Only what has to be there is in it. */
export function createExample(schema: Schema, schemas: Schemas): unknown {
  if (schema.$ref !== undefined) return createExample(schemas[nameOf(schema.$ref)] ?? {}, schemas);
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return createExample(first, schemas);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => createExample(one, schemas)));
  if (schema.prefixItems) return schema.prefixItems.map((one) => createExample(one, schemas));
  switch (schema.type) {
    case "object":
      return createObject(schema, schemas);
    case "array":
      return Array.from({ length: schema.minItems ?? 0 }, () => createExample(schema.items ?? {}, schemas));
    case "string":
      return schema.format === "uri" ? "https://example.org/" : schema.pattern ? "" : "text";
    case "integer":
    case "number":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    default:
      return null;
  }
}

function createObject({ properties = {}, required = [] }: Schema, schemas: Schemas): object {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, createExample(properties[name] ?? {}, schemas)]));
}
