import type { BucketCount } from "../../shared/results.ts";

/** Seconds since 1970 with reactions on one page, oldest first, and how many each had. */
interface PageSeconds {
  readonly seconds: number[];
  readonly counts: number[];
}

/**
 * How many reactions each page got in each second: what buckets of any length add up from, without
 * reading one reaction again.
 */
export class SecondCounts {
  readonly #pages = new Map<string, PageSeconds>();

  /** One more at this time in milliseconds. A ledger's times never go back. */
  add(page: string, at: number): void {
    let known = this.#pages.get(page);
    if (!known) {
      known = { seconds: [], counts: [] };
      this.#pages.set(page, known);
    }
    const { seconds, counts } = known;
    const second = Math.floor(at / 1000);
    const last = seconds.length - 1;
    if (seconds[last] === second) counts[last] = (counts[last] ?? 0) + 1;
    else {
      seconds.push(second);
      counts.push(1);
    }
  }

  /** Per page and bucket of so many milliseconds, a whole number of seconds. */
  sum(bucket: number): BucketCount[] {
    const all: BucketCount[] = [];
    for (const [page, { seconds, counts }] of this.#pages) {
      let last: BucketCount | undefined;
      for (let index = 0; index < seconds.length; index++) {
        const time = (seconds[index] ?? 0) * 1000;
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
