import {
  findReaction,
  foldReaction,
  type NewReaction,
} from "../../../../shared/interactions/reaction/reaction.ts";
import { getPageTopic, getTopicPage } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { byteLength } from "../../../../shared/protocol/text.ts";
import type { Totals } from "../../../lib/totals.ts";

/** An admission that has come to nothing by then is over, in milliseconds: no batch takes as long. */
const ADMISSION_MS = 60_000;

/** What the root says to a kind that nobody has used: how it is spelled from now on, or why it is none. */
export type Admission = { readonly reaction: string; readonly isNew: boolean } | "full" | "stale";

/** What the host offers on a page that was shown: it always has room. */
export type Offer = (page: string, reaction: string) => boolean;

interface Admitted {
  readonly page: string;
  readonly reaction: string;
  /** Its size: measured once, since every kind that is asked for later adds them all up. */
  readonly bytes: number;
  /** Rooms that use it. */
  holders: number;
  until: number;
}

/** Names one kind in a map. */
export const getKindKey = (page: string, reaction: string): string => JSON.stringify([page, reaction]);

/** How a reaction is spelled where it is the same as one of this page's; undefined where it is another. */
function findSpelling(counts: Totals, page: string, reaction: string): string | undefined {
  const topic = getPageTopic(page);
  return counts.has(topic, reaction) ? reaction : findReaction(counts.keys(topic), reaction);
}

/**
 * Kinds that nobody has counted yet, as the root admits them: a session has room for so many of its
 * audience's own words. What is counted, and what is offered on a page that was shown, needs no admission.
 */
export class KindAdmissions {
  readonly #isOffered: Offer;
  readonly #admitted = new Map<string, Admitted>();
  #counted = { version: "", kinds: 0, bytes: 0 };

  constructor(isOffered: Offer) {
    this.#isOffered = isOffered;
  }

  /**
   * One room more wants to use this kind.
   * @param counts what all ledgers have counted
   * @param version another text whenever what is offered has changed
   */
  admit({ page, reaction }: NewReaction, counts: Totals, version: string, now: number): Admission {
    const counted = findSpelling(counts, page, reaction);
    if (counted !== undefined) return { reaction: counted, isNew: false };
    this.#endOver(counts, now);
    const key = getKindKey(page, foldReaction(reaction));
    const known = this.#admitted.get(key);
    if (known) {
      known.holders++;
      known.until = now + ADMISSION_MS;
      return { reaction: known.reaction, isNew: false };
    }
    if (!this.#isOffered(page, reaction) && !this.#hasRoom(page, reaction, counts, version)) return "full";
    const bytes = sizeOf(page, reaction);
    this.#admitted.set(key, { page, reaction, bytes, holders: 1, until: now + ADMISSION_MS });
    return { reaction, isNew: true };
  }

  /** A room has used it, and nothing was kept. */
  release({ page, reaction }: NewReaction): void {
    const key = getKindKey(page, foldReaction(reaction));
    const known = this.#admitted.get(key);
    if (known && --known.holders === 0) this.#admitted.delete(key);
  }

  clear(): void {
    this.#admitted.clear();
    this.#counted.version = "";
  }

  #endOver(counts: Totals, now: number): void {
    for (const [key, { page, reaction, until }] of this.#admitted) {
      // A clock that was put back ends it too: later than its time is earlier than it began.
      const isOver = now >= until || now < until - ADMISSION_MS;
      if (isOver || counts.has(getPageTopic(page), reaction)) this.#admitted.delete(key);
    }
  }

  #hasRoom(page: string, reaction: string, counts: Totals, version: string): boolean {
    let { kinds, bytes } = this.#count(counts, version);
    for (const each of this.#admitted.values()) {
      if (this.#isOffered(each.page, each.reaction)) continue;
      kinds++;
      bytes += each.bytes;
    }
    return kinds < LIMITS.kinds && bytes + sizeOf(page, reaction) <= LIMITS.kindBytes;
  }

  /** What is counted beyond what is offered. Counted anew only when one of the two has changed. */
  #count(counts: Totals, version: string) {
    const now = `${version} ${counts.shape}`;
    if (this.#counted.version === now) return this.#counted;
    let [kinds, bytes] = [0, 0];
    for (const [topic, reaction] of counts.listPairs()) {
      const page = getTopicPage(topic);
      if (page === undefined || this.#isOffered(page, reaction)) continue;
      kinds++;
      bytes += sizeOf(page, reaction);
    }
    this.#counted = { version: now, kinds, bytes };
    return this.#counted;
  }
}

const sizeOf = (page: string, reaction: string) => byteLength(page) + byteLength(reaction);
