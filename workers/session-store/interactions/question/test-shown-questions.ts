import { compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";

/** What whoever listens shows of questions, after what they have heard: as the client does it. */
export class ShownQuestions {
  readonly #questions = new Map<string, LiveQuestion>();
  /** How many there are to read, as it was told last. */
  total: number | undefined;

  static from(messages: Iterable<ServerMessage>): ShownQuestions {
    const shown = new ShownQuestions();
    for (const message of messages) shown.hear(message);
    return shown;
  }

  hear(message: ServerMessage): void {
    if (message.type === "questions") {
      if (message.whole) this.#questions.clear();
      for (const id of message.removed ?? []) this.#questions.delete(id);
      for (const question of message.questions) {
        const mine = question.mine ?? this.#questions.get(question.id)?.mine;
        this.#questions.set(question.id, { ...question, ...(mine && { mine }) });
      }
      this.total = message.total;
    }
    if (message.type !== "votes") return;
    for (const [id, votes] of Object.entries(message.votes)) {
      const known = this.#questions.get(id);
      if (known) this.#questions.set(id, { ...known, votes });
    }
  }

  /** In the order in which they stand. */
  get all(): LiveQuestion[] {
    return [...this.#questions.values()].sort(compareQuestions);
  }

  get(id: string): LiveQuestion | undefined {
    return this.#questions.get(id);
  }

  /** Of those that everybody may read, the first so many, and their votes. */
  listTop(count: number): (readonly [id: string, votes: number])[] {
    return this.all
      .filter(({ status }) => status === "published" || status === "answered")
      .slice(0, count)
      .map(({ id, votes }) => [id, votes] as const);
  }
}
