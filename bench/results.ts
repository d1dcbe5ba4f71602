import { readFile, writeFile } from "node:fs/promises";
import type { CountedCosts } from "./cost-count.ts";
import type { CountedAct } from "./host-costs.ts";
import type { Machine } from "./machine.ts";
import type { MeasuredTable } from "./measurement.ts";
import { NOTHING } from "./operations.ts";
import type { SoakResult } from "./soak-session.ts";
import type { TreeCheck } from "./tree-check.ts";

/** Not in git: what a run measured on one machine. The pages in docs/ are written from it. */
const FILE = "bench-results.json";

/** A soak is run by itself, on a day of its own. */
export type MeasuredSoak = SoakResult & { readonly machine: Machine };

/** Everything measured; each part is replaced by the next run that measures it. */
export interface Results {
  readonly machine: Machine;
  /** "full" figures are the ones to quote. */
  readonly size: string;
  readonly tables: readonly MeasuredTable[];
  readonly costs?: CountedCosts;
  readonly hostCosts?: readonly CountedAct[];
  readonly tree?: TreeCheck;
  readonly soak?: MeasuredSoak;
}

export async function readResults(): Promise<Results | undefined> {
  try {
    return JSON.parse(await readFile(FILE, "utf8"), complete);
  } catch {
    return undefined;
  }
}

/** What an earlier run did not count yet is none. */
const complete = (_: string, value: unknown): unknown =>
  value instanceof Object && "kvWrites" in value ? { ...NOTHING, ...value } : value;

export async function writeResults(results: Results): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(results, null, 2)}\n`);
}

/** Tables of this run in their places, and those of earlier runs that it left out. */
export function mergeTables(
  earlier: readonly MeasuredTable[],
  latest: readonly MeasuredTable[],
): MeasuredTable[] {
  const tables = new Map([...earlier, ...latest].map((table) => [table.name, table]));
  return [...tables.values()];
}
