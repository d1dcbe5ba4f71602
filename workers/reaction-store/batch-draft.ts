import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Entry, EntryKind, Outcome } from "../lib/ledger.ts";
import { isSameKind } from "./interactions/index.ts";

/** An entry as a batch keeps it: whose it is, the place of its kind in the batch's list, its id. */
export type KeptEntry = readonly [number: number, kind: number, id: string];

/** What a draft must know of the ledger. */
export interface KnownLedger {
  /** The number that the next newcomer gets; those after them get the following ones. */
  readonly nextNumber: number;
  /** Pairs of topic and key that the ledger counts. */
  readonly pairs: number;
  has(topic: string, key: string): boolean;
  findNumber(participant: string): number | undefined;
  /** What was kept under this id. */
  findKept(number: number, id: string): EntryKind | undefined;
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
  const outcomes: Outcome[] = [];
  const kinds: EntryKind[] = [];
  const entries: KeptEntry[] = [];
  const numbers = new Map<string, number>();
  const indexOf = new Map<string, number>();
  const inBatch = new Map<string, EntryKind>();
  let newPairs = 0;

  for (const { participant, id, topic, key, mode } of batch) {
    const knownNumber = numbers.get(participant) ?? known.findNumber(participant);
    const number = knownNumber ?? known.nextNumber + numbers.size;
    const kind: EntryKind = { topic, key, mode };
    const name = nameEntry(number, id);

    const earlier = inBatch.get(name) ?? known.findKept(number, id);
    if (earlier) {
      outcomes.push(isSameKind(earlier, kind) ? "kept" : "conflict");
      continue;
    }
    const kindName = `${mode} ${topic.length} ${topic}${key}`;
    let index = indexOf.get(kindName);
    if (index === undefined) {
      // What takes an answer back has no key, and is no pair.
      const isNewPair = !(mode === "replace" && key === "") && !known.has(topic, key);
      if (isNewPair && known.pairs + newPairs >= LIMITS.kindsCeiling) {
        outcomes.push("too_many_kinds");
        continue;
      }
      if (isNewPair) newPairs++;
      index = kinds.push(kind) - 1;
      indexOf.set(kindName, index);
    }
    if (knownNumber === undefined) numbers.set(participant, number);
    inBatch.set(name, kind);
    entries.push([number, index, id]);
    outcomes.push("kept");
  }
  return { outcomes, kinds, entries, numbers };
}

/** What tells an entry from all others of its ledger. */
export const nameEntry = (number: number, id: string): string => `${number} ${id}`;
