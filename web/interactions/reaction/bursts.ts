import type { Burst } from "../../../shared/interactions/reaction/message.ts";

/** Somebody who reacts a lot right now. */
export interface Lively {
  readonly participant: string;
  /** Within the last seconds. */
  readonly count: number;
  /** Those they send most, at most three. */
  readonly reactions: readonly string[];
}

/** Milliseconds looked back. */
const WINDOW_MS = 10_000;
/** More than this in that time is lively; an excited person gives two or three. */
const LEAST = 8;
const MOST = 3;

/** Who reacted most within the last ten seconds, put together from the bursts that a host hears of. */
export class BurstWindow {
  #heard: { readonly at: number; readonly bursts: readonly Burst[] }[] = [];

  add(bursts: readonly Burst[], now: number): void {
    this.#heard.push({ at: now, bursts });
  }

  /** Largest first. */
  list(now: number): Lively[] {
    this.#heard = this.#heard.filter(({ at }) => now - at < WINDOW_MS);
    const people = new Map<string, Map<string, number>>();
    for (const { participant, reaction, count } of this.#heard.flatMap(({ bursts }) => bursts)) {
      const counts = people.get(participant) ?? new Map<string, number>();
      counts.set(reaction, (counts.get(reaction) ?? 0) + count);
      people.set(participant, counts);
    }
    return [...people]
      .map(([participant, counts]) => {
        const sorted = [...counts].sort((a, b) => b[1] - a[1]);
        const count = sorted.reduce((sum, [, one]) => sum + one, 0);
        return { participant, count, reactions: sorted.slice(0, MOST).map(([reaction]) => reaction) };
      })
      .filter(({ count }) => count >= LEAST)
      .sort((a, b) => b.count - a.count)
      .slice(0, MOST);
  }
}
