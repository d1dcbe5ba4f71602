import type { BucketCount } from "./buckets.ts";
import type { History } from "./history.ts";

/*
 * What can be read off a session's course, by whoever tells it: how long the deck stood where, and when the room
 * reacted more than usual.
 */

/** What a picture of a talk has room for. */
const BUCKETS_WANTED = 200;
/** How far above the median a bucket is that stands out. */
const FACTOR = 2;

/** The length of a bucket that suits a session of so many milliseconds, in seconds. */
export const chooseBucket = (duration: number): number =>
  Math.ceil(Math.max(1, duration / 1000) / BUCKETS_WANTED);

/** A page in one piece. Times in milliseconds since 1970. */
export interface Dwell {
  readonly page: string;
  readonly from: number;
  readonly until: number;
}

/** When the deck stood where: each state until the next one, the same page's in one piece. */
export function getDwell(states: History["states"], until: number): Dwell[] {
  const dwell: { page: string; from: number; until: number }[] = [];
  states.forEach(({ at, page }, index) => {
    const end = states[index + 1]?.at ?? Math.max(at, until);
    const last = dwell.at(-1);
    if (last?.page === page) last.until = end;
    else dwell.push({ page, from: at, until: end });
  });
  return dwell;
}

/** The titles of pages, as each was called last. */
export const getTitles = (states: History["states"]): ReadonlyMap<string, string | null> =>
  new Map(states.map(({ page, title }) => [page, title]));

/** Buckets that stand out, largest first; `factor` times above the median of those with reactions. */
export function findPeaks(counts: readonly BucketCount[]): (BucketCount & { factor: number })[] {
  const sorted = counts.map(({ count }) => count).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return counts
    .map((each) => ({ ...each, factor: each.count / Math.max(1, median) }))
    .filter(({ factor }) => factor >= FACTOR)
    .sort((a, b) => b.count - a.count);
}
