import type * as z from "zod";
import type { PlannedTalk, Problem, ProblemCode, Refusal } from "../../shared/protocol/problem.ts";

/** Throw this anywhere in a Worker; `onError` turns it into the answer. */
export class ProblemError extends Error implements Refusal {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly detail: string;
  readonly retryAfter?: number;
  readonly issues?: Problem["issues"];
  readonly talk?: PlannedTalk;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { retryAfter?: number; issues?: Problem["issues"]; talk?: PlannedTalk } = {},
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    if (more.retryAfter !== undefined) this.retryAfter = more.retryAfter;
    if (more.issues !== undefined) this.issues = more.issues;
    if (more.talk !== undefined) this.talk = more.talk;
  }

  static from({ code, detail, retryAfter, issues }: Refusal): ProblemError {
    return new ProblemError(code, detail, {
      ...(retryAfter !== undefined && { retryAfter }),
      ...(issues && { issues }),
    });
  }

  /** What zod found wrong, one issue for each place. */
  static invalid(error: z.core.$ZodError): ProblemError {
    const issues = error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
    const [first] = issues;
    const where = first?.path ? `${first.path}: ` : "";
    return new ProblemError("invalid_request", `${where}${first?.message ?? "invalid input"}`, { issues });
  }
}

/** Parses what came from outside; throws `invalid_request` with every issue. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (!result.success) throw ProblemError.invalid(result.error);
  return result.data;
}
