import type { EntryKind } from "../lib/ledger.ts";
import { Totals } from "../lib/totals.ts";
import type { KeptEntry } from "./batch-draft.ts";
import { isSameKey, isStanding, listCounted, NOTHING } from "./interactions/index.ts";

/** What a topic's batches add up to. */
export interface TopicSum {
  readonly counts: Readonly<Record<string, number>>;
  /** The numbers of the participants with whom each key stands; also of those who are excluded. */
  readonly standing: Readonly<Record<string, readonly number[]>>;
}

/** A part of a batch that counts. */
interface CountedBatch {
  readonly kinds: readonly EntryKind[];
  readonly entries: readonly KeptEntry[];
}

/**
 * What the batches of a ledger add up to. What a key counts is its interaction's to say. An `add` counts each time. Of
 * what a participant replaces in a topic, the last one stands and counts; an empty key leaves nothing standing, and the
 * same one again leaves it as it is. What excluded participants send is not counted, but what of theirs stands is
 * remembered: they may come back.
 */
export class LedgerCounts {
  readonly totals: Totals;
  readonly #standing: Map<string, Map<number, string>>;
  readonly #excluded: Set<number>;
  /** Topics that are not as the last checkpoint has them. */
  readonly #changed: Set<string>;

  private constructor(
    totals = new Totals(),
    standing = new Map<string, Map<number, string>>(),
    excluded = new Set<number>(),
    changed = new Set<string>(),
  ) {
    this.totals = totals;
    this.#standing = standing;
    this.#excluded = excluded;
    this.#changed = changed;
  }

  static empty(): LedgerCounts {
    return new LedgerCounts();
  }

  /** As a checkpoint has them. */
  static from(
    topics: Iterable<readonly [topic: string, sum: TopicSum]>,
    excluded: Iterable<number>,
  ): LedgerCounts {
    const counts = new LedgerCounts(new Totals(), new Map(), new Set(excluded));
    for (const [topic, sum] of topics) {
      counts.totals.setTopic(topic, sum.counts);
      for (const [key, numbers] of Object.entries(sum.standing)) {
        for (const number of numbers) counts.#stand(topic, number, key);
      }
    }
    return counts;
  }

  isExcluded(number: number): boolean {
    return this.#excluded.has(number);
  }

  apply({ kinds, entries }: CountedBatch): void {
    for (const [number, index] of entries) {
      const kind = kinds[index];
      if (!kind) continue;
      const { topic, key, mode } = kind;
      const earlier = isStanding(mode) ? this.findStanding(number, topic) : undefined;
      if (isStanding(mode)) {
        if (isSameKey(topic, earlier ?? NOTHING, key)) continue;
        this.#stand(topic, number, key);
      }
      if (!this.#excluded.has(number)) {
        if (earlier !== undefined) addTo(this.totals, topic, earlier, -1);
        addTo(this.totals, topic, key, 1);
      }
      this.#changed.add(topic);
    }
  }

  /** What a participant has standing under a topic. */
  findStanding(number: number, topic: string): string | undefined {
    return this.#standing.get(topic)?.get(number);
  }

  /**
   * What the counts become when a participant is excluded, or comes back. These stay as they are: the caller writes
   * the new ones, and uses only them from then on. What stands is one map in both.
   * @param added everything that the participant ever added
   */
  withExcluded(number: number, isExcluded: boolean, added: Iterable<EntryKind>): LedgerCounts {
    const totals = Totals.from(this.totals.toJSON());
    const excluded = new Set(this.#excluded);
    const changed = new Set(this.#changed);
    if (isExcluded) excluded.add(number);
    else excluded.delete(number);
    const add = (topic: string, key: string) => {
      addTo(totals, topic, key, isExcluded ? -1 : 1);
      changed.add(topic);
    };
    for (const { topic, key } of added) add(topic, key);
    for (const [topic, standing] of this.#standing) {
      const key = standing.get(number);
      if (key !== undefined) add(topic, key);
    }
    return new LedgerCounts(totals, this.#standing, excluded, changed);
  }

  /** How many topics are not as the last checkpoint has them. */
  get changes(): number {
    return this.#changed.size;
  }

  /** The topics that are not as the last checkpoint has them; undefined: nothing is left of it. */
  *listChanged(): Generator<[topic: string, sum: TopicSum | undefined]> {
    const picked = this.totals.pick(this.#changed);
    for (const [topic, counts] of Object.entries(picked)) {
      const standing = Map.groupBy(this.#standing.get(topic) ?? [], ([, key]) => key);
      const numbers = Array.from(standing, ([key, all]) => [key, all.map(([number]) => number)] as const);
      const isEmpty = Object.keys(counts).length === 0 && numbers.length === 0;
      yield [topic, isEmpty ? undefined : { counts, standing: Object.fromEntries(numbers) }];
    }
  }

  /** There is a checkpoint of what they are now. */
  takeCheckpoint(): void {
    this.#changed.clear();
  }

  #stand(topic: string, number: number, key: string): void {
    let standing = this.#standing.get(topic);
    if (!standing) {
      standing = new Map();
      this.#standing.set(topic, standing);
    }
    if (key !== NOTHING) standing.set(number, key);
    else standing.delete(number);
    if (standing.size === 0) this.#standing.delete(topic);
  }
}

/** Adds what a key counts, so many times. */
function addTo(totals: Totals, topic: string, key: string, times: 1 | -1): void {
  for (const [counted, count] of listCounted(topic, key)) totals.add(topic, counted, times * count);
}
