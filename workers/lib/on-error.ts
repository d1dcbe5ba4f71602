import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import { PROBLEMS, type Problem } from "../../shared/protocol/problem.ts";
import { ProblemError } from "./problem-error.ts";

function problemResponse(c: Context, error: ProblemError): Response {
  const { status, title } = PROBLEMS[error.code];
  const body: Problem = {
    type: `urn:revint:problem:${error.code}`,
    title,
    status,
    detail: error.detail,
    code: error.code,
    requestId: String(c.get("requestId") ?? ""),
    ...(error.issues && { issues: error.issues }),
    ...(error.talk && { talk: error.talk }),
  };
  // For `measure`.
  c.set("problem", error.code);
  if (error.retryAfter !== undefined) c.header("Retry-After", String(Math.ceil(error.retryAfter)));
  c.header("Content-Type", "application/problem+json");
  return c.body(JSON.stringify(body), status);
}

/** What the runtime marks on an error that a Durable Object's restart or overload caused. */
const Transient = z.union([
  z.object({ retryable: z.literal(true) }),
  z.object({ overloaded: z.literal(true) }),
  z.object({ durableObjectReset: z.literal(true) }),
  z.object({ name: z.enum(["TimeoutError", "AbortError"]) }),
]);

/** What is answered, whatever was thrown. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException) {
    if (error.status === 413) return new ProblemError("too_large", "the body is too large");
    return new ProblemError("invalid_request", error.message);
  }
  if (Transient.safeParse(error).success) {
    return new ProblemError("unavailable", "a part of the service is restarting; try again", {
      retryAfter: 1,
    });
  }
  return new ProblemError("internal", "an unexpected error; the requestId helps us find it");
}

/** The `onError` of every Worker: the only place that writes an error body. A 500 is logged whole. */
export const onError: ErrorHandler = (error, c) => {
  const problem = toProblem(error);
  if (problem.code === "internal") {
    console.error(
      JSON.stringify({ requestId: c.get("requestId"), message: error.message, stack: error.stack }),
    );
  }
  return problemResponse(c, problem);
};

/** The `notFound` of every Worker. */
export const onNotFound = (c: Context): Response =>
  problemResponse(c, new ProblemError("not_found", `there is no ${c.req.method} at this path`));

/** For `hono/method-not-allowed`: the path exists, the method does not. */
export const onMethodNotAllowed = (c: Context, methods: string[]): Response => {
  c.header("Allow", methods.join(", "));
  return problemResponse(c, new ProblemError("method_not_allowed", `use ${methods.join(" or ")}`));
};
