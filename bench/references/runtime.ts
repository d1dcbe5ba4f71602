/*
 * The little of the runtime that the references use, as types. They stay free of every library
 * but Hono, so that each is the floor of what it stands for.
 */

/** A service binding, or a Durable Object reached by fetch. */
export interface Reachable {
  fetch(request: Request): Promise<Response>;
}

export interface ObjectNamespace {
  getByName(name: string): Reachable;
}

/** The storage and the sockets of a Durable Object. */
export interface ObjectState {
  readonly storage: {
    readonly sql: { exec(query: string, ...values: (string | number | null)[]): SqlRows };
  };
  acceptWebSocket(socket: WebSocket): void;
  getWebSockets(): WebSocket[];
}

export interface SqlRows {
  toArray(): Record<string, string | number | null>[];
}

export interface KeyValue {
  get(key: string): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
}

/** The runtime's `WebSocketPair`: both ends of a new socket. */
export type WebSocketPairConstructor = new () => { 0: WebSocket; 1: WebSocket };

/** An answer to an upgrade; the runtime's `ResponseInit` knows `webSocket`, the browser's does not. */
export const upgraded = (webSocket: WebSocket): Response =>
  new Response(null, { status: 101, webSocket } as ResponseInit);
