import type { Access, OpenFacts } from "./api.ts";
import { isStale, RevintError } from "./error.ts";
import { LiveSession } from "./live-session.ts";
import type { HostOptions, HostSession, Connection as Status } from "./session.ts";
import { StateSender } from "./state-sender.ts";
import { SafeStorage } from "./storage.ts";
import type { NewSessionAnswer } from "./wire.ts";

/** A host: opens or resumes the session of its token, and says where the deck is. */
export class HostClient extends LiveSession implements HostSession {
  readonly #hostToken: string;
  readonly #facts: OpenFacts;
  readonly #storage: SafeStorage;
  readonly #uidKey: string;
  readonly #states: StateSender;
  #info: NewSessionAnswer | undefined;
  #access: Access | undefined;

  constructor(hostToken: string, options: HostOptions) {
    super(options);
    const { storage, transport: _, ...facts } = options;
    this.#hostToken = hostToken;
    this.#facts = facts;
    this.#storage = new SafeStorage(storage ?? null);
    // Not named after the token, which is a secret. A uid of another session is simply not taken.
    this.#uidKey = `revint:${this.api.url}:host`;
    this.#states = new StateSender((page, state) => this.#send(page, state));
    this.start();
  }

  get info(): NewSessionAnswer | undefined {
    return this.#info;
  }

  setState(page: string, state: string): Promise<number> {
    return this.#states.set(page, state);
  }

  protected override async enter(isAgain: boolean): Promise<Access> {
    const known = isAgain ? undefined : (this.#info?.hostUid ?? this.#storage.get(this.#uidKey));
    // A session is restarted once, and not again by whatever makes us enter a second time.
    const facts = this.#info ? { ...this.#facts, restart: false } : this.#facts;
    this.#info = await this.api.openSession(this.#hostToken, facts, known);
    const { sessionUid, hostUid: uid } = this.#info;
    this.#storage.set(this.#uidKey, uid);
    const wsUrl = this.api.socketUrl(this.#facts.wsUrl);
    this.#access = { sessionUid, token: this.#hostToken, uid, role: "host", wsUrl };
    this.#states.wake();
    return this.#access;
  }

  protected override onReach(status: Status): void {
    if (status === "live" || status === "fallback") this.#states.wake();
  }

  protected override onOver(error: RevintError | undefined): void {
    this.#states.close(error);
  }

  async #send(page: string, state: string): Promise<number> {
    if (!this.#access) throw new RevintError("network", "the session is not open yet");
    try {
      const version = await this.api.setState(this.#access, page, state);
      // The own pipe tells it too, if it gets through.
      this.adopt({ page, state, version });
      return version;
    } catch (error) {
      const isRenewed = error instanceof RevintError && isStale(error.code) && this.renew();
      throw isRenewed ? new RevintError("unavailable", "entering anew") : error;
    }
  }
}
