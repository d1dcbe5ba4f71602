import { TAKEN_BACK } from "../../shared/interactions/topic.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Entry, EntryKind, Outcome } from "../lib/ledger.ts";
import {
  isOpenEnded,
  isSameKey,
  isSameKind,
  isStanding,
  listCounted,
  nameInteraction,
  shorten,
} from "./interactions/index.ts";

/** An entry as a batch keeps it: whose it is, the place of its kind in the batch's list, its id. */
export type KeptEntry = readonly [number: number, kind: number, id: string];

/** What a draft must know of the ledger. */
export interface KnownLedger {
  /** The number that the next newcomer gets; those after them get the following ones. */
  readonly nextNumber: number;
  /** Pairs of topic and key that the ledger counts, of all topics that share their room with this one. */
  countPairs(topic: string): number;
  has(topic: string, key: string): boolean;
  /** Keys that it counts under a topic. */
  countKeys(topic: string): number;
  findNumber(participant: string): number | undefined;
  /** What was kept under this id. */
  findKept(number: number, id: string): EntryKind | undefined;
  /** What a participant has standing under a topic. */
  findStanding(topic: string, number: number): StandingKey | undefined;
}

/** The key of what stands. */
export interface StandingKey {
  /** As short as its interaction makes it. */
  readonly short: string;
  read(): string;
}

/** What a batch would change: it is nothing yet. */
export interface BatchDraft {
  /** One for each entry of the batch. */
  readonly outcomes: readonly Outcome[];
  readonly kinds: readonly EntryKind[];
  /** Those that are new, in their order. */
  readonly entries: readonly KeptEntry[];
  /** Participants who get a number with it. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Sorts a batch into what is new and what is not. */
export function draftBatch(batch: readonly Entry[], known: KnownLedger): BatchDraft {
  const draft = new Draft(known);
  const outcomes = batch.map((entry) => draft.add(entry));
  return { outcomes, kinds: draft.kinds, entries: draft.entries, numbers: draft.numbers };
}

/** A batch as it is sorted, entry by entry: each one sees what those before it would change. */
class Draft {
  readonly kinds: EntryKind[] = [];
  readonly entries: KeptEntry[] = [];
  readonly numbers = new Map<string, number>();
  readonly #known: KnownLedger;
  /** What the batch has kept, by participant and id. */
  readonly #kept = new Map<string, EntryKind>();
  /** What it lets stand, by participant and topic. */
  readonly #standing = new Map<string, StandingKey>();
  /** Where each of its kinds is. */
  readonly #indexOf = new Map<string, number>();
  /** Keys by topic that nothing has counted before it. */
  readonly #newKeys = new Map<string, Set<string>>();
  /** How many pairs there are with it, by interaction. */
  readonly #pairs = new Map<string | undefined, number>();

  constructor(known: KnownLedger) {
    this.#known = known;
  }

  add({ participant, id, topic, key, mode }: Entry): Outcome {
    const knownNumber = this.numbers.get(participant) ?? this.#known.findNumber(participant);
    const number = knownNumber ?? this.#known.nextNumber + this.numbers.size;
    const name = nameEntry(number, id);
    const earlier = this.#kept.get(name) ?? this.#known.findKept(number, id);
    if (earlier) return isSameKind(earlier, { topic, key, mode }) ? "kept" : "conflict";

    const short = isStanding(mode) ? shorten(topic, key) : key;
    const standing = isStanding(mode) ? this.#findStanding(topic, number) : undefined;
    const isAgain = standing !== undefined && isSameKey(topic, standing.short, short);
    if (standing && !isAgain && mode === "once") return "fixed";
    // What stands is given again: it stays what it was, with the time that it came first.
    const kind: EntryKind = { topic, key: isAgain ? standing.read() : key, mode };
    const index = this.#addKind(kind, isAgain);
    if (index === undefined) return "too_many_kinds";

    if (knownNumber === undefined) this.numbers.set(participant, number);
    this.#kept.set(name, kind);
    if (isStanding(mode) && !isAgain) {
      this.#standing.set(nameStanding(number, topic), { short, read: () => key });
    }
    this.entries.push([number, index, id]);
    return "kept";
  }

  #findStanding(topic: string, number: number): StandingKey | undefined {
    const standing =
      this.#standing.get(nameStanding(number, topic)) ?? this.#known.findStanding(topic, number);
    return standing?.short === TAKEN_BACK ? undefined : standing;
  }

  /** @returns its place among the batch's kinds; undefined where the ledger has no room for what it counts */
  #addKind(kind: EntryKind, isCounted: boolean): number | undefined {
    const { topic, key, mode } = kind;
    const name = `${mode} ${topic.length} ${topic}${key}`;
    const index = this.#indexOf.get(name);
    if (index !== undefined) return index;
    if (!isCounted && !this.#addPairs(topic, key)) return undefined;
    this.#indexOf.set(name, this.kinds.length);
    return this.kinds.push(kind) - 1;
  }

  /** @returns whether the ledger has room for what this key counts */
  #addPairs(topic: string, key: string): boolean {
    const { countPairs, has, countKeys } = this.#known;
    const before = this.#newKeys.get(topic) ?? new Set<string>();
    const added = [...listCounted(topic, key)]
      .map(([counted]) => counted)
      .filter((counted) => !before.has(counted) && !has(topic, counted));
    if (added.length === 0) return true;
    const interaction = nameInteraction(topic);
    const pairs = (this.#pairs.get(interaction) ?? countPairs(topic)) + added.length;
    // A room full of words still takes reactions.
    if (pairs > LIMITS.kindsCeiling) return false;
    const keys = countKeys(topic) + before.size + added.length;
    // One more than what people think of: the key that counts them.
    if (isOpenEnded(topic) && keys > LIMITS.openKeys + 1) return false;
    for (const counted of added) before.add(counted);
    this.#newKeys.set(topic, before);
    this.#pairs.set(interaction, pairs);
    return true;
  }
}

/** What tells an entry from all others of its ledger. */
export const nameEntry = (number: number, id: string): string => `${number} ${id}`;

/** What tells what one participant has standing from all others of its ledger. */
const nameStanding = (number: number, topic: string): string => `${number} ${topic}`;
