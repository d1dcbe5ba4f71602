const MOVE_MS = 250;

/** Lets what has moved in a list glide to its new place, for whoever likes things to move. */
export class Moves {
  #list: HTMLElement | undefined;
  #before: ReadonlyMap<string, number> | undefined;

  /** @param list its items are named by `data-id` */
  watch(list: HTMLElement | undefined): void {
    this.#list = list;
    this.#before = undefined;
  }

  /** Something may move next. */
  prepare(): void {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#before = isStill || !this.#list ? undefined : measure(this.#list);
  }

  /** It has. */
  play(): void {
    const before = this.#before;
    this.#before = undefined;
    if (!before || !this.#list) return;
    const after = measure(this.#list);
    for (const item of listItems(this.#list)) {
      const id = item.dataset.id ?? "";
      const [from, to = 0] = [before.get(id), after.get(id)];
      if (from === undefined) item.animate([{ opacity: 0 }, { opacity: 1 }], MOVE_MS);
      else if (from !== to) {
        const way = [{ transform: `translateY(${from - to}px)` }, { transform: "none" }];
        item.animate(way, { duration: MOVE_MS, easing: "ease-out" });
      }
    }
  }
}

const listItems = (list: HTMLElement) => list.querySelectorAll<HTMLElement>("[data-id]");

const measure = (list: HTMLElement): Map<string, number> =>
  new Map([...listItems(list)].map((item) => [item.dataset.id ?? "", item.offsetTop]));
