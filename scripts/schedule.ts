/** As often as the api's cron fires, once it is deployed (wrangler.api.toml). */
const EVERY_MS = 5 * 60 * 1000;

/**
 * Fires the api's cron, which nothing does on this computer. What comes of it, the Workers say themselves; while they
 * are being built anew, there is nobody to hear it.
 * @param local where we reach the api
 */
export function runSchedule(local: string): void {
  const fire = () => fetch(`${local}/cdn-cgi/local/scheduled`).catch(() => {});
  setInterval(fire, EVERY_MS).unref();
}
