import { Refusal } from "../../shared/protocol/problem.schema.ts";
import { ProblemError } from "./problem-error.ts";

/** What an object answered by RPC, unless it is a refusal: that is thrown as its problem. */
export function unwrap<T extends object>(answer: T): Exclude<T, Refusal> {
  if ("code" in answer) throw ProblemError.from(Refusal.parse(answer));
  return answer as Exclude<T, Refusal>;
}
