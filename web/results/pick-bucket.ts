import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Timeline } from "../ui/timeline.ts";
import { getSpan } from "./picture.ts";

/** What a picture has room for. */
const COLUMNS = 200;

/**
 * A finer bucket in seconds, where the talk is a small part of the time since;
 * `undefined`: what the service chose is fine.
 */
export function pickBucket(timeline: Timeline): number | undefined {
  const { from, until } = getSpan(timeline);
  const wanted = Math.ceil((until - from) / 1000 / COLUMNS);
  const least = Math.ceil((timeline.until - timeline.from) / 1000 / (LIMITS.buckets - 10));
  const bucket = Math.max(1, wanted, least);
  return bucket * 2 <= timeline.bucket ? bucket : undefined;
}
