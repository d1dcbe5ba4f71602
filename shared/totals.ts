import * as z from "zod";

/** Counts by page and reaction, as they travel. */
export const Pages = z.record(z.string(), z.record(z.string(), z.number().int().nonnegative()));
export type Pages = z.infer<typeof Pages>;

/** One kind of reaction: which button on which page. */
export type Kind = readonly [page: string, reaction: string];

/**
 * Counts of one session or of a part of it. Every change is absolute or says its difference,
 * so that two copies fed with the same news end equal.
 */
export class Totals {
  readonly #pages = new Map<string, Map<string, number>>();
  #total = 0;
  #kinds = 0;

  static from(pages: Pages): Totals {
    const totals = new Totals();
    for (const [page, reactions] of Object.entries(pages)) totals.setPage(page, reactions);
    return totals;
  }

  /** All reactions together. */
  get total(): number {
    return this.#total;
  }

  /** Different (page, reaction) pairs. */
  get kinds(): number {
    return this.#kinds;
  }

  get(page: string, reaction: string): number {
    return this.#pages.get(page)?.get(reaction) ?? 0;
  }

  has(page: string, reaction: string): boolean {
    return this.#pages.get(page)?.has(reaction) ?? false;
  }

  pages(): Iterable<string> {
    return this.#pages.keys();
  }

  /** Adds `count` (may be negative) and returns what the pair has now. */
  add(page: string, reaction: string, count: number): number {
    let reactions = this.#pages.get(page);
    if (!reactions) {
      reactions = new Map();
      this.#pages.set(page, reactions);
    }
    const before = reactions.get(reaction);
    if (before === undefined) this.#kinds++;
    const after = (before ?? 0) + count;
    if (after > 0) {
      reactions.set(reaction, after);
    } else {
      reactions.delete(reaction);
      this.#kinds--;
      if (reactions.size === 0) this.#pages.delete(page);
    }
    this.#total += count;
    return after;
  }

  /** Replaces one page's counts. */
  setPage(page: string, reactions: Readonly<Record<string, number>>): void {
    for (const [reaction, count] of [...(this.#pages.get(page) ?? [])]) this.add(page, reaction, -count);
    for (const [reaction, count] of Object.entries(reactions)) if (count > 0) this.add(page, reaction, count);
  }

  /** The counts of these pages, complete for each page; a page without any is `{}`. */
  pick(pages: Iterable<string>): Pages {
    const picked: Pages = {};
    for (const page of pages) picked[page] = Object.fromEntries(this.#pages.get(page) ?? []);
    return picked;
  }

  toJSON(): Pages {
    return this.pick(this.#pages.keys());
  }
}
