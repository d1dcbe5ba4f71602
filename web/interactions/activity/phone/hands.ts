/** Hands that have done nothing for so long are at rest; those in a text field may belong to somebody who thinks. */
const RESTING_MS = 1200;
const THINKING_MS = 60_000;

/** As much of a document as this looks at. */
interface Page {
  readonly activeElement: { matches(selectors: string): boolean } | null;
  addEventListener(type: string, listener: () => void, options: AddEventListenerOptions): void;
}

const SIGNS = ["pointerdown", "pointermove", "touchmove", "wheel", "keydown", "input"] as const;

/** Whether somebody is tapping, scrolling or typing: what appears by itself waits until they are not. */
export class Hands {
  readonly #page: Page;
  #busyAt = Number.NEGATIVE_INFINITY;
  #act: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page) {
    this.#page = page;
    const options = { capture: true, passive: true };
    for (const sign of SIGNS) {
      page.addEventListener(
        sign,
        () => {
          this.#busyAt = performance.now();
        },
        options,
      );
    }
    // Whoever leaves a field has done with it.
    page.addEventListener("focusout", () => this.#act && this.#look(), options);
  }

  /** Does it as soon as hands are at rest, which may be at once; of several things, the last. */
  whenResting(act: () => void): void {
    this.#act = act;
    this.#look();
  }

  #look(): void {
    clearTimeout(this.#timer);
    const rest = isWriting(this.#page.activeElement) ? THINKING_MS : RESTING_MS;
    const wait = this.#busyAt + rest - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#look(), Math.min(wait, RESTING_MS));
      return;
    }
    const act = this.#act;
    this.#act = undefined;
    act?.();
  }
}

const isWriting = (element: Page["activeElement"]): boolean =>
  element?.matches("textarea, input:not([type=checkbox], [type=radio])") === true;
