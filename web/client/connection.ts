import type { ClientMessage } from "../../shared/protocol/message.ts";
import type { Access, Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { ChannelEvents } from "./channel.ts";
import { isStale, isTransient, RevintError, toRevintError } from "./error.ts";
import { EventStream } from "./event-stream.ts";
import type { HeardMessage } from "./message.ts";
import { Pause } from "./pause.ts";
import { Polling } from "./polling.ts";
import { GOOD_MS, Route, WAYS, type Way } from "./route.ts";
import type { Connection as Status } from "./session.ts";
import { Socket } from "./socket.ts";
import { onWake } from "./wake.ts";

/** So long after the page is shown again, what turns out to be dead is replaced without a pause. */
const HURRY_MS = 5000;
/** A network that swallows what it does not know says nothing: after so long without a greeting, the state is asked for. */
const ASK_MS = 6000;
/** Seconds between two questions for a place, where the service does not say when to ask. */
const FULL_S = 15;

export interface ConnectionEvents {
  onMessage(message: HeardMessage): void;
  /** The status has changed, or another channel has taken over: the status may be the same. */
  onReach(status: Status): void;
  /** Not let in, for now: it asks again by itself. */
  onWait(error: RevintError): void;
  /** It is over for a reason that trying again will not change. */
  onFailure(error: RevintError): void;
}

/**
 * Stays connected to a session for as long as anyone wants it: enters it, opens a socket, falls
 * back to server-sent events where sockets don't work, and to polls where those are held back, and
 * comes back after every loss.
 * Not built on a reconnecting socket: what to try next depends on all ways together, and what
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
  /** What the session depends on at the moment; whatever else is open is tried beside it. */
  #held: Way | undefined;
  readonly #channels: {
    socket: Socket | undefined;
    events: EventStream | undefined;
    polls: Polling | undefined;
  } = { socket: undefined, events: undefined, polls: undefined };
  /** By the steady clock. */
  #hurryUntil = 0;
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

  /** Whether the news is asked for, and not told. */
  get isPolling(): boolean {
    return this.#held === "polls";
  }

  /** Over the socket; without one it is lost. */
  send(message: ClientMessage): void {
    this.#channels.socket?.send(message);
  }

  /** Goes on as somebody else, with what the service has just given. */
  change(access: Access): void {
    this.#access = access;
    this.#isStale = false;
    this.#hurryUntil = performance.now() + HURRY_MS;
    this.#pause.skip();
    this.#lose(new RevintError("network", "another uid"));
  }

  /**
   * A request was refused with what let us in before: enters anew.
   * Returns false when that was tried just now and, as far as is known, did not help.
   */
  renew(hasHelped: boolean): boolean {
    // Without access, it is being entered at this moment.
    if (this.#isStale && !hasHelped) return this.#access === undefined;
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
    this.#reach("closed");
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
        // Who gave their place back by staying away asks for one like everybody else.
        if (error.code === "session_full") this.#access = undefined;
        if (this.#isTurnedAway(error)) this.#events.onWait(error);
        await this.#pause.wait(this.#waitAfter(before, error));
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

  /** No place is free, the door is closed, or too many come at once. */
  #isTurnedAway({ code }: RevintError): boolean {
    return code === "session_full" || (code === "rate_limited" && !this.#access);
  }

  #waitAfter(before: Way, { code, retryAfter }: RevintError): number {
    // Another way may work right now; the same one hardly will.
    const isNext = WAYS.indexOf(this.#route.next()) > WAYS.indexOf(before);
    if (isNext || (code === "network" && this.#isHurried())) return 0;
    return this.#backoff.next(code === "session_full" ? (retryAfter ?? FULL_S) : retryAfter);
  }

  /** True once: somebody looks at the page, and what seemed to be there was not. */
  #isHurried(): boolean {
    const isHurried = performance.now() < this.#hurryUntil;
    this.#hurryUntil = 0;
    return isHurried;
  }

  #canGoOn(error: RevintError): boolean {
    const { code, status } = error;
    if (isStale(code) && !this.#isStale) {
      this.#isStale = true;
      this.#access = undefined;
      return true;
    }
    // Before the first answer, a page that says 404 is a wrong address; later it is a bad network.
    if (code === "invalid_answer" && !this.#access && status !== undefined)
      return status < 400 || status > 499;
    return isTransient(error);
  }

  /** Holds one connection, and better ones beside it if they come about. Resolves with the reason of its end. */
  #hold(access: Access, way: Way): Promise<RevintError> {
    return new Promise((resolve) => {
      this.#endHold = resolve;
      this.#held = way;
      this.#open(way, access);
      this.#probeTimer = setTimeout(() => this.#probe("polls"), ASK_MS);
    });
  }

  #open(way: Way, access: Access): void {
    const events = this.#watch(way);
    if (way === "events") this.#channels.events = new EventStream(this.#api, access, events);
    else if (way === "polls") this.#channels.polls = new Polling(this.#api, access, events);
    else this.#openSocket(access, events);
  }

  #openSocket({ wsUrl, sessionUid, role, uid }: Access, events: ChannelEvents): void {
    const path = `/ws/v1/session/${encodeURIComponent(sessionUid)}/${role}/${encodeURIComponent(uid)}/pipe`;
    try {
      this.#channels.socket = new Socket(wsUrl + path, events);
    } catch (error) {
      // It must not end before it has begun.
      queueMicrotask(() => events.onEnd(toRevintError(error)));
    }
  }

  /** Follows a channel from its first message to its end. */
  #watch(way: Way): ChannelEvents {
    let greetedAt: number | undefined;
    return {
      onMessage: (message) => {
        if (greetedAt === undefined) {
          greetedAt = performance.now();
          clearTimeout(this.#goodTimer);
          this.#goodTimer = setTimeout(() => this.#proveGood(), GOOD_MS);
          this.#takeOver(way);
        }
        this.#events.onMessage(message);
      },
      onEnd: (error, isSilent = false) => {
        if (this.#isClosed) return;
        const lastedMs = greetedAt === undefined ? 0 : performance.now() - greetedAt;
        this.#route.report({ way, lastedMs, error, isSilent });
        this.#channels[way] = undefined;
        if (way === this.#held) this.#lose(error);
        else if (way === "socket" && this.isPolling) this.#probe("events");
        else this.#probeLater();
      },
    };
  }

  /** What is worse is no longer needed, and what is better is tried now and then. */
  #takeOver(way: Way): void {
    this.#held = way;
    for (const worse of WAYS.slice(WAYS.indexOf(way) + 1)) this.#end(worse);
    this.#probeLater();
    this.#reach(way === "socket" ? "live" : "fallback");
  }

  #proveGood(): void {
    this.#backoff.reset();
    this.#isStale = false;
  }

  /** What is better than what is held gets its chance again. */
  #probeLater(): void {
    clearTimeout(this.#probeTimer);
    const wait = this.#held && this.#route.probeIn(this.#held);
    if (wait !== undefined) this.#probeTimer = setTimeout(() => this.#probe(), wait);
  }

  #probe(way: Way = this.#route.mayUseSockets ? "socket" : "events"): void {
    clearTimeout(this.#probeTimer);
    if (this.#access && !this.#channels[way]) this.#open(way, this.#access);
  }

  #lose(error: RevintError): void {
    this.#drop();
    if (this.#status !== "connecting") this.#reach("connecting");
    this.#endHold?.(error);
  }

  /** Something has changed for the better: no more waiting, and a look at what seems to be there. */
  #wake(): void {
    this.#backoff.reset();
    this.#hurryUntil = performance.now() + HURRY_MS;
    this.#pause.skip();
    for (const way of WAYS) this.#channels[way]?.probe();
    if (this.#status === "fallback") this.#probe();
  }

  #end(way: Way): void {
    this.#channels[way]?.close();
    this.#channels[way] = undefined;
  }

  #drop(): void {
    clearTimeout(this.#goodTimer);
    clearTimeout(this.#probeTimer);
    this.#held = undefined;
    for (const way of WAYS) this.#end(way);
  }

  #reach(status: Status): void {
    this.#status = status;
    this.#events.onReach(status);
  }
}
