import type { Counts } from "../../shared/interactions/topic.ts";
import { Totals } from "../lib/totals.ts";
import type { CountsUpdate } from "./room-message.ts";

/**
 * What one room knows of the counts: its own ledger's, those of each room below it, their sum, and the whole
 * session's. The sum is kept right with every change, and each change says which topics it touched.
 */
export class RoomCounts {
  readonly #isRoot: boolean;
  #own = new Totals();
  readonly #children = new Map<number, Totals>();
  #subtree = new Totals();
  #everywhere: Totals;
  #knowsEverywhere = false;
  /** Topics that the parent has named, where it has not said all. */
  readonly #named = new Set<string>();
  #reactions = 0;

  constructor(isRoot: boolean) {
    this.#isRoot = isRoot;
    this.#everywhere = isRoot ? this.#subtree : new Totals();
  }

  /** Of this room and all below it. */
  get subtree(): Totals {
    return this.#subtree;
  }

  /** Of the whole session. The root's subtree is the whole session. */
  get everywhere(): Totals {
    return this.#everywhere;
  }

  /** Not the root: whether `everywhere` holds every topic, and not only those that there was news of. */
  get knowsEverywhere(): boolean {
    return this.#knowsEverywhere;
  }

  /** Not the root: whether `everywhere` has what the parent says of this topic. */
  knows(topic: string): boolean {
    return this.#knowsEverywhere || this.#named.has(topic);
  }

  /** Not the root: all reactions of the session, as the parent said last. */
  get reactions(): number {
    return this.#reactions;
  }

  /** What the room's ledger has of these topics or, with `whole`, of all. @returns the topics that changed */
  replaceOwn(topics: Counts, whole?: "whole"): string[] {
    return this.#replace(this.#own, topics, whole);
  }

  /** All that a room below, and the rooms below that one, have counted. @returns the topics that changed */
  replaceChild(child: number, topics: Counts): string[] {
    let totals = this.#children.get(child);
    if (!totals) {
      totals = new Totals();
      this.#children.set(child, totals);
    }
    return this.#replace(totals, topics, "whole");
  }

  /** Takes over what the parent says of the whole session. */
  adopt({ topics, isWhole, total }: CountsUpdate): void {
    this.#reactions = total;
    if (isWhole) {
      this.#everywhere = Totals.from(topics);
      this.#knowsEverywhere = true;
      this.#named.clear();
      return;
    }
    for (const [topic, keys] of Object.entries(topics)) {
      this.#everywhere.setTopic(topic, keys);
      if (!this.#knowsEverywhere) this.#named.add(topic);
    }
  }

  /** A restart: there is nothing, everywhere. */
  startOver(): void {
    this.#own = new Totals();
    this.#children.clear();
    this.#subtree = new Totals();
    this.#everywhere = this.#isRoot ? this.#subtree : new Totals();
    this.#reactions = 0;
    this.#knowsEverywhere = true;
    this.#named.clear();
  }

  /** The room was erased, and knows nothing. */
  clear(): void {
    this.startOver();
    this.#knowsEverywhere = false;
  }

  #replace(source: Totals, topics: Counts, whole?: "whole"): string[] {
    const given = new Map(Object.entries(topics));
    const named = new Set([...given.keys(), ...(whole ? source.topics() : [])]);
    const changed: string[] = [];
    for (const topic of named) {
      const differences = source.setTopic(topic, given.get(topic) ?? {});
      for (const [key, difference] of differences) this.#subtree.add(topic, key, difference);
      if (differences.length > 0) changed.push(topic);
    }
    return changed;
  }
}
