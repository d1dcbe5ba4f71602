import { compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import type { RevintError } from "../../../client/session.ts";
import type { Action } from "../../../ui/action.ts";
import { createStore, type Store } from "../../../ui/store.ts";
import type { Stage } from "../../slots.ts";
import { type Did, stage as words } from "../words/en/stage.ts";
import { applyChange, type Undo, undoChange } from "./question-change.ts";

/** So many things that were done can be undone, one after the other. */
const MOST_DONE = 50;

/** A list that is told anew comes in parts: it is shown once it is whole, or after so long, in milliseconds. */
const WHOLE_MS = 1000;

/** Something that was done, and what takes it back. */
interface Done {
  readonly text: string;
  readonly undo: Undo;
}

/** What the stage shows of questions. */
interface QuestionsView {
  /** All of them, in the order of everybody, with what this host has just done to them. */
  readonly questions: readonly LiveQuestion[];
  readonly rule: QuestionRule;
  readonly isOnBoard: boolean;
  /** The newest last. */
  readonly done: readonly Done[];
}

/** The questions of a session as its host sees them, and what they do about them. */
export class LiveQuestions {
  readonly view: Store<QuestionsView>;
  readonly #stage: Stage;
  /** Shown as done already, so that whoever moderates need not wait for it. */
  readonly #changing = new Set<Changing>();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** The one that was pinned when we heard last; `null`: we have not heard yet. */
  #pinned: string | undefined | null = null;

  constructor(stage: Stage) {
    const { session, spotlight } = stage;
    this.#stage = stage;
    this.view = createStore<QuestionsView>({
      questions: session.questions,
      rule: session.rules.questions,
      isOnBoard: false,
      done: [],
    });
    session.on("questions", () => this.#hear());
    session.on("rules", ({ questions }) => this.view.set({ rule: questions }));
    // What was shown last has the board.
    spotlight.watch(() => this.view.set({ isOnBoard: spotlight.get().holder === this }));
  }

  find(id: string): LiveQuestion | undefined {
    return this.view.get().questions.find((question) => question.id === id);
  }

  /** Puts questions on the board, or takes them off. */
  show(isOnBoard: boolean): void {
    const { spotlight } = this.#stage;
    if (isOnBoard || spotlight.get().holder === this) spotlight.set({ holder: isOnBoard ? this : undefined });
  }

  setRule(questions: QuestionRule): Promise<void> {
    return this.#act(async () => void (await this.#stage.session.setRules({ questions })));
  }

  /** @returns whether it was done */
  async change(id: string, change: QuestionChange): Promise<boolean> {
    const before = this.find(id);
    if (!before) return false;
    const pinned = this.view.get().questions.find((question) => question.pinned);
    const text = words.done(nameChange(before, change), before.text);
    const undo = undoChange(before, change, pinned);
    if (!(await this.#send(id, change))) return false;
    this.view.set({ done: [...this.view.get().done, { text, undo }].slice(-MOST_DONE) });
    return true;
  }

  /** Takes back what was done last. @returns the question that it was done to, if it was taken back */
  async undo(): Promise<string | undefined> {
    const { done } = this.view.get();
    const last = done.at(-1);
    if (!last) return undefined;
    this.view.set({ done: done.slice(0, -1) });
    const { id, changes } = last.undo;
    const steps = await Promise.all(changes.map((change) => this.#send(id, change)));
    if (steps.every((isDone) => isDone)) return id;
    this.view.set({ done: [...this.view.get().done, last] });
    return undefined;
  }

  startOver(): void {
    this.view.set({ done: [] });
    this.show(false);
  }

  /** @returns whether it was done */
  async #send(id: string, change: QuestionChange): Promise<boolean> {
    const changing: Changing = { id, change, before: undefined, isDone: false };
    this.#changing.add(changing);
    this.#paint();
    await this.#act(async () => {
      changing.before = describe(this.#stage.session.questions.find((question) => question.id === id));
      await this.#stage.session.setQuestion(id, change);
      changing.isDone = true;
    });
    if (!changing.isDone) this.#changing.delete(changing);
    this.#paint();
    return changing.isDone;
  }

  /** One after the other: whoever presses three keys in a row means three things. */
  #act(does: () => Promise<void>): Promise<void> {
    const act = async () => {
      await whenIdle(this.#stage.action);
      await this.#stage.act(does, nameProblem);
    };
    const turn = this.#turn.then(act);
    this.#turn = turn;
    return turn;
  }

  #hear(): void {
    const { questions, questionCount } = this.#stage.session;
    if (questions.length < questionCount) this.#waiting ??= setTimeout(() => this.#show(), WHOLE_MS);
    else this.#show();
  }

  #show(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#paint();
    const pinned = this.#stage.session.questions.find((question) => question.pinned)?.id;
    const isNew = pinned !== undefined && pinned !== this.#pinned;
    // What was pinned before this page was opened comes after what is open now.
    const isFree = this.#pinned !== null || this.#stage.spotlight.get().holder === undefined;
    this.#pinned = pinned;
    if (isNew && isFree) this.show(true);
  }

  #paint(): void {
    const heard = this.#stage.session.questions;
    const told = new Map(heard.map((question) => [question.id, question]));
    for (const changing of this.#changing) {
      // The answer is here, and so is the news of it: from now on it is as we hear it.
      if (changing.isDone && describe(told.get(changing.id)) !== changing.before)
        this.#changing.delete(changing);
    }
    const shown = new Map(told);
    for (const { id, change } of this.#changing) {
      const question = shown.get(id);
      if (question) shown.set(id, applyChange(question, change));
    }
    const questions = this.#changing.size === 0 ? heard : [...shown.values()].sort(compareQuestions);
    this.view.set({ questions });
    this.#stage.report({ due: questions.filter(({ status }) => status === "pending").length });
  }
}

/** A change that may be known here before the service has told everybody. */
interface Changing {
  readonly id: string;
  readonly change: QuestionChange;
  /** What we had heard of the question when the change was sent. */
  before: string | undefined;
  isDone: boolean;
}

/** What a change may change, in words to compare. */
const describe = (question: LiveQuestion | undefined): string | undefined =>
  question && JSON.stringify([question.status, question.pinned, question.answer, question.mergedInto]);

async function whenIdle(action: Store<Action>): Promise<void> {
  while (action.get().isBusy) {
    await new Promise<void>((resolve) => {
      const stop = action.watch(() => {
        stop();
        resolve();
      });
    });
  }
}

/** What a change does, in a word. */
function nameChange(before: LiveQuestion, change: QuestionChange): Did {
  if (change.block) return "blocked";
  if (change.mergedInto !== undefined) return "merged";
  if (change.pinned !== undefined) return change.pinned ? "pinned" : "unpinned";
  if (change.answer !== undefined) return change.answer === null ? "unwritten" : "written";
  if (change.status === "published" && before.status === "answered") return "reopened";
  if (change.status === "published" && before.status === "hidden") return "putBack";
  return change.status ?? "published";
}

/** What went wrong, and what to do next. */
const PROBLEMS: { readonly [Code in RevintError["code"]]?: string } = {
  question_not_found: words.gone,
  role_not_allowed: words.notAllowed,
};

const nameProblem = ({ code }: RevintError): string | undefined => PROBLEMS[code];
