import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";

/**
 * The votes that the users of one room were told. Those on top of the order are told whenever they change. Of the others
 * it is told that they fall, so that nobody who knows one takes it for one of the top; and not that they rise, until they
 * get there.
 */
export class ToldVotes {
  #told = new Map<string, number>();
  #counted = new Map<string, number>();
  #top = new Set<string>();

  /**
   * What users are to hear now; it is told.
   * @param ranked what they may read, in its order
   * @param withText those that they are told with their votes anyway
   * @param changed whose votes have changed; with `whole` nobody knows what was told before
   */
  take(
    ranked: readonly LiveQuestion[],
    withText: ReadonlySet<string>,
    changed: ReadonlySet<string> | "whole",
  ): (readonly [id: string, votes: number])[] {
    const top = new Set(ranked.slice(0, LIMITS.toldVotes).map(({ id }) => id));
    const due = ranked.filter(({ id, votes }) => {
      if (withText.has(id)) return false;
      if (changed === "whole") return true;
      const hasRisen = votes > (this.#counted.get(id) ?? votes);
      const isOnTop = top.has(id) || this.#top.has(id);
      return (changed.has(id) && !hasRisen) || (isOnTop && votes !== this.#told.get(id));
    });
    const told = new Set([...withText, ...due.map(({ id }) => id)]);
    const pairs = ranked.map(({ id, votes }) => [id, votes] as const);
    this.#told = new Map(
      pairs.flatMap(([id, votes]) => {
        const known = told.has(id) ? votes : this.#told.get(id);
        return known === undefined ? [] : [[id, known]];
      }),
    );
    this.#counted = new Map(pairs);
    this.#top = top;
    return due.map(({ id, votes }) => [id, votes]);
  }

  clear(): void {
    this.#told.clear();
    this.#counted.clear();
    this.#top.clear();
  }
}
