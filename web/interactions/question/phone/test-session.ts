import { compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type { LiveQuestion, Questions } from "../../../../shared/interactions/question/question.ts";
import { Emitter } from "../../../client/emitter.ts";
import { RevintError } from "../../../client/error.ts";
import type { Connection, OwnVote, QuestionList, SessionEvents } from "../../../client/session.ts";

export const createQuestion = (id: string, given: Partial<LiveQuestion> = {}): LiveQuestion => ({
  ...{ id, text: id, at: 0, votes: 0, status: "published", pinned: false },
  ...given,
});

/** As much of a session as the phone's questions need: told by a test. */
export class TestSession extends Emitter<SessionEvents> {
  questions: readonly LiveQuestion[] = [];
  questionCount = 0;
  connection: Connection = "live";
  /** What the service has, for whoever reads more than they are told. */
  all: readonly LiveQuestion[] = [];
  readonly asked: QuestionList[] = [];
  readonly #votes = new Map<string, boolean>();

  tell(questions: readonly LiveQuestion[], total = questions.length): void {
    this.questions = [...questions].sort(compareQuestions);
    this.questionCount = total;
    this.emit("questions", this.questions);
  }

  reach(connection: Connection): void {
    this.connection = connection;
    this.emit("connection", connection);
  }

  /** Two on a page. */
  async listQuestions(list: QuestionList = {}): Promise<Questions> {
    this.asked.push(list);
    const from = Number(list.cursor ?? 0);
    const page = this.all.slice(from, from + 2);
    const known = new Set(this.questions.map(({ id }) => id));
    this.tell([...this.questions, ...page.filter(({ id }) => !known.has(id))], this.all.length);
    return {
      questions: page.map((question) => ({ ...question, mine: false, voted: false })),
      total: this.all.length,
      ...(from + 2 < this.all.length && { cursor: String(from + 2) }),
    };
  }

  vote(question: string, vote: boolean): OwnVote {
    if (question === "") throw new RevintError("question_not_found", "there is no such question");
    this.#votes.set(question, vote);
    return { id: "v", question, vote, at: 0 };
  }

  hasVoted(question: string): boolean {
    return this.#votes.get(question) ?? false;
  }
}
