import { foldReaction } from "../../../shared/interactions/reaction/reaction.ts";
import type { Pages } from "../../../shared/protocol/totals.ts";
import { getOwn, toRecord } from "../../client/record.ts";
import { findSpelling, getCount } from "../../client/rules.ts";
import type { OwnReaction } from "../../client/session.ts";

/** The counts must have shown a kept tap by then, in milliseconds: phones hear of them once a second. */
const SHOWN_BY_MS = 2500;

interface Tap {
  readonly id: string;
  readonly page: string;
  readonly reaction: string;
  /** When it was kept; until then it is on its way. */
  keptAt?: number;
}

/**
 * Own taps that the counts don't include yet. Adding them makes a tap count at once; each is
 * dropped when the counts catch up with it, so that nothing is ever counted twice for long.
 */
export class OwnTaps {
  #taps: Tap[] = [];
  #pages: Pages = toRecord([]);

  add({ id, page, reaction }: OwnReaction): void {
    if (!this.#taps.some((tap) => tap.id === id)) this.#taps.push({ id, page, reaction });
  }

  /** @param now milliseconds of a clock that only goes forward, here and in `count` */
  keep({ id }: OwnReaction, now: number): void {
    const tap = this.#taps.find((tap) => tap.id === id);
    if (tap) tap.keptAt = now;
  }

  drop({ id }: Pick<OwnReaction, "id">): void {
    this.#taps = this.#taps.filter((tap) => tap.id !== id);
  }

  /** New counts: every one more stands for one kept tap that they now include. */
  count(pages: Pages, now: number): void {
    const before = this.#pages;
    this.#pages = pages;
    const more = new Map<string, number>();
    this.#taps = this.#taps.filter(({ page, reaction, keptAt }) => {
      if (keptAt === undefined) return true;
      const kind = JSON.stringify([page, foldReaction(reaction)]);
      const grown = getCount(getOwn(pages, page), reaction) - getCount(getOwn(before, page), reaction);
      const left = more.get(kind) ?? grown;
      if (left > 0) {
        more.set(kind, left - 1);
        return false;
      }
      return now - keptAt < SHOWN_BY_MS;
    });
  }

  /** The counts of one page, own taps included. It inherits nothing. */
  list(page: string): Record<string, number> {
    const counts = toRecord(Object.entries(getOwn(this.#pages, page) ?? {}));
    for (const tap of this.#taps) {
      if (tap.page !== page) continue;
      const reaction = findSpelling(counts, tap.reaction);
      counts[reaction] = (counts[reaction] ?? 0) + 1;
    }
    return counts;
  }

  /** Whether a kept tap still waits for the counts; then `count` should be called again by itself. */
  get isSettling(): boolean {
    return this.#taps.some(({ keptAt }) => keptAt !== undefined);
  }
}
