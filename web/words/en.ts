/*
 * Every word that people read, in English: a file for each page here, and one in each interaction's folder.
 * A translation is one more file like this one, with a folder of the same shape beside it.
 */
export { audience } from "./en/audience.ts";
export { automations } from "./en/automations.ts";
export { common } from "./en/common.ts";
export { deck } from "./en/deck.ts";
export { deckCopy } from "./en/deck-copy.ts";
export { docs } from "./en/docs.ts";
export { ending } from "./en/ending.ts";
export { flows } from "./en/flows.ts";
export { host } from "./en/host.ts";
export { overlay } from "./en/overlay.ts";
export { pages } from "./en/pages.ts";
export { plugin } from "./en/plugin.ts";
export { recap } from "./en/recap.ts";
export { results } from "./en/results.ts";
export { stage } from "./en/stage.ts";
