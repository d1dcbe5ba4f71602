import { ACTIVITY, RANKING } from "./activity/deck/selector.ts";
import { QUESTIONS } from "./question/deck/selector.ts";
import { deckSlot as reactions } from "./reaction/deck.tsx";
import type { DeckSlot } from "./slots.ts";

/** Who has a part in every deck. */
export const deckSlots: readonly DeckSlot[] = [reactions];

/** Elements of slides that need more than that: it is in `deck-extras.ts`. */
export const extraSelector = `${ACTIVITY},${RANKING},${QUESTIONS}`;
