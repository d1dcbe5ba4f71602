import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as z from "zod";
import { RunningApi } from "./running-api.ts";

const Line = z.looseObject({ time: z.iso.datetime(), level: z.string(), event: z.string() });
type Line = z.output<typeof Line>;

/** One of the scripts, to its end. @returns what it printed */
export async function runScript(script: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${script}`, ...args]);
  return stdout.trim();
}

interface ServedOptions {
  readonly data: string;
  readonly args?: readonly string[];
}

/** `npm run serve`, with a data folder of its own. */
export class Served extends RunningApi {
  readonly port: number;
  /** All that it has said. */
  readonly lines: readonly Line[];
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown[]>;
  readonly #key: string;

  private constructor(
    url: string,
    privatePem: string,
    port: number,
    lines: readonly Line[],
    child: ChildProcess,
  ) {
    super(url, privatePem);
    this.#key = privatePem;
    this.port = port;
    this.lines = lines;
    this.#child = child;
    this.#exit = once(child, "exit");
  }

  /** @throws what it said, when it ended before it was there */
  static async start({ data, args = [] }: ServedOptions): Promise<Served> {
    const child = spawn(process.execPath, ["scripts/serve.ts", "--port", "0", "--data", data, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      // With what it starts, so that all of it can die at once.
      detached: true,
    });
    let complaint = "";
    child.stderr.on("data", (chunk) => (complaint += chunk));
    const lines: Line[] = [];
    const started = await new Promise<Line>((resolve, reject) => {
      createInterface({ input: child.stdout }).on("line", (text) => {
        const line = Line.parse(JSON.parse(text));
        lines.push(line);
        if (line.event === "started") resolve(line);
      });
      child.once("close", (code) => reject(new Error(`ended with ${code}: ${complaint}`)));
    });
    const { port } = z.object({ port: z.number() }).parse(started);
    const privatePem = await readFile(join(data, "secrets/private.pem"), "utf8");
    const scheme = args.includes("--tls-cert") ? "https" : "http";
    return new Served(`${scheme}://localhost:${port}`, privatePem, port, lines, child);
  }

  get pid(): number {
    return z.number().parse(this.#child.pid);
  }

  /** The same, as it is reached at another address. */
  at(url: string): RunningApi {
    return new RunningApi(url, this.#key);
  }

  /** Asks it to end. @returns its exit code */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<unknown> {
    this.#child.kill(signal);
    const [code] = await this.#exit;
    return code;
  }

  /** Ends the process alone, as `kill -9` does: what it has started is not asked. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#exit;
  }

  /** Whatever is left of it ends. */
  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.stop();
  }
}
