const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is waited after the first try, the second …; then an hour each. */
const WAITS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE];

/** After so long nobody tries any more. */
const PATIENCE = 24 * HOUR;

/**
 * When to try again, in milliseconds since 1970, or undefined: given up, 24 hours after the first try.
 * @param attempt how many there were, from 1
 * @param retryAfter seconds, as the receiver asked for; what is longer than an hour counts as an hour
 */
export function nextTry(attempt: number, firstAt: number, now: number, retryAfter = 0): number | undefined {
  const own = WAITS[attempt - 1] ?? HOUR;
  const next = now + Math.max(own, Math.min(retryAfter * SECOND, HOUR));
  return next <= firstAt + PATIENCE ? next : undefined;
}
