import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { type Contract, withContract } from "../lib/contract.ts";
import { ProblemError, parse } from "../lib/problem-error.ts";

/** Only where a body belongs: what other requests bring along is left unread, and answered as if it were not there. */
const limitBody = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new ProblemError("too_large", `a body takes up to ${maxSize} bytes`);
    },
  });

/**
 * A JSON body by its schema; the handler reads `c.req.valid("json")`.
 * Existing clients of this API wrap a body in an array of one, and send an empty array or
 * nothing at all, with a JSON content type, where a body is optional: all of it is read.
 */
export function readBody<S extends z.ZodType>(
  schema: S,
  maxSize: number = LIMITS.bodyBytes,
): MiddlewareHandler<object, string, { in: { json: z.input<S> }; out: { json: z.output<S> } }> {
  const limit = limitBody(maxSize);
  const contract: Contract = { body: { schema, maxSize }, problems: ["invalid_request", "too_large"] };
  return withContract(contract, async function readBody(c, next) {
    const take = (text: string) =>
      c.req.addValidatedData("json", parse(schema, unwrap(readJson(text))) as object);
    // Whoever joins brings nothing along, and there is nothing to read then.
    if (c.req.raw.body === null) take("");
    else await limit(c, async () => take(decode(await c.req.arrayBuffer())));
    await next();
  });
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new ProblemError("invalid_request", "the body is not UTF-8");
  }
}

function readJson(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError("invalid_request", "the body is not JSON");
  }
}

function unwrap(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (value.length > 1) throw new ProblemError("invalid_request", "the body holds more than one object");
  return value[0] ?? {};
}
