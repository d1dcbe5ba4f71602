import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as z from "zod";
import { readJson, type WireAnswer, type WireRequest } from "./wire.ts";

const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string(), z.object({ schema: Schema }));
const Parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  schema: Schema,
});
const Operation = z.object({
  parameters: z.array(Parameter),
  requestBody: z.object({ required: z.boolean().optional(), content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

export type DescribedParameter = z.output<typeof Parameter>;

/** One operation of the document. */
export interface Described extends z.output<typeof Operation> {
  /** `GET /api/v1/session/{sessionUid}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

const JSON_TYPES = ["application/json", "application/problem+json"];
const DOCUMENT = "openapi";

/** The document, and whether an answer is one that it describes. */
export class Description {
  readonly operations: readonly Described[];
  /** Those that name more of their parts come first. */
  readonly #paths: readonly { readonly one: Described; readonly parts: readonly string[] }[];
  readonly #ajv = new Ajv2020({ strict: false });
  /** By what they say: most refusals are described in the same words, and to compile each anew takes seconds. */
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: object) {
    const { paths, components } = Document.parse(document);
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const upper = method.toUpperCase();
        return { ...operation, method: upper, path, name: `${upper} ${path}` };
      }),
    );
    this.#paths = this.operations
      .map((one) => ({ one, parts: one.path.split("/") }))
      .sort((a, b) => a.one.path.split("{").length - b.one.path.split("{").length);
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: DOCUMENT, components });
  }

  /** What a request asks for, whatever it was meant to. One that names a part wins over one that takes any. */
  find({ method, path }: WireRequest): Described | undefined {
    const asked = new URL(`http://revint${path}`).pathname.split("/");
    return this.#paths.find(({ one, parts }) => one.method === method && isAt(parts, asked))?.one;
  }

  /** What of an answer is not described, or `undefined`. */
  findMismatch(operation: Described, request: WireRequest, answer: WireAnswer): string | undefined {
    const { status, headers, text } = answer;
    const response = operation.responses[status];
    if (!response) return `status ${status}: ${text.slice(0, 300)}`;
    if (response.content === undefined) {
      if (text !== "") return `status ${status} with a body: ${text.slice(0, 300)}`;
    } else {
      const type = headers["content-type"]?.split(";")[0] ?? "none";
      const media = response.content[type];
      if (!media) return `status ${status} as ${type}`;
      const wrong = this.#checkBody(type, media.schema, text);
      if (wrong !== undefined) return `status ${status}: ${wrong}`;
    }
    return status < 400 ? this.#checkTaken(operation, request) : undefined;
  }

  #checkBody(type: string, schema: Readonly<Record<string, unknown>>, text: string): string | undefined {
    if (JSON_TYPES.includes(type)) return this.#checkText(schema, text);
    const { contentSchema } = schema;
    if (contentSchema === undefined) return undefined;
    const each = type === "text/event-stream" ? readEvents(text) : text.split("\n").filter((line) => line);
    return each
      .map((one) => this.#checkText(Schema.parse(contentSchema), one))
      .find((wrong) => wrong !== undefined);
  }

  /** What was done although it is not what the document asks for. */
  #checkTaken({ requestBody }: Described, { body }: WireRequest): string | undefined {
    const schema = requestBody?.content["application/json"]?.schema;
    if (!schema) return undefined;
    const text = Buffer.from(body ?? []).toString();
    const sent = readJson(text.trim() === "" ? "{}" : text);
    // The document says so of all bodies.
    const one = Array.isArray(sent) ? (sent[0] ?? {}) : sent;
    const wrong = this.#check(schema, one);
    return wrong === undefined ? undefined : `takes a body that it does not describe: ${wrong}`;
  }

  #checkText(schema: object, text: string): string | undefined {
    const value = readJson(text);
    return value === undefined ? `no JSON: ${text.slice(0, 300)}` : this.#check(schema, value);
  }

  #check(schema: object, value: unknown): string | undefined {
    const said = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${DOCUMENT}#/`);
    const validate = this.#validators.get(said) ?? this.#ajv.compile(JSON.parse(said));
    this.#validators.set(said, validate);
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)}: ${String(JSON.stringify(value)).slice(0, 500)}`;
  }
}

const isAt = (pattern: readonly string[], asked: readonly string[]): boolean =>
  pattern.length === asked.length && pattern.every((part, index) => isPart(part, asked[index] ?? ""));

/** What begins with no digit is no join code, but a page of ours or none. */
const isPart = (pattern: string, asked: string): boolean =>
  pattern === "{code}" ? /^[1-9]/.test(asked) : pattern.startsWith("{") ? asked !== "" : pattern === asked;

/** What each event holds, as far as they have come whole. */
const readEvents = (text: string): string[] =>
  text
    .split("\n\n")
    .slice(0, -1)
    .flatMap((event) => [...event.matchAll(/^data: ?(.+)$/gm)].map(([, data = ""]) => data));
