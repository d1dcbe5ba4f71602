import { isShown } from "../ui/page-name.ts";

/** The session's rhythm: how many reactions came in each second, and when pages changed. */
export interface Timeline {
  /** The first second, in seconds since 1970. */
  readonly start: number;
  /** Reactions of each second since then. */
  readonly seconds: readonly number[];
  readonly marks: readonly Mark[];
}

export interface Mark {
  /** Seconds since the timeline's start. */
  readonly at: number;
  readonly page: string;
}

/** One column of the chart. */
export interface Column {
  /** Seconds since the timeline's start. */
  readonly at: number;
  /** Reactions a second, over the column's width. */
  readonly rate: number;
}

/** Column widths that people read easily, in seconds. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600] as const;
const MOST_COLUMNS = 120;
/** Between two times on the axis, in seconds. */
const STEPS = [60, 120, 300, 600, 900, 1800, 3600] as const;
const MOST_TICKS = 7;
/** A timeline is never drawn shorter than this, in seconds, so that its first minute does not jump. */
const LEAST_SECONDS = 60;
/** Six hours; what is older falls off. */
const MOST_SECONDS = 6 * 60 * 60;

export const emptyTimeline = (now: number): Timeline => ({
  start: Math.floor(now / 1000),
  seconds: [],
  marks: [],
});

/** The timeline with so many reactions more at this moment. */
export function addReactions(timeline: Timeline, count: number, now: number): Timeline {
  if (count <= 0) return timeline;
  const at = Math.max(0, Math.floor(now / 1000) - timeline.start);
  const seconds = [...timeline.seconds];
  while (seconds.length <= at) seconds.push(0);
  seconds[at] = (seconds[at] ?? 0) + count;
  return trim({ ...timeline, seconds });
}

/** The timeline with a change of page, if that is a slide. Flipping through within one second leaves one mark. */
export function addMark(timeline: Timeline, page: string, now: number): Timeline {
  const at = Math.max(0, Math.floor(now / 1000) - timeline.start);
  if (!isShown(page) || timeline.marks.at(-1)?.page === page) return timeline;
  const marks = timeline.marks.filter((mark) => mark.at !== at);
  return trim({ ...timeline, marks: [...marks, { at, page }] });
}

/** Seconds to draw: up to now. */
export const getLength = (timeline: Timeline, now: number): number =>
  Math.max(LEAST_SECONDS, Math.floor(now / 1000) - timeline.start + 1);

/** The whole minutes that are written below the chart, in seconds since its start: a few, whatever the length. */
export function listTicks(length: number): number[] {
  const step = STEPS.find((step) => length / step <= MOST_TICKS) ?? length;
  const ticks: number[] = [];
  for (let at = step; at < length; at += step) ticks.push(at);
  return ticks;
}

/** The columns of the chart, each as wide as its number allows. */
export function listColumns(timeline: Timeline, length: number): { columns: Column[]; width: number } {
  const width = WIDTHS.find((width) => length / width <= MOST_COLUMNS) ?? WIDTHS[WIDTHS.length - 1] ?? 1;
  const columns: Column[] = [];
  for (let at = 0; at < timeline.seconds.length; at += width) {
    const sum = timeline.seconds.slice(at, at + width).reduce((sum, count) => sum + count, 0);
    if (sum > 0) columns.push({ at, rate: sum / width });
  }
  return { columns, width };
}

function trim(timeline: Timeline): Timeline {
  const extra = timeline.seconds.length - MOST_SECONDS;
  if (extra <= 0) return timeline;
  return {
    start: timeline.start + extra,
    seconds: timeline.seconds.slice(extra),
    marks: timeline.marks.map(({ at, page }) => ({ at: at - extra, page })).filter(({ at }) => at >= 0),
  };
}

/** What the service tells of a session's course. Times in milliseconds since 1970, `bucket` in seconds. */
export interface Course {
  readonly from: number;
  readonly bucket: number;
  readonly pages: readonly {
    readonly page: string;
    readonly dwell: readonly { readonly from: number }[];
    readonly buckets: readonly { readonly at: number; readonly count: number }[];
  }[];
}

/** The timeline of all that; a bucket's reactions are spread over its seconds. */
export function createTimeline({ from, bucket, pages }: Course): Timeline {
  const start = Math.floor(from / 1000);
  const seconds: number[] = [];
  for (const { at, count } of pages.flatMap(({ buckets }) => buckets)) {
    const first = Math.max(0, Math.floor(at / 1000) - start);
    while (seconds.length < first + bucket) seconds.push(0);
    for (let second = first; second < first + bucket; second++) {
      seconds[second] = (seconds[second] ?? 0) + count / bucket;
    }
  }
  const changes = pages.flatMap(({ page, dwell }) => dwell.map((stay) => ({ page, at: stay.from })));
  const timeline: Timeline = { start, seconds, marks: [] };
  return changes
    .sort((a, b) => a.at - b.at)
    .reduce((whole, { page, at }) => addMark(whole, page, at), trim(timeline));
}
