import { drawCopy } from "./copy.tsx";
import type { Files } from "./files.ts";

/** The same as `revint-copy.js`, beside the script: the plugin's global waits for it. */
Object.assign(Reflect.get(globalThis, "Revint"), { copy: { drawCopy } } satisfies Partial<Files>);
