interface Options {
  /** Where a line is now, from 0. */
  readonly getPlace: (id: string) => number;
  readonly move: (id: string, place: number) => void;
  readonly drop: (id: string) => void;
}

/** A line that is held at its grip goes where the pointer goes. What hears of it is the list, which stays where it is. */
export class LineDrag {
  #held: string | undefined;

  /** @param list whose lines have a `data-id` and a `.order-grip` each */
  start(list: HTMLElement, event: PointerEvent): void {
    const { target } = event;
    if (!(target instanceof Element) || !event.isPrimary || event.button !== 0) return;
    const line = target.closest(".order-grip")?.closest<HTMLElement>("[data-id]");
    if (!line) return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId);
    this.#held = line.dataset.id;
  }

  follow(list: HTMLElement, { clientY }: PointerEvent, { getPlace, move }: Options): void {
    if (this.#held === undefined) return;
    const place = getPlace(this.#held);
    const isPast = (other: number, by: -1 | 1): boolean => {
      const box = list.children[other]?.getBoundingClientRect();
      // Beyond its middle: lines have many heights, and none may come back at once.
      return box !== undefined && by * (clientY - (box.top + box.height / 2)) > 0;
    };
    if (isPast(place + 1, 1)) move(this.#held, place + 1);
    else if (isPast(place - 1, -1)) move(this.#held, place - 1);
  }

  end({ drop }: Options): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) drop(held);
  }
}
