import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  Agent,
  request as ask,
  type ClientRequest,
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestOptions,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { PROBLEMS, type ProblemCode } from "../../shared/protocol/problem.ts";
import type { Address } from "../address.ts";
import { errorCode, Failure } from "../failure.ts";
import { answerHeaders, requestHeaders } from "./headers.ts";
import { log } from "./log.ts";
import { OpenPipe } from "./open-pipe.ts";
import { nameRoute } from "./route-name.ts";
import type { Visit, VisitorReader } from "./visitor.ts";

interface DoorOptions {
  readonly visitors: VisitorReader;
  /** PEM. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** Nobody listens there. */
const NOWHERE = new URL("http://127.0.0.1:9");

/** A runtime gives up a connection that nobody uses after five seconds. */
const IDLE_MS = 3000;

/** One request on its way, from whoever asks to api and back. */
interface Passage extends Visit {
  readonly requestId: string;
  readonly startedAt: number;
  readonly method: string;
  readonly route: string;
}

/**
 * The front of it all, in this process: takes requests from the network, says whose they are, hands them to api, and
 * writes a line about each. It knows nothing of what they are about.
 */
export class Door {
  readonly #options: DoorOptions;
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  readonly #pipes = new Set<OpenPipe>();
  /** Streams that end by nobody's wish but ours. */
  readonly #streams = new Set<ServerResponse>();
  #api: () => URL = () => NOWHERE;
  #isClosing = false;

  constructor(options: DoorOptions) {
    this.#options = options;
    const isPipe = (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === "websocket";
    const serverOptions = { shouldUpgradeCallback: isPipe };
    const { tls } = options;
    this.#server = tls
      ? createHttpsServer({ ...serverOptions, ...tls, minVersion: "TLSv1.2" })
      : createHttpServer(serverOptions);
    this.#server.on("request", (request, response) => this.#pass(request, response));
    this.#server.on("upgrade", (request, socket, head) => this.#open(request, socket as Socket, head));
  }

  /** From now on, requests go there; until then, each is answered that nothing runs yet. */
  open(api: () => URL): void {
    this.#api = api;
  }

  /** @returns the port: the one asked for, or a free one for 0 @throws Failure when it can't be had */
  async listen({ host, port }: Address): Promise<number> {
    try {
      this.#server.listen({ host, port });
      await once(this.#server, "listening");
      return (this.#server.address() as AddressInfo).port;
    } catch (error) {
      throw new Failure(explain(errorCode(error), { host, port }));
    }
  }

  /**
   * Takes nothing new, sends everybody on a pipe or a stream away to come back, lets what is on its way end, and cuts
   * off what has not after `graceMs`.
   */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const pipe of this.#pipes) pipe.restart();
    for (const response of this.#streams) response.end();
    const cut = setTimeout(() => {
      for (const pipe of this.#pipes) pipe.destroy();
      this.#server.closeAllConnections();
    }, graceMs);
    await closed;
    clearTimeout(cut);
    this.#agent.destroy();
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const passage = this.#begin(request);
    response.once("close", () => {
      this.#note(passage, response.statusCode, !response.writableFinished);
      // Its connection would wait for another request.
      if (this.#isClosing) setImmediate(() => this.#server.closeIdleConnections());
    });
    if (this.#isClosing) response.setHeader("Connection", "close");
    if (!passage) {
      sendProblem(response, "invalid_request", "the request names no address of ours");
      return;
    }
    const asked = askOrRefuse({ ...this.#describe(request, passage), agent: this.#agent });
    if (!asked) {
      sendProblem(response, "invalid_request", "the request can't be read", passage);
      return;
    }
    asked.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer));
      if (isStream(answer)) this.#follow(response);
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    asked.on("error", () => {
      // It may answer, and take no more of what is sent.
      if (response.writableEnded) return;
      if (response.headersSent) response.destroy();
      else sendProblem(response, "unavailable", "the service is starting again; try again", passage);
    });
    response.on("close", () => asked.destroy());
    request.pipe(asked);
  }

  #open(request: IncomingMessage, client: Socket, head: Buffer): void {
    const passage = this.#begin(request);
    client.setNoDelay(true);
    client.on("error", () => client.destroy());
    if (!passage || this.#isClosing) {
      client.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
      return;
    }
    const { headers = [], ...options } = this.#describe(request, passage);
    const asked = askOrRefuse({ ...options, headers: asUpgrade(headers), agent: false });
    if (!asked) {
      client.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
      return;
    }
    const refuse = () => client.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
    asked.on("upgrade", (answer, api: Socket, first) => {
      api.setNoDelay(true);
      const pipe = new OpenPipe(client, api, answer, first, () => this.#pipes.delete(pipe));
      this.#pipes.add(pipe);
      if (head.length > 0) api.write(head);
      this.#note(passage, 101, false);
      if (this.#isClosing) pipe.restart();
    });
    asked.on("response", (answer) => {
      this.#note(passage, answer.statusCode ?? 0, false);
      client.write(refusalHead(answer));
      answer.pipe(client);
    });
    asked.on("error", refuse);
    client.once("close", () => asked.destroy());
    asked.end();
  }

  #begin(request: IncomingMessage): Passage | undefined {
    const { method = "", url = "" } = request;
    const visit = url.startsWith("/") ? this.#options.visitors.read(request) : undefined;
    return (
      visit && {
        ...visit,
        requestId: randomUUID(),
        startedAt: performance.now(),
        method,
        route: nameRoute(url),
      }
    );
  }

  /** The same request to api: its whole address in the first line, so that api knows where the visitor thinks they are. */
  #describe(request: IncomingMessage, passage: Passage): RequestOptions & { headers: readonly string[] } {
    const { hostname, port } = this.#api();
    return {
      host: hostname,
      port,
      method: passage.method,
      path: `${passage.origin}${request.url}`,
      headers: requestHeaders(request, passage, passage.requestId),
    };
  }

  #follow(response: ServerResponse): void {
    this.#streams.add(response);
    response.once("close", () => this.#streams.delete(response));
    if (this.#isClosing) response.end();
  }

  #note(passage: Passage | undefined, status: number, isCutOff: boolean): void {
    if (!passage) {
      log("warn", "request", { status });
      return;
    }
    const { method, route, startedAt, requestId } = passage;
    // A monitor asks all the time: what it is told is of interest when it is bad.
    if (route === "/healthz" && status === 200) return;
    const ms = Math.round(performance.now() - startedAt);
    const facts = { method, route, status, ms, requestId, ...(isCutOff && { cutOff: true }) };
    log(status >= 500 ? "error" : "info", "request", facts);
  }
}

/** `undefined` for what no request may hold: Node's parser takes a little more than its writer. */
function askOrRefuse(options: RequestOptions): ClientRequest | undefined {
  try {
    return ask(options);
  } catch {
    return undefined;
  }
}

/** A request for a pipe has no body. */
function asUpgrade(headers: readonly string[]): string[] {
  const kept = headers.flatMap((name, at) =>
    at % 2 === 0 && !/^(content-length|transfer-encoding)$/i.test(name) ? [name, headers[at + 1] ?? ""] : [],
  );
  return [...kept, "Connection", "Upgrade", "Upgrade", "websocket"];
}

const isStream = ({ headers }: IncomingMessage): boolean =>
  headers["content-type"]?.startsWith("text/event-stream") ?? false;

function refusalHead(answer: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`, "Connection: close"];
  const headers = answerHeaders(answer);
  for (let at = 0; at + 1 < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function sendProblem(
  response: ServerResponse,
  code: ProblemCode,
  detail: string,
  { requestId }: { readonly requestId?: string } = {},
): void {
  const { status, title } = PROBLEMS[code];
  response.writeHead(status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    ...(status === 503 && { "Retry-After": "1" }),
  });
  response.end(
    JSON.stringify({
      type: `urn:revint:problem:${code}`,
      title,
      status,
      detail,
      code,
      requestId: requestId ?? "",
    }),
  );
}

function explain(code: string | undefined, { host, port }: Address): string {
  if (code === "EADDRINUSE")
    return `Port ${port} is taken: something else listens there. Choose another one: --port ${port < 65535 ? port + 1 : 8788}`;
  if (code === "EACCES")
    return `Port ${port} needs more rights than you have. Choose a higher one: --port 8787, with a reverse proxy in front (docs/self-hosting.md)`;
  return `--host ${host} is no address of this machine (${code}). Use 127.0.0.1, or 0.0.0.0 for every network it is in.`;
}
