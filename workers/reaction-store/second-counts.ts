import { getTopicName } from "../../shared/interactions/topic.ts";
import type { TopicBucket } from "../lib/ledger.ts";

/** So many pairs of topic and second are kept apart: a hall of people needs hours for them. */
const MOST = 500_000;

/** When one topic was added to, oldest first, and how often each time: two lists of small numbers take the least memory. */
interface TopicSteps {
  readonly steps: number[];
  readonly counts: number[];
}

/**
 * How often each topic was added to in each second: what buckets of any length add up from, without
 * reading one entry again. Where that becomes too much to keep, seconds are kept by twos, fours and
 * so on, and what lies at the edge of a bucket may be told in the one beside it.
 */
export class SecondCounts {
  readonly #topics = new Map<string, TopicSteps>();
  readonly #most: number;
  /** The second of the first one, since 1970. Steps are counted from it. */
  #from: number | undefined;
  /** The length of a step in seconds. */
  #step = 1;
  #size = 0;

  /** @param most pairs of topic and second to keep */
  constructor(most = MOST) {
    this.#most = most;
  }

  /** One more at this time in milliseconds. A ledger's times never go back. */
  add(topic: string, at: number): void {
    const second = Math.floor(at / 1000);
    this.#from ??= second;
    let known = this.#topics.get(topic);
    if (!known) {
      known = { steps: [], counts: [] };
      this.#topics.set(topic, known);
    }
    this.#size += append(known, Math.floor((second - this.#from) / this.#step), 1);
    while (this.#size > this.#most) this.#coarsen();
  }

  /** Per topic of an interaction and bucket of so many milliseconds, a whole number of seconds. */
  sum(interaction: string, bucket: number): TopicBucket[] {
    const all: TopicBucket[] = [];
    const from = this.#from ?? 0;
    for (const [topic, { steps, counts }] of this.#topics) {
      if (getTopicName(interaction, topic) === undefined) continue;
      let last: TopicBucket | undefined;
      for (let index = 0; index < steps.length; index++) {
        const time = (from + (steps[index] ?? 0) * this.#step) * 1000;
        const at = time - (time % bucket);
        if (last?.at !== at) {
          last = { at, topic, count: 0 };
          all.push(last);
        }
        last.count += counts[index] ?? 0;
      }
    }
    return all;
  }

  #coarsen(): void {
    this.#step *= 2;
    this.#size = 0;
    for (const [topic, { steps, counts }] of this.#topics) {
      const coarse: TopicSteps = { steps: [], counts: [] };
      for (let index = 0; index < steps.length; index++) {
        this.#size += append(coarse, (steps[index] ?? 0) >> 1, counts[index] ?? 0);
      }
      this.#topics.set(topic, coarse);
    }
  }
}

/** @returns how many pairs it takes more than before */
function append({ steps, counts }: TopicSteps, step: number, count: number): 0 | 1 {
  const last = steps.length - 1;
  if (steps[last] === step) {
    counts[last] = (counts[last] ?? 0) + count;
    return 0;
  }
  steps.push(step);
  counts.push(count);
  return 1;
}
