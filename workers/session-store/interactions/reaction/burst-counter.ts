import type { Burst } from "../../room-message.ts";

/** Bursts told at once. */
const MOST = 10;
/** Different bursts remembered between two turns. */
const KEPT = 500;

/** Who reacts most at this moment, so that a host can single out who disturbs. In memory only. */
export class BurstCounter {
  #counts = new Map<string, Burst>();

  add({ participant, page, reaction, count }: Burst): void {
    const key = JSON.stringify([participant, page, reaction]);
    const known = this.#counts.get(key);
    if (!known && this.#counts.size >= KEPT) return;
    this.#counts.set(key, { participant, page, reaction, count: (known?.count ?? 0) + count });
  }

  /** A restart, or the end. */
  clear(): void {
    this.#counts.clear();
  }

  /** The largest since the last time, largest first. */
  take(): Burst[] {
    const bursts = [...this.#counts.values()].sort((a, b) => b.count - a.count).slice(0, MOST);
    this.#counts = new Map();
    return bursts;
  }
}
