import type {
  Bucket,
  Moment,
  PeopleSample,
  TimelineAnswer,
  TimelinePage,
} from "../../shared/protocol/timeline.ts";
import { type Fields, isFields, isNumber, isText } from "../client/fields.ts";

export type { Bucket, Moment, TimelineAnswer as Timeline } from "../../shared/protocol/timeline.ts";

/** The timeline in an answer; `undefined` when it is none. */
export function readTimeline(answer: Fields): TimelineAnswer | undefined {
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

const isSample = (value: unknown): value is PeopleSample =>
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
