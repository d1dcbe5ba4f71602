/** What Cloudflare bills, counted. */
export interface Operations {
  /** Requests to the public Worker; those between Workers are not billed. */
  readonly workerRequests: number;
  /** Calls of Durable Objects and their alarms, without pipe messages. */
  readonly objectRequests: number;
  /** Messages that came in on pipes. */
  readonly messages: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly kvReads: number;
  /** And deletes and lists, which cost the same. */
  readonly kvWrites: number;
  /** Operations of R2: class A, which change or list, and class B, which read. */
  readonly r2Writes: number;
  readonly r2Reads: number;
  /** CPU of the whole process: Workers and objects, and the runtime itself. */
  readonly cpuMs: number;
  /** Objects times the seconds they were awake. */
  readonly objectSeconds: number;
}

export const NOTHING: Operations = {
  workerRequests: 0,
  objectRequests: 0,
  messages: 0,
  rowsRead: 0,
  rowsWritten: 0,
  kvReads: 0,
  kvWrites: 0,
  r2Writes: 0,
  r2Reads: 0,
  cpuMs: 0,
  objectSeconds: 0,
};

/** Sums of operations, each `times` as often. */
export function combine(...parts: readonly (readonly [operations: Operations, times: number])[]): Operations {
  const total = (key: keyof Operations) =>
    parts.reduce((sum, [operations, times]) => sum + operations[key] * times, 0);
  return {
    workerRequests: total("workerRequests"),
    objectRequests: total("objectRequests"),
    messages: total("messages"),
    rowsRead: total("rowsRead"),
    rowsWritten: total("rowsWritten"),
    kvReads: total("kvReads"),
    kvWrites: total("kvWrites"),
    r2Writes: total("r2Writes"),
    r2Reads: total("r2Reads"),
    cpuMs: total("cpuMs"),
    objectSeconds: total("objectSeconds"),
  };
}
