import { createMeasuredCall } from "../../lib/measured-call.ts";
import type { Metered } from "../../lib/metrics.ts";
import type { RecapMaterial } from "../material/material.ts";
import { ModelError, type ModelUsage } from "./model-error.ts";
import type { Writing, WritingOptions } from "./write.ts";

type Write = (material: RecapMaterial, options: WritingOptions) => Promise<Writing>;

/** Has the model write and, where there is a dataset, writes a data point each time: how long it took, how it went, and the tokens. */
export const createMeasuredWrite = (env: Metered, write: Write): Write =>
  createMeasuredCall(env, write, (outcome) => {
    const usage = findUsage(outcome);
    const tokens = [usage?.promptTokens ?? 0, usage?.completionTokens ?? 0];
    const hasFailed = outcome.status === "rejected";
    return { worker: "recap", event: "model", counts: [hasFailed ? 1 : 0, ...tokens] };
  });

function findUsage(outcome: PromiseSettledResult<Writing>): ModelUsage | undefined {
  if (outcome.status === "fulfilled") return outcome.value.usage;
  return outcome.reason instanceof ModelError ? outcome.reason.usage : undefined;
}
