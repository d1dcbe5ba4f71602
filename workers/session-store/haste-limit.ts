import type { Refusal } from "../../shared/protocol/problem.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** How fast one participant may send, whatever it is: reactions and answers share one pace. */
export class HasteLimit {
  readonly #perSecond: number;
  readonly #buckets: TokenBuckets;

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#buckets = new TokenBuckets(perSecond, burst);
  }

  /** Why this participant has to wait; undefined: they may send, and have now sent one more. */
  refuse(participant: string): Refusal | undefined {
    const wait = this.#buckets.take(participant, Date.now());
    if (wait === 0) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${this.#perSecond} reactions a second`,
      retryAfter: Math.ceil(wait * 10) / 10,
    };
  }
}
