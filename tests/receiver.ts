import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import type * as z from "zod";
import {
  type ReceivedRequest,
  type ReceiverOrder,
  ReceiverReport,
  type ReceiverScript,
} from "./receiver-script.ts";

type Script = z.input<typeof ReceiverScript>;

/** Whoever a flow tells: a real HTTP server in a process of its own, which does what a test says and keeps what came. */
export class Receiver {
  /** Without a slash at its end: a test adds a path of its own. */
  readonly url: string;
  /** All that ever came, in that order, as far as each has come. */
  readonly requests: ReceivedRequest[] = [];
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
    child.on("message", (message) => {
      const report = ReceiverReport.parse(message);
      if ("request" in report) this.requests[report.place] = report.request;
      for (const look of [...this.#watchers]) look();
    });
  }

  static async start(): Promise<Receiver> {
    const child = fork(join(import.meta.dirname, "receiver-process.ts"));
    const exit = once(child, "exit").then(() => {
      throw new Error("the receiver ended before it was there");
    });
    const [message] = await Promise.race([once(child, "message"), exit]);
    exit.catch(() => {});
    const report = ReceiverReport.parse(message);
    if (!("port" in report)) throw new Error("the receiver has no port");
    return new Receiver(child, report.port);
  }

  /** What it does with the next requests whose path begins so, one each. */
  script(path: string, ...scripts: Script[]): Promise<void> {
    return this.#order({ path, scripts });
  }

  /** What it does with all others whose path begins so, until it is told something else. At first it answers well. */
  always(path: string, script: Script): Promise<void> {
    return this.#order({ path, always: script });
  }

  /** Whoever waits is answered. */
  release(): Promise<void> {
    return this.#order({ release: true });
  }

  /** What came to a path that begins so. */
  got(path: string): ReceivedRequest[] {
    return this.requests.filter((request) => request.path.startsWith(path));
  }

  /** Resolves as soon as something that comes, or ends, makes it true. */
  until(check: (requests: readonly ReceivedRequest[]) => boolean): Promise<void> {
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

  async #order(order: ReceiverOrder): Promise<void> {
    const obeyed = new Promise<void>((resolve) => {
      const listen = (message: unknown) => {
        if (!("obeyed" in ReceiverReport.parse(message))) return;
        this.#child.off("message", listen);
        resolve();
      };
      this.#child.on("message", listen);
    });
    this.#child.send(order);
    await obeyed;
  }
}

/**
 * What a request says, after it was checked as receivers of Standard Webhooks check it, by their own library.
 * @throws where it was not signed with this secret, was changed, or is old
 */
export const openWebhook = ({ body, headers }: ReceivedRequest, secret: string): unknown =>
  new Webhook(secret).verify(body, headers);
