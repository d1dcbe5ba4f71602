import type { Access } from "./api.ts";
import { HostingSession } from "./hosting-session.ts";
import type { CoHostOptions, NewSessionAnswer } from "./session.ts";

/** A co-host: comes into a session that is there already, with what the invitation gave. */
export class CoHostClient extends HostingSession {
  readonly #sessionUid: string;
  readonly #token: string;
  readonly #hostUid: string;
  #info: NewSessionAnswer | undefined;

  constructor(sessionUid: string, { token, hostUid, ...options }: CoHostOptions) {
    super(options);
    this.#sessionUid = sessionUid;
    this.#token = token;
    this.#hostUid = hostUid;
  }

  get info(): NewSessionAnswer | undefined {
    return this.#info;
  }

  get isDriving(): boolean {
    // What comes after the name in a uid is its proof.
    return this.#hostUid.startsWith(this.driver);
  }

  protected override async enter(): Promise<Access> {
    const sessionUid = this.#sessionUid;
    const { webUiUrl, wsUrl, joinCode } = await this.api.getSession(sessionUid);
    const joinUrl = new URL(webUiUrl);
    joinUrl.searchParams.set("session", sessionUid);
    const [token, hostUid] = [this.#token, this.#hostUid];
    const facts = { joinUrl: joinUrl.href, joinCode, resumed: true, endedAt: null };
    this.#info = { token, hostUid, sessionUid, ...facts };
    return this.adoptAccess({
      sessionUid,
      token,
      uid: hostUid,
      role: "host",
      wsUrl: this.api.socketUrl(wsUrl),
    });
  }
}
