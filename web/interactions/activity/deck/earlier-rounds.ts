import type { Activity } from "../../../../shared/interactions/activity/activity.ts";
import type { Tally } from "../../../../shared/interactions/activity/tally.ts";
import { getOwn, toRecord } from "../../../client/record.ts";
import type { Session } from "../../../client/session.ts";
import type { Store } from "../../../ui/store.ts";
import type { DeckActivities } from "../../slots.ts";

/** What people answered in the round before, so that two rounds can be compared: as heard, or else asked for once. */
export class EarlierRounds {
  readonly #store: Store<DeckActivities>;
  readonly #session: Pick<Session, "listActivities">;
  readonly #stop: () => void;
  /** Of each activity, what was heard last. */
  readonly #heard = new Map<string, Tally>();
  /** Rounds that were asked for. */
  readonly #asked = new Set<string>();

  constructor(store: Store<DeckActivities>, session: Pick<Session, "listActivities">) {
    this.#store = store;
    this.#session = session;
    this.#stop = store.watch(() => this.#notice());
    this.#notice();
  }

  stop(): void {
    this.#stop();
  }

  #notice(): void {
    const { activities, tallies, earlier } = this.#store.get();
    const found: [string, Tally][] = [];
    let isMissing = false;
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
    if (found.length > 0) this.#add(found);
    if (isMissing) void this.#ask();
  }

  async #ask(): Promise<void> {
    // Without an answer there is one round to be seen, and not two.
    const known = await this.#session.listActivities().catch(() => []);
    this.#add(listEarlier(known));
  }

  #add(found: readonly (readonly [string, Tally])[]): void {
    if (found.length === 0) return;
    this.#store.set({ earlier: toRecord([...Object.entries(this.#store.get().earlier), ...found]) });
  }
}

/** The round before the present one, by activity. */
export const listEarlier = (activities: readonly Activity[]): (readonly [string, Tally])[] =>
  activities.flatMap(({ id, round, rounds }) => {
    const before = rounds.filter((tally) => tally.round < round).at(-1);
    return before ? [[id, before] as const] : [];
  });
