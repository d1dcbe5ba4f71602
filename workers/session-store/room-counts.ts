import type { Counts } from "../../shared/interactions/topic.ts";
import { Totals } from "../lib/totals.ts";
import type { CountsMark, CountsSnapshot, CountsUpdate } from "./room-message.ts";

/** What a room below has said. */
interface ChildCounts {
  readonly totals: Totals;
  heard: CountsMark | undefined;
}

/**
 * What one room knows of the counts: its own ledger's, those of each room below it, their sum, and the whole
 * session's. The sum is kept right with every change, and each change says which topics it touched.
 */
export class RoomCounts {
  readonly #isRoot: boolean;
  #own = new Totals();
  readonly #children = new Map<number, ChildCounts>();
  #subtree = new Totals();
  /** Names the time since the subtree was empty. */
  #life = crypto.randomUUID();
  #revision = 0;
  /** With which revision each topic of the subtree has changed last, also where nothing is left of it. */
  readonly #changedAt = new Map<string, number>();
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

  /** What this room has of a room below, and of those below that one. */
  getHeard(child: number): CountsMark | undefined {
    return this.#children.get(child)?.heard;
  }

  /**
   * What a room below, and those below that one, have counted. What is older than what is known, or changed since
   * something that is not known here, is not taken.
   * @returns the topics that changed; undefined where it is not taken
   */
  takeChild(child: number, { mark, since, topics }: CountsSnapshot): string[] | undefined {
    const known = this.#children.get(child) ?? { totals: new Totals(), heard: undefined };
    const { heard } = known;
    const isSameLife = heard?.life === mark.life;
    if (isSameLife ? heard.revision > mark.revision || heard.revision < since : since > 0) return undefined;
    this.#children.set(child, known);
    known.heard = mark;
    return this.#replace(known.totals, topics, since === 0 ? "whole" : undefined);
  }

  /** What this room and all below it have counted: what has changed since another room heard it, or all of it. */
  getSnapshot(heard: CountsMark | undefined): CountsSnapshot {
    const mark = { life: this.#life, revision: this.#revision };
    const since = heard?.life === this.#life ? heard.revision : 0;
    if (since === 0) return { mark, since, topics: this.#subtree.toJSON() };
    const changed = [...this.#changedAt].flatMap(([topic, revision]) => (revision > since ? [topic] : []));
    return { mark, since, topics: this.#subtree.pick(changed) };
  }

  /**
   * Takes over what the parent says of the whole session.
   * @returns the topics that it names, or that it has no counts for any more; and those of them that differ
   */
  adopt({ topics, isWhole, total }: CountsUpdate): { named: string[]; differing: string[] } {
    const given = new Map(Object.entries(topics));
    // What a whole update does not name has no counts any more.
    const named = new Set([...given.keys(), ...(isWhole ? this.#everywhere.topics() : [])]);
    const differing = [...named].filter(
      (topic) => this.#everywhere.setTopic(topic, given.get(topic) ?? {}).length > 0,
    );
    this.#reactions = total;
    if (isWhole) {
      this.#knowsEverywhere = true;
      this.#named.clear();
    } else if (!this.#knowsEverywhere) for (const topic of named) this.#named.add(topic);
    return { named: [...named], differing };
  }

  /** A restart: there is nothing, everywhere. */
  startOver(): void {
    this.#own = new Totals();
    this.#children.clear();
    this.#subtree = new Totals();
    this.#life = crypto.randomUUID();
    this.#revision = 0;
    this.#changedAt.clear();
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
    const changed: string[] = [];
    const take = (topic: string, counts: Counts[string]) => {
      const differences = source.setTopic(topic, counts);
      for (const [key, difference] of differences) this.#subtree.add(topic, key, difference);
      if (differences.length > 0) changed.push(topic);
    };
    for (const [topic, counts] of Object.entries(topics)) take(topic, counts);
    const gone = whole ? [...source.topics()].filter((topic) => !Object.hasOwn(topics, topic)) : [];
    for (const topic of gone) take(topic, {});
    if (changed.length > 0) this.#revision++;
    for (const topic of changed) this.#changedAt.set(topic, this.#revision);
    return changed;
  }
}
