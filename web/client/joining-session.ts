import type { LoginAnswer } from "../../shared/protocol/session.ts";
import type { Access } from "./api.ts";
import { RevintError } from "./error.ts";
import { LiveSession } from "./live-session.ts";
import type { Activity, ClientOptions, QuestionList, Questions, Ranking, SessionAnswer } from "./session.ts";
import { localStorageIfAllowed, SafeStorage, uidKeyOf } from "./storage.ts";

/** Is told what the audience is: what those who react and those who only listen have in common. */
export abstract class JoiningSession extends LiveSession {
  protected readonly storage: SafeStorage;
  readonly #sessionUid: string;
  readonly #uidKey: string;
  #info: SessionAnswer | undefined;
  #access: Access | undefined;

  constructor(sessionUid: string, options: ClientOptions) {
    super(options);
    this.storage = new SafeStorage(options.storage === undefined ? localStorageIfAllowed() : options.storage);
    this.#sessionUid = sessionUid;
    this.#uidKey = uidKeyOf(this.api.url, sessionUid);
  }

  get info(): SessionAnswer | undefined {
    return this.#info;
  }

  async listActivities(): Promise<readonly Activity[]> {
    return this.api.listActivities(await this.waitForAccess());
  }

  async readRanking(activity: string): Promise<Ranking> {
    return this.api.readRanking(await this.waitForAccess(), activity);
  }

  async listQuestions(list?: QuestionList): Promise<Questions> {
    return this.api.listQuestions(await this.waitForAccess(), list);
  }

  /** What let this participant in last. */
  protected get access(): Access | undefined {
    return this.#access;
  }

  /** What lets this person in, once they are. */
  protected async waitForAccess(): Promise<Access> {
    await this.ready;
    if (!this.#access) throw new RevintError("network", "the session is not open yet");
    return this.#access;
  }

  /** Lets this one in. @param known the uid of an earlier time */
  protected login(sessionUid: string, token: string, known: string | undefined): Promise<LoginAnswer> {
    return this.api.login(sessionUid, token, known);
  }

  protected override async enter(isAgain: boolean): Promise<Access> {
    const sessionUid = this.#sessionUid;
    const info = await this.api.getSession(sessionUid);
    this.#info = info;
    // Another tab may know better. Without a storage, this life's uid is all that is known of an earlier place.
    const known = isAgain ? undefined : (this.storage.get(this.#uidKey) ?? this.#access?.uid);
    const { uid, token } = await this.login(sessionUid, info.token, known);
    this.storage.set(this.#uidKey, uid);
    this.#access = { sessionUid, token, uid, role: "user", wsUrl: this.api.socketUrl(info.wsUrl) };
    return this.#access;
  }
}
