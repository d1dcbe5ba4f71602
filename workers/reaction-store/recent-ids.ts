const HOUR_MS = 60 * 60 * 1000;
const FIRST_CAPACITY = 1 << 10;
const MAX_LOAD = 0.7;

/**
 * 53 bits of a text, as a positive number. Not cryptographic: a collision only costs a second look.
 * The seed is a secret, so that nobody can send ids that all cost one.
 */
export function hashText(text: string, seed: Uint32Array): number {
  let high = 0x9e3779b9 ^ (seed[0] ?? 0);
  let low = 0x85ebca6b ^ (seed[1] ?? 0);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x2c1b3c6d);
    low = Math.imul(low ^ unit, 0x297a2d39);
  }
  high = Math.imul(high ^ (high >>> 16), 0x7feb352d) ^ Math.imul(low ^ (low >>> 13), 0x846ca68b);
  low = Math.imul(low ^ (low >>> 15), 0x846ca68b) ^ Math.imul(high ^ (high >>> 14), 0x7feb352d);
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) + 1;
}

/** One hour of hashes: an open-addressed table of 12 bytes a slot. */
class Hour {
  readonly since: number;
  #keys = new Float64Array(FIRST_CAPACITY);
  #offsets = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  constructor(since: number) {
    this.since = since;
  }

  add(hash: number, seq: number): void {
    if (this.#size >= this.#keys.length * MAX_LOAD) this.#grow();
    this.#insert(hash, seq - this.since);
  }

  *find(hash: number): Generator<number> {
    const mask = this.#keys.length - 1;
    for (let slot = hash & mask; this.#keys[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.#keys[slot] === hash) yield this.since + (this.#offsets[slot] ?? 0);
    }
  }

  #insert(hash: number, offset: number): void {
    const mask = this.#keys.length - 1;
    let slot = hash & mask;
    while (this.#keys[slot] !== 0) slot = (slot + 1) & mask;
    this.#keys[slot] = hash;
    this.#offsets[slot] = offset;
    this.#size++;
  }

  #grow(): void {
    const keys = this.#keys;
    const offsets = this.#offsets;
    this.#keys = new Float64Array(keys.length * 2);
    this.#offsets = new Uint32Array(keys.length * 2);
    this.#size = 0;
    keys.forEach((hash, slot) => {
      if (hash !== 0) this.#insert(hash, offsets[slot] ?? 0);
    });
  }
}

/**
 * Remembers in which batch an id may have been kept, for the hours that a resend may take.
 * A ledger sees millions of ids in two hours; as strings in a Map they would not fit into an
 * object's memory, so this keeps 53-bit hashes and lets the caller look into the batch itself.
 */
export class RecentIds {
  #hours: Hour[] = [];
  readonly #seed = crypto.getRandomValues(new Uint32Array(2));

  /** `seq` is the batch's time in milliseconds and never goes down. */
  add(id: string, seq: number): void {
    let hour = this.#hours.at(-1);
    if (!hour || seq >= hour.since + HOUR_MS) {
      hour = new Hour(seq);
      this.#hours.push(hour);
    }
    hour.add(hashText(id, this.#seed), seq);
  }

  /** The batches that may hold `id`, newest hour first. */
  *find(id: string): Generator<number> {
    const hash = hashText(id, this.#seed);
    for (const hour of this.#hours.toReversed()) yield* hour.find(hash);
  }

  /** Drops the hours that ended before `time`. */
  forgetBefore(time: number): void {
    this.#hours = this.#hours.filter(({ since }) => since + HOUR_MS > time);
  }

  clear(): void {
    this.#hours = [];
  }
}
