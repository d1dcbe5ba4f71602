import type * as z from "zod";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { ProblemError } from "./problem-error.ts";

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
