import { HOST_DRIVES } from "../../shared/protocol/co-host.ts";
import type { Access, OpenFacts } from "./api.ts";
import { RevintError } from "./error.ts";
import { HostingSession } from "./hosting-session.ts";
import type { HostOptions, NewSessionAnswer } from "./session.ts";
import { SafeStorage } from "./storage.ts";

/** The host: opens or resumes the session of its token. */
export class HostClient extends HostingSession {
  readonly #hostToken: string;
  readonly #facts: OpenFacts;
  readonly #storage: SafeStorage;
  readonly #uidKey: string;
  #info: NewSessionAnswer | undefined;

  /** @param apiUrl where its audience finds the service, if that is not where this host calls it */
  constructor(hostToken: string, options: HostOptions, apiUrl = options.apiUrl) {
    super(options);
    const { storage, transport: _, ...facts } = options;
    this.#hostToken = hostToken;
    this.#facts = { ...facts, apiUrl };
    this.#storage = new SafeStorage(storage ?? null);
    // Not named after the token, which is a secret. A uid of another session is simply not taken.
    this.#uidKey = `revint:${this.api.url}:host`;
  }

  get info(): NewSessionAnswer | undefined {
    return this.#info;
  }

  get isDriving(): boolean {
    return this.driver === HOST_DRIVES;
  }

  protected override onUid(hostUid: string): void {
    if (this.#info) this.#info = { ...this.#info, hostUid };
    this.#storage.set(this.#uidKey, hostUid);
  }

  protected override async enter(isAgain: boolean): Promise<Access> {
    const given = await this.revoking;
    if (given) return given;
    const known = isAgain ? undefined : (this.#info?.hostUid ?? this.#storage.get(this.#uidKey));
    // A session is restarted once, and not again by whatever makes us enter a second time.
    // Nor is one that was deleted meanwhile started anew.
    const again = this.#info && { restart: false, sessionUid: this.#info.sessionUid };
    const facts = { ...this.#facts, ...again };
    this.#info = await this.api.openSession(this.#hostToken, facts, known);
    const { sessionUid, hostUid: uid, endedAt } = this.#info;
    this.#storage.set(this.#uidKey, uid);
    // No pipe would open, and only say the same.
    if (endedAt !== null) throw new RevintError("session_ended", "this session was ended");
    const wsUrl = this.api.socketUrl(this.#facts.wsUrl);
    return this.adoptAccess({ sessionUid, token: this.#hostToken, uid, role: "host", wsUrl });
  }
}
