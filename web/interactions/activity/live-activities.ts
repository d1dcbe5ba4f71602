import type {
  LiveActivity,
  NewActivity,
  StatusChange,
  TextAnswer,
} from "../../../shared/interactions/activity/activity.ts";
import type { ActivityKind } from "../../../shared/interactions/activity/kinds/index.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { RevintError, toRevintError } from "../../client/error.ts";
import { getOwn } from "../../client/record.ts";
import { type Pass, readFields } from "../../ui/service.ts";
import { createStore } from "../../ui/store.ts";
import type { Stage } from "../slots.ts";
import { chooseShown } from "./choose-shown.ts";
import { watchNews } from "./news.ts";
import { ServiceClock } from "./service-clock.ts";
import { TextPages } from "./text-pages.ts";
import { stage as words } from "./words/en/stage.ts";
import { texts } from "./words/en/texts.ts";

/** What the stage shows of activities. */
interface ActivitiesView {
  /** In the order in which they were written. */
  readonly activities: readonly LiveActivity[];
  readonly tallies: Readonly<Record<string, Tally>>;
  /** The one on the board. */
  readonly shown: string | undefined;
  /** The round before, where the board compares with it. */
  readonly earlier: Tally | undefined;
  /** The one that could not be written: its answers would mean something else then. */
  readonly conflict: string | undefined;
  /** Texts whose authors were blocked from here, the newest last. */
  readonly blocked: readonly BlockedText[];
}

/** A text as it was before its author was blocked. */
interface BlockedText {
  readonly activity: string;
  readonly text: TextAnswer;
}

/** The activities of a session as its host sees them, and what they do about them. */
export class LiveActivities {
  readonly view = createStore<ActivitiesView>({
    activities: [],
    tallies: {},
    shown: undefined,
    earlier: undefined,
    conflict: undefined,
    blocked: [],
  });
  readonly clock = new ServiceClock();
  readonly #stage: Stage;
  readonly #isNews: () => boolean;
  /** By round. */
  readonly #texts = new Map<string, TextPages>();
  #page: string | undefined;

  constructor(stage: Stage) {
    const { session, spotlight } = stage;
    this.#stage = stage;
    spotlight.watch(() => spotlight.get().holder !== this && this.view.set({ shown: undefined }));
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
    this.#show({ shown, earlier: undefined });
  }

  /** What people have written in its present round. */
  getTexts({ id, round, openedAt }: LiveActivity): TextPages {
    const key = `${id} ${openedAt}`;
    const known = this.#texts.get(key);
    if (known) return known;
    const pages = new TextPages(id, round, async (what) => readFields(this.#getPass(), what));
    this.#texts.set(key, pages);
    return pages;
  }

  /** Writes an activity and opens it. @param id the same for every try, so that it is there once */
  ask(id: string, definition: NewActivity): Promise<void> {
    return this.#act(async () => {
      await this.#put(id, definition);
      await this.#stage.session.setActivity(id, { status: "open" });
      this.#stage.ask(undefined);
    });
  }

  /** Writes one anew. @param notice tells that it is done */
  async rewrite(id: string, definition: NewActivity, notice: string): Promise<void> {
    const { action } = this.#stage;
    await this.#act(async () => {
      await this.#put(id, definition);
      this.#stage.ask(undefined);
    });
    if (action.get().problem === undefined) action.set({ notice });
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
      this.#show({ shown: id, earlier: rounds.find((tally) => tally.round === round - 1) });
    });
  }

  hideWord({ id }: LiveActivity, word: string, isHidden: boolean): Promise<void> {
    return this.#act(() => this.#stage.session.hideWord(id, word, isHidden));
  }

  hideText({ id }: LiveActivity, { number, hidden }: TextAnswer): Promise<void> {
    return this.#act(() => this.#stage.session.hideText(id, number, !hidden));
  }

  /** Whoever wrote it is blocked, unnamed as they are, and it is hidden. */
  blockAuthor({ id }: LiveActivity, text: TextAnswer): Promise<void> {
    return this.#stage.act(
      async () => {
        await this.#stage.session.hideText(id, text.number, true, { block: true });
        this.view.set({ blocked: [...this.view.get().blocked, { activity: id, text }] });
        this.#stage.ask(undefined);
      },
      ({ code }) => (code === "invalid_request" ? texts.notBlocked : PROBLEMS[code]),
    );
  }

  /** Lets in again whoever was blocked last; what they wrote is as it was. */
  unblockAuthor(): Promise<void> {
    return this.#act(async () => {
      const { blocked } = this.view.get();
      const last = blocked.at(-1);
      if (!last) return;
      const { number, hidden } = last.text;
      await this.#stage.session.hideText(last.activity, number, hidden, { block: false });
      this.view.set({ blocked: blocked.filter((each) => each !== last) });
    });
  }

  startOver(): void {
    this.view.set({ blocked: [] });
    this.show(undefined);
  }

  async #put(id: string, definition: NewActivity): Promise<void> {
    this.view.set({ conflict: undefined });
    try {
      await this.#stage.session.putActivity(id, definition);
    } catch (error) {
      if (toRevintError(error).code === "conflict") this.view.set({ conflict: id });
      throw error;
    }
  }

  #show(change: Pick<ActivitiesView, "shown" | "earlier">): void {
    this.view.set(change);
    const { spotlight } = this.#stage;
    if (change.shown !== undefined) spotlight.set({ holder: this });
    else if (spotlight.get().holder === this) spotlight.set({ holder: undefined });
  }

  #act(does: () => Promise<void>): Promise<void> {
    return this.#stage.act(does, ({ code }) => {
      const isConflict = code === "conflict" && this.view.get().conflict !== undefined;
      return isConflict ? words.conflict : PROBLEMS[code];
    });
  }

  /** @throws RevintError before the session is open */
  #getPass(): Pass {
    const { info } = this.#stage.session;
    if (!info) throw new RevintError("network", "the session is not open yet");
    return { sessionUid: info.sessionUid, token: info.token, uid: info.hostUid };
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

/** What went wrong, and what to do next. */
const PROBLEMS: { readonly [Code in RevintError["code"]]?: string } = {
  not_driving: words.notDriving,
  too_many_activities: words.full,
  activity_not_found: words.gone,
  conflict: words.gone,
  role_not_allowed: words.notAllowed,
};
