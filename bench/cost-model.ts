import type { Operations } from "./operations.ts";
import { PRICES } from "./prices.ts";

/** What a number of operations costs beyond what the plan includes, in dollars, item by item. */
export interface Cost {
  readonly items: Readonly<Record<string, number>>;
  readonly total: number;
}

/** Prices operations as if nothing were included: the price of one more, for whoever is past the plan. */
export function priceOperations(operations: Operations): Cost {
  const { perMillion, messagesPerRequest, objectGb } = PRICES;
  const objectRequests = operations.objectRequests + operations.messages / messagesPerRequest;
  const items = {
    "Worker requests": operations.workerRequests * perMillion.workerRequests,
    "CPU time": operations.cpuMs * perMillion.workerCpuMs,
    "object requests": objectRequests * perMillion.objectRequests,
    "object duration": operations.objectSeconds * objectGb * perMillion.objectGbSeconds,
    "rows written": operations.rowsWritten * perMillion.rowsWritten,
    "rows read": operations.rowsRead * perMillion.rowsRead,
    "KV reads": operations.kvReads * perMillion.kvReads,
    "KV writes": operations.kvWrites * perMillion.kvWrites,
    "R2 class A": operations.r2Writes * perMillion.r2Writes,
    "R2 class B": operations.r2Reads * perMillion.r2Reads,
  };
  const dollars = Object.fromEntries(Object.entries(items).map(([name, value]) => [name, value / 1e6]));
  return { items: dollars, total: Object.values(dollars).reduce((sum, value) => sum + value, 0) };
}
