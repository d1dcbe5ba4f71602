import { createMeasuredCall } from "../lib/measured-call.ts";
import type { Metered } from "../lib/metrics.ts";
import type { PerformStep, StepOutcome } from "./step.ts";

/** Does actions and, where there is a dataset, writes a data point for each attempt: how long it took, and how it went. */
export const createMeasuredPerform = (env: Metered, perform: PerformStep): PerformStep =>
  createMeasuredCall(env, perform, (outcome, { action }) => {
    const failed = findFailure(outcome);
    const isGivenUp = failed?.isFinal ?? failed?.isGone ?? false;
    const counts = [failed ? 1 : 0, isGivenUp ? 1 : 0];
    return { worker: "automations", event: "action", route: action.do, counts };
  });

type Failure = Pick<Extract<StepOutcome, { ok: false }>, "isFinal" | "isGone">;

function findFailure(outcome: PromiseSettledResult<StepOutcome>): Failure | undefined {
  if (outcome.status === "rejected") return {};
  return outcome.value.ok ? undefined : outcome.value;
}
