import type { NewReaction } from "../../shared/interactions/reaction/reaction.ts";
import { findReaction, foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { byteLength } from "../../shared/protocol/text.ts";
import type { Totals } from "../../shared/protocol/totals.ts";

/** An admission that has come to nothing by then is over, in milliseconds: no batch takes as long. */
const ADMISSION_MS = 60_000;
/** Other spellings remembered. */
const SPELLINGS = 2000;

export const TOO_MANY_KINDS: Refusal = {
  code: "too_many_kinds",
  detail: `a session keeps up to ${LIMITS.kinds} kinds of reactions of its audience's own`,
};

/** What the root says to a kind that nobody has used: how it is spelled from now on, or why it is none. */
export type Admission = { readonly reaction: string; readonly isNew: boolean } | "full" | "stale";

/** What the host offers on a page that was shown: it always has room. */
export type Offer = (page: string, reaction: string) => boolean;

const keyOf = (page: string, reaction: string) => JSON.stringify([page, reaction]);

/** How a reaction is spelled where it is the same as one of this page's; undefined where it is another. */
export function findSpelling(totals: Totals, page: string, reaction: string): string | undefined {
  return totals.has(page, reaction) ? reaction : findReaction(totals.reactions(page), reaction);
}

/**
 * Kinds that nobody has counted yet, as the root admits them: a session has room for so many of its
 * audience's own words. What is counted, and what is offered on a page that was shown, needs no admission.
 */
export class KindAdmissions {
  readonly #isOffered: Offer;
  readonly #admitted = new Map<string, { page: string; reaction: string; holders: number; until: number }>();
  #counted = { version: "", kinds: 0, bytes: 0 };

  constructor(isOffered: Offer) {
    this.#isOffered = isOffered;
  }

  /**
   * One room more wants to use this kind.
   * @param totals what all ledgers have counted
   * @param version another text whenever what is offered has changed
   */
  admit({ page, reaction }: NewReaction, totals: Totals, version: string, now: number): Admission {
    const counted = findSpelling(totals, page, reaction);
    if (counted !== undefined) return { reaction: counted, isNew: false };
    this.#endOver(totals, now);
    const key = keyOf(page, foldReaction(reaction));
    const known = this.#admitted.get(key);
    if (known) {
      known.holders++;
      known.until = now + ADMISSION_MS;
      return { reaction: known.reaction, isNew: false };
    }
    if (!this.#isOffered(page, reaction) && !this.#hasRoom(page, reaction, totals, version)) return "full";
    this.#admitted.set(key, { page, reaction, holders: 1, until: now + ADMISSION_MS });
    return { reaction, isNew: true };
  }

  /** A room has used it, and nothing was kept. */
  release({ page, reaction }: NewReaction): void {
    const key = keyOf(page, foldReaction(reaction));
    const known = this.#admitted.get(key);
    if (known && --known.holders === 0) this.#admitted.delete(key);
  }

  clear(): void {
    this.#admitted.clear();
    this.#counted.version = "";
  }

  #endOver(totals: Totals, now: number): void {
    for (const [key, { page, reaction, until }] of this.#admitted) {
      // A clock that was put back ends it too: later than its time is earlier than it began.
      const isOver = now >= until || now < until - ADMISSION_MS;
      if (isOver || totals.has(page, reaction)) this.#admitted.delete(key);
    }
  }

  #hasRoom(page: string, reaction: string, totals: Totals, version: string): boolean {
    let { kinds, bytes } = this.#count(totals, version);
    for (const each of this.#admitted.values()) {
      if (this.#isOffered(each.page, each.reaction)) continue;
      kinds++;
      bytes += sizeOf(each.page, each.reaction);
    }
    return kinds < LIMITS.kinds && bytes + sizeOf(page, reaction) <= LIMITS.kindBytes;
  }

  /** What is counted beyond what is offered. Counted anew only when one of the two has changed. */
  #count(totals: Totals, version: string) {
    const now = `${version} ${totals.shape}`;
    if (this.#counted.version === now) return this.#counted;
    let [kinds, bytes] = [0, 0];
    for (const [page, reaction] of totals.listKinds()) {
      if (this.#isOffered(page, reaction)) continue;
      kinds++;
      bytes += sizeOf(page, reaction);
    }
    this.#counted = { version: now, kinds, bytes };
    return this.#counted;
  }
}

const sizeOf = (page: string, reaction: string) => byteLength(page) + byteLength(reaction);

/** A kind in use: whoever uses it says whether what they sent was kept. */
export interface KindInUse {
  /** The reaction as it is spelled here. */
  readonly reaction: string;
  end(isKept: boolean): void;
}

interface Asked {
  readonly answer: Promise<Admission>;
  users: number;
  isKept: boolean;
}

interface RegistryOptions {
  /** What is counted, as far as this room knows: here and below, and everywhere. */
  readonly counted: () => readonly Totals[];
  /** How the host spells a reaction that it offers on a page that was shown. */
  readonly findOffered: (page: string, reaction: string) => string | undefined;
  /** Asks the root. */
  readonly admit: (kind: NewReaction) => Promise<Admission>;
  /** Tells the root that nothing came of it. */
  readonly release: (kind: NewReaction) => void;
}

/** A room's kinds of reactions: which need no asking, and who has asked for a new one. */
export class KindRegistry {
  readonly #options: RegistryOptions;
  readonly #asked = new Map<string, Asked>();
  readonly #spellings = new Map<string, string>();
  /** New kinds that each participant was the first here to use. */
  readonly #firsts = new Map<string, number>();

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  /** How this reaction is spelled here, as far as it needs no asking. */
  find(page: string, reaction: string): string | undefined {
    const counted = this.#options.counted();
    if (counted.some((totals) => totals.has(page, reaction))) return reaction;
    const key = keyOf(page, reaction);
    const known = this.#spellings.get(key);
    if (known !== undefined) return known;
    for (const totals of counted) {
      const spelling = findReaction(totals.reactions(page), reaction);
      if (spelling !== undefined) return this.#remember(key, spelling);
    }
    return this.#options.findOffered(page, reaction);
  }

  /** Asks for a kind that is new here, once for all who want it meanwhile. */
  async use(
    participant: string,
    { page, reaction }: NewReaction,
  ): Promise<KindInUse | "many" | "full" | "stale"> {
    const key = keyOf(page, foldReaction(reaction));
    let asked = this.#asked.get(key);
    const isFirst = asked === undefined;
    if (!asked) {
      const firsts = this.#firsts.get(participant) ?? 0;
      if (firsts >= LIMITS.kindsPerParticipant) return "many";
      this.#firsts.set(participant, firsts + 1);
      asked = { answer: this.#options.admit({ page, reaction }), users: 0, isKept: false };
      this.#asked.set(key, asked);
    }
    const mine = asked;
    mine.users++;
    let isNew = true;
    const end = (isAdmitted: boolean, isKept: boolean) => {
      mine.isKept ||= isKept;
      if (isFirst && isNew && !isKept) this.#forgetFirst(participant);
      if (--mine.users > 0) return;
      if (this.#asked.get(key) === mine) this.#asked.delete(key);
      if (isAdmitted && !mine.isKept) this.#options.release({ page, reaction });
    };
    const answer = await mine.answer.catch((error: unknown) => {
      end(false, false);
      throw error;
    });
    if (typeof answer === "string") {
      end(false, false);
      return answer;
    }
    isNew = answer.isNew;
    if (isFirst && !isNew) this.#forgetFirst(participant);
    return { reaction: answer.reaction, end: (isKept) => end(true, isKept) };
  }

  /** A restart: what was asked for before is settled with it. */
  clear(): void {
    this.#asked.clear();
    this.#spellings.clear();
    this.#firsts.clear();
  }

  #forgetFirst(participant: string): void {
    const firsts = this.#firsts.get(participant) ?? 0;
    if (firsts > 1) this.#firsts.set(participant, firsts - 1);
    else this.#firsts.delete(participant);
  }

  #remember(key: string, spelling: string): string {
    if (this.#spellings.size >= SPELLINGS) this.#spellings.clear();
    this.#spellings.set(key, spelling);
    return spelling;
  }
}
