import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import { createStore } from "../../../ui/store.ts";

/** A result may be looked at for so long before the deck's next page takes it away. */
const LINGER_MS = 20_000;

/** What stands on top of the phone. */
export interface Spot {
  /** What may be looked at, oldest first: all that is open, and what was looked at when it closed. */
  readonly asked: readonly LiveActivity[];
  readonly shown: LiveActivity | undefined;
}

/** Why something wants to be looked at: it was opened, it is over, or its result is there. */
export type Occasion = "opened" | "closed" | "revealed";

interface Options {
  /** Does something once nothing can move under a thumb any more. */
  readonly whenResting: (act: () => void) => void;
  readonly tell: (activity: LiveActivity, occasion: Occasion) => void;
}

/**
 * Decides which question stands on top. A new one comes there, but never under a thumb; one that closes stays, with
 * its result, until it is put away, another one comes, or the deck has gone on.
 */
export class Spotlight {
  readonly spot = createStore<Spot>({ asked: [], shown: undefined });
  readonly #options: Options;
  #activities: readonly LiveActivity[] = [];
  #isFirst = true;
  #shown: string | undefined;
  /** What comes next, once hands are at rest; `undefined`: nothing is to change. */
  #wanted: { readonly id: string | undefined } | undefined;
  /** When what is shown was closed, by the steady clock. */
  #closedAt = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** @param page where the deck is */
  hear(activities: readonly LiveActivity[], page: string | undefined): void {
    const before = new Map(this.#activities.map((activity) => [activity.id, activity]));
    this.#activities = activities;
    for (const activity of activities) this.#hearOne(before.get(activity.id), activity, page);
    this.#isFirst = false;
    const shown = this.#find(this.#shown);
    if (this.#shown !== undefined && !shown) this.#want(this.#pickOpen());
    this.#show(this.#shown);
  }

  /** The deck has gone to another page. */
  turn(): void {
    const shown = this.#find(this.#shown);
    if (shown?.status === "closed" && performance.now() - this.#closedAt > LINGER_MS)
      this.#want(this.#pickOpen());
  }

  /** Somebody has asked for this one. */
  choose(id: string): void {
    this.#wanted = undefined;
    this.#show(id);
  }

  /** Somebody has done with what is shown. */
  putAway(): void {
    this.#wanted = undefined;
    this.#show(this.#pickOpen());
  }

  #hearOne(before: LiveActivity | undefined, activity: LiveActivity, page: string | undefined): void {
    const { id, status } = activity;
    const isRound = before?.openedAt === activity.openedAt;
    if (status === "open" && !(isRound && before?.status === "open")) {
      this.#options.tell(activity, "opened");
      this.#want(id);
    }
    if (status !== "closed") return;
    const hasClosed = before?.status === "open";
    if (hasClosed && id === this.#shown) {
      this.#closedAt = performance.now();
      this.#options.tell(activity, "closed");
    }
    if (!activity.revealed || (isRound && before?.revealed)) return;
    // Who comes later is not told of what the room has left behind.
    if (this.#isFirst && activity.page !== undefined && activity.page !== page) return;
    if (this.#isFirst && this.#pickOpen() !== undefined) return;
    if (this.#shown !== id || !hasClosed) this.#options.tell(activity, "revealed");
    this.#closedAt = performance.now();
    this.#want(id);
  }

  #want(id: string | undefined): void {
    if (id !== undefined && id === this.#shown) return;
    this.#wanted = { id };
    this.#options.whenResting(() => {
      const wanted = this.#wanted;
      this.#wanted = undefined;
      if (wanted) this.#show(wanted.id === undefined || this.#find(wanted.id) ? wanted.id : this.#pickOpen());
    });
  }

  #show(id: string | undefined): void {
    this.#shown = id;
    const shown = this.#find(id);
    const asked = this.#activities
      .filter((activity) => activity.status === "open" || activity === shown)
      .sort((a, b) => (a.openedAt ?? 0) - (b.openedAt ?? 0));
    this.spot.set({ asked, shown });
  }

  #find(id: string | undefined): LiveActivity | undefined {
    return this.#activities.find((activity) => activity.id === id && activity.status !== "draft");
  }

  /** The one that was opened last. */
  #pickOpen(): string | undefined {
    const open = this.#activities.filter(({ status }) => status === "open");
    return open.sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))[0]?.id;
  }
}
