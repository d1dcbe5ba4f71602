import type { Figure } from "../measurement.ts";

/** What every closed loop reports. */
export const LOOP_FIGURES = [
  { key: "rate", title: "throughput", unit: "/s" },
  { key: "p50", title: "p50", unit: "ms" },
  { key: "p99", title: "p99", unit: "ms" },
  { key: "cpu", title: "server CPU each", unit: "µs" },
] as const satisfies readonly Figure[];

/** What every broadcast reports, from the request to set the state. */
export const BROADCAST_FIGURES = [
  { key: "p50", title: "half have it", unit: "ms" },
  { key: "p99", title: "99% have it", unit: "ms" },
  { key: "last", title: "everyone has it", unit: "ms" },
] as const satisfies readonly Figure[];
