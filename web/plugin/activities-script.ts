import { deckExtras } from "./activities.ts";
import type { Files } from "./files.ts";

/** The same as `revint-activities.js`, beside the script: the plugin's global waits for it. */
Object.assign(Reflect.get(globalThis, "Revint"), { activities: { deckExtras } } satisfies Partial<Files>);
