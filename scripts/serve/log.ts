import { maskSecrets } from "../dev-log.ts";

export type Level = "info" | "warn" | "error";

/** What a line says besides when, how grave, and what. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one line of JSON to stdout: for journald, Docker, and whatever collects lines. */
export function log(level: Level, event: string, facts: Facts = {}): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...facts })}\n`);
}

const LEVELS: Readonly<Record<string, Level>> = { error: "error", warn: "warn" };

/**
 * What a Worker said: a line of JSON of ours, or whatever the runtime says. Names and queries are taken out of paths in it.
 */
export function logWorker({ level, message }: { readonly level: string; readonly message: string }): void {
  log(LEVELS[level] ?? "info", "worker", { message: maskSecrets(message) });
}
