import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../../shared/interactions/activity/ranking.ts";
import { createStore } from "../../ui/store.ts";
import type { Stage } from "../slots.ts";
import type { LiveActivities } from "./live-activities.ts";
import { findQuizQuestion } from "./visibility.ts";

/** While it is on the board, it is read again so often: people give themselves names then. In milliseconds. */
const READ_MS = 5000;

interface RankingView {
  /** What is on the board instead of an activity; `undefined`: nothing of the quiz is. */
  readonly ranking: Ranking | undefined;
}

/** Who is best in the quiz, as the host puts it on the board. What was asked last, or is asked next, takes its place. */
export class LiveRanking {
  readonly view = createStore<RankingView>({ ranking: undefined });
  readonly #stage: Stage;
  readonly #live: LiveActivities;
  #page: string | undefined;
  #reading: ReturnType<typeof setTimeout> | undefined;

  constructor(stage: Stage, live: LiveActivities) {
    const { session } = stage;
    this.#stage = stage;
    this.#live = live;
    this.#page = session.state?.page;
    live.view.watch(() => live.getShown() && this.hide());
    session.on("activities", () => void this.#readAgain());
    session.on("state", ({ page }) => {
      if (page !== this.#page) this.hide();
      this.#page = page;
    });
  }

  /** One of the questions that count; `undefined`: there is no ranking yet. */
  get question(): LiveActivity | undefined {
    return findQuizQuestion(this.#live.view.get().activities);
  }

  toggle(): Promise<void> {
    if (this.view.get().ranking === undefined) return this.#show();
    this.hide();
    return Promise.resolve();
  }

  hide(): void {
    clearTimeout(this.#reading);
    this.view.set({ ranking: undefined });
  }

  #show(): Promise<void> {
    return this.#stage.act(async () => {
      const { question } = this;
      if (!question) return;
      const ranking = await this.#stage.session.readRanking(question.id);
      this.#live.show(undefined);
      this.view.set({ ranking });
      this.#readLater();
    });
  }

  #readLater(): void {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => void this.#readAgain(), READ_MS);
  }

  /** What is shown stays until something newer is there. */
  async #readAgain(): Promise<void> {
    if (this.view.get().ranking === undefined) return;
    const { question } = this;
    if (!question) {
      this.hide();
      return;
    }
    const ranking = await this.#stage.session.readRanking(question.id).catch(() => undefined);
    // Meanwhile it may have left the board.
    if (this.view.get().ranking === undefined) return;
    if (ranking) this.view.set({ ranking });
    this.#readLater();
  }
}
