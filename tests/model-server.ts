import type * as z from "zod";
import { type ModelOrder, ModelReport, type ModelRequest, type ModelScript } from "./model-script.ts";
import { ServerProcess } from "./server-process.ts";

type Script = z.input<typeof ModelScript>;

/** A language model behind a real HTTP server in a process of its own, which does what a test says. */
export class ModelServer {
  readonly #process: ServerProcess<ModelRequest>;

  private constructor(process: ServerProcess<ModelRequest>) {
    this.#process = process;
  }

  static async start(): Promise<ModelServer> {
    return new ModelServer(await ServerProcess.start({ file: "model-process.ts", report: ModelReport }));
  }

  /** What `LLM_URL` is. */
  get url(): string {
    return `http://127.0.0.1:${this.#process.port}/v1`;
  }

  /** All that it was ever asked, in the order it came, as far as each has come. */
  get requests(): readonly ModelRequest[] {
    return this.#process.requests;
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
    return this.#process.until(check);
  }

  close(): Promise<void> {
    return this.#process.close();
  }

  #order(order: ModelOrder): Promise<void> {
    return this.#process.order(order);
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
