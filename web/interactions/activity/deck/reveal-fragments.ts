/** Fragments that reveal the activities of their slide, or those that they name. */
const REVEALING = ".fragment[data-revint-reveal]";

/** Notices when a fragment is shown that reveals, or is hidden again. How a slide is found is no news. */
export class RevealFragments {
  readonly #onReveal: (ids: readonly string[], isShown: boolean) => void;
  #slide: HTMLElement | undefined;
  #shown = new Set<Element>();

  constructor(onReveal: (ids: readonly string[], isShown: boolean) => void) {
    this.#onReveal = onReveal;
  }

  /** @param ids of the slide's activities */
  move(slide: HTMLElement | undefined, ids: readonly string[]): void {
    const before = this.#slide === slide ? this.#shown : undefined;
    const fragments = [...(slide?.querySelectorAll<HTMLElement>(REVEALING) ?? [])];
    this.#slide = slide;
    this.#shown = new Set(fragments.filter(({ classList }) => classList.contains("visible")));
    for (const fragment of before ? fragments : []) {
      const isShown = this.#shown.has(fragment);
      if (isShown === before?.has(fragment)) continue;
      const named = fragment.dataset.revintReveal?.split(/[\s,]+/).filter(Boolean) ?? [];
      this.#onReveal(named.length > 0 ? named : ids, isShown);
    }
  }
}
