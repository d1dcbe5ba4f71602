import { type Access, Api } from "./api.ts";
import { Connection } from "./connection.ts";
import { Emitter } from "./emitter.ts";
import { RevintError } from "./error.ts";
import type { ClientOptions, ClientTotals, Session, SessionEvents, Connection as Status } from "./session.ts";
import { addPages } from "./totals.ts";
import type { ClientMessage, ServerMessage, State } from "./wire.ts";

const CLOSED = "the session was closed";

/** What hosts and users have in common: one connection, and the picture of the session it paints. */
export abstract class LiveSession implements Session {
  readonly ready: Promise<void>;
  protected readonly api: Api;
  readonly #emitter = new Emitter<SessionEvents>();
  readonly #connection: Connection;
  #settleReady: { resolve(): void; reject(error: RevintError): void } | undefined;
  #state: State | undefined;
  #totals: ClientTotals = { pages: {}, total: 0 };
  #participants = 0;

  constructor({ apiUrl, transport }: ClientOptions) {
    this.api = new Api(apiUrl);
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Who does not wait for it hears `error`, and needs no unhandled rejection beside it.
    this.ready.catch(() => {});
    const enter = (isAgain: boolean) => this.enter(isAgain);
    this.#connection = new Connection(this.api, enter, transport !== "events", {
      onMessage: (message) => this.#hear(message),
      onStatus: (status) => this.#changeStatus(status),
      onFailure: (error) => this.#fail(error),
    });
  }

  get state(): State | undefined {
    return this.#state;
  }

  get totals(): ClientTotals {
    return this.#totals;
  }

  get participants(): number {
    return this.#participants;
  }

  get connection(): Status {
    return this.#connection.status;
  }

  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (value: SessionEvents[Name]) => void,
  ): () => void {
    return this.#emitter.on(name, listener);
  }

  close(): void {
    this.#connection.close();
    this.api.close();
    this.onOver(undefined);
    this.#settle(new RevintError("network", CLOSED));
  }

  /** Begins to connect: for the end of the constructors of those that extend this. */
  protected start(): void {
    this.#connection.start();
  }

  /** Finds and joins the session. `isAgain`: what was used before is no longer good. */
  protected abstract enter(isAgain: boolean): Promise<Access>;

  /** How the session is reached has changed. */
  protected onReach(_status: Status): void {}

  /** What the service says about own reactions. */
  protected onAnswer(_message: ServerMessage): void {}

  /** It is over: ended or failed with an error, or closed without one. */
  protected onOver(_error: RevintError | undefined): void {}

  protected emit<Name extends keyof SessionEvents>(name: Name, value: SessionEvents[Name]): void {
    this.#emitter.emit(name, value);
  }

  protected send(message: ClientMessage): void {
    this.#connection.send(message);
  }

  /** Enters anew after a refusal; false when that was tried just now. */
  protected renew(): boolean {
    return this.#connection.renew();
  }

  /** Takes over a state unless a newer one is known. */
  protected adopt({ page, state, version }: State): void {
    if (this.#state && version <= this.#state.version) return;
    this.#state = { page, state, version };
    this.emit("state", this.#state);
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case "state_change":
        this.adopt(message);
        this.#settle();
        break;
      case "reactions":
        this.#totals = addPages(this.#totals, message);
        this.emit("totals", this.#totals);
        break;
      case "presence":
        this.#participants = message.participants;
        this.emit("participants", this.#participants);
        break;
      case "end":
        this.#over(new RevintError("session_ended", "the session is over"));
        break;
      default:
        this.onAnswer(message);
    }
  }

  #changeStatus(status: Status): void {
    this.onReach(status);
    this.emit("connection", status);
  }

  #fail(error: RevintError): void {
    if (error.code !== "session_ended") this.emit("error", error);
    this.#over(error);
  }

  #over(error: RevintError): void {
    this.#connection.close();
    this.api.close();
    this.onOver(error);
    if (error.code === "session_ended") this.emit("end", undefined);
    this.#settle(error);
  }

  #settle(error?: RevintError): void {
    if (error) this.#settleReady?.reject(error);
    else this.#settleReady?.resolve();
    this.#settleReady = undefined;
  }
}
