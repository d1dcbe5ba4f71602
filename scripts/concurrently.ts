import { availableParallelism } from "node:os";

/**
 * Maps with as many tasks at a time as the machine has cores: each of ours is a whole wrangler
 * process of some 200 MB. Results keep the order of `items`; the first error ends it.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, work));
  return results;
}
