import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { buildReference, buildStandIns, standIns } from "./bundles.ts";
import type { HttpRequest } from "./http-connection.ts";
import { Workerd } from "./workerd.ts";
import type { WorkerService } from "./workerd-config.ts";

/** R0 to R4 and P3, each with a socket of its own, in one workerd. */
export async function startReferences(folder: string): Promise<Workerd> {
  const arrays = await buildReference(folder, "array-store", { kv: { ARRAYS: "kv-ARRAYS" } });
  const workers = [
    await buildReference(folder, "bare"),
    await buildReference(folder, "hono"),
    await buildReference(folder, "insert-api", { services: { STORE: "insert-store" } }),
    await buildReference(folder, "insert-store", { objects: { LOG: "ReactionLog" } }),
    ...spread(await buildReference(folder, "two-objects")),
    await buildReference(folder, "table-object", { objects: { OBJECT: "TableObject" } }),
    await buildReference(folder, "broadcast-api", { services: { STORE: "broadcast-store" } }),
    await buildReference(folder, "broadcast-store", { objects: { ROOM: "Broadcaster" } }),
    await buildReference(folder, "array-api", { services: { STORE: "array-store" } }),
    arrays,
    await buildReference(folder, "scrypt", { compatibilityFlags: ["nodejs_compat"] }),
  ];
  await buildStandIns(folder);
  return Workerd.start(folder, [...workers, ...standIns([arrays])]);
}

/** R4 is a Worker, a room and a ledger of three Workers, as ours are: one bundle three times, each with what it needs. */
const spread = (bundled: WorkerService): WorkerService[] => [
  { ...bundled, foreignObjects: { ROOM: { type: "ReactionRoom", service: "two-objects-room" } } },
  {
    ...bundled,
    name: "two-objects-room",
    objects: { ROOM: "ReactionRoom" },
    foreignObjects: { LOG: { type: "ReactionRows", service: "two-objects-log" } },
  },
  { ...bundled, name: "two-objects-log", objects: { LOG: "ReactionRows" } },
];

/** A reaction, as R2 takes it. */
export const insert = (session: string, uid: string, reaction: string): HttpRequest => ({
  method: "POST",
  path: `/${session}`,
  body: JSON.stringify({ uid, page: "1", reaction }),
});

/** P1 or P2 in a process of its own, which ends with ours. */
export class NodeReference {
  readonly port: number;
  readonly pid: number;
  readonly #close: () => void;

  private constructor(port: number, pid: number, close: () => void) {
    this.port = port;
    this.pid = pid;
    this.#close = close;
  }

  static async start(name: "socket-io" | "plain-ws"): Promise<NodeReference> {
    const child = fork(fileURLToPath(new URL(`references/${name}.ts`, import.meta.url)));
    const [port] = await once(child, "message");
    return new NodeReference(z.number().parse(port), child.pid ?? 0, () => {
      if (child.connected) child.disconnect();
    });
  }

  close(): void {
    this.#close();
  }
}
