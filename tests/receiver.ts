import { Webhook } from "standardwebhooks";
import type * as z from "zod";
import {
  type ReceivedRequest,
  type ReceiverOrder,
  ReceiverReport,
  type ReceiverScript,
} from "./receiver-script.ts";
import { ServerProcess } from "./server-process.ts";

type Script = z.input<typeof ReceiverScript>;

/** Whoever a flow tells: a real HTTP server in a process of its own, which does what a test says and keeps what came. */
export class Receiver {
  readonly #process: ServerProcess<ReceivedRequest>;

  private constructor(process: ServerProcess<ReceivedRequest>) {
    this.#process = process;
  }

  static async start(): Promise<Receiver> {
    return new Receiver(await ServerProcess.start({ file: "receiver-process.ts", report: ReceiverReport }));
  }

  /** Without a slash at its end: a test adds a path of its own. */
  get url(): string {
    return `http://127.0.0.1:${this.#process.port}`;
  }

  /** All that ever came, in that order, as far as each has come. */
  get requests(): readonly ReceivedRequest[] {
    return this.#process.requests;
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
    return this.#process.until(check);
  }

  close(): Promise<void> {
    return this.#process.close();
  }

  #order(order: ReceiverOrder): Promise<void> {
    return this.#process.order(order);
  }
}

/**
 * What a request says, after it was checked as receivers of Standard Webhooks check it, by their own library.
 * @throws where it was not signed with this secret, was changed, or is old
 */
export const openWebhook = ({ body, headers }: ReceivedRequest, secret: string): unknown =>
  new Webhook(secret).verify(body, headers);
