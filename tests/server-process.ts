import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type * as z from "zod";

/** What the process of a server tells: where it is, a request as far as it has come, and that it has done what it was told. */
type ServerReport<Request> =
  | { readonly port: number }
  | { readonly place: number; readonly request: Request }
  | { readonly obeyed: true };

interface ServerProcessOptions<Request> {
  /** A file of this folder. */
  readonly file: string;
  readonly report: z.ZodType<ServerReport<Request>>;
}

/** A real HTTP server in a process of its own, for tests to tell what it does and to ask what came. */
export class ServerProcess<Request> {
  readonly port: number;
  /** All that was ever asked of it, in the order it came, as far as each has come. */
  readonly requests: Request[] = [];
  readonly #child: ChildProcess;
  readonly #report: z.ZodType<ServerReport<Request>>;
  readonly #watchers = new Set<() => void>();

  private constructor(child: ChildProcess, port: number, report: z.ZodType<ServerReport<Request>>) {
    this.#child = child;
    this.#report = report;
    this.port = port;
    child.on("message", (message) => {
      const told = report.parse(message);
      if ("request" in told) this.requests[told.place] = told.request;
      for (const look of [...this.#watchers]) look();
    });
  }

  static async start<Request>({
    file,
    report,
  }: ServerProcessOptions<Request>): Promise<ServerProcess<Request>> {
    const child = fork(join(import.meta.dirname, file));
    const exit = once(child, "exit").then(() => {
      throw new Error(`${file} ended before it was there`);
    });
    const [message] = await Promise.race([once(child, "message"), exit]);
    exit.catch(() => {});
    const told = report.parse(message);
    if (!("port" in told)) throw new Error(`${file} has no port`);
    return new ServerProcess(child, told.port, report);
  }

  /** Resolves when it has done what it was told. */
  async order(order: object): Promise<void> {
    const obeyed = new Promise<void>((resolve) => {
      const listen = (message: unknown) => {
        if (!("obeyed" in this.#report.parse(message))) return;
        this.#child.off("message", listen);
        resolve();
      };
      this.#child.on("message", listen);
    });
    this.#child.send(order);
    await obeyed;
  }

  /** Resolves as soon as something that it tells makes it true. */
  until(check: (requests: readonly Request[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!check(this.requests)) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    const exit = once(this.#child, "exit");
    this.#child.disconnect();
    await exit;
  }
}
