import type { ClientMessage } from "../../shared/protocol/message.ts";
import type { Access, Api } from "./api.ts";
import type { ChannelEvents } from "./channel.ts";
import { type RevintError, toRevintError } from "./error.ts";
import { EventStream } from "./event-stream.ts";
import type { HeardMessage } from "./message.ts";
import { Polling } from "./polling.ts";
import { GOOD_MS, type Route, TRANSPORTS, type Transport } from "./route.ts";
import { Socket } from "./socket.ts";

/** A network that swallows what it does not know says nothing: after so long without a greeting, the state is asked for. */
const ASK_MS = 6000;

export interface LinkEvents {
  /** The first message of a channel has come: the link is held by it from now on. */
  onHeld(transport: Transport): void;
  onMessage(message: HeardMessage): void;
  /** The channel that held it has lasted long enough to be a good one. */
  onGood(): void;
  /** The channel that held it has ended, and the link with it. */
  onLost(error: RevintError): void;
}

/**
 * The way into a session, from the first channel that is opened to the loss of the one that holds it. Beside the
 * holder, better channels are tried now and then: the first message of one makes it the holder and closes what is
 * worse, so that nothing is missed in between.
 */
export class Link {
  readonly #api: Api;
  readonly #access: Access;
  readonly #route: Route;
  readonly #events: LinkEvents;
  readonly #channels: {
    socket: Socket | undefined;
    events: EventStream | undefined;
    polls: Polling | undefined;
  } = { socket: undefined, events: undefined, polls: undefined };
  /** What the session depends on. */
  #holder: Transport;
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
  #goodTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** @param first opened at once, and the holder until something else says its first message */
  constructor(api: Api, access: Access, route: Route, first: Transport, events: LinkEvents) {
    this.#api = api;
    this.#access = access;
    this.#route = route;
    this.#events = events;
    this.#holder = first;
    this.#open(first);
    this.#probeTimer = setTimeout(() => this.#try("polls"), ASK_MS);
  }

  /** Over the socket; without one it is lost. */
  send(message: ClientMessage): void {
    this.#channels.socket?.send(message);
  }

  /** Looks whether what seems to be there is alive. */
  probe(): void {
    for (const transport of TRANSPORTS) this.#channels[transport]?.probe();
  }

  /** What is better than the holder gets its chance now. */
  tryBetter(): void {
    this.#try(this.#route.mayUseSockets ? "socket" : "events");
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#probeTimer);
    clearTimeout(this.#goodTimer);
    for (const transport of TRANSPORTS) this.#end(transport);
  }

  #try(transport: Transport): void {
    clearTimeout(this.#probeTimer);
    if (!this.#isClosed && !this.#channels[transport]) this.#open(transport);
  }

  #tryBetterLater(): void {
    clearTimeout(this.#probeTimer);
    const wait = this.#route.probeIn(this.#holder);
    if (wait !== undefined) this.#probeTimer = setTimeout(() => this.tryBetter(), wait);
  }

  #open(transport: Transport): void {
    const events = this.#follow(transport);
    if (transport === "socket") this.#openSocket(events);
    else if (transport === "events") this.#channels.events = new EventStream(this.#api, this.#access, events);
    else this.#channels.polls = new Polling(this.#api, this.#access, events);
  }

  #openSocket(events: ChannelEvents): void {
    const { wsUrl, sessionUid, role, uid } = this.#access;
    const path = `/ws/v1/session/${encodeURIComponent(sessionUid)}/${role}/${encodeURIComponent(uid)}/pipe`;
    try {
      this.#channels.socket = new Socket(wsUrl + path, events);
    } catch (error) {
      // It must not end before it has begun.
      queueMicrotask(() => events.onEnd(toRevintError(error)));
    }
  }

  /** Follows a channel from its first message to its end. */
  #follow(transport: Transport): ChannelEvents {
    let greetedAt: number | undefined;
    return {
      onMessage: (message) => {
        if (greetedAt === undefined) {
          greetedAt = performance.now();
          this.#holdBy(transport);
        }
        // Whoever heard that it is held may have closed it.
        if (!this.#isClosed) this.#events.onMessage(message);
      },
      onEnd: (error, isSilent = false) => {
        if (this.#isClosed) return;
        const lastedMs = greetedAt === undefined ? 0 : performance.now() - greetedAt;
        this.#route.report({ transport, lastedMs, error, isSilent });
        this.#channels[transport] = undefined;
        if (transport === this.#holder) {
          this.close();
          this.#events.onLost(error);
        } else if (transport === "socket" && this.#holder === "polls") this.#try("events");
        else this.#tryBetterLater();
      },
    };
  }

  #holdBy(transport: Transport): void {
    this.#holder = transport;
    for (const worse of TRANSPORTS.slice(TRANSPORTS.indexOf(transport) + 1)) this.#end(worse);
    clearTimeout(this.#goodTimer);
    this.#goodTimer = setTimeout(() => this.#events.onGood(), GOOD_MS);
    this.#tryBetterLater();
    this.#events.onHeld(transport);
  }

  #end(transport: Transport): void {
    this.#channels[transport]?.close();
    this.#channels[transport] = undefined;
  }
}
