import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { type ErrorCode, toRevintError } from "../../../client/error.ts";
import type { UserSession } from "../../../client/session.ts";
import { createStore } from "../../../ui/store.ts";

/** Counts include a vote that was kept at the latest then. */
const COUNTED_MS = 3000;

/** What a vote adds to the count that was told, until that includes it. */
interface Given {
  readonly by: number;
  /** The count when the vote was given: once it is another one after the vote was kept, it includes it. */
  readonly told: number;
  readonly isKept: boolean;
}

type Voter = Pick<UserSession, "questions" | "on" | "vote" | "hasVoted">;

/** One person's votes: shown at once, and as the service counts them soon after. */
export class OwnVotes {
  /** Grows with everything that may look different. */
  readonly version = createStore({ version: 0 });
  readonly #session: Voter;
  readonly #refuse: (code: ErrorCode) => void;
  readonly #given = new Map<string, Given>();

  constructor(session: Voter, refuse: (code: ErrorCode) => void) {
    this.#session = session;
    this.#refuse = refuse;
    session.on("questions", () => this.#count());
    session.on("voted", ({ question }) => this.#keep(question));
    session.on("voteRefused", ({ vote, error }) => this.#drop(vote.question, error.code));
  }

  has(question: LiveQuestion): boolean {
    return this.#session.hasVoted(question.id);
  }

  count({ id, votes }: LiveQuestion): number {
    return Math.max(0, votes + (this.#given.get(id)?.by ?? 0));
  }

  /** Votes, or takes the vote back. */
  toggle(question: LiveQuestion): void {
    const { id, votes } = question;
    const isVoted = this.has(question);
    const before = this.#given.get(id)?.by ?? 0;
    try {
      this.#session.vote(id, !isVoted);
    } catch (error) {
      this.#drop(id, toRevintError(error).code);
      return;
    }
    this.#given.set(id, { by: before + (isVoted ? -1 : 1), told: votes, isKept: false });
    this.#tell();
  }

  #keep(question: string): void {
    const given = this.#given.get(question);
    const kept = given && { ...given, isKept: true };
    if (kept) this.#given.set(question, kept);
    this.#count();
    if (!kept) return;
    setTimeout(() => {
      if (this.#given.get(question) !== kept) return;
      this.#given.delete(question);
      this.#tell();
    }, COUNTED_MS);
  }

  #count(): void {
    for (const { id, votes } of this.#session.questions) {
      const given = this.#given.get(id);
      if (given?.isKept && given.told !== votes) this.#given.delete(id);
    }
    this.#tell();
  }

  #drop(question: string, code: ErrorCode): void {
    this.#given.delete(question);
    this.#tell();
    this.#refuse(code);
  }

  #tell(): void {
    this.version.set({ version: this.version.get().version + 1 });
  }
}
