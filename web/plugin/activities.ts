/** What decks load besides, where their slides ask something: `activities.js`, beside the module. */
export { deckExtras } from "../interactions/deck-extras.ts";
