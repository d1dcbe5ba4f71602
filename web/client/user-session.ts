import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import { isStale, RevintError, toRevintError } from "./error.ts";
import { JoiningSession } from "./joining-session.ts";
import { keepAnswer, keepName, keepReaction } from "./keeping.ts";
import type { HeardMessage } from "./message.ts";
import { Outbox } from "./outbox.ts";
import { createAnswer, createReaction, isOwnAnswer, isOwnReaction, type Own } from "./own.ts";
import type {
  ClientOptions,
  OwnAnswer,
  OwnReaction,
  Score,
  Connection as Status,
  UserSession,
} from "./session.ts";

/** A participant: follows the deck, reacts, and answers. */
export class UserClient extends JoiningSession implements UserSession {
  readonly #outbox: Outbox;
  /** What is on its way over HTTP, by activity: of two answers, the older one must not come last. */
  readonly #puts = new Map<string, Promise<void>>();
  #score: Score | undefined;

  constructor(sessionUid: string, options: ClientOptions) {
    super(sessionUid, options);
    this.#outbox = new Outbox(this.storage, `revint:${this.api.url}:${sessionUid}:outbox`, {
      kept: (own) => (isOwnAnswer(own) ? this.emit("answered", own) : this.emit("kept", own)),
      refused: (own, error) => this.#refuse(own, error),
      unconfirmed: (all) => this.#giveUp(all),
    });
  }

  get pending(): readonly OwnReaction[] {
    return this.#outbox.pending.filter(isOwnReaction);
  }

  get pendingAnswers(): readonly OwnAnswer[] {
    return this.#outbox.pending.filter(isOwnAnswer);
  }

  react(reaction: string): OwnReaction;
  react(page: string, reaction: string): OwnReaction;
  react(first: string, second?: string): OwnReaction {
    const [page, reaction] = second === undefined ? [this.state?.page ?? "0", first] : [first, second];
    return this.#outbox.add(createReaction(page, reaction));
  }

  answer(activity: string, value: AnswerValue | null): OwnAnswer {
    const asked = this.activities.find(({ id, status }) => id === activity && status === "open");
    if (!asked) throw new RevintError("activity_not_found", "no such activity is open");
    return this.#outbox.add(createAnswer(activity, asked.round, value));
  }

  get score(): Score | undefined {
    return this.#score;
  }

  async setName(name: string): Promise<void> {
    await keepName(this.api, await this.waitForAccess(), name);
  }

  protected override onReach(status: Status): void {
    // A new connection is told the score at once, or there is none any more.
    if (status === "live" || status === "fallback") this.#setScore(undefined);
    if (status === "live") {
      this.#outbox.resume((own) => this.#say(own));
    } else if (status === "fallback") {
      this.#outbox.resume((own) => void (isOwnAnswer(own) ? this.#putInTurn(own) : this.#post(own)));
    } else {
      this.#outbox.pause();
    }
  }

  protected override onAnswer(message: HeardMessage): void {
    if (message.type === "ack") this.#outbox.ack(message.ids);
    if (message.type === "score") {
      const { points, rank } = message;
      this.#setScore(rank > 0 ? { points, rank } : undefined);
    }
    if (message.type !== "error" || message.id === undefined) return;
    const { code, detail, retryAfter } = message;
    this.#fail(message.id, new RevintError(code, detail, { retryAfter }));
  }

  protected override onSentOut(error: RevintError): void {
    this.#outbox.refuseAll(error);
    super.onSentOut(error);
  }

  protected override onOver(error: RevintError): void {
    const isGone = error.code === "session_ended" || error.code === "session_not_found";
    if (isGone) this.#outbox.refuseAll(error);
    this.#outbox.close();
  }

  #setScore(score: Score | undefined): void {
    if (JSON.stringify(score) === JSON.stringify(this.#score)) return;
    this.#score = score;
    this.emit("score", score);
  }

  #say(own: Own): void {
    const { at: _, ...said } = own;
    this.send("activity" in said ? { type: "answer", ...said } : { type: "react", ...said });
  }

  async #putInTurn(answer: OwnAnswer): Promise<void> {
    const { id, activity } = answer;
    const before = this.#puts.get(activity);
    const put = (async () => {
      await before;
      // Meanwhile it may have been replaced, or refused.
      if (this.#outbox.has(id)) await this.#post(answer);
    })();
    this.#puts.set(activity, put);
    await put;
    if (this.#puts.get(activity) === put) this.#puts.delete(activity);
  }

  async #post(own: Own): Promise<void> {
    if (!this.access) return;
    try {
      if (isOwnAnswer(own)) await keepAnswer(this.api, this.access, own);
      else await keepReaction(this.api, this.access, own);
      this.#outbox.ack([own.id]);
    } catch (thrown) {
      const error = toRevintError(thrown);
      this.#fail(own.id, error);
      if (isStale(error.code)) this.renew();
    }
  }

  #fail(id: string, error: RevintError): void {
    this.#outbox.fail(id, error);
    if (error.code === "session_ended") this.over(error);
  }

  #refuse(own: Own, error: RevintError): void {
    if (isOwnAnswer(own)) this.emit("answerRefused", { answer: own, error });
    else this.emit("refused", { reaction: own, error });
  }

  #giveUp(all: readonly Own[]): void {
    const reactions = all.filter(isOwnReaction);
    if (reactions.length > 0) this.emit("unconfirmed", reactions);
    const error = new RevintError("network", "nobody confirmed this answer within an hour");
    for (const answer of all.filter(isOwnAnswer)) this.emit("answerRefused", { answer, error });
  }
}
