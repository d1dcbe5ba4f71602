import { type Metered, writePoint } from "../lib/metrics.ts";
import type { PerformStep, StepOutcome } from "./step.ts";

/** Does actions and, where there is a dataset, writes a data point for each attempt: how long it took, and how it went. */
export const createMeasuredPerform = (env: Metered, perform: PerformStep): PerformStep =>
  env.METRICS ? (order, signal) => measurePerform(env, perform, order, signal) : perform;

async function measurePerform(
  env: Metered,
  perform: PerformStep,
  ...[order, signal]: Parameters<PerformStep>
): Promise<StepOutcome> {
  const start = Date.now();
  const write = (hasFailed: boolean, isGivenUp: boolean) => {
    const counts = [hasFailed ? 1 : 0, isGivenUp ? 1 : 0];
    const ms = Date.now() - start;
    writePoint(env, { worker: "automations", event: "action", route: order.action.do, ms, counts });
  };
  try {
    const outcome = await perform(order, signal);
    write(!outcome.ok, !outcome.ok && (outcome.isFinal ?? outcome.isGone ?? false));
    return outcome;
  } catch (error) {
    write(true, false);
    throw error;
  }
}
