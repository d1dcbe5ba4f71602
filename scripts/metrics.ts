import { rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { selectWorker, type Worker } from "./workers.ts";

/** What wrangler files say behind a #: where data points go. */
export const METRICS_DATASETS = [{ binding: "METRICS", dataset: "revint" }] as const;

/** Beside the wrangler files, since paths are read from where a configuration is. */
const file = ".metrics.wrangler.json";

/**
 * Lets a task deploy a Worker whose data points are kept, without changing its wrangler file: all that this says of it
 * stands in a file of its own, for this task alone.
 * @param task gets the arguments that tell wrangler which Worker is meant
 */
export async function withMetrics<T>(
  worker: Worker,
  task: (args: readonly string[]) => Promise<T>,
): Promise<T> {
  // Somebody may have taken the # away.
  if (worker.settings.analytics_engine_datasets !== undefined) return task(selectWorker(worker));
  // Also when somebody ends us in between.
  const remove = () => rmSync(file, { force: true });
  process.once("exit", remove);
  try {
    const settings = { ...worker.settings, analytics_engine_datasets: METRICS_DATASETS };
    await writeFile(file, JSON.stringify(settings));
    return await task(["-c", file]);
  } finally {
    remove();
    process.off("exit", remove);
  }
}
