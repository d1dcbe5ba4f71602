import { Agent, type IncomingMessage, request } from "node:http";

/** One request, as it goes over the wire: nothing is corrected, normalised or left out on the way. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array | undefined;
  /** Sent in chunks, without a length. */
  readonly isChunked?: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** The body; of a stream that does not end by itself, its first part. */
  readonly text: string;
  /** It was sent twice, since the connection ended under the first one, which may have arrived. */
  readonly isRepeated?: boolean;
}

/** What asks for a pipe. */
export const UPGRADE = [
  ["Connection", "Upgrade"],
  ["Upgrade", "websocket"],
  ["Sec-WebSocket-Version", "13"],
  ["Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="],
] as const;

/** What a text says, where it is JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A request that has had no answer by then hangs. Generous: the machine may be busy with something else. */
const HANG_MS = 60_000;
/** Connections that may end under one request: a server that is gone ends all of them. */
const MOST_REPEATS = 10;

/** Some connections that are kept open, and what went over them. */
export class Wire {
  readonly #url: URL;
  readonly #agent: Agent;
  readonly #used = new WeakSet<object>();
  /** Requests sent so far. */
  sent = 0;

  constructor(url: string, connections = 16) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws when there is no answer, or none in time */
  async send(attack: WireRequest): Promise<WireAnswer> {
    this.sent++;
    for (let tries = 0; ; tries++) {
      try {
        const answer = await this.#send(attack, tries === 0 ? this.#agent : false);
        return tries === 0 ? answer : { ...answer, isRepeated: true };
      } catch (error) {
        // The server may close a connection that was kept open in the moment it is used again. And it does so behind
        // a body that it has not read: what is still on its way to it then takes the answer along.
        if (!(error instanceof StaleConnection) || tries === MOST_REPEATS) throw error;
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(
    { method, path, headers = [], body, isChunked = false }: WireRequest,
    agent: Agent | false = this.#agent,
  ): Promise<WireAnswer> {
    const names = new Set(headers.map(([name]) => name.toLowerCase()));
    const all = names.has("host") ? [...headers] : [["Host", this.#url.host] as const, ...headers];
    if (isChunked) all.push(["Transfer-Encoding", "chunked"]);
    else if (body) all.push(["Content-Length", String(body.byteLength)]);
    return new Promise((resolve, reject) => {
      const options = { host: this.#url.hostname, port: this.#url.port, agent };
      const sending = request({ ...options, method, path, headers: all.flat(), timeout: HANG_MS });
      const hang = setTimeout(() => sending.destroy(new Error(`no answer in ${HANG_MS} ms`)), HANG_MS);
      const done = (answer: WireAnswer) => {
        clearTimeout(hang);
        resolve(answer);
      };
      let isReused = false;
      sending.on("socket", (socket) => {
        isReused = this.#used.has(socket);
        this.#used.add(socket);
      });
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(hang);
        const isClosed = error.code === "ECONNRESET" || error.code === "EPIPE";
        const mayClose = isReused || body !== undefined;
        reject(mayClose && isClosed ? new StaleConnection(error.message) : error);
      };
      sending.on("error", fail);
      sending.on("upgrade", ({ headers }, socket) => {
        socket.destroy();
        done({ status: 101, headers, text: "" });
      });
      sending.on("response", (response) => readAnswer(response).then(done, fail));
      if (isChunked && body) for (const byte of split(body)) sending.write(byte);
      sending.end(isChunked ? undefined : body);
    });
  }
}

class StaleConnection extends Error {}

/** Three chunks, cut wherever it comes. */
function split(body: Uint8Array): Uint8Array[] {
  const third = Math.ceil(body.byteLength / 3);
  return [0, 1, 2].map((part) => body.subarray(part * third, (part + 1) * third));
}

async function readAnswer(response: IncomingMessage): Promise<WireAnswer> {
  const isEndless = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
  const parts: Buffer[] = [];
  for await (const part of response) {
    parts.push(part);
    if (isEndless) break; // which ends the connection
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(parts).toString(),
  };
}
