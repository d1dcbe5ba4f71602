import type {
  LiveActivity,
  NewActivity,
  StatusChange,
} from "../../../shared/interactions/activity/activity.ts";
import type { ActivityKind } from "../../../shared/interactions/activity/kinds/index.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { createRandomId } from "../../client/random-id.ts";
import { getOwn } from "../../client/record.ts";
import type { RevintError } from "../../client/session.ts";
import { send } from "../../ui/service.ts";
import { createStore } from "../../ui/store.ts";
import type { Stage } from "../slots.ts";
import { chooseShown } from "./choose-shown.ts";
import { watchNews } from "./news.ts";
import { ServiceClock } from "./service-clock.ts";
import { stage as words } from "./words/en/stage.ts";

/** What the stage shows of activities. */
interface ActivitiesView {
  /** In the order in which they were written. */
  readonly activities: readonly LiveActivity[];
  readonly tallies: Readonly<Record<string, Tally>>;
  /** The one on the board. */
  readonly shown: string | undefined;
  /** The round before, where the board compares with it. */
  readonly earlier: Tally | undefined;
}

/** The activities of a session as its host sees them, and what they do about them. */
export class LiveActivities {
  readonly view = createStore<ActivitiesView>({
    activities: [],
    tallies: {},
    shown: undefined,
    earlier: undefined,
  });
  readonly clock = new ServiceClock();
  readonly #stage: Stage;
  readonly #isNews: () => boolean;
  #page: string | undefined;

  constructor(stage: Stage) {
    const { session } = stage;
    this.#stage = stage;
    this.#isNews = watchNews(session);
    session.on("activities", (activities) => this.#hear(activities));
    session.on("tallies", (tallies) => this.view.set({ tallies }));
    session.on("state", ({ page }) => this.#turnTo(page));
  }

  /** What is on the board. */
  getShown(): LiveActivity | undefined {
    const { activities, shown } = this.view.get();
    return activities.find(({ id }) => id === shown);
  }

  getTally({ id, round }: LiveActivity): Tally | undefined {
    const tally = getOwn(this.view.get().tallies, id);
    return tally?.round === round ? tally : undefined;
  }

  /** Of a kind: the one on the board, or else the one that was opened last. */
  findLatest(kind: ActivityKind): LiveActivity | undefined {
    const { activities, shown } = this.view.get();
    const asked = activities.filter((one) => one.kind === kind && one.status !== "draft");
    return (
      asked.find(({ id }) => id === shown) ?? asked.sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))[0]
    );
  }

  /** @param shown `undefined`: the board is about the talk again */
  show(shown: string | undefined): void {
    this.view.set({ shown, earlier: undefined });
  }

  /** Writes an activity and opens it. @param id the same for every try, so that it is there once */
  ask(id: string, definition: NewActivity): Promise<void> {
    return this.#act(async () => {
      const { session } = this.#stage;
      await session.putActivity(id, definition);
      await session.setActivity(id, { status: "open" });
      this.#stage.ask(undefined);
    });
  }

  set({ id }: LiveActivity, change: StatusChange): Promise<void> {
    return this.#act(async () => {
      await this.#stage.session.setActivity(id, change);
      this.view.set({ earlier: undefined });
    });
  }

  remove({ id }: LiveActivity): Promise<void> {
    return this.#act(async () => {
      await this.#stage.session.deleteActivity(id);
      this.#stage.ask(undefined);
    });
  }

  /** Puts it on the board, beside the round before. */
  compare({ id, round }: LiveActivity): Promise<void> {
    return this.#act(async () => {
      const all = await this.#stage.session.listActivities();
      const rounds = all.find((activity) => activity.id === id)?.rounds ?? [];
      this.view.set({ shown: id, earlier: rounds.find((tally) => tally.round === round - 1) });
    });
  }

  hideWord({ id }: LiveActivity, word: string, isHidden: boolean): Promise<void> {
    return this.#act(() => this.#stage.session.hideWord(id, word, isHidden));
  }

  /** @param number names the text, as the service has told it */
  hideText({ id }: LiveActivity, number: number, hidden: boolean): Promise<void> {
    return this.#act(async () => {
      const { info } = this.#stage.session;
      if (!info) return;
      const { sessionUid, token, hostUid } = info;
      const what = `/activities/${encodeURIComponent(id)}/hidden`;
      await send({ sessionUid, token, uid: hostUid }, what, { method: "POST", body: { number, hidden } });
    });
  }

  #act(does: () => Promise<void>): Promise<void> {
    return this.#stage.act(does, nameProblem);
  }

  #hear(activities: readonly LiveActivity[]): void {
    const { activities: before, shown } = this.view.get();
    this.clock.hear(activities, this.#isNews());
    this.view.set({ activities });
    const next = chooseShown(shown, before, activities);
    if (next !== shown) this.show(next);
  }

  /** The talk has gone on: what is over leaves the board. */
  #turnTo(page: string): void {
    const isNew = this.#page !== undefined && page !== this.#page;
    this.#page = page;
    if (isNew && this.getShown()?.status !== "open") this.show(undefined);
  }
}

/** Names an activity that was made on the stage. */
export const createActivityId = (): string => `ask-${createRandomId().slice(0, 16)}`;

/** What went wrong, and what to do next. */
const PROBLEMS: { readonly [Code in RevintError["code"]]?: string } = {
  not_driving: words.notDriving,
  too_many_activities: words.full,
  activity_not_found: words.gone,
  conflict: words.gone,
  role_not_allowed: words.notAllowed,
};

const nameProblem = ({ code }: RevintError): string | undefined => PROBLEMS[code];
