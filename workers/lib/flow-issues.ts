import type { Issue } from "../../shared/protocol/problem.ts";
import type { WrittenFlow } from "./flow-copy.ts";
import { ProblemError } from "./problem-error.ts";

/** @throws ProblemError `flow_not_valid` with all of them, where there are any */
export function refuseIssues(issues: readonly Issue[]): void {
  const [first] = issues;
  if (first) throw new ProblemError("flow_not_valid", `${first.path}: ${first.message}`, { issues });
}

/**
 * No flow goes by the start of a talk that has none.
 * @param message what is missing
 * @param at where that is said, by the flow's place
 * @throws ProblemError `flow_not_valid`, with every issue
 */
export const refuseFromStart = (
  written: readonly WrittenFlow[],
  message: string,
  at: (place: number) => string,
): void =>
  refuseIssues(
    written.flatMap(({ flow: { on } }, place) =>
      on.event === "schedule" && "from" in on ? [{ path: at(place), message }] : [],
    ),
  );
