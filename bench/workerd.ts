import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { z } from "zod";
import {
  getSockets,
  STORAGE,
  type Surroundings,
  type WorkerService,
  writeWorkerdConfig,
} from "./workerd-config.ts";

/** What workerd says on its control descriptor. */
const Listening = z.object({ event: z.literal("listen"), socket: z.string(), port: z.number() });

/** The package says where its binary is. */
const workerdPath = z
  .object({ default: z.string() })
  .parse(createRequire(import.meta.url)("workerd")).default;

const STARTUP_MS = 120_000;
/** Clock ticks a second in /proc, on every Linux that matters. */
const TICKS_PER_SECOND = 100;

/** CPU seconds since its start, and resident memory in KiB. NaN where there is no /proc. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly residentKib: number;
}

export async function readUsage(pid: number): Promise<ProcessUsage> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile(`/proc/${pid}/status`, "utf8"),
    ]);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    const resident = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
    return { cpuSeconds: ticks / TICKS_PER_SECOND, residentKib: Number(resident ?? Number.NaN) };
  } catch {
    return { cpuSeconds: Number.NaN, residentKib: Number.NaN };
  }
}

/** One running workerd: the production runtime itself, with nothing in front of it. */
export class Workerd {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #ports: ReadonlyMap<string, number>;
  readonly #log: string[];

  private constructor(child: ChildProcess, pid: number, ports: ReadonlyMap<string, number>, log: string[]) {
    this.#child = child;
    this.pid = pid;
    this.#ports = ports;
    this.#log = log;
  }

  /**
   * Starts the Workers in `folder`, which holds their bundles.
   * @throws with what workerd said when it does not come up
   */
  static async start(
    folder: string,
    workers: readonly WorkerService[],
    options: readonly string[] = [],
    surroundings: Surroundings = {},
  ): Promise<Workerd> {
    await mkdir(join(folder, surroundings.storage ?? STORAGE), { recursive: true });
    await writeFile(`${folder}/config.capnp`, writeWorkerdConfig(workers, surroundings));
    const child = spawn(
      workerdPath,
      ["serve", "config.capnp", "--experimental", "--control-fd=3", ...options],
      {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe", "pipe"],
      },
    );
    // Whatever ends us ends it too.
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const log: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        log.push(String(text));
        if (log.length > 1000) log.splice(0, 500);
      });
    }
    const ports = await readPorts(child, getSockets(workers).length).catch((error: unknown) => {
      child.kill("SIGKILL");
      throw new Error(`workerd did not start (${error})\n${log.join("")}`);
    });
    return new Workerd(child, child.pid ?? 0, ports, log);
  }

  /** The port of a Worker's own socket. */
  port(worker: string): number {
    const port = this.#ports.get(worker);
    if (port === undefined) throw new RangeError(`${worker} has no socket`);
    return port;
  }

  get log(): string {
    return this.#log.join("");
  }

  usage(): Promise<ProcessUsage> {
    return readUsage(this.pid);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exited;
  }
}

async function readPorts(child: ChildProcess, count: number): Promise<Map<string, number>> {
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("no control descriptor");
  const ports = new Map<string, number>();
  const lines = createInterface({ input: control });
  const timer = setTimeout(() => lines.close(), STARTUP_MS);
  try {
    for await (const line of lines) {
      const message = Listening.safeParse(JSON.parse(line));
      if (!message.success) continue;
      ports.set(message.data.socket, message.data.port);
      if (ports.size === count) return ports;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error("its sockets are not there");
}
