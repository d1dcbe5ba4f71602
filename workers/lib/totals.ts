import type { Counts } from "../../shared/interactions/topic.ts";
import { byteLength } from "../../shared/protocol/text.ts";

/**
 * Counts by topic and key, of one session or of a part of it. Every change is absolute or says its difference,
 * so that two copies that are given the same end equal.
 */
export class Totals {
  readonly #topics = new Map<string, Map<string, number>>();
  /** Bytes of all keys of each topic. */
  readonly #bytes = new Map<string, number>();
  #total = 0;
  #pairs = 0;
  #shape = 0;

  static from(counts: Counts): Totals {
    const totals = new Totals();
    for (const [topic, keys] of Object.entries(counts)) totals.setTopic(topic, keys);
    return totals;
  }

  /** All counts together. */
  get total(): number {
    return this.#total;
  }

  /** Different (topic, key) pairs. */
  get pairs(): number {
    return this.#pairs;
  }

  /** Another number whenever a pair has come or gone. */
  get shape(): number {
    return this.#shape;
  }

  /** Every pair there is. */
  *listPairs(): Generator<readonly [topic: string, key: string]> {
    for (const [topic, keys] of this.#topics) for (const key of keys.keys()) yield [topic, key];
  }

  get(topic: string, key: string): number {
    return this.#topics.get(topic)?.get(key) ?? 0;
  }

  has(topic: string, key: string): boolean {
    return this.#topics.get(topic)?.has(key) ?? false;
  }

  /** How many keys a topic has. */
  countKeys(topic: string): number {
    return this.#topics.get(topic)?.size ?? 0;
  }

  /** The size of all keys of a topic, in bytes. */
  countBytes(topic: string): number {
    return this.#bytes.get(topic) ?? 0;
  }

  /** All counts of one topic together. */
  sum(topic: string): number {
    let sum = 0;
    for (const count of this.#topics.get(topic)?.values() ?? []) sum += count;
    return sum;
  }

  topics(): Iterable<string> {
    return this.#topics.keys();
  }

  /** What is counted under one topic. */
  keys(topic: string): Iterable<string> {
    return this.#topics.get(topic)?.keys() ?? [];
  }

  /**
   * Adds `count` (may be negative) and returns what the pair has now.
   * @throws RangeError when it is no number: one that got in would never leave the sums
   */
  add(topic: string, key: string, count: number): number {
    if (!Number.isFinite(count)) throw new RangeError("a count is a number");
    let keys = this.#topics.get(topic);
    if (!keys) {
      keys = new Map();
      this.#topics.set(topic, keys);
    }
    const before = keys.get(key);
    const after = (before ?? 0) + count;
    if (before === undefined) {
      this.#pairs++;
      this.#bytes.set(topic, this.countBytes(topic) + byteLength(key));
    }
    if (before === undefined || after <= 0) this.#shape++;
    if (after > 0) {
      keys.set(key, after);
    } else {
      keys.delete(key);
      this.#pairs--;
      this.#bytes.set(topic, this.countBytes(topic) - byteLength(key));
      if (keys.size === 0) {
        this.#topics.delete(topic);
        this.#bytes.delete(topic);
      }
    }
    this.#total += count;
    return after;
  }

  /**
   * Replaces one topic's counts.
   * @returns by how much each key has changed, as far as any has
   */
  setTopic(topic: string, counts: Readonly<Record<string, number>>): [key: string, difference: number][] {
    const changes: [key: string, difference: number][] = [];
    const compare = (key: string, after: number) => {
      const difference = Math.max(0, after) - this.get(topic, key);
      if (difference !== 0) changes.push([key, difference]);
    };
    // Own entries alone: a key may be called like something that every object has.
    for (const [key, after] of Object.entries(counts)) compare(key, after);
    for (const key of this.keys(topic)) if (!Object.hasOwn(counts, key)) compare(key, 0);
    for (const [key, difference] of changes) this.add(topic, key, difference);
    return changes;
  }

  /** The counts of one topic; `{}` where there are none. */
  read(topic: string): Counts[string] {
    return Object.fromEntries(this.#topics.get(topic) ?? []);
  }

  /** The counts of these topics, complete for each of them. */
  pick(topics: Iterable<string>): Counts {
    return Object.fromEntries(Array.from(topics, (topic) => [topic, this.read(topic)]));
  }

  toJSON(): Counts {
    return this.pick(this.#topics.keys());
  }
}
