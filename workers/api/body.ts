import type { MiddlewareHandler } from "hono";
import type * as z from "zod";
import { ProblemError, parse } from "../../shared/problem.ts";

/**
 * A JSON body by its schema; the handler reads `c.req.valid("json")`.
 * Existing clients of this API wrap a body in an array of one, and send an empty array or
 * nothing at all, with a JSON content type, where a body is optional: all of it is read.
 */
export function readBody<S extends z.ZodType>(
  schema: S,
): MiddlewareHandler<object, string, { in: { json: z.input<S> }; out: { json: z.output<S> } }> {
  return async function readBody(c, next) {
    c.req.addValidatedData("json", parse(schema, unwrap(readJson(await c.req.text()))) as object);
    await next();
  };
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
