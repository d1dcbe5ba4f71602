import type { LoadResult } from "./load-job.ts";
import { readUsage } from "./workerd.ts";

/**
 * Adds what the server burned for it: CPU microseconds per unit of work. Where a machine is busy
 * with other things, throughput wavers and this hardly does.
 */
export async function withCpu(
  pid: number,
  seconds: number,
  run: () => Promise<LoadResult>,
): Promise<LoadResult> {
  const before = await readUsage(pid);
  const result = await run();
  const { cpuSeconds } = await readUsage(pid);
  const count = (result.rate ?? Number.NaN) * seconds;
  return { ...result, cpu: ((cpuSeconds - before.cpuSeconds) * 1e6) / count };
}
