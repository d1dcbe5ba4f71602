import type { TimelineAnswer } from "../../shared/results.ts";
import { Recent } from "./recent.ts";

/**
 * Timelines that everyone may see, by session and bucket: when a host opens the results, a whole
 * audience asks for them at once. Hosts read what is there now.
 */
const timelines = new Recent<TimelineAnswer>(5000, 100);

const keyOf = (hash: string, bucket: number | undefined) => `${hash} ${bucket ?? "any"}`;

export const getOpenTimeline = (hash: string, bucket: number | undefined): TimelineAnswer | undefined =>
  timelines.get(keyOf(hash, bucket));

export const keepOpenTimeline = (hash: string, bucket: number | undefined, timeline: TimelineAnswer): void =>
  timelines.set(keyOf(hash, bucket), timeline);

/** A host closed the results of a session, or it is gone. What the others had is soon read again. */
export const forgetTimelines = (): void => timelines.clear();
