import type { ClientMessage } from "../../shared/protocol/message.ts";
import type { Access, Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import { isStale, isTransient, RevintError, toRevintError } from "./error.ts";
import { Link } from "./link.ts";
import type { HeardMessage } from "./message.ts";
import { Route, TRANSPORTS, type Transport } from "./route.ts";
import type { Connection as Status } from "./session.ts";
import { onWake } from "./wake.ts";

/*
 * The states of a connection, and what leads from one to the next:
 *
 *           ┌──────────┐  not let in for now
 *    ──────▶│ entering │────────────────────────────────────┐
 *      ┌───▶└──────────┘                                    │
 *      │          │ let in                                  ▼
 *      │    ┌─────▼──────┐  lost, or renewed           ┌─────────┐
 *      │    │            │────────────────────────────▶│         │
 *      │    │ connecting │                             │ waiting │
 *      │    │            │◀────────────────────────────│         │
 *      │    └─────┬──────┘  its time is over           └─────────┘
 *      │          │ first message                        ▲     │
 *      │    ┌─────▼─────────────────────┐                │     │
 *      │    │ live │ fallback │ polling │────────────────┘     │
 *      │    └───────────────────────────┘  lost, or renewed    │
 *      └───────────────────────────────────────────────────────┘
 *                            its time is over, and there is no access
 *
 *    closed: from every state, by `close`, or by a refusal that trying again will not change.
 *
 * `live` is over a socket, `fallback` over server-sent events, `polling` by asking again and again; from one to
 * another leads the first message of a better channel, which was opened beside it. `waiting` also ends when the page
 * is shown again, and when `change` brings new access.
 */
type State =
  | { readonly name: "entering" }
  | { readonly name: "connecting" | "live" | "fallback" | "polling"; readonly link: Link }
  | { readonly name: "waiting"; readonly timer: ReturnType<typeof setTimeout> }
  | { readonly name: "closed" };

/** What a listener is told of a state. */
const STATUS = {
  entering: "connecting",
  connecting: "connecting",
  waiting: "connecting",
  live: "live",
  fallback: "fallback",
  polling: "fallback",
  closed: "closed",
} as const satisfies Record<State["name"], Status>;

/** The state of a link that is held by it. */
const HELD_BY = { socket: "live", events: "fallback", polls: "polling" } as const satisfies Record<
  Transport,
  State["name"]
>;

/** So long after the page is shown again, what turns out to be dead is replaced without a pause. */
const HURRY_MS = 5000;
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
 * Not built on a reconnecting socket: what to try next depends on all transports together, and what
 * has to be sent again is known by the outbox, not by a socket's buffer.
 */
export class Connection {
  readonly #api: Api;
  readonly #enter: (isAgain: boolean) => Promise<Access>;
  readonly #events: ConnectionEvents;
  readonly #route: Route;
  readonly #backoff = new Backoff();
  readonly #stopWaking: () => void;
  #state: State = { name: "entering" };
  /** What lets us in; `undefined`: it is to be entered. */
  #access: Access | undefined;
  /** What let us in was refused, and nothing has been good since: the next such refusal is final. */
  #isRenewed = false;
  /** What this attempt began with. */
  #first: Transport;
  /** By the steady clock. */
  #hurryUntil = 0;

  /**
   * Begins by itself, but not before the code that makes it has come to its end: whoever enters and listens is
   * whole by then.
   * @param enter finds and joins the session; `isAgain`: the service did not know its uid or token any more
   */
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
    this.#first = this.#route.next();
    this.#stopWaking = onWake(() => this.#wake());
    queueMicrotask(() => this.#begin());
  }

  get status(): Status {
    return STATUS[this.#state.name];
  }

  /** Whether the news is asked for, and not told. */
  get isPolling(): boolean {
    return this.#state.name === "polling";
  }

  /** Over the socket; without one it is lost. */
  send(message: ClientMessage): void {
    this.#link?.send(message);
  }

  /** Goes on as somebody else, with what the service has just given. */
  change(access: Access): void {
    this.#access = access;
    this.#isRenewed = false;
    this.#hurryUntil = performance.now() + HURRY_MS;
    if (this.#state.name === "waiting") this.#begin();
    else this.#lose(new RevintError("network", "another uid"));
  }

  /**
   * A request was refused with what let us in before: enters anew.
   * Returns false when that was tried just now and, as far as is known, did not help; or when it is over.
   */
  renew(hasHelped: boolean): boolean {
    if (this.#isClosed) return false;
    // Without access, it is being entered at this moment.
    if (this.#isRenewed && !hasHelped) return this.#access === undefined;
    this.#forgetAccess();
    this.#lose(new RevintError("network", "entering anew"));
    return true;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#stopWaking();
    this.#go({ name: "closed" });
  }

  get #isClosed(): boolean {
    return this.#state.name === "closed";
  }

  get #link(): Link | undefined {
    return "link" in this.#state ? this.#state.link : undefined;
  }

  /** One attempt, from here to its failure or its loss. */
  #begin(): void {
    if (this.#isClosed) return;
    this.#first = this.#route.next();
    if (this.#access) this.#connect(this.#access);
    else void this.#enterAnew();
  }

  async #enterAnew(): Promise<void> {
    this.#go({ name: "entering" });
    try {
      const entered = await this.#enter(this.#isRenewed);
      if (this.#isClosed) return;
      // What `change` has brought meanwhile is newer.
      this.#access ??= entered;
      this.#connect(this.#access);
    } catch (error) {
      if (!this.#isClosed) this.#fail(toRevintError(error));
    }
  }

  #connect(access: Access): void {
    const link = new Link(this.#api, access, this.#route, this.#first, {
      onHeld: (transport) => this.#go({ name: HELD_BY[transport], link }),
      onMessage: (message) => this.#events.onMessage(message),
      onGood: () => {
        this.#backoff.reset();
        this.#isRenewed = false;
      },
      onLost: (error) => this.#lose(error),
    });
    this.#go({ name: "connecting", link });
  }

  /** The link has ended by itself, or there is to be another one. */
  #lose(error: RevintError): void {
    if (this.#link) this.#fail(error);
  }

  /** The end of an attempt: the next one follows, unless it would end no better. */
  #fail(error: RevintError): void {
    const isFinal = !this.#canGoOn(error);
    // Who gave their place back by staying away asks for one like everybody else.
    if (error.code === "session_full") this.#access = undefined;
    const timer = setTimeout(() => this.#begin(), isFinal ? 0 : this.#waitAfter(error));
    const waiting = { name: "waiting", timer } as const;
    // Before it is over, it is lost: listeners are told both.
    this.#go(waiting);
    if (this.#state !== waiting) return;
    if (isFinal) {
      this.close();
      this.#events.onFailure(error);
    } else if (this.#isTurnedAway(error)) this.#events.onWait(error);
  }

  /** No place is free, the door is closed, too many come at once, or nobody has opened it yet. */
  #isTurnedAway({ code, talk }: RevintError): boolean {
    return code === "session_full" || talk !== undefined || (code === "rate_limited" && !this.#access);
  }

  #waitAfter({ code, retryAfter }: RevintError): number {
    // Another transport may work right now; the same one hardly will.
    const isNext = TRANSPORTS.indexOf(this.#route.next()) > TRANSPORTS.indexOf(this.#first);
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
    if (error.talk) return true;
    if (isStale(code) && !this.#isRenewed) {
      this.#forgetAccess();
      return true;
    }
    // Before the first answer, a page that says 404 is a wrong address; later it is a bad network.
    if (code === "invalid_answer" && !this.#access && status !== undefined)
      return status < 400 || status > 499;
    return isTransient(error);
  }

  #forgetAccess(): void {
    this.#isRenewed = true;
    this.#access = undefined;
  }

  /** Something has changed for the better: no more waiting, and a look at what seems to be there. */
  #wake(): void {
    this.#backoff.reset();
    this.#hurryUntil = performance.now() + HURRY_MS;
    if (this.#state.name === "waiting") this.#begin();
    else this.#link?.probe();
    if (this.status === "fallback") this.#link?.tryBetter();
  }

  /** The only place that changes the state: whatever belonged to the one before ends with it. */
  #go(next: State): void {
    const before = this.#state;
    this.#state = next;
    if (before.name === "waiting") clearTimeout(before.timer);
    if ("link" in before && !("link" in next)) before.link.close();
    const status = STATUS[next.name];
    if (status !== STATUS[before.name] || (status !== "connecting" && next.name !== before.name))
      this.#events.onReach(status);
  }
}
