import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/**
 * A network between a client and the service that can be cut, made to lose answers, or made to
 * refuse WebSockets. It forwards bytes and knows nothing of HTTP but how a request begins.
 */
export class FlakyNetwork {
  /** What a client takes for the service's address. */
  readonly url: string;
  /** The first line of every request that came through, such as `GET /ws/… HTTP/1.1`. */
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly #target: URL;
  readonly #connections = new Set<Socket>();
  readonly #refused = new Set<() => void>();
  #isCut = false;
  #losesAnswers = false;
  #dropsRequests = false;
  #refusesSockets = false;
  #swallowsSockets = false;
  #cutsSocketsShort = false;
  #isBuffering = false;
  #replacement: { readonly what: RegExp; readonly by: (found: string) => string } | undefined;
  /** Connections that swallow whatever is sent, either way, and stay open. */
  readonly #dead = new Set<Socket>();
  #held: { readonly path: string; readonly bytes: number } | undefined;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    this.url = `http://127.0.0.1:${address.port}`;
  }

  static async before(serviceUrl: string): Promise<FlakyNetwork> {
    let network: FlakyNetwork | undefined;
    const server = createServer((client) => network?.accept(client));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    network = new FlakyNetwork(server, new URL(serviceUrl));
    return network;
  }

  /** Every connection breaks, and no new one comes about. */
  cut(): void {
    this.#isCut = true;
    this.breakOff();
  }

  /** Resolves when the next connection has not come about. */
  refusedOne(): Promise<void> {
    return new Promise((resolve) => this.#refused.add(resolve));
  }

  /** Requests still arrive, but no answer comes back. */
  loseAnswers(): void {
    this.#losesAnswers = true;
  }

  /** Nothing of what is said arrives, and answers still come back. */
  dropRequests(): void {
    this.#dropsRequests = true;
  }

  /** Sockets break and don't open any more; plain HTTP works. */
  refuseSockets(): void {
    this.#refusesSockets = true;
    this.breakOff();
  }

  /** Sockets neither open nor fail: what they say is swallowed. Plain HTTP works. */
  swallowSockets(): void {
    this.#swallowsSockets = true;
    this.breakOff();
  }

  /** Sockets open, say something, and break. */
  cutSocketsShort(): void {
    this.#cutsSocketsShort = true;
    this.breakOff();
  }

  /**
   * Answers to requests whose path holds this come to a stop after so many bytes. What a browser has
   * not read yet when a connection breaks is lost to it: wait for what came, then `breakOff`.
   */
  holdAnswers(path: string, bytes: number): void {
    this.#held = { path, bytes };
  }

  /**
   * Answers that are streams of events are collected, and passed on when 64 KiB are there: what a
   * proxy does that knows nothing of them.
   */
  bufferEvents(): void {
    this.#isBuffering = true;
    this.breakOff();
  }

  /**
   * Every connection of this moment goes dead, as when a phone sleeps: nothing comes through any more, and neither
   * end hears of it. New ones work.
   */
  swallow(): void {
    for (const client of this.#connections) this.#dead.add(client);
  }

  /** In every answer, this is something else. It must stay as long as it was. */
  replaceInAnswers(what: RegExp, by: (found: string) => string): void {
    this.#replacement = { what, by };
  }

  /** Every connection breaks; new ones come about. */
  breakOff(): void {
    for (const client of this.#connections) client.resetAndDestroy();
  }

  restore(): void {
    this.#held = undefined;
    this.#isBuffering = false;
    this.#cutsSocketsShort = false;
    this.#isCut = false;
    this.#losesAnswers = false;
    this.#dropsRequests = false;
    this.#refusesSockets = false;
    this.#swallowsSockets = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #replace(bytes: Buffer): Buffer {
    if (!this.#replacement) return bytes;
    const { what, by } = this.#replacement;
    return Buffer.from(bytes.toString("latin1").replace(what, by), "latin1");
  }

  private accept(client: Socket): void {
    if (this.#isCut) {
      client.resetAndDestroy();
      for (const resolve of this.#refused) resolve();
      this.#refused.clear();
      return;
    }
    const service = connect(Number(this.#target.port), this.#target.hostname);
    let isShort = false;
    /** Bytes that this connection still lets through, where its answer is held. */
    let left: number | undefined;
    /** What a buffering proxy has collected of a stream of events; undefined: this is none. */
    let buffered: Buffer | undefined;
    const end = () => {
      client.destroy();
      service.destroy();
      this.#connections.delete(client);
      this.#dead.delete(client);
    };
    this.#connections.add(client);
    for (const socket of [client, service]) {
      socket.setNoDelay(true);
      socket.on("error", end).on("close", end);
    }
    client.on("data", (bytes) => {
      if (this.#dropsRequests || this.#dead.has(client)) return;
      const [, line] = /^([A-Z]+ \/[^\r\n]*)\r\n/.exec(bytes.toString("latin1")) ?? [];
      if (line !== undefined) this.requests.push(line);
      const isPipe = line?.startsWith("GET /ws/") === true;
      if (this.#held && line?.includes(this.#held.path)) left = this.#held.bytes;
      if (this.#isBuffering && /^GET \S+\/events[ ?]/.test(line ?? "")) buffered = Buffer.alloc(0);
      isShort ||= isPipe && this.#cutsSocketsShort;
      if (isPipe && this.#swallowsSockets) this.#dead.add(client);
      else if (isPipe && this.#refusesSockets) end();
      else service.write(bytes);
    });
    service.on("data", (received) => {
      const bytes = this.#replace(received);
      if (this.#losesAnswers || this.#dead.has(client)) return;
      if (buffered) {
        buffered = Buffer.concat([buffered, bytes]);
        if (buffered.length < 64 * 1024) return;
        client.write(buffered);
        buffered = Buffer.alloc(0);
        return;
      }
      const through = bytes.subarray(0, left);
      if (left !== undefined) left -= through.length;
      if (isShort) client.end(through);
      else client.write(through);
    });
  }
}

/** How a participant may reach the service, and what a network does to make it so. */
export const ways: readonly (readonly [way: string, limit: (network: FlakyNetwork) => void])[] = [
  ["a socket", () => {}],
  ["server-sent events", (network) => network.refuseSockets()],
  [
    "polls",
    (network) => {
      network.refuseSockets();
      network.bufferEvents();
    },
  ],
];
