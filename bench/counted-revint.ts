import { z } from "zod";
import { NOTHING, type Operations } from "./operations.ts";
import { HOST_STORE, type Revint, type RevintOptions, readOk, sendAll } from "./revint.ts";
import type { Stage } from "./stage.ts";
import { readUsage } from "./workerd.ts";

const OBJECT_WRAPPERS: Readonly<Record<string, string>> = {
  "revint-session-store": "counted-rooms",
  "revint-reaction-store": "counted-ledgers",
};
const WRAPPERS = { ...OBJECT_WRAPPERS, [HOST_STORE]: "counted-hosts" };
const NAMESPACES = ["kv-SESSION_KV", "kv-HOST_KV", "kv-USER_KV", "kv-REACTION_KV"];

const Counts = z.object({
  calls: z.record(z.string(), z.number()),
  messages: z.number(),
  alarms: z.number(),
  rowsRead: z.number(),
  rowsWritten: z.number(),
});
const HostCounts = z.object({
  queries: z.number(),
  rowsRead: z.number(),
  rowsWritten: z.number(),
  r2Writes: z.number(),
  r2Reads: z.number(),
});
type HostCounts = z.infer<typeof HostCounts>;
const KvCounts = z.object({ reads: z.number(), writes: z.number(), deletes: z.number(), lists: z.number() });

/** A revint whose operations are counted, and so a little slower. */
export const startCounted = (stage: Stage, options: RevintOptions = {}): Promise<Revint> =>
  stage.startWrapped(WRAPPERS, options, "Counts");

async function ask(revint: Revint, worker: string): Promise<unknown> {
  const [answer] = await sendAll(revint.workerd.port(worker), [{ method: "GET", path: "/counts" }]);
  return readOk(answer);
}

/** What host-store has asked of D1 and R2 so far. */
export const readHostCounts = async (revint: Revint): Promise<HostCounts> =>
  HostCounts.parse(await ask(revint, `${HOST_STORE}.Counts`));

/** All counts so far; subtract two of them. */
export async function readOperations(revint: Revint): Promise<Operations> {
  const hosts = await readHostCounts(revint);
  const objects = await Promise.all(
    Object.keys(OBJECT_WRAPPERS).map(async (name) => Counts.parse(await ask(revint, `${name}.Counts`))),
  );
  const kv = await Promise.all(NAMESPACES.map(async (name) => KvCounts.parse(await ask(revint, name))));
  const { cpuSeconds } = await readUsage(revint.workerd.pid);
  const total = <T>(all: readonly T[], read: (one: T) => number) =>
    all.reduce((sum, one) => sum + read(one), 0);
  return {
    ...NOTHING,
    objectRequests: total(objects, ({ calls, alarms }) =>
      Object.values(calls).reduce((sum, count) => sum + count, alarms),
    ),
    messages: total(objects, ({ messages }) => messages),
    rowsRead: hosts.rowsRead + total(objects, ({ rowsRead }) => rowsRead),
    rowsWritten: hosts.rowsWritten + total(objects, ({ rowsWritten }) => rowsWritten),
    r2Writes: hosts.r2Writes,
    r2Reads: hosts.r2Reads,
    kvReads: total(kv, ({ reads }) => reads),
    kvWrites: total(kv, ({ writes, deletes, lists }) => writes + deletes + lists),
    cpuMs: cpuSeconds * 1000,
  };
}
