import { render } from "hono/jsx/dom";
import type { Store } from "../../../ui/store.ts";
import { useStore } from "../../../ui/use-store.ts";
import { DeckPlaces } from "../../deck-places.ts";
import type { DeckExtras, DeckStage } from "../../slots.ts";
import { Board } from "../board.tsx";
import css from "./deck.css" with { type: "text" };

/** Draws the board where it stands in the slides. As long as the room can't ask, it is what its author has written. */
export class Boards {
  readonly #store: Store<DeckExtras>;
  readonly #places: DeckPlaces;

  constructor(stage: DeckStage) {
    this.#store = stage.store;
    this.#places = new DeckPlaces(stage, css);
  }

  /** Draws into these, and fits no other ones any more. */
  fill(elements: readonly HTMLElement[]): void {
    this.#places.fill(elements, (root) => render(<Drawing store={this.#store} />, root));
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
