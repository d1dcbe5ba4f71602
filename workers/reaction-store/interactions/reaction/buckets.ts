import { getTopicPage } from "../../../../shared/interactions/reaction/topic.ts";
import type { BucketCount } from "../../../lib/buckets.ts";
import type { TopicBucket } from "../../../lib/ledger.ts";

/** Several ledgers may have counted in the same bucket: theirs as one's, by page, oldest first. */
export function mergeBuckets(ledgers: readonly (readonly TopicBucket[])[]): BucketCount[] {
  const merged = new Map<string, BucketCount>();
  for (const { at, topic, count } of ledgers.flat()) {
    const key = `${at} ${topic}`;
    const known = merged.get(key);
    if (known) known.count += count;
    else merged.set(key, { at, page: getTopicPage(topic) ?? "", count });
  }
  return [...merged.values()].sort((a, b) => a.at - b.at);
}
