import { HOST_DRIVES } from "../../shared/protocol/co-host.ts";
import type { Access } from "./api.ts";
import { isStale, RevintError, toRevintError } from "./error.ts";
import { LiveSession } from "./live-session.ts";
import type { HeardMessage } from "./message.ts";
import type {
  Activity,
  ClientOptions,
  HostRules,
  HostSession,
  LiveQuestion,
  NewActivity,
  NewSessionAnswer,
  QuestionChange,
  QuestionList,
  Questions,
  Ranking,
  Connection as Status,
  StatusChange,
} from "./session.ts";
import { StateSender } from "./state-sender.ts";

/** Says where the deck is, and moderates: what the host and co-hosts have in common. */
export abstract class HostingSession extends LiveSession implements HostSession {
  readonly #states: StateSender;
  /** Calls that wait until the session is entered anew. */
  readonly #entering = new Set<{ resolve(access: Access): void; reject(error: RevintError): void }>();
  #revoking: Promise<Access | undefined> | undefined;
  #driver: string = HOST_DRIVES;
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
    const { driver } = await this.#call((access) => this.api.post(access, "driver"));
    if (typeof driver === "string") this.#setDriver(driver);
  }

  getRules(): Promise<HostRules> {
    return this.#call((access) => this.api.getRules(access));
  }

  setRules(change: Partial<HostRules>): Promise<HostRules> {
    return this.#call((access) => this.api.setRules(access, change));
  }

  async block(participant: string, { uncount = false }: { readonly uncount?: boolean } = {}): Promise<void> {
    const path = `user/${encodeURIComponent(participant)}/block`;
    await this.#call((access) => this.api.post(access, path, { uncount }));
  }

  async unblock(participant: string): Promise<void> {
    await this.#call((access) => this.api.post(access, `user/${encodeURIComponent(participant)}/unblock`));
  }

  listActivities(): Promise<readonly Activity[]> {
    return this.#call((access) => this.api.listActivities(access));
  }

  readRanking(activity: string): Promise<Ranking> {
    return this.#call((access) => this.api.readRanking(access, activity));
  }

  putActivity(id: string, definition: NewActivity): Promise<Activity> {
    return this.#call((access) => this.api.putActivity(access, id, definition));
  }

  deleteActivity(id: string): Promise<void> {
    return this.#call((access) => this.api.deleteActivity(access, id));
  }

  setActivity(id: string, change: StatusChange): Promise<Activity> {
    return this.#call((access) => this.api.setActivity(access, id, change));
  }

  hideWord(id: string, value: string, hidden: boolean): Promise<void> {
    return this.#call((access) => this.api.hide(access, id, { value, hidden }));
  }

  hideText(
    id: string,
    number: number,
    hidden: boolean,
    { block }: { readonly block?: boolean } = {},
  ): Promise<void> {
    return this.#call((access) => this.api.hide(access, id, { number, hidden, block }));
  }

  listQuestions(list?: QuestionList): Promise<Questions> {
    return this.#call((access) => this.api.listQuestions(access, list));
  }

  setQuestion(id: string, change: QuestionChange): Promise<LiveQuestion> {
    return this.#call((access) => this.api.setQuestion(access, id, change));
  }

  revoke(): Promise<void> {
    return this.#call(async (access) => {
      const revoked = this.#sendOut(access);
      // The pipe may end before the answer is here: whoever enters anew waits for it.
      this.#revoking = revoked.catch(() => undefined);
      await revoked;
    });
  }

  async end(): Promise<void> {
    await this.#call((access) => this.api.post(access, "end", undefined, true));
    this.over(new RevintError("session_ended", "you have ended the session"));
  }

  /** Found or opened: what lets this host in. */
  protected adoptAccess(access: Access): Access {
    this.#access = access;
    this.#states.wake();
    for (const { resolve } of this.#entering) resolve(access);
    this.#entering.clear();
    return access;
  }

  /** What the revocation that is on its way will let this host in with; undefined: there is none, or it failed. */
  protected get revoking(): Promise<Access | undefined> | undefined {
    return this.#revoking;
  }

  /** This host has another uid from now on. */
  protected onUid(_uid: string): void {}

  protected override onReach(status: Status): void {
    if (status === "live" || status === "fallback") this.#states.wake();
  }

  /** A host comes back by what it has: the token, not the uid, is its proof. A co-host's invitation is void. */
  protected override onSentOut(error: RevintError): void {
    if (error.code === "not_host") super.onSentOut(error);
    // It was let in up to now: so it may be sent out twice in a row.
    else this.renew(true);
  }

  protected override onAnswer(message: HeardMessage): void {
    if (message.type === "driver") this.#setDriver(message.driver);
    if (message.type === "bursts") this.emit("bursts", message.bursts);
    if (message.type === "notice") this.emit("notice", { text: message.text, at: message.at });
    if (message.type === "door") {
      const { type: _, ...door } = message;
      this.emit("door", door);
    }
  }

  protected override onOver(error: RevintError): void {
    this.#states.close(error);
    for (const { reject } of this.#entering) reject(error);
    this.#entering.clear();
  }

  async #sendOut(access: Access): Promise<Access> {
    try {
      const uid = await this.api.revoke(access);
      this.onUid(uid);
      const own = this.adoptAccess({ ...access, uid });
      this.change(own);
      return own;
    } finally {
      this.#revoking = undefined;
    }
  }

  /** Asks once; and once more, after entering anew, where the service no longer knows this host's uid. */
  async #call<T>(ask: (access: Access) => Promise<T>): Promise<T> {
    await this.ready;
    const access = this.#getAccess();
    try {
      return await ask(access);
    } catch (error) {
      if (!(error instanceof RevintError && isStale(error.code))) throw error;
      if (this.#access !== access) return ask(this.#getAccess());
      if (!this.renew()) throw error;
      return ask(await new Promise((resolve, reject) => this.#entering.add({ resolve, reject })));
    }
  }

  #getAccess(): Access {
    if (!this.#access) throw new RevintError("network", "the session is not open yet");
    return this.#access;
  }

  #setDriver(driver: string): void {
    if (driver === this.#driver) return;
    this.#driver = driver;
    this.emit("driver", driver);
  }

  async #send(page: string, state: string): Promise<number> {
    try {
      const version = await this.api.setState(this.#getAccess(), page, state);
      // The own pipe tells it too, if it gets through.
      this.adopt({ page, state, version });
      return version;
    } catch (error) {
      const isRenewed = error instanceof RevintError && isStale(error.code) && this.renew();
      throw isRenewed ? new RevintError("unavailable", "entering anew") : error;
    }
  }
}
