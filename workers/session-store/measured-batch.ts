import { ANSWER } from "../../shared/interactions/activity/topic.ts";
import { VOTE } from "../../shared/interactions/question/topic.ts";
import { REACTION } from "../../shared/interactions/reaction/topic.ts";
import { getTopicName } from "../../shared/interactions/topic.ts";
import type { Batch, BatchAnswer } from "../lib/ledger.ts";
import { type Metered, writePoint } from "../lib/metrics.ts";

type Append = (batch: Batch) => Promise<BatchAnswer>;

/** Hands batches on and, where there is a dataset, writes a data point for each: what was kept of it, and how long that took. */
export const createMeasuredAppend = (env: Metered, append: Append): Append =>
  env.METRICS ? (batch) => measureAppend(env, batch, append) : append;

async function measureAppend(env: Metered, batch: Batch, append: Append): Promise<BatchAnswer> {
  const start = Date.now();
  const write = (code: string, counts: readonly number[]) =>
    writePoint(env, { worker: "session-store", event: "batch", code, ms: Date.now() - start, counts });
  try {
    const answer = await append(batch);
    write("", countKept(batch, answer));
    return answer;
  } catch (error) {
    write("unavailable", [0, 0, 0, batch.entries.length]);
    throw error;
  }
}

/** Reactions, answers and votes that were kept, and what was refused. Of a batch from before a restart nothing is either. */
function countKept({ entries }: Batch, answer: BatchAnswer): number[] {
  if (!answer.kept) return [0, 0, 0, 0];
  const kept = entries.filter((_, index) => answer.outcomes[index] === "kept");
  const countOf = (interaction: string) =>
    kept.filter(({ topic }) => getTopicName(interaction, topic) !== undefined).length;
  return [countOf(REACTION), countOf(ANSWER), countOf(VOTE), entries.length - kept.length];
}
