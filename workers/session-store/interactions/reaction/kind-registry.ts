import {
  findReaction,
  foldReaction,
  type NewReaction,
} from "../../../../shared/interactions/reaction/reaction.ts";
import { getPageTopic } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Totals } from "../../../lib/totals.ts";
import { type Admission, getKindKey } from "./kind-admissions.ts";

/** Other spellings remembered. */
const SPELLINGS = 2000;

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
    const topic = getPageTopic(page);
    if (counted.some((counts) => counts.has(topic, reaction))) return reaction;
    const key = getKindKey(page, reaction);
    const known = this.#spellings.get(key);
    if (known !== undefined) return known;
    for (const counts of counted) {
      const spelling = findReaction(counts.keys(topic), reaction);
      if (spelling !== undefined) return this.#remember(key, spelling);
    }
    return this.#options.findOffered(page, reaction);
  }

  /** Asks for a kind that is new here, once for all who want it meanwhile. */
  async use(
    participant: string,
    { page, reaction }: NewReaction,
  ): Promise<KindInUse | "many" | "full" | "stale"> {
    const key = getKindKey(page, foldReaction(reaction));
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
