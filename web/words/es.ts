/*
 * Every word that people read, in Spanish: a file for each page here, and one in each interaction's folder.
 */
export { audience } from "./es/audience.ts";
export { automations } from "./es/automations.ts";
export { common } from "./es/common.ts";
export { deck } from "./es/deck.ts";
export { deckCopy } from "./es/deck-copy.ts";
export { docs } from "./es/docs.ts";
export { ending } from "./es/ending.ts";
export { flows } from "./es/flows.ts";
export { host } from "./es/host.ts";
export { overlay } from "./es/overlay.ts";
export { pages } from "./es/pages.ts";
export { plugin } from "./es/plugin.ts";
export { recap } from "./es/recap.ts";
export { results } from "./es/results.ts";
export { stage } from "./es/stage.ts";
