import type { KeptBatch, LedgerStorage } from "./ledger-storage.ts";
import type { StandingEntry } from "./standing-entries.ts";

/** Batches as they are looked into again, for as long as one call takes: none is read twice. */
export class OpenedBatches {
  readonly #storage: LedgerStorage;
  readonly #batches = new Map<number, KeptBatch | undefined>();

  constructor(storage: LedgerStorage) {
    this.#storage = storage;
  }

  get(seq: number): KeptBatch | undefined {
    if (!this.#batches.has(seq)) this.#batches.set(seq, this.#storage.readBatch(seq));
    return this.#batches.get(seq);
  }

  /** The key of what stands, all of it. */
  readKey({ seq, index, key, isWhole }: StandingEntry): string {
    if (isWhole) return key;
    const batch = this.get(seq);
    const kind = batch?.kinds[batch.entries[index]?.[1] ?? -1];
    if (!kind) throw new Error("what stands is in no batch");
    return kind.key;
  }
}
