/* Every word that people read, in German: the same files, names and keys as in English. */
export { audience } from "./de/audience.ts";
export { automations } from "./de/automations.ts";
export { common } from "./de/common.ts";
export { deck } from "./de/deck.ts";
export { deckCopy } from "./de/deck-copy.ts";
export { docs } from "./de/docs.ts";
export { ending } from "./de/ending.ts";
export { flows } from "./de/flows.ts";
export { host } from "./de/host.ts";
export { overlay } from "./de/overlay.ts";
export { pages } from "./de/pages.ts";
export { plugin } from "./de/plugin.ts";
export { recap } from "./de/recap.ts";
export { results } from "./de/results.ts";
export { stage } from "./de/stage.ts";
