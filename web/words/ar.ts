/*
 * Every word that people read, in Arabic: a file for each page here, and one in each interaction's folder.
 */
export { audience } from "./ar/audience.ts";
export { automations } from "./ar/automations.ts";
export { common } from "./ar/common.ts";
export { deck } from "./ar/deck.ts";
export { deckCopy } from "./ar/deck-copy.ts";
export { docs } from "./ar/docs.ts";
export { ending } from "./ar/ending.ts";
export { flows } from "./ar/flows.ts";
export { host } from "./ar/host.ts";
export { overlay } from "./ar/overlay.ts";
export { pages } from "./ar/pages.ts";
export { plugin } from "./ar/plugin.ts";
export { recap } from "./ar/recap.ts";
export { results } from "./ar/results.ts";
export { stage } from "./ar/stage.ts";
