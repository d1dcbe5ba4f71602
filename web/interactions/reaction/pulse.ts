import { isShown } from "../../ui/page-name.ts";
import { pickStep } from "../../ui/time-axis.tsx";

/** The session's rhythm: how many reactions came in each second, and when pages changed. */
export interface Pulse {
  /** The first second, in seconds since 1970. */
  readonly start: number;
  /** Reactions of each second since then. */
  readonly seconds: readonly number[];
  readonly marks: readonly Mark[];
}

export interface Mark {
  /** Seconds since the pulse's start. */
  readonly at: number;
  readonly page: string;
}

/** One column of the chart. */
export interface Column {
  /** Seconds since the pulse's start. */
  readonly at: number;
  /** Reactions a second, over the column's width. */
  readonly rate: number;
}

/** Column widths that people read easily, in seconds. */
const WIDTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600] as const;
const MOST_COLUMNS = 120;
const MOST_TICKS = 7;
/** A pulse is never drawn shorter than this, in seconds, so that its first minute does not jump. */
const LEAST_SECONDS = 60;
/** Six hours; what is older falls off. */
const MOST_SECONDS = 6 * 60 * 60;

export const emptyPulse = (now: number): Pulse => ({
  start: Math.floor(now / 1000),
  seconds: [],
  marks: [],
});

/** The pulse with so many reactions more at this moment. */
export function addReactions(pulse: Pulse, count: number, now: number): Pulse {
  if (count <= 0) return pulse;
  const at = Math.max(0, Math.floor(now / 1000) - pulse.start);
  const seconds = [...pulse.seconds];
  while (seconds.length <= at) seconds.push(0);
  seconds[at] = (seconds[at] ?? 0) + count;
  return trim({ ...pulse, seconds });
}

/** The pulse with a change of page, if that is a slide. Flipping through within one second leaves one mark. */
export function addMark(pulse: Pulse, page: string, now: number): Pulse {
  const at = Math.max(0, Math.floor(now / 1000) - pulse.start);
  if (!isShown(page) || pulse.marks.at(-1)?.page === page) return pulse;
  const marks = pulse.marks.filter((mark) => mark.at !== at);
  return trim({ ...pulse, marks: [...marks, { at, page }] });
}

/** Seconds to draw: up to now. */
export const getLength = (pulse: Pulse, now: number): number =>
  Math.max(LEAST_SECONDS, Math.floor(now / 1000) - pulse.start + 1);

/** The whole minutes that are written below the chart, in seconds since its start: a few, whatever the length. */
export function listTicks(length: number): number[] {
  const step = pickStep(length, MOST_TICKS, 60);
  const ticks: number[] = [];
  for (let at = step; at < length; at += step) ticks.push(at);
  return ticks;
}

/** The columns of the chart, each as wide as its number allows. */
export function listColumns(pulse: Pulse, length: number): { columns: Column[]; width: number } {
  const width = WIDTHS.find((width) => length / width <= MOST_COLUMNS) ?? WIDTHS[WIDTHS.length - 1] ?? 1;
  const columns: Column[] = [];
  for (let at = 0; at < pulse.seconds.length; at += width) {
    const sum = pulse.seconds.slice(at, at + width).reduce((sum, count) => sum + count, 0);
    if (sum > 0) columns.push({ at, rate: sum / width });
  }
  return { columns, width };
}

function trim(pulse: Pulse): Pulse {
  const extra = pulse.seconds.length - MOST_SECONDS;
  if (extra <= 0) return pulse;
  return {
    start: pulse.start + extra,
    seconds: pulse.seconds.slice(extra),
    marks: pulse.marks.map(({ at, page }) => ({ at: at - extra, page })).filter(({ at }) => at >= 0),
  };
}

/** What the service tells of a session so far. Times in milliseconds since 1970, `bucket` in seconds. */
interface Past {
  readonly from: number;
  readonly bucket: number;
  readonly pages: readonly {
    readonly page: string;
    readonly dwell: readonly { readonly from: number }[];
    readonly buckets: readonly { readonly at: number; readonly count: number }[];
  }[];
}

/** The pulse of all that; a bucket's reactions are spread over its seconds. */
export function createPulse({ from, bucket, pages }: Past): Pulse {
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
  const pulse: Pulse = { start, seconds, marks: [] };
  return changes
    .sort((a, b) => a.at - b.at)
    .reduce((whole, { page, at }) => addMark(whole, page, at), trim(pulse));
}
