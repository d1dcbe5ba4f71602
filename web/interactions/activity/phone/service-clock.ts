import type { Standing } from "../../../../shared/interactions/activity/activity.ts";

/** The service's time, as far as a phone whose own clock may be wrong can know it. */
export class ServiceClock {
  /** What is added to the time since the page began. */
  #base = Date.now() - performance.now();

  /** Milliseconds since 1970. */
  now(): number {
    return this.#base + performance.now();
  }

  /**
   * @param isNews it has just happened, and was not found when this page came
   * @param at when it was heard, by the steady clock
   */
  hear({ status, openedAt, closesAt }: Standing, isNews: boolean, at: number): void {
    if (status !== "open" || openedAt === undefined || closesAt === undefined) return;
    const now = this.#base + at;
    // What is open was opened before, and closes later. Where our clock says otherwise, the most that may be left is.
    if (isNews || now < openedAt || now >= closesAt) this.#base = openedAt - at;
  }
}
