import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { writeLines } from "./model-lines.ts";
import { ModelOrder, type ModelReport, ModelRequest, ModelScript } from "./model-script.ts";
import { serveParent } from "./serve-parent.ts";

/*
 * A server that speaks the protocol of chat completions, in a process of its own. What it does with the next requests, it is
 * told; after that it writes a recap that is true to the material it was sent.
 */

const scripts: { readonly about: string; readonly script: ModelScript }[] = [];
const waiting = new Set<() => void>();
let requests = 0;

const tell = (report: ModelReport) => process.send?.(report);

/** One request, and what the test hears of it. */
class Turn {
  readonly #place = requests++;
  readonly #request: ModelRequest;
  readonly #response: ServerResponse;

  constructor(request: ModelRequest, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
    response.on("close", () => {
      request.state = response.writableFinished ? "whole" : "broken";
      this.#tell();
    });
    this.#tell();
  }

  async run(script: ModelScript): Promise<void> {
    if (script.does === "send") await this.#sendBytes(script);
    else await this.#write(script);
  }

  async #sendBytes(script: Extract<ModelScript, { does: "send" }>): Promise<void> {
    this.#response.writeHead(script.status, script.headers);
    this.#response.flushHeaders();
    for (const piece of script.pieces) {
      await this.#send(Buffer.from(piece, "base64"));
      if (script.pause > 0) await wait(script.pause);
    }
    const last = script.pieces.at(-1);
    while (script.isEndless && last !== undefined && !this.#hasLeft)
      await this.#send(Buffer.from(last, "base64"));
    if (!script.staysOpen) this.#response.end();
  }

  async #write(script: Extract<ModelScript, { does: "write" }>): Promise<void> {
    const lines = [...(script.before ?? []), ...(script.lines ?? writeLines(this.#request))];
    this.#response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (const token of splitTokens(lines.join("\n"))) {
      if (this.#hasLeft) return;
      if (this.#request.completionTokens === script.dropsAfter) return this.#drop(token);
      if (this.#request.completionTokens === script.waitsAfter) await released();
      this.#request.completionTokens++;
      await this.#say({ choices: [{ index: 0, delta: { content: token }, finish_reason: null }] });
      if (script.pause > 0) await wait(script.pause);
      this.#tell();
    }
    if (script.finish) await this.#say({ choices: [{ index: 0, delta: {}, finish_reason: script.finish }] });
    if (script.countsTokens) {
      const { promptTokens: prompt_tokens, completionTokens: completion_tokens } = this.#request;
      await this.#say({ choices: [], usage: { prompt_tokens, completion_tokens } });
    }
    this.#response.end(script.hasDone ? "data: [DONE]\n\n" : "");
  }

  /** In the middle of a word, and of its event. */
  async #drop(token: string): Promise<void> {
    const event = asEvent({ choices: [{ index: 0, delta: { content: token }, finish_reason: null }] });
    await this.#send(Buffer.from(event.slice(0, event.indexOf(token) + 1)));
    this.#response.destroy();
  }

  #say(chunk: object): Promise<void> {
    return this.#send(
      Buffer.from(asEvent({ id: "chat-1", object: "chat.completion.chunk", model: "test", ...chunk })),
    );
  }

  /** Resolves when it is sent, or never will be. */
  async #send(bytes: Buffer): Promise<void> {
    if (this.#hasLeft) return;
    await new Promise<void>((resolve) => this.#response.write(bytes, () => resolve()));
  }

  get #hasLeft(): boolean {
    return this.#response.closed || this.#response.destroyed;
  }

  #tell(): void {
    tell({ place: this.#place, request: this.#request });
  }
}

const asEvent = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;

/** Some four characters each. */
const splitTokens = (text: string) => text.match(/[\s\S]{1,4}/gu) ?? [];

const released = () => new Promise<void>((resolve) => waiting.add(resolve));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const piece of request) text += piece;
  const turn = new Turn(
    ModelRequest.parse({
      authorization: request.headers.authorization,
      path: request.url,
      body: JSON.parse(text),
      promptTokens: Math.ceil(text.length / 4),
      completionTokens: 0,
      state: "running",
    }),
    response,
  );
  const next = scripts.findIndex(({ about }) => text.includes(about));
  const [scripted] = next < 0 ? [] : scripts.splice(next, 1);
  await turn.run(scripted?.script ?? ModelScript.parse({ does: "write" }));
}

process.on("message", (message) => {
  const order = ModelOrder.parse(message);
  if ("scripts" in order) {
    scripts.push(...order.scripts.map((script) => ({ about: order.about, script })));
  } else {
    for (const resolve of waiting) resolve();
    waiting.clear();
  }
  tell({ obeyed: true });
});
serveParent(serve, tell);
