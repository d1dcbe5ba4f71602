import type { Access, Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { ChannelEvents } from "./channel.ts";
import { isPassing, isStale, RevintError, toRevintError } from "./error.ts";
import { EventStream } from "./event-stream.ts";
import { Pause } from "./pause.ts";
import { GOOD_MS, Route, type Way } from "./route.ts";
import type { Connection as Status } from "./session.ts";
import { Socket } from "./socket.ts";
import { onWake } from "./wake.ts";
import type { ClientMessage, ServerMessage } from "./wire.ts";

export interface ConnectionEvents {
  onMessage(message: ServerMessage): void;
  onStatus(status: Status): void;
  /** It is over for a reason that trying again will not change. */
  onFailure(error: RevintError): void;
}

/**
 * Stays connected to a session for as long as anyone wants it: enters it, opens a socket, falls
 * back to server-sent events where sockets don't work, and comes back after every loss.
 * Not built on a reconnecting socket: what to try next depends on both ways together, and what
 * has to be sent again is known by the outbox, not by a socket's buffer.
 */
export class Connection {
  readonly #api: Api;
  readonly #enter: (isAgain: boolean) => Promise<Access>;
  readonly #events: ConnectionEvents;
  readonly #route: Route;
  readonly #backoff = new Backoff();
  readonly #pause = new Pause();
  readonly #stopWaking: () => void;
  #status: Status = "connecting";
  #access: Access | undefined;
  #isStale = false;
  #socket: Socket | undefined;
  #stream: EventStream | undefined;
  #probeTimer: ReturnType<typeof setTimeout> | undefined;
  #goodTimer: ReturnType<typeof setTimeout> | undefined;
  #endHold: ((error: RevintError) => void) | undefined;

  /** @param enter finds and joins the session; `isAgain`: the service did not know its uid or token any more */
  constructor(
    api: Api,
    enter: (isAgain: boolean) => Promise<Access>,
    mayUseSockets: boolean,
    events: ConnectionEvents,
  ) {
    this.#api = api;
    this.#enter = enter;
    this.#events = events;
    this.#route = new Route(mayUseSockets && typeof WebSocket === "function");
    this.#stopWaking = onWake(() => this.#wake());
  }

  start(): void {
    void this.#run();
  }

  get status(): Status {
    return this.#status;
  }

  /** Over the socket; without one it is lost. */
  send(message: ClientMessage): void {
    this.#socket?.send(message);
  }

  /**
   * A request was refused with what let us in before: enters anew.
   * Returns false when that was tried just now and did not help.
   */
  renew(): boolean {
    if (this.#isStale) return false;
    this.#isStale = true;
    this.#access = undefined;
    this.#lose(new RevintError("network", "entering anew"));
    return true;
  }

  close(): void {
    if (this.#status === "closed") return;
    this.#stopWaking();
    this.#pause.skip();
    this.#drop();
    this.#setStatus("closed");
  }

  get #isClosed(): boolean {
    return this.#status === "closed";
  }

  /** One turn is one connection, from the attempt to its end. */
  async #run(): Promise<void> {
    while (!this.#isClosed) {
      const before = this.#route.next();
      try {
        await this.#connect(before);
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (this.#isClosed) return;
        if (!this.#canGoOn(error)) {
          this.close();
          this.#events.onFailure(error);
          return;
        }
        // Another way may work right now; the same one hardly will.
        const isOtherWay = before === "socket" && this.#route.next() === "events";
        await this.#pause.wait(isOtherWay ? 0 : this.#backoff.next(error.retryAfter));
      }
    }
  }

  async #connect(way: Way): Promise<void> {
    if (!this.#access) {
      const access = await this.#enter(this.#isStale);
      if (this.#isClosed) return;
      this.#access = access;
    }
    throw await this.#hold(this.#access, way);
  }

  #canGoOn({ code, status }: RevintError): boolean {
    if (isStale(code) && !this.#isStale) {
      this.#isStale = true;
      this.#access = undefined;
      return true;
    }
    // Before the first answer, a page that says 404 is a wrong address; later it is a bad network.
    if (code === "invalid_answer" && !this.#access && status !== undefined)
      return status < 400 || status > 499;
    return isPassing(code);
  }

  /** Holds one connection, and a socket beside it if that comes about. Resolves with the reason of its end. */
  #hold(access: Access, way: Way): Promise<RevintError> {
    return new Promise((resolve) => {
      this.#endHold = resolve;
      if (way === "socket") this.#openSocket(access);
      else this.#openStream(access);
    });
  }

  #openStream(access: Access): void {
    const events = this.#watch("events", () => {
      this.#setStatus("fallback");
      this.#probeLater();
    });
    this.#stream = new EventStream(this.#api, access, events);
  }

  #openSocket({ wsUrl, sessionUid, role, uid }: Access): void {
    const path = `/ws/v1/session/${encodeURIComponent(sessionUid)}/${role}/${encodeURIComponent(uid)}/pipe`;
    const events = this.#watch("socket", () => {
      this.#closeStream();
      this.#setStatus("live");
    });
    try {
      this.#socket = new Socket(wsUrl + path, events);
    } catch (error) {
      // It must not end before it has begun.
      queueMicrotask(() => events.onEnd(toRevintError(error)));
    }
  }

  /** Follows a channel from its first message to its end. */
  #watch(way: Way, onGreeted: () => void): ChannelEvents {
    let greetedAt: number | undefined;
    return {
      onMessage: (message) => {
        if (greetedAt === undefined) {
          greetedAt = performance.now();
          clearTimeout(this.#goodTimer);
          this.#goodTimer = setTimeout(() => this.#proveGood(), GOOD_MS);
          onGreeted();
        }
        this.#events.onMessage(message);
      },
      onEnd: (error) => {
        if (this.#isClosed) return;
        this.#route.report({
          way,
          lastedMs: greetedAt === undefined ? 0 : performance.now() - greetedAt,
          error,
        });
        if (way === "socket" && this.#stream) this.#probeLater();
        else this.#lose(error);
      },
    };
  }

  #proveGood(): void {
    this.#backoff.reset();
    this.#isStale = false;
  }

  /** Beside the events, a socket gets its chance again. */
  #probeLater(): void {
    this.#socket = undefined;
    const wait = this.#route.probeIn();
    if (wait === undefined) return;
    this.#probeTimer = setTimeout(() => this.#probe(), wait);
  }

  #lose(error: RevintError): void {
    this.#drop();
    this.#setStatus("connecting");
    this.#endHold?.(error);
  }

  /** Something has changed for the better: no more waiting, and a look at what seems to be there. */
  #wake(): void {
    this.#backoff.reset();
    this.#pause.skip();
    this.#socket?.probe();
    this.#stream?.probe();
    if (this.#status === "fallback" && !this.#socket && this.#route.mayUseSockets) this.#probe();
  }

  #probe(): void {
    clearTimeout(this.#probeTimer);
    if (this.#access) this.#openSocket(this.#access);
  }

  #closeStream(): void {
    clearTimeout(this.#probeTimer);
    this.#stream?.close();
    this.#stream = undefined;
  }

  #drop(): void {
    clearTimeout(this.#goodTimer);
    this.#closeStream();
    this.#socket?.close();
    this.#socket = undefined;
  }

  #setStatus(status: Status): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#events.onStatus(status);
  }
}
