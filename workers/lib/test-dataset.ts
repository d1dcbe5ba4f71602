import type { Metered } from "./metrics.ts";

/** As written, none of it left out. */
interface WrittenPoint {
  readonly index: unknown;
  readonly blobs: readonly unknown[];
  readonly doubles: readonly number[];
}

/** A dataset that tells what is written to it. */
export function createTestDataset(): { env: Metered; points: WrittenPoint[] } {
  const points: WrittenPoint[] = [];
  const writeDataPoint = ({ indexes = [], blobs = [], doubles = [] }: AnalyticsEngineDataPoint = {}) =>
    void points.push({ index: indexes[0], blobs, doubles });
  return { env: { METRICS: { writeDataPoint } }, points };
}
