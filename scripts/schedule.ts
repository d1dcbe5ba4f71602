/** What the api's cron is, once it is deployed (wrangler.api.toml), and how often each fires. */
const CRONS = { "* * * * *": 60_000, "*/5 * * * *": 5 * 60_000 } as const;

/**
 * Fires the api's cron, which nothing does on this computer. What comes of it, the Workers say themselves; while they
 * are being built anew, there is nobody to hear it.
 * @param local where we reach the api
 */
export function runSchedule(local: string): void {
  for (const [cron, everyMs] of Object.entries(CRONS)) {
    const query = new URLSearchParams({ cron });
    const fire = () => fetch(`${local}/cdn-cgi/local/scheduled?${query}`).catch(() => {});
    setInterval(fire, everyMs).unref();
  }
}
