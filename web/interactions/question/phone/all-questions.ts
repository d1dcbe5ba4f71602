import { compareAge, compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type { LiveQuestion, QuestionSort } from "../../../../shared/interactions/question/question.ts";
import type { UserSession } from "../../../client/session.ts";
import { createStore } from "../../../ui/store.ts";

/** Those who have read more than they are told read it again after a break within so long, in milliseconds: not all at once. */
const AGAIN_MS = 2000;

interface View {
  readonly sort: QuestionSort;
  readonly isReading: boolean;
  /** The last time it did not work. */
  readonly hasFailed: boolean;
  /** How many there are besides those that are known. */
  readonly left: number;
}

type Source = Pick<UserSession, "questions" | "questionCount" | "connection" | "on" | "listQuestions">;

/** All questions that this phone knows: those that it is told, and those that somebody has asked for besides. */
export class AllQuestions {
  readonly view = createStore<View>({ sort: "votes", isReading: false, hasFailed: false, left: 0 });
  readonly #session: Source;
  readonly #tell: (isAskedFor: boolean) => void;
  /** As they were last, by id. The session forgets in a break what it was not told, and what was read stays here. */
  #known: ReadonlyMap<string, LiveQuestion> = new Map();
  /** How many pages were read, and where the next one begins; none: at the beginning. */
  #pages = 0;
  #cursor: string | undefined;
  /** Since a break, what was read may be gone. */
  #isUnsure = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param tell something is new: because somebody asked for it, or by itself */
  constructor(session: Source, tell: (isAskedFor: boolean) => void) {
    this.#session = session;
    this.#tell = tell;
    session.on("questions", () => this.#hear(false));
    session.on("connection", () => this.#break());
    this.#collect();
  }

  /** Those that everybody may see, in the order that is wanted; what was answered comes after what was not. */
  list(): LiveQuestion[] {
    const all = [...this.#known.values()].filter(isPublic);
    if (this.view.get().sort === "votes") return all.sort(compareQuestions);
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
    if (await this.#readPage()) this.#hear(true);
  }

  /** What the session hears of what was read, it keeps up to date. */
  async #readPage(): Promise<boolean> {
    const { sort, isReading } = this.view.get();
    if (isReading) return false;
    this.view.set({ isReading: true, hasFailed: false });
    const cursor = this.#cursor;
    const list = cursor === undefined ? { sort } : { sort, cursor };
    const page = await this.#session.listQuestions(list).catch(() => undefined);
    this.view.set({ isReading: false, hasFailed: page === undefined });
    // Meanwhile another order may be wanted: its pages are others.
    if (page && sort === this.view.get().sort) {
      this.#cursor = page.cursor;
      this.#pages++;
    }
    return page !== undefined;
  }

  #break(): void {
    const { connection } = this.#session;
    if (this.#pages === 0) return;
    this.#isUnsure = true;
    clearTimeout(this.#timer);
    if (connection !== "live" && connection !== "fallback") return;
    this.#timer = setTimeout(() => void this.#readAgain(), AGAIN_MS * Math.random());
  }

  /** As many pages as before. Where that fails, what was known stays until the next time. */
  async #readAgain(): Promise<void> {
    const pages = this.#pages;
    this.#cursor = undefined;
    this.#pages = 0;
    let isRead = true;
    for (let page = 0; page < pages && isRead; page++) {
      isRead = await this.#readPage();
      if (this.#cursor === undefined) break;
    }
    this.#pages = pages;
    this.#isUnsure = !isRead;
    this.#hear(false);
  }

  #hear(isAskedFor: boolean): void {
    this.#collect();
    this.#tell(isAskedFor);
  }

  #collect(): void {
    const { questions, questionCount } = this.#session;
    const told = questions.map((question) => [question.id, question] as const);
    this.#known = new Map(this.#isUnsure ? [...this.#known, ...told] : told);
    this.view.set({ left: Math.max(0, questionCount - this.#known.size) });
  }
}

const isPublic = ({ status, mergedInto }: LiveQuestion): boolean =>
  (status === "published" || status === "answered") && mergedInto === undefined;
