import * as z from "zod";
import { getRole, isPerson, type Role } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { PING, PONG, type ServerMessage } from "../../shared/protocol/message.ts";
import { byteLength } from "../../shared/protocol/text.ts";

/** Kept with a socket through hibernation. */
const Attachment = z.object({ participant: z.string(), since: z.number() });

/** What sockets' attachments say, once read: they are asked with every message. */
const participants = new WeakMap<WebSocket, string>();

/** Codes that only report how a connection ended; they can't be sent. */
const UNSENDABLE = new Set([1006, 1015]);

/**
 * The open sockets of one room. The runtime holds them through hibernation; this only counts
 * who is there, and everything it keeps in memory can be read from the sockets again.
 */
export class Pipes {
  readonly #ctx: DurableObjectState;
  readonly #pipesOf = new Map<string, number>();
  #people = 0;
  #hosts = 0;
  /** Messages of this second, and for how many seconds in a row there were too many. */
  readonly #floods = new WeakMap<WebSocket, { second: number; count: number; seconds: number }>();
  /** Bytes sent since the other side was last heard: the runtime does not tell how many of them wait. */
  readonly #unread = new WeakMap<WebSocket, { bytes: number; pinged: number }>();

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    for (const socket of ctx.getWebSockets()) this.#count(getParticipant(socket), 1);
  }

  /** Users with an open pipe: people, not pipes, and neither hosts nor overlays. */
  get people(): number {
    return this.#people;
  }

  get isEmpty(): boolean {
    return this.#pipesOf.size === 0;
  }

  pipesOf(participant: string): number {
    return this.#pipesOf.get(participant) ?? 0;
  }

  /** Accepts one more pipe of a participant and returns the client's end of it. */
  accept(participant: string): { client: WebSocket; server: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    server.serializeAttachment({ participant, since: Date.now() } satisfies z.infer<typeof Attachment>);
    this.#ctx.acceptWebSocket(server, [getRole(participant)]);
    this.#count(participant, 1);
    return { client, server };
  }

  /** Completes the closing handshake and stops counting the socket. Safe to call twice. */
  end(socket: WebSocket, code = 1000): void {
    const participant = getParticipant(socket);
    if (participant !== "") {
      this.#count(participant, -1);
      socket.serializeAttachment(null);
      participants.set(socket, "");
    }
    try {
      if (code === 1005) socket.close();
      else if (!UNSENDABLE.has(code)) socket.close(code);
    } catch {
      // The other side has already closed it for good.
    }
  }

  /** One serialised text for all of them. */
  broadcast(audience: Role | "everyone", messages: readonly ServerMessage[]): void {
    const sockets = this.#ctx.getWebSockets(audience === "everyone" ? undefined : audience);
    if (sockets.length === 0) return;
    for (const text of messages.map((message) => JSON.stringify(message))) {
      const bytes = byteLength(text);
      for (const socket of sockets) this.#sendText(socket, text, bytes);
    }
  }

  /** Tells each of these something else, or nothing. */
  tellEach(role: Role, say: (participant: string) => ServerMessage | undefined): void {
    for (const socket of this.#ctx.getWebSockets(role)) {
      const participant = getParticipant(socket);
      const message = participant === "" ? undefined : say(participant);
      if (message) this.send(socket, message);
    }
  }

  send(socket: WebSocket, message: ServerMessage): void {
    const text = JSON.stringify(message);
    this.#sendText(socket, text, byteLength(text));
  }

  /** Tells somebody new how everything stands. However much that is, nobody can have read it yet: it is not what is unread. */
  greet(socket: WebSocket, messages: Iterable<ServerMessage>): void {
    for (const message of messages) {
      this.send(socket, message);
      this.#unread.delete(socket);
    }
  }

  /** Sends, unless nobody seems to read there: whoever comes back hears everything anew. */
  #sendText(socket: WebSocket, text: string, bytes: number): void {
    let unread = this.#unread.get(socket);
    if (!unread) {
      unread = { bytes: 0, pinged: 0 };
      this.#unread.set(socket, unread);
    }
    if (unread.bytes > LIMITS.unreadBytes && !this.#hasPinged(socket, unread)) {
      this.end(socket, 1001);
      return;
    }
    unread.bytes += bytes;
    try {
      socket.send(text);
    } catch {
      // It is closing; its close event follows and ends it.
    }
  }

  #hasPinged(socket: WebSocket, unread: { bytes: number; pinged: number }): boolean {
    const pinged = this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    if (pinged === unread.pinged) return false;
    unread.pinged = pinged;
    unread.bytes = 0;
    return true;
  }

  /** Counts a message; true when the sender has been over the limit for too long, or is far over it. */
  isFlooding(socket: WebSocket, now: number): boolean {
    const unread = this.#unread.get(socket);
    if (unread) unread.bytes = 0; // it lives
    const second = Math.floor(now / 1000);
    const flood = this.#floods.get(socket) ?? { second, count: 0, seconds: 0 };
    if (flood.second !== second) {
      const isInARow = flood.second === second - 1 && flood.count > LIMITS.messagesPerSecond;
      flood.seconds = isInARow ? flood.seconds + 1 : 0;
      flood.second = second;
      flood.count = 0;
    }
    flood.count++;
    this.#floods.set(socket, flood);
    return flood.seconds >= LIMITS.floodSeconds || flood.count > LIMITS.messagesAtOnce;
  }

  /**
   * Closes pipes whose client has not pinged for too long: connections that died without a word.
   * Returns whether there were any.
   */
  closeSilent(now: number): boolean {
    const silent = this.#ctx
      .getWebSockets()
      .filter((socket) => this.#getSilence(socket, now) > LIMITS.silentMs);
    for (const socket of silent) this.end(socket, 1001);
    return silent.length > 0;
  }

  /** A phone that went through tunnels must not be locked out by the pipes it lost there. */
  closeGhosts(participant: string, now: number): void {
    for (const socket of this.#ctx.getWebSockets(getRole(participant))) {
      const isGhost =
        getParticipant(socket) === participant && this.#getSilence(socket, now) > LIMITS.ghostMs;
      if (isGhost) this.end(socket, 1001);
    }
  }

  /** Everyone who has an open pipe. */
  get participants(): Iterable<string> {
    return this.#pipesOf.keys();
  }

  get hasHosts(): boolean {
    return this.#hosts > 0;
  }

  /** Says goodbye to everyone. */
  closeAll(message: ServerMessage, code = 1000): void {
    for (const socket of this.#ctx.getWebSockets()) this.#dismiss(socket, message, code);
  }

  /** Closes the pipes of one participant. */
  closeOf(participant: string, message: ServerMessage): void {
    for (const socket of this.#ctx.getWebSockets(getRole(participant))) {
      if (getParticipant(socket) === participant) this.#dismiss(socket, message, 1008);
    }
  }

  #dismiss(socket: WebSocket, message: ServerMessage, code: number): void {
    if (getParticipant(socket) === "") return; // it has ended already
    this.send(socket, message);
    this.end(socket, code);
  }

  /** Milliseconds since a pipe was opened or pinged. One that has ended is not silent, but gone. */
  #getSilence(socket: WebSocket, now: number): number {
    const attachment = Attachment.safeParse(socket.deserializeAttachment());
    if (!attachment.success) return 0;
    const pinged = this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    return now - Math.max(pinged, attachment.data.since);
  }

  #count(participant: string, change: 1 | -1): void {
    if (participant === "") return;
    const pipes = this.pipesOf(participant) + change;
    if (pipes > 0) this.#pipesOf.set(participant, pipes);
    else this.#pipesOf.delete(participant);
    const isFirstOrLast = pipes === (change === 1 ? 1 : 0);
    if (!isFirstOrLast) return;
    if (isPerson(participant)) this.#people += change;
    if (getRole(participant) === "host") this.#hosts += change;
  }
}

/** Whose pipe a socket is; empty once it has ended. */
export function getParticipant(socket: WebSocket): string {
  const known = participants.get(socket);
  if (known !== undefined) return known;
  const attachment = Attachment.safeParse(socket.deserializeAttachment());
  const participant = attachment.success ? attachment.data.participant : "";
  participants.set(socket, participant);
  return participant;
}
