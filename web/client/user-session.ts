import { isStale, RevintError, toRevintError } from "./error.ts";
import { JoiningSession } from "./joining-session.ts";
import type { HeardMessage } from "./message.ts";
import { Outbox } from "./outbox.ts";
import type { ClientOptions, OwnReaction, Connection as Status, UserSession } from "./session.ts";

/** A participant: follows the deck, and reacts. */
export class UserClient extends JoiningSession implements UserSession {
  readonly #outbox: Outbox;

  constructor(sessionUid: string, options: ClientOptions) {
    super(sessionUid, options);
    this.#outbox = new Outbox(this.storage, `revint:${this.api.url}:${sessionUid}:outbox`, {
      kept: (reaction) => this.emit("kept", reaction),
      refused: (reaction, error) => this.emit("refused", { reaction, error }),
      unconfirmed: (reactions) => this.emit("unconfirmed", reactions),
    });
  }

  get pending(): readonly OwnReaction[] {
    return this.#outbox.pending;
  }

  react(reaction: string): OwnReaction;
  react(page: string, reaction: string): OwnReaction;
  react(first: string, second?: string): OwnReaction {
    return second === undefined
      ? this.#outbox.add(this.state?.page ?? "0", first)
      : this.#outbox.add(first, second);
  }

  protected override onReach(status: Status): void {
    if (status === "live") {
      this.#outbox.resume(({ id, page, reaction }) => this.send({ type: "react", id, page, reaction }));
    } else if (status === "fallback") {
      this.#outbox.resume((reaction) => void this.#post(reaction));
    } else {
      this.#outbox.pause();
    }
  }

  protected override onAnswer(message: HeardMessage): void {
    if (message.type === "ack") this.#outbox.ack(message.ids);
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

  async #post(reaction: OwnReaction): Promise<void> {
    if (!this.access) return;
    try {
      await this.api.react(this.access, reaction);
      this.#outbox.ack([reaction.id]);
    } catch (thrown) {
      const error = toRevintError(thrown);
      this.#fail(reaction.id, error);
      if (isStale(error.code)) this.renew();
    }
  }

  #fail(id: string, error: RevintError): void {
    this.#outbox.fail(id, error);
    if (error.code === "session_ended") this.over(error);
  }
}
