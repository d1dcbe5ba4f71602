/** What the api's cron is, once it is deployed (wrangler.api.toml), and how often each fires. */
const CRONS = { "* * * * *": 60_000, "*/5 * * * *": 5 * 60_000 } as const;

/**
 * Fires the api's cron, which nothing does on one's own computer. One that takes longer than its time is not fired again
 * meanwhile.
 * @param fire resolves when api has done what it does then
 * @returns ends it
 */
export function runSchedule(fire: (cron: string) => Promise<unknown>): () => void {
  const timers = Object.entries(CRONS).map(([cron, everyMs]) => {
    let isRunning = false;
    const timer = setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      await fire(cron).finally(() => {
        isRunning = false;
      });
    }, everyMs);
    return timer.unref();
  });
  return () => timers.forEach(clearInterval);
}

/**
 * Has `wrangler dev` fire a cron. What comes of it, the Workers say themselves; while they are being built anew, there
 * is nobody to hear it.
 * @param local where we reach the api
 */
export const fireAt = (local: string) => (cron: string) =>
  fetch(`${local}/cdn-cgi/local/scheduled?${new URLSearchParams({ cron })}`).catch(() => {});
