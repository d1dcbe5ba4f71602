import { compareAge } from "../../../../shared/interactions/question/order.ts";
import type {
  LiveQuestion,
  QuestionChange,
  QuestionSort,
} from "../../../../shared/interactions/question/question.ts";
import { createStore } from "../../../ui/store.ts";
import { type HeldOrder, holdOrder } from "./held-order.ts";
import type { LiveQuestions } from "./live-questions.ts";

/** Where a question is found: what waits for a moderator, what the room may see, and what was taken out of its sight. */
export type Tab = "pending" | "asked" | "hidden";

interface DeskView extends HeldOrder {
  readonly tab: Tab;
  readonly sort: QuestionSort;
  /** The one that keys are for. */
  readonly current: string | undefined;
  /** The one of which everything is shown. */
  readonly unfolded: string | undefined;
  /** Counts how often the current one is to get the focus. */
  readonly turn: number;
  /** Counts how often the list began anew, at its top. */
  readonly begun: number;
}

export const getTab = ({ status }: LiveQuestion): Tab =>
  status === "pending" || status === "hidden" ? status : "asked";

/** The list at which a moderator works. As long as somebody has a hand on it, nothing moves but what they move. */
export class QuestionDesk {
  readonly view = createStore<DeskView>({
    tab: "pending",
    sort: "votes",
    ids: [],
    changes: 0,
    current: undefined,
    unfolded: undefined,
    turn: 0,
    begun: 0,
  });
  readonly #live: LiveQuestions;
  /** Taken back, and not in the list: older news of them came last. They go in as soon as they are here. */
  readonly #due = new Set<string>();
  #isHeld = false;

  constructor(live: LiveQuestions) {
    this.#live = live;
    live.view.watch(() => this.#update());
    this.#begin({});
  }

  open(tab: Tab): void {
    this.#begin({ tab });
  }

  sortBy(sort: QuestionSort): void {
    this.#begin({ sort });
  }

  /** @param isHeld whether somebody looks at a place of it, or is about to press something there */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#update();
  }

  /** Shows what waits. */
  refresh(): void {
    this.#begin({});
  }

  select(current: string | undefined): void {
    if (current !== undefined) this.view.set({ current });
  }

  /** @param to the place in the list, from 0; behind its ends, its ends */
  goTo(to: number): void {
    const { ids } = this.view.get();
    this.select(ids[Math.max(0, Math.min(ids.length - 1, to))]);
    this.focus();
  }

  /** The place of the current one. */
  get place(): number {
    const { ids, current } = this.view.get();
    return current === undefined ? -1 : ids.indexOf(current);
  }

  /** @param unfolded shown whole from now on, or no longer, if it is */
  unfold(unfolded: string): void {
    this.view.set({ unfolded: this.view.get().unfolded === unfolded ? undefined : unfolded });
  }

  focus(): void {
    this.view.set({ turn: this.view.get().turn + 1 });
  }

  /** Does something to a question: if it leaves the list by that, it leaves at once. @returns whether it was done */
  change(id: string, change: QuestionChange): Promise<boolean> {
    const done = this.#live.change(id, change);
    this.#takeOut(id);
    return done;
  }

  /** Takes back what was done last, and shows where. */
  async undo(): Promise<void> {
    const id = await this.#live.undo();
    if (id === undefined) return;
    this.#takeOut(id);
    this.#due.add(id);
    this.#putInDue();
    if (!this.#due.has(id)) this.select(id);
  }

  /** The questions of the tab in the order of now. */
  #listFresh(): string[] {
    const { tab, sort } = this.view.get();
    const listed = this.#live.view.get().questions.filter((question) => getTab(question) === tab);
    // Those that wait have no order yet but that in which they came; what was hidden last is looked for first.
    if (tab === "pending") listed.sort((a, b) => compareAge(b, a));
    else if (tab === "hidden" || sort === "newest") listed.sort(compareAge);
    return listed.map(({ id }) => id);
  }

  #begin(change: Partial<DeskView>): void {
    this.#due.clear();
    this.view.set({ ...change, begun: this.view.get().begun + 1 });
    this.#place({ ids: this.#listFresh(), changes: 0 });
  }

  #update(): void {
    const fresh = this.#listFresh();
    const known = new Set(this.#live.view.get().questions.map(({ id }) => id));
    const shown = this.view.get().ids.filter((id) => known.has(id));
    this.#place(this.#isHeld ? holdOrder(shown, fresh) : { ids: fresh, changes: 0 });
    this.#putInDue();
  }

  /** Whoever is at one that is gone goes on with the one after it. */
  #place({ ids, changes }: HeldOrder): void {
    const { ids: before, current } = this.view.get();
    const left = new Set(ids);
    const at = current === undefined ? 0 : before.indexOf(current);
    const next =
      current !== undefined && left.has(current)
        ? current
        : (before.slice(at + 1).find((id) => left.has(id)) ?? ids.at(at <= 0 ? 0 : -1));
    this.view.set({ ids, changes, current: next });
  }

  #takeOut(id: string): void {
    const fresh = this.#listFresh();
    if (fresh.includes(id)) return;
    const ids = this.view.get().ids.filter((one) => one !== id);
    this.#place(holdOrder(ids, fresh));
  }

  #putInDue(): void {
    const fresh = this.#listFresh();
    for (const id of this.#due) {
      if (fresh.includes(id)) this.#putIn(id, fresh);
    }
  }

  /** In its place, behind the one that comes before it now. */
  #putIn(id: string, fresh: readonly string[]): void {
    this.#due.delete(id);
    const place = fresh.indexOf(id);
    const others = this.view.get().ids.filter((one) => one !== id);
    const before = fresh.slice(0, place).findLast((one) => others.includes(one));
    const ids = others.toSpliced(before === undefined ? 0 : others.indexOf(before) + 1, 0, id);
    this.#place(holdOrder(ids, fresh));
  }
}
