import {
  type ObjectNamespace,
  type ObjectState,
  upgraded,
  type WebSocketPairConstructor,
} from "./runtime.ts";

declare const WebSocketPair: WebSocketPairConstructor;

/** R3, second hop: one Durable Object per session, named in the path. */
export default {
  fetch(request: Request, env: { ROOM: ObjectNamespace }): Promise<Response> {
    return env.ROOM.getByName(new URL(request.url).pathname).fetch(request);
  },
};

/** R3: holds hibernating sockets, and sends what it is posted to each of them. */
export class Broadcaster {
  readonly #state: ObjectState;

  constructor(state: ObjectState) {
    this.#state = state;
  }

  async fetch(request: Request): Promise<Response> {
    if (request.headers.get("Upgrade") === "websocket") {
      const { 0: client, 1: server } = new WebSocketPair();
      this.#state.acceptWebSocket(server);
      return upgraded(client);
    }
    const text = await request.text();
    for (const socket of this.#state.getWebSockets()) socket.send(text);
    return new Response("ok");
  }

  webSocketMessage(): void {}

  webSocketClose(socket: WebSocket, code: number): void {
    if (code === 1005) socket.close();
    else if (code !== 1006) socket.close(code);
  }
}
