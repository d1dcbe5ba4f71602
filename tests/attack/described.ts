import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as z from "zod";
import type { WireAnswer, WireRequest } from "./wire.ts";

const Content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const Place = z.enum(["path", "query", "header"]);
const Operation = z.object({
  parameters: z.array(
    z.object({
      name: z.string(),
      in: Place,
      required: z.boolean(),
      schema: z.record(z.string(), z.unknown()),
    }),
  ),
  requestBody: z.object({ required: z.boolean().optional(), content: Content }).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
});
const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

/** One operation of the document. */
export interface Described extends z.output<typeof Operation> {
  /** `GET /api/v1/session/{sessionUid}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

const JSON_TYPE = "application/json";

/** The document, and whether an answer is one that it describes. */
export class Description {
  readonly operations: readonly Described[];
  readonly #ajv: Ajv2020;
  readonly #known = new Map<string, ValidateFunction>();

  constructor(document: object) {
    this.operations = Object.entries(Document.parse(document).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => {
        const upper = method.toUpperCase();
        return { ...operation, method: upper, path, name: `${upper} ${path}` };
      }),
    );
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, "openapi");
  }

  /** What a request asks for, whatever it was meant to. */
  find({ method, path }: WireRequest): Described | undefined {
    const asked = new URL(`http://revint${path}`).pathname.split("/");
    const fits = ({ method: own, path: pattern }: Described) => {
      const parts = pattern.split("/");
      return (
        own === method &&
        parts.length === asked.length &&
        parts.every((part, index) => (part.startsWith("{") ? asked[index] !== "" : part === asked[index]))
      );
    };
    const all = this.operations.filter(fits).filter((one) => one.path !== "/{code}" || /^\/[1-9]/.test(path));
    // One that names a part wins over one that takes any.
    return all.sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
  }

  /** What of an answer is not described, or `undefined`. */
  findMismatch(operation: Described, { body }: WireRequest, answer: WireAnswer): string | undefined {
    const { status, headers, text } = answer;
    const response = operation.responses[status];
    if (!response) return `status ${status}: ${readCode(text) ?? text.slice(0, 200)}`;
    const at = ["paths", operation.path, operation.method.toLowerCase()];
    if (response.content === undefined) {
      if (text !== "") return `status ${status} with a body: ${text.slice(0, 200)}`;
    } else {
      const type = headers["content-type"]?.split(";")[0] ?? "none";
      const media = response.content[type];
      if (!media) return `status ${status} as ${type}`;
      const where = [...at, "responses", `${status}`, "content", type, "schema"];
      const wrong = this.#checkBody(where, type, media.schema, text);
      if (wrong !== undefined) return `status ${status}: ${readCode(text) ?? ""} ${wrong}`;
    }
    if (status < 400) return this.#checkTaken(operation, at, body);
    return undefined;
  }

  #checkBody(where: readonly string[], type: string, schema: object, text: string): string | undefined {
    if (type === JSON_TYPE || type === "application/problem+json") return this.#check(where, text);
    if (!("contentSchema" in schema)) return undefined;
    const lines =
      type === "text/event-stream" ? readEvents(text) : text.split("\n").filter((line) => line !== "");
    return lines
      .map((line) => this.#check([...where, "contentSchema"], line))
      .find((wrong) => wrong !== undefined);
  }

  /** What was done although it is not what the document asks for. */
  #checkTaken(operation: Described, at: readonly string[], body: Uint8Array | undefined): string | undefined {
    if (!operation.requestBody?.content[JSON_TYPE]) return undefined;
    const sent = readJson(Buffer.from(body ?? []).toString() || "{}");
    const one: unknown = Array.isArray(sent) ? (sent[0] ?? {}) : sent;
    const where = [...at, "requestBody", "content", JSON_TYPE, "schema"];
    const wrong = this.#checkValue(where, one);
    return wrong === undefined ? undefined : `takes a body that it does not describe: ${wrong}`;
  }

  #check(where: readonly string[], text: string): string | undefined {
    const value = readJson(text);
    return value === undefined ? `no JSON: ${text.slice(0, 200)}` : this.#checkValue(where, value);
  }

  #checkValue(where: readonly string[], value: unknown): string | undefined {
    const pointer = where
      .map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))
      .map(encodeURIComponent);
    const $ref = `openapi#/${pointer.join("/")}`;
    const validate = this.#known.get($ref) ?? this.#ajv.compile({ $ref });
    this.#known.set($ref, validate);
    if (validate(value)) return undefined;
    const [first] = validate.errors ?? [];
    return `${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)}: ${JSON.stringify(value).slice(0, 300)}`;
  }
}

const readEvents = (text: string): string[] =>
  [...text.matchAll(/^data: (.+)$/gm)].flatMap(([, data = ""]) =>
    readJson(data) === undefined ? [] : [data],
  );

const readCode = (text: string): string | undefined =>
  z.object({ code: z.string() }).safeParse(readJson(text)).data?.code;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
