import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type * as z from "zod";
import { type ModelOrder, ModelReport, type ModelRequest, type ModelScript } from "./model-script.ts";

type Script = z.input<typeof ModelScript>;

/** A language model behind a real HTTP server in a process of its own, which does what a test says. */
export class ModelServer {
  /** What `LLM_URL` is. */
  readonly url: string;
  /** All that it was ever asked, in the order it came, as far as each has come. */
  readonly requests: ModelRequest[] = [];
  readonly #child: ChildProcess;
  readonly #watchers = new Set<() => void>();

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}/v1`;
    child.on("message", (message) => {
      const report = ModelReport.parse(message);
      if ("request" in report) this.requests[report.place] = report.request;
      for (const look of [...this.#watchers]) look();
    });
  }

  static async start(): Promise<ModelServer> {
    const child = fork(join(import.meta.dirname, "model-process.ts"));
    const exit = once(child, "exit").then(() => {
      throw new Error("the model's server ended before it was there");
    });
    const [message] = await Promise.race([once(child, "message"), exit]);
    exit.catch(() => {});
    const report = ModelReport.parse(message);
    if (!("port" in report)) throw new Error("the model's server has no port");
    return new ModelServer(child, report.port);
  }

  /** What it does with the next requests, one each; after them, it writes well. */
  script(...scripts: Script[]): Promise<void> {
    return this.scriptFor("", ...scripts);
  }

  /** The same, for requests that have these words in them. */
  scriptFor(about: string, ...scripts: Script[]): Promise<void> {
    return this.#order({ about, scripts });
  }

  /** Those that have these words in them. */
  asked(about: string): ModelRequest[] {
    return this.requests.filter(({ body }) => body.messages.some(({ content }) => content.includes(about)));
  }

  /** Whoever waits goes on. */
  release(): Promise<void> {
    return this.#order({ release: true });
  }

  /** Resolves as soon as something that it tells makes it true. */
  until(check: (requests: readonly ModelRequest[]) => boolean): Promise<void> {
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

  async #order(order: ModelOrder): Promise<void> {
    const obeyed = new Promise<void>((resolve) => {
      const listen = (message: unknown) => {
        if (!("obeyed" in ModelReport.parse(message))) return;
        this.#child.off("message", listen);
        resolve();
      };
      this.#child.on("message", listen);
    });
    this.#child.send(order);
    await obeyed;
  }
}

/** Bytes that it sends as they are. */
export const bytes = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

/** One event with a piece of an answer. */
export const event = (content: string): string =>
  bytes(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);

/** A refusal, or whatever else is no stream. */
export const answer = (status: number, headers: Record<string, string> = {}, body = ""): Script => ({
  does: "send",
  status,
  headers: { "content-type": "application/json", ...headers },
  pieces: [bytes(body)],
});
