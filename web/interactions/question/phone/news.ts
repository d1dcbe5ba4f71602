import { tabStorage } from "../../../ui/tab-storage.ts";

/** How many questions have come since somebody looked last; a reload does not change it. */
export class News {
  readonly #key: string;
  #seen: number;

  /** @param session its uid */
  constructor(session: string) {
    this.#key = `revint:questions-seen:${session}`;
    this.#seen = Number(tabStorage.get(this.#key) ?? 0) || 0;
  }

  /** @param total of questions there are @param isOpen somebody looks at them */
  count(total: number, isOpen: boolean): number {
    // Of those that went, nobody knows whether they had been seen: what comes next is new.
    if (isOpen || total < this.#seen) this.#see(total);
    return total - this.#seen;
  }

  #see(total: number): void {
    if (total === this.#seen) return;
    this.#seen = total;
    tabStorage.set(this.#key, String(total));
  }
}
