import { LIMITS } from "../../shared/protocol/limits.ts";
import type { TimelineAnswer } from "../../shared/protocol/timeline.ts";
import type { BucketCount } from "../lib/buckets.ts";
import type { History } from "../lib/history.ts";
import { ProblemError } from "../lib/problem-error.ts";

/** What a picture of a talk has room for. */
const BUCKETS_WANTED = 200;
/** What users get, in seconds: few, so that what was read for one of them is told to the others. */
const BUCKET_SIZES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
/** Moments told, and how far above the median one must be to be one. */
const MOMENTS = 5;
const FACTOR = 2;

/**
 * The length of a bucket in seconds, for a session of so many milliseconds.
 * @throws `invalid_request` when the one asked for would make too many
 */
export function pickBucket(duration: number, asked?: number): number {
  const seconds = Math.max(1, duration / 1000);
  if (asked === undefined) return Math.ceil(seconds / BUCKETS_WANTED);
  if (seconds / asked <= LIMITS.buckets) return asked;
  const least = Math.ceil(seconds / LIMITS.buckets);
  throw new ProblemError("invalid_request", `bucket: this session takes ${least} seconds or more`);
}

/** The smallest size of a user's bucket that is as long as asked for, in seconds. */
export const roundBucket = (asked: number): number =>
  BUCKET_SIZES.find((size) => size >= asked) ?? Math.max(...BUCKET_SIZES);

/** The same as `pickBucket`, for users: one of the few sizes, as long as it has to be for the session. */
export const fitBucket = (duration: number, asked?: number): number =>
  asked === undefined ? pickBucket(duration) : roundBucket(Math.max(asked, duration / 1000 / LIMITS.buckets));

/** The story of a session, from its course and its reactions, oldest first. */
export function createTimeline(
  history: History,
  counts: readonly BucketCount[],
  bucket: number,
  until: number,
): TimelineAnswer {
  const { startedAt, endedAt, states, people } = history;
  const titles = new Map(states.map(({ page, title }) => [page, title]));
  const countsOf = Map.groupBy(counts, ({ page }) => page);
  const dwellOf = Map.groupBy(getDwell(states, until), ({ page }) => page);
  const pages = [...new Set([...dwellOf.keys(), ...countsOf.keys()])].map((page) => {
    const buckets = (countsOf.get(page) ?? []).map(({ at, count }) => ({ at, count }));
    return {
      page,
      title: titles.get(page) ?? null,
      dwell: (dwellOf.get(page) ?? []).map(({ from, until }) => ({ from, until })),
      total: buckets.reduce((sum, { count }) => sum + count, 0),
      buckets,
    };
  });
  return {
    from: startedAt,
    until,
    bucket,
    endedAt,
    total: pages.reduce((sum, { total }) => sum + total, 0),
    pages,
    people,
    moments: getMoments(counts, titles),
  };
}

/** When the deck stood where: each state until the next one, the same page's in one piece. */
function getDwell(states: History["states"], until: number) {
  const dwell: { page: string; from: number; until: number }[] = [];
  states.forEach(({ at, page }, index) => {
    const end = states[index + 1]?.at ?? Math.max(at, until);
    const last = dwell.at(-1);
    if (last?.page === page) last.until = end;
    else dwell.push({ page, from: at, until: end });
  });
  return dwell;
}

function getMoments(counts: readonly BucketCount[], titles: ReadonlyMap<string, string | null>) {
  const sorted = counts.map(({ count }) => count).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return counts
    .map((each) => ({
      ...each,
      title: titles.get(each.page) ?? null,
      factor: each.count / Math.max(1, median),
    }))
    .filter(({ factor }) => factor >= FACTOR)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOMENTS);
}
