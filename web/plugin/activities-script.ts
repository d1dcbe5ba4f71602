import { deckExtras } from "../interactions/index.ts";

/** The same as `revint-activities.js`, beside the script: the plugin's global waits for it. */
Object.assign(Reflect.get(globalThis, "Revint"), { deckExtras });
