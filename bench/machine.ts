import { readFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";

/** Where figures come from; without it they say little. */
export interface Machine {
  readonly date: string;
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
}

export const describeMachine = (): Machine => ({
  date: new Date().toISOString().slice(0, 10),
  cores: cpus().length,
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  memoryGib: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.version,
});

/** workerd opens every connection twice. */
const FILES_PER_PIPE = 2;
/** Everything else that is open. */
const OTHER_FILES = 1000;

/** As many pipes as one process may hold here: the limit of open files decides (`ulimit -n`). */
export function getMostPipes(): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    const files = Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
    return Math.floor((files - OTHER_FILES) / FILES_PER_PIPE);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
