import { ANSWER } from "../../shared/interactions/activity/topic.ts";
import { VOTE } from "../../shared/interactions/question/topic.ts";
import { REACTION } from "../../shared/interactions/reaction/topic.ts";
import { getTopicName } from "../../shared/interactions/topic.ts";
import type { Batch, BatchAnswer } from "../lib/ledger.ts";
import { createMeasuredCall } from "../lib/measured-call.ts";
import type { Metered } from "../lib/metrics.ts";

type Append = (batch: Batch) => Promise<BatchAnswer>;

/** Hands batches on and, where there is a dataset, writes a data point for each: what was kept of it, and how long that took. */
export const createMeasuredAppend = (env: Metered, append: Append): Append =>
  createMeasuredCall(env, append, (outcome, batch) => {
    const point = { worker: "session-store", event: "batch" } as const;
    return outcome.status === "fulfilled"
      ? { ...point, counts: countKept(batch, outcome.value) }
      : { ...point, code: "unavailable", counts: [0, 0, 0, batch.entries.length] };
  });

/** Reactions, answers and votes that were kept, and what was refused. Of a batch from before a restart nothing is either. */
function countKept({ entries }: Batch, answer: BatchAnswer): number[] {
  if (!answer.kept) return [0, 0, 0, 0];
  const kept = entries.filter((_, index) => answer.outcomes[index] === "kept");
  const countOf = (interaction: string) =>
    kept.filter(({ topic }) => getTopicName(interaction, topic) !== undefined).length;
  return [countOf(REACTION), countOf(ANSWER), countOf(VOTE), entries.length - kept.length];
}
