import { type Fields, isFields, isNumber, isText } from "../client/fields.ts";

/*
 * What the service tells of a session's course, as plain types: timeline.test.ts holds them against
 * the schemas in shared/. Times in milliseconds since 1970.
 */

/** Reactions in the bucket that begins at `at`. */
export interface Bucket {
  readonly at: number;
  readonly count: number;
}

export interface TimelinePage {
  readonly page: string;
  readonly title: string | null;
  /** When the deck stood on it. */
  readonly dwell: readonly { readonly from: number; readonly until: number }[];
  readonly total: number;
  readonly buckets: readonly Bucket[];
}

/** A bucket that stood out, `factor` times above the median. */
export interface Moment extends Bucket {
  readonly page: string;
  readonly title: string | null;
  readonly factor: number;
}

export interface Timeline {
  readonly from: number;
  /** The end, or now. */
  readonly until: number;
  /** Seconds. */
  readonly bucket: number;
  readonly endedAt: number | null;
  readonly total: number;
  /** In the order they were first shown. */
  readonly pages: readonly TimelinePage[];
  /** People with an open connection, whenever that changed. */
  readonly people: readonly { readonly at: number; readonly people: number }[];
  /** Largest first. */
  readonly moments: readonly Moment[];
}

/** The timeline in an answer; `undefined` when it is none. */
export function readTimeline(answer: Fields): Timeline | undefined {
  const { from, until, bucket, endedAt, total, pages, people, moments } = answer;
  const isSound = isNumber(from) && isNumber(until) && isNumber(bucket) && isNumber(total);
  if (!isSound || !(endedAt === null || isNumber(endedAt))) return undefined;
  if (!isListOf(pages, isPage) || !isListOf(people, isSample) || !isListOf(moments, isMoment))
    return undefined;
  return { from, until, bucket, endedAt, total, pages, people, moments };
}

const isListOf = <T>(value: unknown, isOne: (value: unknown) => value is T): value is T[] =>
  Array.isArray(value) && value.every(isOne);

const isBucket = (value: unknown): value is Bucket =>
  isFields(value) && isNumber(value.at) && isNumber(value.count);

const isStay = (value: unknown): value is TimelinePage["dwell"][number] =>
  isFields(value) && isNumber(value.from) && isNumber(value.until);

const isSample = (value: unknown): value is Timeline["people"][number] =>
  isFields(value) && isNumber(value.at) && isNumber(value.people);

const isTitle = (value: unknown): value is string | null => value === null || isText(value);

const isPage = (value: unknown): value is TimelinePage =>
  isFields(value) &&
  isText(value.page) &&
  isTitle(value.title) &&
  isNumber(value.total) &&
  isListOf(value.dwell, isStay) &&
  isListOf(value.buckets, isBucket);

const isMoment = (value: unknown): value is Moment =>
  isBucket(value) &&
  "page" in value &&
  isText(value.page) &&
  "title" in value &&
  isTitle(value.title) &&
  "factor" in value &&
  isNumber(value.factor);
