import { type Counts, TAKEN_BACK } from "../../shared/interactions/topic.ts";
import type { EntryKind } from "../lib/ledger.ts";
import { Totals } from "../lib/totals.ts";
import type { KeptEntry } from "./batch-draft.ts";
import { isSameKey, isStanding, listCounted, nameInteraction, shorten } from "./interactions/index.ts";
import { type StandingChunk, StandingEntries, type StandingEntry } from "./standing-entries.ts";

/** A part of a batch that counts. */
interface CountedBatch {
  readonly seq: number;
  readonly kinds: readonly EntryKind[];
  readonly entries: readonly KeptEntry[];
}

/** What a checkpoint has of the counts. */
export interface KeptCounts {
  readonly topics: Iterable<readonly [topic: string, counts: Counts[string]]>;
  readonly standing: Iterable<StandingChunk>;
  /** How many entries were kept. */
  readonly entries: number;
}

/**
 * What the batches of a ledger add up to. What a key counts is its interaction's to say. An `add` counts each time. Of
 * what a participant replaces in a topic, the last one stands and counts; an empty key leaves nothing standing, and the
 * same one again leaves it as it is. What excluded participants send is not counted, but what of theirs stands is
 * remembered: they may come back.
 */
export class LedgerCounts {
  readonly totals: Totals;
  readonly #standing: StandingEntries;
  readonly #excluded: Set<number>;
  /** Topics whose counts are not as the last checkpoint has them. */
  readonly #changed: Set<string>;
  #entries: number;

  private constructor(
    totals: Totals,
    standing: StandingEntries,
    excluded: Set<number>,
    changed: Set<string>,
    entries: number,
  ) {
    this.totals = totals;
    this.#standing = standing;
    this.#excluded = excluded;
    this.#changed = changed;
    this.#entries = entries;
  }

  static empty(): LedgerCounts {
    return new LedgerCounts(new Totals(), new StandingEntries(), new Set(), new Set(), 0);
  }

  /** As a checkpoint has them. */
  static from({ topics, standing, entries }: KeptCounts, excluded: Iterable<number>): LedgerCounts {
    const totals = new Totals();
    for (const [topic, counts] of topics) totals.setTopic(topic, counts);
    return new LedgerCounts(totals, StandingEntries.from(standing), new Set(excluded), new Set(), entries);
  }

  isExcluded(number: number): boolean {
    return this.#excluded.has(number);
  }

  /** Pairs of topic and key that count, of all topics of the same interaction. */
  countPairs(topic: string): number {
    const interaction = nameInteraction(topic);
    let pairs = 0;
    for (const each of this.totals.topics()) {
      if (nameInteraction(each) === interaction) pairs += this.totals.countKeys(each);
    }
    return pairs;
  }

  /** How many entries were kept. */
  get entries(): number {
    return this.#entries;
  }

  apply({ seq, kinds, entries }: CountedBatch): void {
    for (const [index, [participant, kindIndex]] of entries.entries()) {
      this.#entries++;
      const kind = kinds[kindIndex];
      if (!kind) continue;
      const { topic, key, mode } = kind;
      const isCounted = !this.#excluded.has(participant);
      if (isStanding(mode)) {
        const earlier = this.#standing.get(topic, participant);
        const short = shorten(topic, key);
        if (isSameKey(topic, earlier?.key ?? TAKEN_BACK, short)) continue;
        this.#stand(topic, participant, {
          number: this.#entries,
          seq,
          index,
          key: short,
          isWhole: short === key,
        });
        if (earlier && isCounted) addTo(this.totals, topic, earlier.key, -1);
      }
      if (isCounted) {
        addTo(this.totals, topic, key, 1);
        this.#changed.add(topic);
      }
    }
  }

  /** What a participant has standing under a topic. */
  findStanding(topic: string, participant: number): StandingEntry | undefined {
    return this.#standing.get(topic, participant);
  }

  /** Whose the entry is that stands with this number under one of these topics, also where it does not count. */
  findAuthor(topics: readonly string[], number: number): number | undefined {
    for (const topic of topics) {
      for (const [participant, entry] of this.#standing.list(topic)) {
        if (entry.number === number) return participant;
      }
    }
    return undefined;
  }

  /** What counts under a topic because it stands, and whose it is. */
  listCounted(topic: string): (readonly [participant: number, entry: StandingEntry])[] {
    return Array.from(this.#standing.list(topic)).filter(([participant]) => !this.#excluded.has(participant));
  }

  /** The same, in the order in which it was kept. */
  listStanding(topic: string): StandingEntry[] {
    return this.listCounted(topic)
      .map(([, entry]) => entry)
      .sort((a, b) => a.number - b.number);
  }

  /**
   * What the counts become when a participant is excluded, or comes back. These stay as they are: the caller writes
   * the new ones, and uses only them from then on. What stands is the same in both.
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
    for (const [topic, { key }] of this.#standing.listOf(number)) add(topic, key);
    return new LedgerCounts(totals, this.#standing, excluded, changed, this.#entries);
  }

  /** How many rows a checkpoint would write. */
  get changes(): number {
    return this.#changed.size + this.#standing.changes;
  }

  /** What is not as the last checkpoint has it: each topic's counts, and each chunk of what stands, complete. */
  listChanged(): KeptCounts {
    return {
      topics: Object.entries(this.totals.pick(this.#changed)),
      standing: this.#standing.listChanged(),
      entries: this.#entries,
    };
  }

  /** There is a checkpoint of what they are now. */
  takeCheckpoint(): void {
    this.#changed.clear();
    this.#standing.takeCheckpoint();
  }

  /** These topics, without a trace: the caller has taken them out of the checkpoint. */
  deleteTopics(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.totals.setTopic(topic, {});
      this.#standing.deleteTopic(topic);
      this.#changed.delete(topic);
    }
  }

  #stand(topic: string, participant: number, entry: StandingEntry): void {
    if (entry.key === TAKEN_BACK) this.#standing.delete(topic, participant);
    else this.#standing.set(topic, participant, entry);
  }
}

/** Adds what a key counts, so many times. */
function addTo(totals: Totals, topic: string, key: string, times: 1 | -1): void {
  for (const [counted, count] of listCounted(topic, key)) totals.add(topic, counted, times * count);
}
