import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";

/**
 * Every error revint answers with: its HTTP status and a title that does not change.
 * The code is the contract; clients branch on it and on nothing else.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: "The request is not valid" },
  too_many_kinds: { status: 400, title: "The session has no room for another kind of reaction" },
  reaction_not_allowed: { status: 400, title: "The host does not take this reaction here" },
  missing_token: { status: 401, title: "A session token is missing" },
  invalid_token: { status: 401, title: "The session token is not valid" },
  wrong_session: { status: 403, title: "The token belongs to another session" },
  not_host: { status: 403, title: "Only a host may do this" },
  not_participant: { status: 403, title: "The uid is not one of this session's participants" },
  blocked: { status: 403, title: "The host has blocked this participant" },
  reactions_paused: { status: 403, title: "The host has paused reactions" },
  not_public: { status: 403, title: "The host keeps these results" },
  role_not_allowed: { status: 403, title: "This co-host's role does not allow it" },
  session_not_found: { status: 404, title: "There is no such session" },
  not_found: { status: 404, title: "There is nothing at this address" },
  method_not_allowed: { status: 405, title: "The method is not allowed here" },
  conflict: { status: 409, title: "The idempotency key was used for something else" },
  not_driving: { status: 409, title: "Another presenter drives the deck" },
  session_ended: { status: 410, title: "The session has ended" },
  too_large: { status: 413, title: "The request is too large" },
  upgrade_required: { status: 426, title: "A WebSocket upgrade is required" },
  rate_limited: { status: 429, title: "Too many requests" },
  session_full: { status: 429, title: "The session is full" },
  unavailable: { status: 503, title: "Temporarily unavailable" },
  not_configured: { status: 503, title: "This deployment is not configured" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

export const ProblemCode = z.enum(codes);

/** Where in the input something is wrong, and what. */
const Issue = z.object({ path: z.string(), message: z.string() });

/** The one error body, RFC 9457 `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: ProblemCode,
  requestId: z.string(),
  issues: z.array(Issue).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A refusal as plain data: what a Durable Object answers, since an error's class does not survive RPC. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  readonly retryAfter?: number | undefined;
}

export const RefusalBody = z.object({
  code: ProblemCode,
  detail: z.string(),
  retryAfter: z.number().optional(),
}) satisfies z.ZodType<Refusal>;

/** Throw this anywhere in a Worker; `onError` turns it into the answer. */
export class ProblemError extends Error implements Refusal {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly detail: string;
  readonly retryAfter?: number;
  readonly issues?: Problem["issues"];

  constructor(
    code: ProblemCode,
    detail: string,
    more: { retryAfter?: number; issues?: Problem["issues"] } = {},
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    if (more.retryAfter !== undefined) this.retryAfter = more.retryAfter;
    if (more.issues !== undefined) this.issues = more.issues;
  }

  static from({ code, detail, retryAfter }: Refusal): ProblemError {
    return new ProblemError(code, detail, retryAfter === undefined ? {} : { retryAfter });
  }

  /** What zod found wrong, one issue for each place. */
  static invalid(error: z.core.$ZodError): ProblemError {
    const issues = error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
    const [first] = issues;
    const where = first?.path ? `${first.path}: ` : "";
    return new ProblemError("invalid_request", `${where}${first?.message ?? "invalid input"}`, { issues });
  }
}

/** What an object answered by RPC, unless it is a refusal: that is thrown as its problem. */
export function accepted<T extends object>(answer: T): Exclude<T, Refusal> {
  if ("code" in answer) throw ProblemError.from(RefusalBody.parse(answer));
  return answer as Exclude<T, Refusal>;
}

/** Parses what came from outside; throws `invalid_request` with every issue. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw ProblemError.invalid(result.error);
  return result.data;
}

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
  };
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

function toProblem(error: unknown): ProblemError {
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

/** What `readAnswer` needs of a response, typed or not. */
interface Answer {
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  json(): Promise<unknown>;
}

/**
 * Reads another Worker's answer: its body by `schema`, or its problem thrown on unchanged,
 * so that a refusal deep in a store reaches the caller with its own code.
 */
export async function readAnswer<S extends z.ZodType>(schema: S, response: Answer): Promise<z.output<S>> {
  if (response.ok) return schema.parse(await response.json());
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success || problem.data.code === "internal") {
    throw new ProblemError("unavailable", "a part of the service did not answer; try again", {
      retryAfter: 1,
    });
  }
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  throw new ProblemError(problem.data.code, problem.data.detail, {
    ...(Number.isFinite(retryAfter) && { retryAfter }),
    ...(problem.data.issues && { issues: problem.data.issues }),
  });
}
