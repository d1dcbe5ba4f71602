import type { SessionAnswer } from "../../shared/protocol/session.ts";
import { Api } from "../client/api.ts";
import { Backoff } from "../client/backoff.ts";
import { isStale, isTransient, toRevintError } from "../client/error.ts";
import { HostClient } from "../client/host-session.ts";
import { coHostSession, RevintError } from "../client/index.ts";
import { Pause } from "../client/pause.ts";
import type { HostSession } from "../client/session.ts";
import { onWake } from "../client/wake.ts";
import { forgetPass, getHostRole, getKeptPass, type HostPass, keepPass, readPass } from "../ui/host-pass.ts";
import { isUnstarted } from "../ui/own-session.ts";
import { toRecapPass } from "../ui/recap-service.ts";
import type { Pass } from "../ui/service.ts";
import type { Store } from "../ui/store.ts";
import { common, stage as words } from "../words/en.ts";
import { StageSession } from "./stage-session.ts";
import type { View } from "./view.ts";

const { origin } = location;

/** The way into one session, as its host or one of its co-hosts. */
export class Entrance {
  readonly #sessionUid: string;
  readonly #view: Store<View>;
  /** Between two tries to come in. */
  readonly #pause = new Pause();

  constructor(sessionUid: string, view: Store<View>) {
    this.#sessionUid = sessionUid;
    this.#view = view;
    onWake(() => this.#pause.skip());
  }

  /** What lets this window ask for the session's recap, once it is over. */
  get recapPass(): Pass | undefined {
    const kept = getKeptPass(origin, this.#sessionUid);
    return kept && toRecapPass(this.#sessionUid, kept);
  }

  get isHost(): boolean {
    const kept = getKeptPass(origin, this.#sessionUid);
    return kept !== undefined && getHostRole(kept) === "host";
  }

  /** Asks who is to watch, unless there is no such session. */
  async askForPass(): Promise<void> {
    const lost = await new Api(origin).getSession(this.#sessionUid).then(
      () => undefined,
      (error: unknown) => toRevintError(error).code === "session_not_found",
    );
    this.#view.set({ screen: lost ? "notFound" : "ask" });
  }

  /** With what was pasted, or stood in the address. Nothing is sent that can't let a host in. */
  enterWith(text: string): void {
    const pass = readPass(text);
    if (pass) void this.enter(pass);
    else this.#view.set({ screen: "ask", problem: common.noPass });
  }

  /** Comes in; as long as the service is out of reach, it keeps trying. */
  async enter(pass: HostPass): Promise<void> {
    // At once: it is gone from the address, and a reload may come before any answer.
    keepPass(origin, pass);
    this.#view.set({ screen: "connecting", problem: undefined });
    const backoff = new Backoff();
    for (;;) {
      try {
        return await this.#open(pass);
      } catch (thrown) {
        const error = toRevintError(thrown);
        if (!isTransient(error)) return this.#refuse(pass, error);
        this.#view.set({ screen: "failed" });
        await this.#pause.wait(backoff.next(error.retryAfter));
      }
    }
  }

  /** Now, and not after the pause. */
  tryAgain(): void {
    this.#view.set({ screen: "connecting" });
    this.#pause.skip();
  }

  /** One try. @throws RevintError */
  async #open(pass: HostPass): Promise<void> {
    if (pass.invitation && pass.invitation.sessionUid !== this.#sessionUid) {
      throw new RevintError("wrong_session", "the invitation is to another session");
    }
    const facts = await new Api(origin).getSession(this.#sessionUid);
    const session = openSession(pass, facts);
    const stage = new StageSession(session, facts);
    session.on("end", () => this.#view.set({ screen: "ended" }));
    await session.ready;
    if (!session.info) {
      session.close();
      throw new RevintError("invalid_answer", "the service said nothing of the session");
    }
    // Later, such as an invitation that is taken back.
    session.on("error", (error) => this.#fail(error));
    this.#view.set({ screen: "stage", stage });
  }

  /** A link to the stage may be there before its session: then it is this page that can start it. */
  async #refuse(pass: HostPass, error: RevintError): Promise<void> {
    if (error.code === "session_not_found" && (await isUnstarted(pass))) {
      this.#view.set({ screen: "notStarted", unstarted: pass });
    } else this.#fail(error);
  }

  /** What trying again will not change. */
  #fail(error: RevintError): void {
    // The token is good for the results of a session that has ended.
    if (error.code !== "session_ended") forgetPass(origin);
    this.#view.set({ ...readFailure(error), stage: undefined });
  }
}

/**
 * Resuming replaces the addresses that phones read: so it says the same again, and calls the service where
 * this page came from. What it leaves out stays as it is.
 */
function openSession(
  { token, invitation }: HostPass,
  { sessionUid, apiUrl, webUiUrl }: SessionAnswer,
): HostSession {
  if (invitation) {
    return coHostSession(invitation.sessionUid, { apiUrl: origin, token, hostUid: invitation.hostUid });
  }
  return new HostClient(token, { apiUrl: origin, sessionUid, webUiUrl }, apiUrl);
}

function readFailure({ code }: RevintError): Partial<View> {
  if (code === "session_not_found") return { screen: "notFound" };
  if (code === "session_ended") return { screen: "ended" };
  return { screen: "ask", problem: isStale(code) || code === "not_host" ? words.badToken : words.refused };
}
