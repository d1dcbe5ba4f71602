import { compareAge, compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type {
  LiveQuestion,
  Question,
  QuestionSort,
} from "../../../../shared/interactions/question/question.ts";
import type { UserSession } from "../../../client/session.ts";
import { createStore } from "../../../ui/store.ts";

interface View {
  readonly sort: QuestionSort;
  readonly isReading: boolean;
  /** The last time it did not work. */
  readonly hasFailed: boolean;
  /** How many there are besides those that are known. */
  readonly left: number;
}

/** All questions that this phone knows: those that it is told, and those that somebody has asked for besides. */
export class AllQuestions {
  readonly view = createStore<View>({ sort: "votes", isReading: false, hasFailed: false, left: 0 });
  readonly #session: UserSession;
  readonly #tell: (isAskedFor: boolean) => void;
  /** What was read, by id: what is told besides is newer. */
  readonly #read = new Map<string, LiveQuestion>();
  /** Where the next page begins; undefined: none was read yet, or the last one was. */
  #cursor: string | undefined;

  /** @param tell something is new: because somebody asked for it, or by itself */
  constructor(session: UserSession, tell: (isAskedFor: boolean) => void) {
    this.#session = session;
    this.#tell = tell;
    session.on("questions", () => this.#hear());
    this.#count();
  }

  /** Those that everybody may see, in the order that is wanted; what was answered comes after what was not. */
  list(): LiveQuestion[] {
    const { sort } = this.view.get();
    const all = [...this.#collect().values()].filter(isPublic);
    if (sort === "votes") return all.sort(compareQuestions);
    const rank = ({ pinned, status }: LiveQuestion) => (pinned ? 0 : status === "answered" ? 2 : 1);
    return all.sort((a, b) => rank(a) - rank(b) || compareAge(a, b));
  }

  /** Changes the order. The newest may be none of those that are told. */
  sortBy(sort: QuestionSort): void {
    if (sort === this.view.get().sort) return;
    this.#cursor = undefined;
    this.view.set({ sort });
    this.#tell(true);
    if (sort === "newest" && this.view.get().left > 0) void this.readMore();
  }

  async readMore(): Promise<void> {
    const { sort, isReading } = this.view.get();
    if (isReading) return;
    this.view.set({ isReading: true, hasFailed: false });
    const cursor = this.#cursor;
    const page = await this.#session
      .listQuestions({ sort, ...(cursor !== undefined && { cursor }) })
      .catch(() => undefined);
    this.view.set({ isReading: false, hasFailed: page === undefined });
    // Meanwhile another order may be wanted: its pages are others.
    if (!page) return;
    for (const question of page.questions) this.#read.set(question.id, toLive(question));
    if (sort === this.view.get().sort) this.#cursor = page.cursor;
    this.#count();
    this.#tell(true);
  }

  #hear(): void {
    // Whatever is not there any more was among those that were read: nobody is told which one.
    if (this.#read.size > 0 && this.#collect().size > this.#session.questionCount) {
      this.#read.clear();
      this.#cursor = undefined;
    }
    this.#count();
    this.#tell(false);
  }

  #count(): void {
    this.view.set({ left: Math.max(0, this.#session.questionCount - this.#collect().size) });
  }

  #collect(): Map<string, LiveQuestion> {
    return new Map([...this.#read, ...this.#session.questions.map((each) => [each.id, each] as const)]);
  }
}

const isPublic = ({ status, mergedInto }: LiveQuestion): boolean =>
  (status === "published" || status === "answered") && mergedInto === undefined;

const toLive = ({ voted: _, mine, ...question }: Question): LiveQuestion =>
  mine ? { ...question, mine } : question;
