import { LIMITS } from "../../shared/protocol/limits.ts";
import type { TimelineAnswer } from "../../shared/protocol/timeline.ts";
import type { BucketCount } from "../lib/buckets.ts";
import { chooseBucket, findPeaks, getDwell, getTitles } from "../lib/course.ts";
import type { History } from "../lib/history.ts";
import { ProblemError } from "../lib/problem-error.ts";

/** What users get, in seconds: few, so that what was read for one of them is told to the others. */
const BUCKET_SIZES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
/** Moments told. */
const MOMENTS = 5;

/**
 * The length of a bucket in seconds, for a session of so many milliseconds.
 * @throws `invalid_request` when the one asked for would make too many
 */
export function pickBucket(duration: number, asked?: number): number {
  if (asked === undefined) return chooseBucket(duration);
  const seconds = Math.max(1, duration / 1000);
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
  const titles = getTitles(states);
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
  const moments = findPeaks(counts).slice(0, MOMENTS);
  return {
    from: startedAt,
    until,
    bucket,
    endedAt,
    total: pages.reduce((sum, { total }) => sum + total, 0),
    pages,
    people,
    moments: moments.map((each) => ({ ...each, title: titles.get(each.page) ?? null })),
  };
}
