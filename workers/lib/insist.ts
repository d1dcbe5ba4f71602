/** What could not be done in a store is tried again after these waits, in milliseconds. */
const RETRIES_MS = [500, 2000];

/**
 * Does it, and if it fails, does it again after a while.
 * @param waits before each further try, in milliseconds
 * @throws what the last try threw
 */
export async function insist(
  work: () => Promise<void>,
  waits: readonly number[] = RETRIES_MS,
): Promise<void> {
  for (const wait of waits) {
    try {
      return await work();
    } catch {
      await scheduler.wait(wait);
    }
  }
  await work();
}
