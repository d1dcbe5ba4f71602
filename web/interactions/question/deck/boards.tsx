import { render } from "hono/jsx/dom";
import { createSheet } from "../../../ui/sheet.ts";
import type { Store } from "../../../ui/store.ts";
import { useStore } from "../../../ui/use-store.ts";
import { findHost } from "../../deck-place.ts";
import type { DeckExtras, DeckStage } from "../../slots.ts";
import { Board } from "../board.tsx";
import css from "./deck.css" with { type: "text" };

let sheet: CSSStyleSheet | undefined;

/** Draws the board where it stands in the slides. As long as the room can't ask, it is what its author has written. */
export class Boards {
  readonly #stage: DeckStage;
  readonly #drawn = new WeakSet<HTMLElement>();
  #hosts: readonly HTMLElement[] = [];
  /** reveal.js centres a slide by its height, which what we draw changes. */
  readonly #sizes = new ResizeObserver(() => this.#stage.fit(this.#hosts));

  constructor(stage: DeckStage) {
    this.#stage = stage;
  }

  /** Draws into these, and fits no other ones any more. */
  fill(elements: readonly HTMLElement[]): void {
    this.#sizes.disconnect();
    this.#hosts = elements.map(findHost);
    for (const host of this.#hosts) {
      if (!this.#drawn.has(host)) this.#draw(host);
      this.#drawn.add(host);
      this.#sizes.observe(host);
    }
  }

  #draw(host: HTMLElement): void {
    const root = this.#stage.createShadow(host);
    sheet ??= createSheet(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    render(<Drawing store={this.#stage.store} />, root);
  }
}

function Drawing({ store }: { store: Store<DeckExtras> }) {
  const { questions } = useStore(store);
  if (!questions) return <slot />;
  return (
    <div class="drawn">
      <Board questions={questions} />
    </div>
  );
}
