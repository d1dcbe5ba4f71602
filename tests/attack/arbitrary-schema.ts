import * as fc from "fast-check";
import * as z from "zod";

/*
 * Values made of JSON Schema: those that it allows, and those that it nearly does.
 */

/** As much of it as descriptions of ours have. */
interface Shape {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly oneOf?: readonly Shape[] | undefined;
  readonly allOf?: readonly Shape[] | undefined;
  readonly not?: Shape | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly propertyNames?: Shape | undefined;
  readonly additionalProperties?: Shape | boolean | undefined;
  readonly items?: Shape | boolean | undefined;
  readonly prefixItems?: readonly Shape[] | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
}

const Reference = z.object({ components: z.object({ schemas: z.record(z.string(), z.custom<Shape>()) }) });

/** Few and short: what is long is tried by itself. */
const MOST = 3;
const LONGEST = 24;

/** Makes arbitraries of the schemas of one document. */
export class SchemaArbitrary {
  readonly #schemas: Readonly<Record<string, Shape>>;
  readonly #known = new Map<string, fc.Arbitrary<unknown>>();

  constructor(document: unknown) {
    this.#schemas = Reference.parse(document).components.schemas;
  }

  /** What it allows, as far as it can say so. */
  of(schema: Shape): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.#refer(schema.$ref);
    if ("const" in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) return fc.oneof(...either.map((one) => this.of(one)));
    if (schema.allOf) {
      const all = fc.tuple(...schema.allOf.map((one) => this.of(one)));
      return all.map((parts) => Object.assign({}, ...parts));
    }
    return this.#ofType(schema);
  }

  #refer($ref: string): fc.Arbitrary<unknown> {
    const known = this.#known.get($ref);
    if (known) return known;
    const schema = this.#schemas[$ref.split("/").at(-1) ?? ""];
    if (!schema) throw new RangeError($ref);
    const made = this.of(schema);
    this.#known.set($ref, made);
    return made;
  }

  #ofType(schema: Shape): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case "object":
        return this.#ofObject(schema);
      case "array":
        return this.#ofArray(schema);
      case "string":
        return ofString(schema);
      case "integer":
        return fc.integer(boundsOf(schema));
      case "number":
        return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ ...boundsOf(schema), noNaN: true }));
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  }

  #ofObject({ properties = {}, required = [], propertyNames, additionalProperties }: Shape) {
    const named = fc.record(
      Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, this.of(each)])),
      { requiredKeys: [...required] },
    );
    if (typeof additionalProperties !== "object") return named;
    const keys = propertyNames
      ? this.of({ type: "string", ...propertyNames }).map(String)
      : fc.string({ maxLength: LONGEST });
    const more = fc.dictionary(keys, this.of(additionalProperties), { maxKeys: MOST, noNullPrototype: true });
    return fc.tuple(more, named).map(([others, known]) => ({ ...others, ...known }));
  }

  #ofArray({ items, prefixItems, minItems = 0, maxItems = MOST }: Shape): fc.Arbitrary<unknown> {
    if (prefixItems) return fc.tuple(...prefixItems.map((one) => this.of(one)));
    const each = typeof items === "object" ? this.of(items) : fc.jsonValue({ maxDepth: 1 });
    return fc.array(each, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MOST)) });
  }
}

function boundsOf({ minimum, maximum, exclusiveMinimum }: Shape): { min: number; max: number } {
  const least = minimum ?? (exclusiveMinimum === undefined ? -1e9 : Math.ceil(exclusiveMinimum));
  return { min: Math.ceil(least), max: Math.max(Math.ceil(least), Math.min(maximum ?? 1e9, 8.64e15)) };
}

const URLS = ["https://example.org", "http://localhost:1/a?b#c", "wss://example.org"];

function ofString({ format, pattern, not, minLength = 0, maxLength = LONGEST }: Shape): fc.Arbitrary<string> {
  if (format === "uri") return fc.constantFrom(...URLS.filter((url) => new RegExp(pattern ?? "").test(url)));
  if (format === "email") return fc.nat().map((number) => `b.b+${number}@example.com`);
  if (pattern !== undefined) return matching(pattern);
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)) };
  const known = ["1.0", "👍", "live", "x".repeat(Math.min(maxLength, 5000))];
  const text = fc.oneof(
    fc.string(length),
    fc.string({ ...length, unit: "grapheme" }),
    fc.constantFrom(...known.filter((one) => one.length >= minLength)),
  );
  return not && "const" in not ? text.filter((one) => one !== not.const) : text;
}

const patterns = new Map<string, fc.Arbitrary<string>>();

/** Some letters stand for all of them: there are too many for one to be picked quickly. */
function matching(pattern: string): fc.Arbitrary<string> {
  const narrow = pattern
    .replaceAll("\\p{L}", "a-zäЖ中")
    .replaceAll("\\p{N}", "0-9٣")
    .replaceAll("\\p{M}", "\u0301");
  const made = patterns.get(narrow) ?? fc.stringMatching(new RegExp(narrow, "u"));
  patterns.set(narrow, made);
  return made;
}

/** What stands where something else should. */
const WRONG = [undefined, null, 0, -1, 1.5, 1e9, "", "x", "x".repeat(600), "__proto__", [], [1], {}, true];

/** One place of it is another, or gone. */
export const nearly = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(good, fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }), fc.constantFrom(...WRONG))
    .map(([value, way, wrong]) => change(value, way, wrong));

/** @param way which of its members, and which of theirs */
function change(value: unknown, [first = 0, ...rest]: readonly number[], wrong: unknown): unknown {
  if (typeof value !== "object" || value === null) return wrong;
  const keys = Object.keys(value);
  const key = keys[first % (keys.length + 1)];
  // Where there is no such member, one is added that nobody has asked for.
  if (key === undefined) return Array.isArray(value) ? [...value, wrong] : { ...value, unknown: wrong };
  const all = Object.entries(value).map(([name, one]) => {
    const changed = rest.length > 0 ? change(one, rest, wrong) : wrong;
    return [name, name === key ? changed : one] as const;
  });
  return Array.isArray(value) ? all.map(([, one]) => one) : Object.fromEntries(all);
}
