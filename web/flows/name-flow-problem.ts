import { isStale, isTransient, type RevintError } from "../client/error.ts";
import { getIssues } from "../ui/issues.ts";
import { automations } from "../words/en.ts";

const words = automations.problems;

/**
 * Why something about flows was not done.
 * @param issues those of it that are not told elsewhere
 */
export function nameFlowProblem(error: RevintError, issues = getIssues(error) ?? []): string {
  const { code } = error;
  // Without a place it is no fault of the flow: there is no room for it.
  if (code === "limit_reached") return automations.full;
  if (code === "flow_not_valid" && getIssues(error) === undefined) return automations.full;
  if (code === "flow_not_valid") return words.notValid(issues.map(({ message }) => message));
  if (code === "capability_missing") return words.capability;
  if (code === "flow_not_found" || code === "not_found") return words.gone;
  if (code === "too_large") return words.tooLarge;
  if (code === "session_not_found" || code === "session_ended") return words.ended;
  if (code === "not_host" || isStale(code)) return words.noHost;
  return isTransient(error) ? words.outOfReach : words.refused;
}
