import type { BucketCount } from "../lib/buckets.ts";

/** So many pairs of page and second are kept apart: a hall of people needs hours for them. */
const MOST = 500_000;

/** When one page had reactions, oldest first, and how many each time: two lists of small numbers take the least memory. */
interface PageSteps {
  readonly steps: number[];
  readonly counts: number[];
}

/**
 * How many reactions each page got in each second: what buckets of any length add up from, without
 * reading one reaction again. Where that becomes too much to keep, seconds are kept by twos, fours and
 * so on, and what lies at the edge of a bucket may be told in the one beside it.
 */
export class SecondCounts {
  readonly #pages = new Map<string, PageSteps>();
  readonly #most: number;
  /** The second of the first reaction, since 1970. Steps are counted from it. */
  #from: number | undefined;
  /** The length of a step in seconds. */
  #step = 1;
  #size = 0;

  /** @param most pairs of page and second to keep */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** One more at this time in milliseconds. A ledger's times never go back. */
  add(page: string, at: number): void {
    const second = Math.floor(at / 1000);
    this.#from ??= second;
    let known = this.#pages.get(page);
    if (!known) {
      known = { steps: [], counts: [] };
      this.#pages.set(page, known);
    }
    this.#size += append(known, Math.floor((second - this.#from) / this.#step), 1);
    while (this.#size > this.#most) this.#coarsen();
  }

  /** Per page and bucket of so many milliseconds, a whole number of seconds. */
  sum(bucket: number): BucketCount[] {
    const all: BucketCount[] = [];
    const from = this.#from ?? 0;
    for (const [page, { steps, counts }] of this.#pages) {
      let last: BucketCount | undefined;
      for (let index = 0; index < steps.length; index++) {
        const time = (from + (steps[index] ?? 0) * this.#step) * 1000;
        const at = time - (time % bucket);
        if (last?.at !== at) {
          last = { at, page, count: 0 };
          all.push(last);
        }
        last.count += counts[index] ?? 0;
      }
    }
    return all;
  }

  #coarsen(): void {
    this.#step *= 2;
    this.#size = 0;
    for (const [page, { steps, counts }] of this.#pages) {
      const coarse: PageSteps = { steps: [], counts: [] };
      for (let index = 0; index < steps.length; index++) {
        this.#size += append(coarse, (steps[index] ?? 0) >> 1, counts[index] ?? 0);
      }
      this.#pages.set(page, coarse);
    }
  }
}

/** @returns how many pairs it takes more than before */
function append({ steps, counts }: PageSteps, step: number, count: number): 0 | 1 {
  const last = steps.length - 1;
  if (steps[last] === step) {
    counts[last] = (counts[last] ?? 0) + count;
    return 0;
  }
  steps.push(step);
  counts.push(count);
  return 1;
}

/** Several ledgers may have counted in the same bucket: theirs as one's, oldest first. */
export function mergeCounts(ledgers: readonly (readonly BucketCount[])[]): BucketCount[] {
  const merged = new Map<string, BucketCount>();
  for (const { at, page, count } of ledgers.flat()) {
    const key = `${at} ${page}`;
    const known = merged.get(key);
    if (known) known.count += count;
    else merged.set(key, { at, page, count });
  }
  return [...merged.values()].sort((a, b) => a.at - b.at);
}
