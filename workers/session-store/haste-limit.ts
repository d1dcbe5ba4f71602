import type { Refusal } from "../../shared/protocol/problem.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** How often one participant may do something that is paced. */
export class HasteLimit {
  readonly #buckets: TokenBuckets;
  readonly #detail: string;

  /** @param burst at once, after a rest @param detail what somebody hears who has to wait */
  constructor(perSecond: number, burst: number, detail: string) {
    this.#buckets = new TokenBuckets(perSecond, burst);
    this.#detail = detail;
  }

  /** So many a minute, all of them at once after a rest. @param what they are called */
  static perMinute(most: number, what: string): HasteLimit {
    return new HasteLimit(most / 60, most, `up to ${most} ${what} a minute`);
  }

  /** Why this participant has to wait; undefined: they need not, and have now done it once more. */
  refuse(participant: string): Refusal | undefined {
    const wait = this.#buckets.take(participant, Date.now());
    if (wait === 0) return undefined;
    return {
      code: "rate_limited",
      detail: this.#detail,
      retryAfter: Math.ceil(wait * 10) / 10,
    };
  }
}
