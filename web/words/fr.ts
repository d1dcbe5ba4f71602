/* Every word that people read, in French: the same files, names and keys as in English. */
export { audience } from "./fr/audience.ts";
export { automations } from "./fr/automations.ts";
export { common } from "./fr/common.ts";
export { deck } from "./fr/deck.ts";
export { deckCopy } from "./fr/deck-copy.ts";
export { docs } from "./fr/docs.ts";
export { ending } from "./fr/ending.ts";
export { flows } from "./fr/flows.ts";
export { host } from "./fr/host.ts";
export { overlay } from "./fr/overlay.ts";
export { pages } from "./fr/pages.ts";
export { plugin } from "./fr/plugin.ts";
export { recap } from "./fr/recap.ts";
export { results } from "./fr/results.ts";
export { stage } from "./fr/stage.ts";
