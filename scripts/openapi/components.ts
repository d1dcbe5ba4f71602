import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/*
 * Schemas of the protocol as JSON Schema, each under the name that it is exported by: what stands in two places stands
 * once in the document.
 */

export type Json = Record<string, unknown>;

/** Whether what is sent is described, or what is answered: a field with a default may be left out of one alone. */
export type Direction = "input" | "output";

const SHARED = new URL("../../shared/", import.meta.url);
const PREFIX = "#/components/schemas/";

/** Every schema that a module of the protocol exports, by its name. */
async function listSchemas(): Promise<Map<z.ZodType, string>> {
  const files = await readdir(SHARED, { recursive: true });
  const named = new Map<z.ZodType, string>();
  for (const file of files.filter((each) => each.endsWith(".schema.ts")).sort()) {
    const exported: Record<string, unknown> = await import(fileURLToPath(new URL(file, SHARED)));
    for (const [name, value] of Object.entries(exported)) {
      // One that is only another name for it, such as FlowId, is called as it was first.
      if (value instanceof z.ZodType && /^[A-Z]/.test(name) && !named.has(value)) named.set(value, name);
    }
  }
  return named;
}

/** Makes JSON Schema of schemas, and remembers what they refer to. */
export class Components {
  readonly #names: ReadonlyMap<z.ZodType, string>;
  readonly #asked = new Map<string, { schema: z.ZodType; direction: Direction; into: Json }>();

  private constructor(names: ReadonlyMap<z.ZodType, string>) {
    this.#names = names;
  }

  static async create(): Promise<Components> {
    return new Components(await listSchemas());
  }

  /** A place in the document; what stands there is known when `finish` has been called. */
  describe(schema: z.ZodType, direction: Direction): Json {
    const into: Json = {};
    this.#asked.set(`asked-${this.#asked.size}`, { schema, direction, into });
    return into;
  }

  /** Fills every place. @returns the schemas that several of them refer to */
  finish(): Json {
    const components: Json = {};
    const [input, output] = (["input", "output"] as const).map((direction) => this.#convert(direction));
    const all = { input: input ?? {}, output: output ?? {} };
    for (const [id, { direction, into }] of this.#asked) Object.assign(into, all[direction][id]);
    const answered = new Set<string>();
    const reach = (place: unknown, direction: Direction) => {
      for (const { owner, name } of listRefs(place)) {
        const isTaken = answered.has(name) && direction === "input" && !this.#isSame(name, all);
        const called = isTaken ? `${name}Input` : name;
        owner.$ref = `${PREFIX}${called}`;
        if (called in components) continue;
        if (direction === "output") answered.add(name);
        components[called] = structuredClone(all[direction][name]);
        reach(components[called], direction);
      }
    };
    for (const direction of ["output", "input"] as const) {
      for (const asked of this.#asked.values())
        if (asked.direction === direction) reach(asked.into, direction);
    }
    return Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Whether it says the same of what is sent and of what is answered, with all that it refers to. */
  #isSame(name: string, all: Record<Direction, Record<string, Json>>, seen = new Set<string>()): boolean {
    if (seen.has(name)) return true;
    seen.add(name);
    if (JSON.stringify(all.input[name]) !== JSON.stringify(all.output[name])) return false;
    return listRefs(all.input[name]).every((ref) => this.#isSame(ref.name, all, seen));
  }

  #convert(direction: Direction): Record<string, Json> {
    const registry = z.registry<{ id: string }>();
    for (const [schema, id] of this.#names) registry.add(schema, { id });
    const again = new Map<string, string>();
    for (const [id, asked] of this.#asked) {
      const known = this.#names.get(asked.schema);
      if (asked.direction !== direction) continue;
      if (known !== undefined) again.set(id, known);
      else registry.add(asked.schema, { id });
    }
    const { schemas } = z.toJSONSchema(registry, {
      io: direction,
      unrepresentable: "any",
      uri: (id) => `${PREFIX}${id}`,
      override: ({ zodSchema, jsonSchema }) => {
        // What is answered was taken once: only who sends a URL needs to know which ones are.
        const protocol = zodSchema instanceof z.ZodURL ? zodSchema._zod.def.protocol : undefined;
        if (direction === "input" && protocol) jsonSchema.pattern = protocol.source.replace(/\$$/, "://");
        // An answer may say more one day: whoever reads it takes what they know.
        if (direction === "output" && jsonSchema.additionalProperties === false) {
          delete jsonSchema.additionalProperties;
        }
        // Whole numbers end where JavaScript's do: that needs no saying.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      },
    });
    const made: Record<string, Json> = {};
    for (const [id, schema] of Object.entries(schemas)) {
      const { $schema: _, $id: __, id: ___, ...rest } = schema as Json;
      made[id] = rest;
    }
    for (const [id, name] of again) made[id] = { $ref: `${PREFIX}${name}` };
    return made;
  }
}

/** Every reference inside a value. */
function listRefs(value: unknown): { owner: Json; name: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(listRefs);
  const owner = value as Json;
  const { $ref } = owner;
  return typeof $ref === "string" && $ref.startsWith(PREFIX)
    ? [{ owner, name: $ref.slice(PREFIX.length) }, ...inside]
    : inside;
}
