import type { AnswerValue } from "../../shared/interactions/activity/tally.ts";
import type { Access } from "./api.ts";
import { isStale, RevintError, toRevintError } from "./error.ts";
import { JoiningSession } from "./joining-session.ts";
import { ask, keepName, keepOwn, withdrawQuestion } from "./keeping.ts";
import type { HeardMessage } from "./message.ts";
import { Outbox } from "./outbox.ts";
import {
  createAnswer,
  createQuestion,
  createReaction,
  createVote,
  getPlace,
  isOwnAnswer,
  isOwnQuestion,
  isOwnReaction,
  isOwnVote,
  type Own,
  type OwnCount,
} from "./own.ts";
import { OwnVotes } from "./own-votes.ts";
import { toLiveQuestion } from "./question.ts";
import type {
  ClientOptions,
  OwnAnswer,
  OwnQuestion,
  OwnReaction,
  OwnVote,
  QuestionList,
  Questions,
  Score,
  Connection as Status,
  UserSession,
} from "./session.ts";

/** A participant: follows the deck, reacts, answers, asks and votes. */
export class UserClient extends JoiningSession implements UserSession {
  readonly #outbox: Outbox;
  readonly #votes: OwnVotes;
  /** What is on its way over HTTP, by its place: of two that share one, the older must not come last. */
  readonly #puts = new Map<string, Promise<void>>();
  #score: Score | undefined;

  constructor(sessionUid: string, options: ClientOptions) {
    super(sessionUid, options);
    const key = `revint:${this.api.url}:${sessionUid}`;
    this.#votes = new OwnVotes(this.storage, `${key}:votes`);
    this.#outbox = new Outbox(this.storage, `${key}:outbox`, {
      kept: (own) => this.#keep(own),
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

  get pendingQuestions(): readonly OwnQuestion[] {
    return this.#outbox.pending.filter(isOwnQuestion);
  }

  get pendingVotes(): readonly OwnVote[] {
    return this.#outbox.pending.filter(isOwnVote);
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
    return this.#outbox.add(createAnswer(asked, value));
  }

  ask(text: string, { name = false }: { readonly name?: boolean } = {}): OwnQuestion {
    return this.#outbox.add(createQuestion(text, name));
  }

  async withdrawQuestion(question: string): Promise<void> {
    try {
      await withdrawQuestion(this.api, await this.waitForAccess(), question);
    } catch (error) {
      // It is gone already, as by a request whose answer was lost.
      if (toRevintError(error).code !== "question_not_found") throw error;
    }
    this.changeQuestions([], [question]);
  }

  vote(question: string, vote: boolean): OwnVote {
    return this.#outbox.add(createVote(question, vote));
  }

  hasVoted(question: string): boolean {
    const pending = this.pendingVotes.find((own) => own.question === question);
    return pending?.vote ?? this.#votes.has(question);
  }

  override async listQuestions(list?: QuestionList): Promise<Questions> {
    const askedAt = performance.now();
    const page = await super.listQuestions(list);
    for (const { id, voted } of page.questions) this.#votes.correct(id, voted, askedAt);
    // From now on its votes and changes are heard. What a message has said of others is newer.
    const known = new Set(this.questions.map(({ id }) => id));
    this.changeQuestions(page.questions.filter(({ id }) => !known.has(id)).map(toLiveQuestion), []);
    return page;
  }

  get score(): Score | undefined {
    return this.#score;
  }

  async setName(name: string): Promise<void> {
    await keepName(this.api, await this.waitForAccess(), name);
  }

  protected override async enter(isAgain: boolean): Promise<Access> {
    const before = this.access?.uid;
    const access = await super.enter(isAgain);
    this.#votes.follow(access.uid);
    if (before !== undefined && before !== access.uid) this.forgetQuestions();
    return access;
  }

  protected override onReach(status: Status): void {
    // A new connection is told the score at once, or there is none any more.
    if (status === "live" || status === "fallback") this.#setScore(undefined);
    if (status === "live") {
      this.#outbox.resume((own) => (isOwnQuestion(own) ? void this.#post(own) : this.#say(own)));
    } else if (status === "fallback") {
      this.#outbox.resume((own) => void this.#postInTurn(own));
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

  #say(own: OwnCount): void {
    const { at: _, ...said } = own;
    if ("activity" in said) this.send({ type: "answer", ...said });
    else if ("question" in said) this.send({ type: "vote", ...said });
    else this.send({ type: "react", ...said });
  }

  async #postInTurn(own: Own): Promise<void> {
    const place = getPlace(own);
    if (place === undefined) return this.#post(own);
    const before = this.#puts.get(place);
    const put = (async () => {
      await before;
      // Meanwhile it may have been replaced, or refused.
      if (this.#outbox.has(own.id)) await this.#post(own);
    })();
    this.#puts.set(place, put);
    await put;
    if (this.#puts.get(place) === put) this.#puts.delete(place);
  }

  async #post(own: Own): Promise<void> {
    if (!this.access) return;
    try {
      if (isOwnQuestion(own)) await this.#ask(this.access, own);
      else {
        await keepOwn(this.api, this.access, own);
        this.#outbox.ack([own.id]);
      }
    } catch (thrown) {
      const error = toRevintError(thrown);
      this.#fail(own.id, error);
      if (isStale(error.code)) this.renew();
    }
  }

  async #ask(access: Access, own: OwnQuestion): Promise<void> {
    const question = await ask(this.api, access, own);
    // Sent again meanwhile, both are answered.
    if (!this.#outbox.has(own.id)) return;
    this.#outbox.ack([own.id]);
    // What a message has said of it is newer.
    if (!this.questions.some(({ id }) => id === question.id)) this.changeQuestions([question], []);
    this.emit("asked", { own, question });
  }

  #fail(id: string, error: RevintError): void {
    this.#outbox.fail(id, error);
    if (error.code === "session_ended") this.over(error);
  }

  /** Of a question, only who has asked it knows what the service has made of it: `#ask` tells. */
  #keep(own: Own): void {
    if (isOwnAnswer(own)) this.emit("answered", own);
    if (isOwnReaction(own)) this.emit("kept", own);
    if (!isOwnVote(own)) return;
    this.#votes.keep(own.question, own.vote);
    this.emit("voted", own);
  }

  #refuse(own: Own, error: RevintError): void {
    if (isOwnAnswer(own)) this.emit("answerRefused", { answer: own, error });
    else if (isOwnVote(own)) this.emit("voteRefused", { vote: own, error });
    else if (isOwnQuestion(own)) this.emit("askRefused", { question: own, error });
    else this.emit("refused", { reaction: own, error });
  }

  #giveUp(all: readonly Own[]): void {
    const reactions = all.filter(isOwnReaction);
    if (reactions.length > 0) this.emit("unconfirmed", reactions);
    const error = new RevintError("network", "nobody confirmed this within an hour");
    for (const own of all) if (!isOwnReaction(own)) this.#refuse(own, error);
  }
}
