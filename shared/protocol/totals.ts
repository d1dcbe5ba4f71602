/** Counts by page and reaction, as they travel. */
export type Pages = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** `GET …/reactions`: counts by page and reaction, their sum, and how many people have joined. */
export interface SessionTotals {
  readonly pages: Pages;
  readonly total: number;
  readonly participants: number;
}

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
  #shape = 0;

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

  /** Another number whenever a pair has come or gone. */
  get shape(): number {
    return this.#shape;
  }

  /** Every pair there is. */
  *listKinds(): Generator<Kind> {
    for (const [page, reactions] of this.#pages)
      for (const reaction of reactions.keys()) yield [page, reaction];
  }

  get(page: string, reaction: string): number {
    return this.#pages.get(page)?.get(reaction) ?? 0;
  }

  has(page: string, reaction: string): boolean {
    return this.#pages.get(page)?.has(reaction) ?? false;
  }

  /** All counts of one page together. */
  sum(page: string): number {
    let sum = 0;
    for (const count of this.#pages.get(page)?.values() ?? []) sum += count;
    return sum;
  }

  pages(): Iterable<string> {
    return this.#pages.keys();
  }

  /** What one page has been given. */
  reactions(page: string): Iterable<string> {
    return this.#pages.get(page)?.keys() ?? [];
  }

  /**
   * Adds `count` (may be negative) and returns what the pair has now.
   * @throws RangeError when it is no number: one that got in would never leave the sums
   */
  add(page: string, reaction: string, count: number): number {
    if (!Number.isFinite(count)) throw new RangeError("a count is a number");
    let reactions = this.#pages.get(page);
    if (!reactions) {
      reactions = new Map();
      this.#pages.set(page, reactions);
    }
    const before = reactions.get(reaction);
    const after = (before ?? 0) + count;
    if (before === undefined) this.#kinds++;
    if (before === undefined || after <= 0) this.#shape++;
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

  /**
   * Replaces one page's counts.
   * @returns by how much each pair has changed, as far as any has
   */
  setPage(
    page: string,
    reactions: Readonly<Record<string, number>>,
  ): [reaction: string, difference: number][] {
    // Own entries alone: a page may be called like something that every object has.
    const after = new Map(Object.entries(reactions));
    const named = new Set([...this.reactions(page), ...after.keys()]);
    const changes = [...named]
      .map((reaction): [string, number] => [
        reaction,
        Math.max(0, after.get(reaction) ?? 0) - this.get(page, reaction),
      ])
      .filter(([, difference]) => difference !== 0);
    for (const [reaction, difference] of changes) this.add(page, reaction, difference);
    return changes;
  }

  /** The counts of these pages, complete for each page; a page without any is `{}`. */
  pick(pages: Iterable<string>): Pages {
    return Object.fromEntries(
      Array.from(pages, (page) => [page, Object.fromEntries(this.#pages.get(page) ?? [])]),
    );
  }

  toJSON(): Pages {
    return this.pick(this.#pages.keys());
  }
}
