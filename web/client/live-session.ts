import type { ClientMessage } from "../../shared/protocol/message.ts";
import { type ActivityPicture, addActivities, addTallies, NO_ACTIVITIES } from "./activities.ts";
import { type Access, Api } from "./api.ts";
import { Connection } from "./connection.ts";
import { Emitter } from "./emitter.ts";
import { type ErrorCode, isStale, RevintError } from "./error.ts";
import type { HeardMessage } from "./message.ts";
import { addQuestions, addVotes, NO_QUESTIONS, type QuestionPicture } from "./questions.ts";
import { toRecord } from "./record.ts";
import { OPEN_RULES } from "./rules.ts";
import type {
  Activity,
  ClientOptions,
  ClientTotals,
  LiveActivity,
  LiveQuestion,
  QuestionList,
  Questions,
  Ranking,
  Rules,
  Session,
  SessionEvents,
  State,
  Connection as Status,
  Tally,
} from "./session.ts";
import { addPages } from "./totals.ts";

/** A new connection is told the rules at once, or there are none. */
const RULES_MS = 1000;

/** What hosts and users have in common: one connection, and the picture of the session it paints. */
export abstract class LiveSession implements Session {
  readonly ready: Promise<void>;
  protected readonly api: Api;
  readonly #emitter = new Emitter<SessionEvents>();
  readonly #connection: Connection;
  #settleReady: { resolve(): void; reject(error: RevintError): void } | undefined;
  #state: State | undefined;
  #totals: ClientTotals = { pages: toRecord([]), total: 0 };
  #participants = 0;
  #rules = OPEN_RULES;
  #picture = NO_ACTIVITIES;
  #questions = NO_QUESTIONS;
  #rulesTimer: ReturnType<typeof setTimeout> | undefined;
  /** The status that listeners know of. */
  #told: Status = "connecting";
  #isOver = false;

  constructor({ apiUrl, transport }: ClientOptions) {
    this.api = new Api(apiUrl);
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // Who does not wait for it hears `error`, and needs no unhandled rejection beside it.
    this.ready.catch(() => {});
    const enter = (isAgain: boolean) => this.enter(isAgain);
    this.#connection = new Connection(this.api, enter, transport !== "events", {
      onMessage: (message) => this.#apply(message),
      onReach: (status) => this.#changeStatus(status),
      onWait: (error) => this.emit("waiting", error),
      onFailure: (error) => this.over(error),
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

  get rules(): Rules {
    return this.#rules;
  }

  get activities(): readonly LiveActivity[] {
    return this.#picture.activities;
  }

  get tallies(): Readonly<Record<string, Tally>> {
    return this.#picture.tallies;
  }

  get questions(): readonly LiveQuestion[] {
    return this.#questions.questions;
  }

  get questionCount(): number {
    return this.#questions.total;
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
    this.#end(new RevintError("network", "the session was closed"));
  }

  abstract listActivities(): Promise<readonly Activity[]>;
  abstract listQuestions(list?: QuestionList): Promise<Questions>;
  abstract readRanking(activity: string): Promise<Ranking>;

  /** Finds and joins the session. `isAgain`: what was used before is no longer good. */
  protected abstract enter(isAgain: boolean): Promise<Access>;

  /** What the session is reached through has changed. */
  protected onReach(_status: Status): void {}

  /** What the service says about own reactions. */
  protected onAnswer(_message: HeardMessage): void {}

  /** What let us in does so no longer: the host has sent everybody out, or taken an invitation back. */
  protected onSentOut(error: RevintError): void {
    this.over(error);
  }

  /** It is over: ended by the service, failed, or closed by us (`network`). May come twice. */
  protected onOver(_error: RevintError): void {}

  protected emit<Name extends keyof SessionEvents>(name: Name, value: SessionEvents[Name]): void {
    this.#emitter.emit(name, value);
  }

  protected send(message: ClientMessage): void {
    this.#connection.send(message);
  }

  /** Enters anew after a refusal; false when that was tried just now, unless it is known to have helped. */
  protected renew(hasHelped = false): boolean {
    return this.#connection.renew(hasHelped);
  }

  /** Goes on as somebody else, with what the service has just given. */
  protected change(access: Access): void {
    this.#connection.change(access);
  }

  /** Takes over a state unless a newer one is known. */
  protected adopt({ page, state, version }: State): void {
    if (this.#state && version <= this.#state.version) return;
    this.#state = { page, state, version };
    this.emit("state", this.#state);
  }

  /** What was heard of these in an answer, and not in a message. */
  protected changeQuestions(questions: readonly LiveQuestion[], removed: readonly string[]): void {
    this.#setQuestions(addQuestions(this.#questions, { questions, removed, total: this.questionCount }));
  }

  /** Somebody else goes on: nothing of what was heard is theirs. */
  protected forgetQuestions(): void {
    this.#setQuestions(NO_QUESTIONS);
  }

  #apply(message: HeardMessage): void {
    switch (message.type) {
      case "state_change":
        this.adopt(message);
        this.#settle();
        break;
      case "reactions":
        this.#totals = addPages(this.#totals, message);
        this.emit("totals", this.#totals);
        break;
      case "activities":
        this.#setPicture(addActivities(this.#picture, message));
        break;
      case "tallies":
        this.#setPicture(addTallies(this.#picture, message));
        break;
      case "questions":
        this.#setQuestions(addQuestions(this.#questions, message));
        break;
      case "votes":
        this.#setQuestions(addVotes(this.#questions, message));
        break;
      case "presence":
        this.#participants = message.participants;
        this.emit("participants", this.#participants);
        break;
      case "rules": {
        const { type: _, ...rules } = message;
        this.#setRules(rules);
        break;
      }
      case "end":
        this.over(new RevintError("session_ended", "the session is over"));
        break;
      default:
        // An error that names no reaction is about whoever listens.
        if (message.type === "error" && message.id === undefined && isOut(message.code)) {
          this.onSentOut(new RevintError(message.code, message.detail));
        } else this.onAnswer(message);
    }
  }

  #setRules(rules: Rules): void {
    clearTimeout(this.#rulesTimer);
    if (JSON.stringify(rules) === JSON.stringify(this.#rules)) return;
    this.#rules = rules;
    this.emit("rules", rules);
  }

  /** Nobody hears of what they know: whoever polls is told everything again and again. */
  #setPicture(next: ActivityPicture): void {
    const before = this.#picture;
    const isNew = (name: keyof ActivityPicture) =>
      next[name] !== before[name] && JSON.stringify(next[name]) !== JSON.stringify(before[name]);
    const [hasActivities, hasTallies] = [isNew("activities"), isNew("tallies")];
    this.#picture = {
      activities: hasActivities ? next.activities : before.activities,
      tallies: hasTallies ? next.tallies : before.tallies,
    };
    if (hasActivities) this.emit("activities", this.activities);
    if (hasTallies) this.emit("tallies", this.tallies);
  }

  #setQuestions(next: QuestionPicture): void {
    if (next === this.#questions) return;
    this.#questions = next;
    this.emit("questions", this.questions);
  }

  #changeStatus(status: Status): void {
    clearTimeout(this.#rulesTimer);
    // Rules that were lifted while we were away are not worth a message to the service.
    const isTold = status === "live" || (status === "fallback" && !this.#connection.isPolling);
    if (isTold && this.#rules !== OPEN_RULES) {
      this.#rulesTimer = setTimeout(() => this.#setRules(OPEN_RULES), RULES_MS);
    }
    this.onReach(status);
    if (status === this.#told) return;
    this.#told = status;
    this.emit("connection", status);
  }

  /** It ended, or failed for good; whoever says so first is heard. */
  protected over(error: RevintError): void {
    if (this.#isOver) return;
    this.#end(error);
    if (error.code === "session_ended") this.emit("end", undefined);
    else this.emit("error", error);
  }

  #end(error: RevintError): void {
    this.#isOver = true;
    this.#connection.close();
    this.api.close();
    this.onOver(error);
    this.#settle(error);
  }

  #settle(error?: RevintError): void {
    if (error) this.#settleReady?.reject(error);
    else this.#settleReady?.resolve();
    this.#settleReady = undefined;
  }
}

/** Whether who hears this on an open connection is let in no longer. */
const isOut = (code: ErrorCode): boolean => isStale(code) || code === "not_host";
