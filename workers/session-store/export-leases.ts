import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { ExportLease } from "../lib/export-order.ts";

/** A place that nobody renews for so long is free again: whoever had it is gone. */
const LEASE_MS = 60_000;
/** When whoever found no place may ask again, in seconds. */
const RETRY_SECONDS = 5;

/**
 * Who reads an export among the users of a session: a few at a time, and all who ask within the same moment
 * read the same snapshot. In memory only: a room that starts anew knows of no reader, and whoever renews is
 * one again.
 */
export class ExportLeases {
  /** When each was last heard of, in ms since 1970. */
  readonly #heardOf = new Map<string, number>();
  #snapshot = Number.NEGATIVE_INFINITY;

  /** A place, if one is free. @param now in ms since 1970 */
  take(now: number): ExportLease | Refusal {
    const lease = crypto.randomUUID();
    const refusal = this.renew(lease, now);
    if (refusal) return refusal;
    if (!isWithin(LIMITS.snapshotMs, this.#snapshot, now)) this.#snapshot = now;
    return { lease, until: this.#snapshot };
  }

  /** Keeps a place, or takes it again if there is one. */
  renew(lease: string, now: number): Refusal | null {
    for (const [other, at] of this.#heardOf) {
      if (!isWithin(LEASE_MS, at, now)) this.#heardOf.delete(other);
    }
    if (!this.#heardOf.has(lease) && this.#heardOf.size >= LIMITS.userExports) {
      return {
        code: "rate_limited",
        detail: `${LIMITS.userExports} people read this session's reactions already; try again`,
        retryAfter: RETRY_SECONDS,
      };
    }
    this.#heardOf.set(lease, now);
    return null;
  }

  end(lease: string): void {
    this.#heardOf.delete(lease);
  }
}

/** Whether it was less than so long ago. What lies ahead is of before the clock stepped back, and counts as long ago. */
const isWithin = (duration: number, at: number, now: number): boolean => now >= at && now - at < duration;
