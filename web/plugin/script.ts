import type { RevintOptions } from "./options.ts";
import { createRevint } from "./revint.ts";

/** Only there while the script tag runs. */
const { currentScript } = document;
const scriptUrl = currentScript instanceof HTMLScriptElement ? currentScript.src : undefined;

/** For `<script src="…/plugin/revint.js">`: the same plugin as the global `Revint`. */
Object.assign(globalThis, {
  Revint: (options: RevintOptions = {}) => createRevint(options, scriptUrl),
});
