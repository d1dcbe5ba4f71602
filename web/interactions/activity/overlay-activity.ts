import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { createStore } from "../../ui/store.ts";
import type { OverlaySession } from "../slots.ts";
import { chooseShown } from "./choose-shown.ts";
import { watchNews } from "./news.ts";
import { ServiceClock } from "./service-clock.ts";

/** A result stays for so long after its activity was closed, or revealed, in milliseconds: a stream goes on. */
export const LINGER_MS = 30_000;

/** What the overlay shows of activities. */
interface ActivityView {
  /** The one that is shown. */
  readonly activity: LiveActivity | undefined;
  readonly tallies: Readonly<Record<string, Tally>>;
  /** How far the service's clock is ahead of this computer's, in milliseconds. */
  readonly ahead: number;
}

/** Which activity a stream shows: the one that was opened last, and its result for a while. */
export class OverlayActivity {
  readonly view = createStore<ActivityView>({ activity: undefined, tallies: {}, ahead: 0 });
  readonly #clock = new ServiceClock();
  readonly #isNews: () => boolean;
  #known: readonly LiveActivity[] = [];
  /** It may be over, and shown no longer. */
  #chosen: string | undefined;
  #page: string | undefined;
  #lingering: ReturnType<typeof setTimeout> | undefined;

  constructor(session: OverlaySession) {
    this.#isNews = watchNews(session);
    session.on("activities", (activities) => this.#hear(activities));
    session.on("tallies", (tallies) => this.view.set({ tallies }));
    session.on("state", ({ page }) => this.#turnTo(page));
  }

  #hear(activities: readonly LiveActivity[]): void {
    this.#clock.hear(activities, this.#isNews());
    const before = this.#known.find(({ id }) => id === this.#chosen);
    this.#chosen = chooseShown(this.#chosen, this.#known, activities);
    this.#known = activities;
    const chosen = activities.find(({ id }) => id === this.#chosen);
    if (chosen?.status === "open" || !chosen) this.#stay();
    else if (before?.id !== chosen.id || isOtherwise(before, chosen)) this.#linger();
    // Corrected while nobody sees it, it stays away.
    const isOver = chosen?.status !== "open" && this.#lingering === undefined;
    this.view.set({ activity: isOver ? undefined : chosen, ahead: this.#clock.now() - Date.now() });
  }

  /** The talk has gone on: what is over goes. */
  #turnTo(page: string): void {
    const isNew = this.#page !== undefined && page !== this.#page;
    this.#page = page;
    if (isNew && this.view.get().activity?.status !== "open") this.#drop();
  }

  #stay(): void {
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
  }

  #linger(): void {
    this.#stay();
    this.#lingering = setTimeout(() => this.#drop(), LINGER_MS);
  }

  #drop(): void {
    this.#stay();
    this.view.set({ activity: undefined });
  }
}

const isOtherwise = (before: LiveActivity, after: LiveActivity): boolean =>
  before.status !== after.status || before.revealed !== after.revealed;
