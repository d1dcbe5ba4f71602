import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

/** What one request is answered: a body, or a problem with its status. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly retryAfter?: number;
  readonly body: object;
}

/** A request as it came. */
export interface ScriptedRequest {
  /** Method and last part of the path, such as `POST login`; a look-up is `GET session`. */
  readonly what: string;
  readonly uid: string | undefined;
  /** Its idempotency key. */
  readonly key: string | undefined;
  readonly body: unknown;
}

/** A problem, of any code. */
export const problem = (code: string, status: number, retryAfter?: number): ScriptedAnswer => ({
  status,
  body: { code, status, title: code, detail: "no", type: `urn:revint:problem:${code}`, requestId: "r1" },
  ...(retryAfter !== undefined && { retryAfter }),
});

const facts = { name: "n", date: "d", reactions: ["👍"], apiUrl: "http://a", webUiUrl: "http://b/join" };
const rules = { paused: false, reactions: null, pages: {}, publicResults: false };

const GREETING = { type: "state_change", page: "1", state: "", version: 5 };

/** What a healthy service answers. */
const HEALTHY = new Map<string, object>([
  ["GET session", { sessionUid: "s", token: "audience", userToken: "audience", ...facts }],
  ["POST login", { uid: "u1", token: "audience" }],
  ["POST react", { success: true }],
  ["POST state", { success: true, version: 6 }],
  ["GET rules", rules],
]);

/**
 * A service that says what a test wants, over real sockets too: what a healthy one of today hardly
 * ever says, and one of tomorrow may.
 */
export class ScriptedService {
  readonly url: string;
  readonly requests: ScriptedRequest[] = [];
  /** What a new pipe and a new stream hear. */
  readonly greeting: object[] = [GREETING];
  /** Open pipes and those of before, in the order they came. */
  readonly pipes: { readonly socket: WebSocket; readonly uid: string }[] = [];
  /** What is said on a pipe. */
  readonly heard: { readonly type: string; readonly id: string }[] = [];
  readonly #script = new Map<string, (ScriptedAnswer | Promise<ScriptedAnswer>)[]>();
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #watchers = new Set<() => void>();
  #hosts = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket, { url }) => this.#greet(socket, url ?? ""));
    server.on("request", (request, response) => void this.#serve(request, response));
    const address = server.address();
    this.url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
  }

  static async start(): Promise<ScriptedService> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new ScriptedService(server);
  }

  /** The next answers to a request; after them, the service is a healthy one. */
  answer(what: string, ...answers: (ScriptedAnswer | Promise<ScriptedAnswer>)[]): void {
    this.#script.set(what, [...(this.#script.get(what) ?? []), ...answers]);
  }

  /** Says something on the newest pipe. */
  say(...messages: object[]): void {
    for (const message of messages) this.pipes.at(-1)?.socket.send(JSON.stringify(message));
  }

  /** What came, of one kind. */
  asked(what: string): ScriptedRequest[] {
    return this.requests.filter((request) => request.what === what);
  }

  /** Resolves as soon as something that comes makes it true. */
  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!check()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    for (const { socket } of this.pipes) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(request);
    const { pathname } = new URL(request.url ?? "", this.url);
    const isLookUp = request.method === "GET" && /\/session\/[^/]+$/.test(pathname);
    const what = `${request.method} ${isLookUp ? "session" : pathname.split("/").at(-1)}`;
    const uid = request.headers["x-session-uid"]?.toString();
    const key = request.headers["idempotency-key"]?.toString();
    this.requests.push({ what, uid, key, body: text === "" ? undefined : JSON.parse(text) });
    this.#tell();
    const next = this.#script.get(what)?.shift();
    if (!next && what === "GET events") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const message of this.greeting) response.write(`data: ${JSON.stringify(message)}\n\n`);
      return;
    }
    const scripted = await (next ?? { body: this.#answer(what) });
    const { status = 200, retryAfter, body } = scripted;
    response.writeHead(status, {
      "content-type": status < 400 ? "application/json" : "application/problem+json",
      ...(retryAfter !== undefined && { "retry-after": `${retryAfter}` }),
    });
    response.end(JSON.stringify(body));
  }

  #answer(what: string): object {
    if (what !== "POST new") return HEALTHY.get(what) ?? problem("not_found", 404).body;
    const hostUid = `h${++this.#hosts}`;
    return { token: "t", hostUid, sessionUid: "s", joinUrl: "http://b/join", resumed: true, endedAt: null };
  }

  #greet(socket: WebSocket, url: string): void {
    this.pipes.push({ socket, uid: url.split("/").at(-2) ?? "" });
    socket.on("message", (data) => {
      const said = data.toString();
      if (said === "ping") socket.send("pong");
      else this.heard.push(JSON.parse(said));
      this.#tell();
    });
    this.say(...this.greeting);
    this.#tell();
  }

  #tell(): void {
    for (const look of [...this.#watchers]) look();
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}
