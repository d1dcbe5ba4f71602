import type { Refusal } from "../../shared/protocol/problem.ts";
import { ProblemError } from "./problem-error.ts";

/** What an object answers by RPC: a problem does not get through such a call as what it is, a refusal does. */
export async function answerOrRefuse<T>(task: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await task();
  } catch (error) {
    return toRefusal(error);
  }
}

/** A problem as plain data; anything else is thrown on. */
export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof ProblemError)) throw error;
  const { code, detail, retryAfter, issues } = error;
  return { code, detail, ...(retryAfter !== undefined && { retryAfter }), ...(issues && { issues }) };
}
