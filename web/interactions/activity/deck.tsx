import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import { getOwn } from "../../client/record.ts";
import type { Session } from "../../client/session.ts";
import type { DeckActor, DeckExtra, DeckPart, DeckStage, Told } from "../slots.ts";
import { ActivityHistory } from "./deck/activity-history.ts";
import { Conductor } from "./deck/conductor.ts";
import { type DeckActivity, type Reading, readActivities } from "./deck/deck-activity.ts";
import { Drawings } from "./deck/drawings.tsx";
import { readElement } from "./deck/element.ts";
import { getLastActivities, LastActivities } from "./deck/last-activities.ts";
import { isQuestion, RankingReader } from "./deck/ranking-reader.ts";
import { RevealFragments } from "./deck/reveal-fragments.ts";
import { ACTIVITY, RANKING } from "./deck/selector.ts";
import { findSlide, pickWay } from "./deck/way.ts";
import { watchNews } from "./news.ts";
import { ServiceClock } from "./service-clock.ts";
import { deck as words } from "./words/en/deck.ts";

/** The activities of a deck's slides: read from their markup, led, and drawn in their places. */
export const activityExtra: DeckExtra = (stage) => new ActivitySlides(stage);

class ActivitySlides implements DeckActor {
  readonly #stage: DeckStage;
  readonly #drawings: Drawings;
  readonly #fragments: RevealFragments;
  #readings: readonly Reading[] = [];
  #conductor: Conductor | undefined;
  #ranking: RankingReader | undefined;
  /** What the service says to what this deck wants. */
  #trouble: readonly string[] = [];

  constructor(stage: DeckStage) {
    this.#stage = stage;
    this.#drawings = new Drawings(stage);
    this.#fragments = new RevealFragments((ids, isShown) => this.#conductor?.show(ids, isShown));
  }

  get #activities(): readonly DeckActivity[] {
    return this.#readings.flatMap(({ activity }) => activity ?? []);
  }

  fill(): void {
    const { slides, getPageOf } = this.#stage;
    const elements = [...slides.querySelectorAll<HTMLElement>(ACTIVITY)];
    this.#readings = readActivities(elements.map((element) => readElement(element, getPageOf(element))));
    const places = elements.flatMap((element, index) => {
      const id = this.#readings[index]?.activity?.id;
      return id === undefined ? [] : [{ element, id }];
    });
    const rankings = [...slides.querySelectorAll<HTMLElement>(RANKING)];
    this.#drawings.fill([...places, ...rankings.map((element) => ({ element, id: undefined }))]);
    this.#report();
    for (const advice of this.#stage.store.get().advice) console.warn(`revint: ${advice}`);
  }

  attend({ session, host, getSessionUid }: DeckPart): () => void {
    const { apiUrl, store } = this.#stage;
    const last = new LastActivities(
      apiUrl,
      this.#activities.map(({ id }) => id),
    );
    this.#report([]);
    // Hosts hear of all.
    const history = new ActivityHistory(store, session, host === undefined);
    const stopClock = this.#keepTime(session);
    this.#ranking = new RankingReader({
      store,
      read: (activity) => session.readRanking(activity),
      isLeading: host !== undefined,
    });
    this.#moveRanking();
    // For a print of this deck in this tab.
    const unwatch = store.watch(() => {
      const sessionUid = getSessionUid();
      if (sessionUid !== undefined) last.keep(sessionUid, store.get());
    });
    if (host) {
      this.#conductor = new Conductor({
        desk: host,
        activities: this.#activities,
        getPage: () => this.#getPage(),
        onTrouble: (trouble) => this.#report(trouble),
      });
    }
    return () => {
      this.#conductor?.stop();
      this.#conductor = undefined;
      this.#trouble = [];
      this.#ranking?.stop();
      this.#ranking = undefined;
      stopClock();
      history.stop();
      unwatch();
    };
  }

  press(key: string): void {
    if (key === "ask") this.#conductor?.ask();
    if (key === "reveal") this.#conductor?.reveal();
    if (key === "again") this.#conductor?.askAgain();
    if (key === "goto" && this.#conductor?.isLeading) this.#goWhereTheRoomWants();
  }

  move(): void {
    const page = this.#getPage();
    const here = this.#activities.filter(({ definition }) => definition.page === page);
    this.#fragments.move(
      this.#stage.getSlide(),
      here.map(({ id }) => id),
    );
    this.#conductor?.move();
    this.#moveRanking();
    this.#report();
  }

  recall(sessionUid: string | undefined): boolean {
    const last = getLastActivities(this.#stage.apiUrl, sessionUid);
    if (last) this.#stage.store.set(last);
    return last !== undefined;
  }

  async show({ activities, readRanking }: Told): Promise<void> {
    const { slides, store } = this.#stage;
    store.set({ told: activities });
    const question = activities.find(isQuestion);
    if (!question || !slides.querySelector(RANKING)) return;
    // Without an answer there is less to be seen.
    const ranking = await readRanking(question.id).catch(() => undefined);
    store.set({ ranking });
  }

  #moveRanking(): void {
    const slide = this.#stage.getSlide();
    this.#ranking?.move(slide, slide?.querySelector(RANKING) instanceof Element);
  }

  /** From now on the store knows the service's time. The returned function stops it. */
  #keepTime(session: Session): () => void {
    const clock = new ServiceClock();
    const isNews = watchNews(session);
    const hear = (activities: readonly LiveActivity[], isNew: boolean) => {
      clock.hear(activities, isNew);
      this.#stage.store.set({ ahead: clock.now() - Date.now() });
    };
    hear(session.activities, false);
    return session.on("activities", (activities) => hear(activities, isNews()));
  }

  #getPage(): string | undefined {
    const slide = this.#stage.getSlide();
    return slide && this.#stage.getPageOf(slide);
  }

  #goWhereTheRoomWants(): void {
    const page = this.#getPage();
    const { tallies } = this.#stage.store.get();
    const ways = this.#activities
      .filter(({ definition }) => definition.page === page)
      .map((activity) => pickWay(activity, getOwn(tallies, activity.id)));
    const way = ways.find((each) => each !== undefined);
    const slide = way === undefined ? undefined : findSlide(this.#stage.slides, way);
    if (slide) this.#stage.goTo(slide);
  }

  /** Says what its author should correct, and what of it concerns the slide that is shown. */
  #report(trouble = this.#trouble): void {
    this.#trouble = trouble;
    const page = this.#getPage();
    const wrong = this.#readings.flatMap(({ name, problems, page }) =>
      problems.map((problem) => ({ page, text: words.problem.in(name, problem) })),
    );
    const advice = [...wrong.map(({ text }) => text), ...trouble];
    const hint = wrong.find((each) => each.page === page)?.text ?? trouble[0];
    const known = this.#stage.store.get().advice;
    this.#stage.store.set({ hint, ...(advice.join() !== known.join() && { advice }) });
  }
}
