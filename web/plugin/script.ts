import type { DeckExtra } from "../interactions/slots.ts";
import type { RevintOptions } from "./options.ts";
import { createRevint } from "./revint.ts";
import type { RevintPlugin } from "./revint-plugin.ts";

/** Only there while the script tag runs. */
const { currentScript } = document;
const script = currentScript instanceof HTMLScriptElement ? currentScript : undefined;

/** What lies beside this script. */
const EXTRAS = "revint-activities.js";

/** For `<script src="…/plugin/revint.js">`: the same plugin as the global `Revint`. */
const Revint: Global = (options = {}) => createRevint(options, script?.src, loadExtras);
Object.assign(globalThis, { Revint });

interface Global {
  (options?: RevintOptions): RevintPlugin;
  /** Its other file leaves this here. */
  deckExtras?: readonly DeckExtra[];
}

/**
 * From beside this script, or else from the deployment: a page into which this script was written has nothing beside
 * it. As a script and not as a module, which browsers don't load from a file.
 */
async function loadExtras(apiUrl: string): Promise<readonly DeckExtra[]> {
  for (const base of [script?.src, `${apiUrl}/plugin/`]) {
    if (Revint.deckExtras) break;
    if (URL.canParse(EXTRAS, base)) await addScript(new URL(EXTRAS, base).href);
  }
  if (!Revint.deckExtras) throw new Error(`${EXTRAS} can't be loaded`);
  return Revint.deckExtras;
}

/** Resolves once it has run, or can't. A deck's policy may know scripts by a nonce. */
const addScript = (src: string): Promise<unknown> =>
  new Promise((resolve) => {
    const added = document.createElement("script");
    Object.assign(added, { src, nonce: script?.nonce ?? "", onload: resolve, onerror: resolve });
    document.head.append(added);
  });
