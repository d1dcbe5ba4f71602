import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";

/** As much of an activity as this looks at. */
type Opening = Pick<LiveActivity, "id" | "status" | "openedAt" | "closesAt">;

/** The service's time, as far as a device whose own clock may be wrong can know it. */
export class ServiceClock {
  /** What is added to the time since the page began. */
  #base = Date.now() - performance.now();
  /** Openings that were heard of before. */
  readonly #known = new Set<string>();

  /** Milliseconds since 1970. */
  now(): number {
    return this.#base + performance.now();
  }

  /**
   * @param activities as they stand
   * @param isNews what is new among them has just happened, and was not found when this page came
   * @param at when it was heard, by the steady clock
   */
  hear(activities: readonly Opening[], isNews: boolean, at = performance.now()): void {
    for (const activity of activities) {
      const opening = `${activity.id} ${activity.openedAt}`;
      this.#hearOne(activity, isNews && !this.#known.has(opening), at);
      this.#known.add(opening);
    }
  }

  #hearOne({ status, openedAt, closesAt }: Opening, isNews: boolean, at: number): void {
    if (status !== "open" || openedAt === undefined || closesAt === undefined) return;
    const now = this.#base + at;
    // What is open was opened before, and closes later. Where our clock says otherwise, the most that may be left is.
    if (isNews || now < openedAt || now >= closesAt) this.#base = openedAt - at;
  }
}
