import { vi } from "vitest";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { MemoryStorage } from "./test-storage.ts";

/** A room's end of a pipe. What is sent on it is noted for the test. */
export class TestSocket {
  readonly sent: ServerMessage[] = [];
  readonly tags: readonly string[];
  /** When the other side pinged last, in milliseconds since 1970. */
  pinged: number | undefined;
  isClosed = false;
  #attachment: unknown;

  constructor(tags: readonly string[] = []) {
    this.tags = tags;
  }

  send(text: string): void {
    if (this.isClosed) throw new TypeError("the socket is closed");
    this.sent.push(ServerMessage.parse(JSON.parse(text)));
  }

  close(): void {
    this.isClosed = true;
  }

  serializeAttachment(attachment: unknown): void {
    this.#attachment = structuredClone(attachment);
  }

  deserializeAttachment(): unknown {
    return structuredClone(this.#attachment);
  }
}

/** A pipe that somebody opened in an earlier life of the room: the runtime held it. */
export function createOpenSocket(participant: string, since: number): TestSocket {
  const socket = new TestSocket([participant.startsWith("h") ? "host" : "user"]);
  socket.serializeAttachment({ participant, since });
  return socket;
}

/** What the runtime gives one object. */
export class TestObject {
  readonly id: { readonly name: string };
  readonly storage = new MemoryStorage();
  readonly sockets: { readonly socket: TestSocket; readonly tags: readonly string[] }[] = [];

  constructor(name: string) {
    this.id = { name };
  }

  /** As the runtime's own type calls it, which asks for more than any part uses. */
  get state(): DurableObjectState {
    return this as unknown as DurableObjectState;
  }

  hold(socket: TestSocket): void {
    this.acceptWebSocket(socket, socket.tags);
  }

  acceptWebSocket(socket: TestSocket, tags: readonly string[]): void {
    this.sockets.push({ socket, tags });
  }

  getWebSockets(tag?: string): TestSocket[] {
    return this.sockets
      .filter(({ socket, tags }) => !socket.isClosed && (tag === undefined || tags.includes(tag)))
      .map(({ socket }) => socket);
  }

  getWebSocketAutoResponseTimestamp({ pinged }: TestSocket): Date | null {
    return pinged === undefined ? null : new Date(pinged);
  }

  setWebSocketAutoResponse(): void {}

  waitUntil(promise: Promise<unknown>): void {
    void promise.catch(() => {});
  }
}

// What the runtime has as globals, and Node has not.
vi.stubGlobal(
  "WebSocketPair",
  class {
    readonly 0 = new TestSocket();
    readonly 1 = new TestSocket();
  },
);
vi.stubGlobal("WebSocketRequestResponsePair", class {});
