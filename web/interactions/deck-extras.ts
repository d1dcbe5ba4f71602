import { activityExtra } from "./activity/deck.tsx";
import { questionExtra } from "./question/deck.tsx";
import type { DeckExtra } from "./slots.ts";

/** Who has a part in decks whose slides ask for it. */
export const deckExtras: readonly DeckExtra[] = [activityExtra, questionExtra];
