import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../../../shared/interactions/activity/tally.ts";
import { getOwn, toRecord } from "../../../client/record.ts";
import type { Session } from "../../../client/session.ts";
import { isUntouched } from "../../../ui/deck-state.ts";
import type { Store } from "../../../ui/store.ts";
import type { DeckExtras } from "../../slots.ts";

type Asked = Pick<Session, "listActivities" | "on">;

/**
 * What was answered before: in the round before, so that two rounds can be compared, and before this deck came. What it
 * has not heard itself it asks for.
 */
export class ActivityHistory {
  readonly #store: Store<DeckExtras>;
  readonly #session: Asked;
  readonly #stops: readonly (() => void)[];
  /** Of each activity, what was heard last. */
  readonly #heard = new Map<string, Tally>();
  /** Rounds that were asked for. */
  readonly #asked = new Set<string>();
  #known: readonly LiveActivity[] = [];
  #isStopped = false;

  /** @param isLate it has not heard of what was closed before it came */
  constructor(store: Store<DeckExtras>, session: Asked, isLate: boolean) {
    this.#store = store;
    this.#session = session;
    this.#stops = [
      store.watch(() => this.#notice()),
      session.on("state", ({ page, state }) => {
        // The session has begun anew, and nothing that was told is true any more.
        if (isLate && isUntouched(page, state)) void this.#ask();
      }),
    ];
    this.#notice();
    if (isLate) void this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    for (const stop of this.#stops) stop();
  }

  #notice(): void {
    const { activities, tallies, earlier, told } = this.#store.get();
    const found: [string, Tally][] = [];
    const named = new Set(activities.map(({ id }) => id));
    let isMissing = this.#known.some(({ id }) => !named.has(id)) && told.length > 0;
    this.#known = activities;
    for (const { id, round } of activities) {
      const known = getOwn(earlier, id);
      const before = this.#heard.get(id);
      if (before && before.round < round && before !== known) found.push([id, before]);
      const tally = getOwn(tallies, id);
      if (tally?.round === round) this.#heard.set(id, tally);
      const isKnown = known?.round === round - 1 || before?.round === round - 1;
      const name = `${id} ${round}`;
      if (round <= 1 || isKnown || this.#asked.has(name)) continue;
      this.#asked.add(name);
      isMissing = true;
    }
    if (found.length > 0) {
      this.#store.set({ earlier: toRecord([...Object.entries(earlier), ...found]) });
    }
    if (isMissing) void this.#ask();
  }

  async #ask(): Promise<void> {
    // Without an answer there is less to be seen.
    const told = await this.#session.listActivities().catch(() => undefined);
    if (told && !this.#isStopped) this.#store.set({ told });
  }
}
