import type { Access, OpenFacts } from "./api.ts";
import { isStale, RevintError, toRevintError } from "./error.ts";
import { LiveSession } from "./live-session.ts";
import type { ClientOptions, HostOptions, HostSession, Connection as Status } from "./session.ts";
import { StateSender } from "./state-sender.ts";
import { SafeStorage } from "./storage.ts";
import type { HostRules, NewSessionAnswer, ServerMessage } from "./wire.ts";

/** Who drives as long as no co-host does. */
const HOST_DRIVES = "host";

/** Says where the deck is, and moderates: what the host and co-hosts have in common. */
export abstract class HostingSession extends LiveSession implements HostSession {
  readonly #states: StateSender;
  #driver = HOST_DRIVES;
  #access: Access | undefined;

  constructor(options: ClientOptions) {
    super(options);
    this.#states = new StateSender((page, state) => this.#send(page, state));
  }

  abstract get info(): NewSessionAnswer | undefined;
  abstract get isDriving(): boolean;

  get driver(): string {
    return this.#driver;
  }

  setState(page: string, state: string): Promise<number> {
    const version = this.#states.set(page, state);
    version.catch((error: unknown) => {
      if (this.connection !== "closed")
        this.emit("stateRefused", { page, state, error: toRevintError(error) });
    });
    return version;
  }

  async takeOver(): Promise<void> {
    const { driver } = await this.api.post(await this.#ready(), "driver");
    if (typeof driver === "string") this.#setDriver(driver);
  }

  async getRules(): Promise<HostRules> {
    return this.api.getRules(await this.#ready());
  }

  async setRules(change: Partial<HostRules>): Promise<HostRules> {
    const access = await this.#ready();
    return this.api.setRules(access, { ...(await this.api.getRules(access)), ...change });
  }

  async block(participant: string, { uncount = false }: { readonly uncount?: boolean } = {}): Promise<void> {
    await this.api.post(await this.#ready(), `user/${encodeURIComponent(participant)}/block`, { uncount });
  }

  async unblock(participant: string): Promise<void> {
    await this.api.post(await this.#ready(), `user/${encodeURIComponent(participant)}/unblock`);
  }

  async end(): Promise<void> {
    await this.api.post(await this.#ready(), "end", undefined, true);
    this.over(new RevintError("session_ended", "you have ended the session"));
  }

  /** Found or opened: what lets this host in. */
  protected adoptAccess(access: Access): Access {
    this.#access = access;
    this.#states.wake();
    return access;
  }

  protected override onReach(status: Status): void {
    if (status === "live" || status === "fallback") this.#states.wake();
  }

  protected override onAnswer(message: ServerMessage): void {
    if (message.type === "driver") this.#setDriver(message.driver);
    if (message.type === "bursts") this.emit("bursts", message.bursts);
  }

  protected override onOver(error: RevintError): void {
    this.#states.close(error);
  }

  async #ready(): Promise<Access> {
    await this.ready;
    if (!this.#access) throw new RevintError("network", "the session is not open yet");
    return this.#access;
  }

  #setDriver(driver: string): void {
    if (driver === this.#driver) return;
    this.#driver = driver;
    this.emit("driver", driver);
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

/** The host: opens or resumes the session of its token. */
export class HostClient extends HostingSession {
  readonly #hostToken: string;
  readonly #facts: OpenFacts;
  readonly #storage: SafeStorage;
  readonly #uidKey: string;
  #info: NewSessionAnswer | undefined;

  constructor(hostToken: string, options: HostOptions) {
    super(options);
    const { storage, transport: _, ...facts } = options;
    this.#hostToken = hostToken;
    this.#facts = facts;
    this.#storage = new SafeStorage(storage ?? null);
    // Not named after the token, which is a secret. A uid of another session is simply not taken.
    this.#uidKey = `revint:${this.api.url}:host`;
    this.start();
  }

  get info(): NewSessionAnswer | undefined {
    return this.#info;
  }

  get isDriving(): boolean {
    return this.driver === HOST_DRIVES;
  }

  protected override async enter(isAgain: boolean): Promise<Access> {
    const known = isAgain ? undefined : (this.#info?.hostUid ?? this.#storage.get(this.#uidKey));
    // A session is restarted once, and not again by whatever makes us enter a second time.
    const facts = this.#info ? { ...this.#facts, restart: false } : this.#facts;
    this.#info = await this.api.openSession(this.#hostToken, facts, known);
    const { sessionUid, hostUid: uid, endedAt } = this.#info;
    this.#storage.set(this.#uidKey, uid);
    // No pipe would open, and only say the same.
    if (endedAt !== null) throw new RevintError("session_ended", "this session was ended");
    const wsUrl = this.api.socketUrl(this.#facts.wsUrl);
    return this.adoptAccess({ sessionUid, token: this.#hostToken, uid, role: "host", wsUrl });
  }
}
