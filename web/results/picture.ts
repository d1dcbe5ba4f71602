import { isShown } from "../ui/page-name.ts";
import { pickStep } from "../ui/time-axis.tsx";
import type { Bucket, Moment, Timeline } from "../ui/timeline.ts";

/** The picture's own units: what is drawn is stretched to whatever room there is. */
export const WIDTH = 1000;
export const HEIGHT = 300;
/** Above the highest column stand the marks of moments. */
const HEAD = 34;
/** A talk's first and last moment are not drawn on the edge: this share of the length is added on both sides. */
const MARGIN = 0.015;
/** No time is written so close to an edge. */
const EDGE = 0.05;
/** Two moments of one slide that are closer than this share of the talk are one. */
const APART = 0.03;
/** A picture is never shorter than this, in milliseconds. */
const LEAST_MS = 60_000;

const MOST_TICKS = 6;

/** A stretch of time on one slide. */
export interface Band {
  readonly page: string;
  readonly x: number;
  readonly width: number;
}

/** Everything that is drawn, in the picture's units. */
export interface Picture {
  readonly from: number;
  readonly until: number;
  readonly columns: readonly { x: number; width: number; height: number; at: number; count: number }[];
  readonly bands: readonly Band[];
  /** How many people were there: an SVG path; empty when nobody counted them. */
  readonly people: string;
  readonly mostPeople: number;
  /** The highest column. */
  readonly peak: Bucket;
  readonly ticks: readonly { readonly x: number; readonly at: number }[];
  readonly moments: readonly { readonly x: number; readonly number: number }[];
}

/** Lays a session's course out. */
export function drawPicture(timeline: Timeline): Picture {
  const { from, until } = getSpan(timeline);
  const x = (at: number) => (Math.min(until, Math.max(from, at)) - from) * (WIDTH / (until - from));
  const counts = sumBuckets(timeline);
  const peak = counts.reduce((most, one) => (one.count > most.count ? one : most), { at: from, count: 0 });
  const bucketMs = timeline.bucket * 1000;
  const columns = counts.map(({ at, count }) => {
    // A hairline between columns, as long as there is room for one.
    const width = x(at + bucketMs) - x(at);
    return {
      at,
      count,
      x: x(at),
      width: width > 3 ? width - 1 : width,
      height: (count / Math.max(1, peak.count)) * (HEIGHT - HEAD),
    };
  });
  const mostPeople = Math.max(0, ...timeline.people.map(({ people }) => people));
  return {
    from,
    until,
    columns,
    bands: listBands(timeline, x),
    people: drawPeople(timeline, x, mostPeople),
    mostPeople,
    peak,
    // What stands at the very edge would hang over it.
    ticks: listTicks(from, until)
      .map((at) => ({ at, x: x(at) }))
      .filter(({ x }) => x > WIDTH * EDGE && x < WIDTH * (1 - EDGE)),
    moments: listMoments(timeline).map(({ at }, index) => ({ x: x(at + bucketMs / 2), number: index + 1 })),
  };
}

/** What of a session is worth looking at; `length` is what really happened, without the air around it. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly length: number;
}

/** When something went on: who looks a week later wants to see the talk, and not the week. */
export function getSpan({ from, until, bucket, pages, people }: Timeline): Span {
  const starts = pages.flatMap(({ page, dwell }) => (isShown(page) ? dwell.map((stay) => stay.from) : []));
  const reactions = pages.flatMap(({ buckets }) => buckets.map(({ at }) => at));
  const begins = [...starts, ...reactions];
  const ends = [...starts, ...reactions.map((at) => at + bucket * 1000), ...listFull(people)];
  const first = Math.min(...begins, until);
  const last = Math.min(until, Math.max(...ends, from, first));
  const width = Math.max(LEAST_MS, last - first);
  const margin = width * MARGIN;
  return { from: first - margin, until: first + width + margin, length: last - first };
}

/**
 * When people came and went as long as half of the room was there, and when that half had left: a phone that
 * is forgotten in a pocket, or looks at the session a day later, is no talk.
 */
function listFull(people: Timeline["people"]): number[] {
  const half = Math.max(0, ...people.map(({ people }) => people)) / 2;
  const isFull = (count = 0) => count > 0 && count >= half;
  return people
    .filter(({ people: count }, index) => isFull(count) || isFull(people[index - 1]?.people))
    .map(({ at }) => at);
}

/** The moments that stood out, largest first; the minute around a moment belongs to it. */
export function listMoments(timeline: Timeline): Moment[] {
  const { from, until } = getSpan(timeline);
  const isSame = (a: Moment, b: Moment) =>
    a.page === b.page && Math.abs(a.at - b.at) < (until - from) * APART;
  return timeline.moments.filter(
    (moment, index) => !timeline.moments.slice(0, index).some((larger) => isSame(larger, moment)),
  );
}

/** Reactions of all pages by bucket, oldest first. */
function sumBuckets({ pages }: Pick<Timeline, "pages">): Bucket[] {
  const sums = new Map<number, number>();
  for (const { buckets } of pages) {
    for (const { at, count } of buckets) sums.set(at, (sums.get(at) ?? 0) + count);
  }
  return [...sums].map(([at, count]) => ({ at, count })).sort((a, b) => a.at - b.at);
}

function listBands({ pages }: Timeline, x: (at: number) => number): Band[] {
  return pages
    .filter(({ page }) => isShown(page))
    .flatMap(({ page, dwell }) =>
      dwell.map(({ from, until }) => ({ page, x: x(from), width: x(until) - x(from) })),
    )
    .sort((a, b) => a.x - b.x);
}

/** Steps, not slopes: between two counts nobody came or went. Nothing is said of what has not been yet. */
function drawPeople({ people, until }: Timeline, x: (at: number) => number, most: number): string {
  const [first, ...others] = people;
  if (!first || most === 0) return "";
  const y = (count: number) => round(HEIGHT - (count / most) * (HEIGHT - HEAD));
  const steps = others.map(({ at, people }) => `H${round(x(at))}V${y(people)}`).join("");
  return `M${round(x(first.at))} ${HEIGHT}V${y(first.people)}${steps}H${round(x(until))}`;
}

function listTicks(from: number, until: number): number[] {
  const step = pickStep((until - from) / 1000, MOST_TICKS) * 1000;
  // On the hour where the clock on the wall shows it.
  const offset = new Date(from).getTimezoneOffset() * 60_000;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= until; at += step) ticks.push(at);
  return ticks;
}

const round = (value: number) => Math.round(value * 10) / 10;
