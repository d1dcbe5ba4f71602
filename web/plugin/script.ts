import { type Files, listAddresses, type TryFile } from "./files.ts";
import type { RevintOptions } from "./options.ts";
import { createRevint } from "./revint.ts";
import type { RevintPlugin } from "./revint-plugin.ts";

/** Only there while the script tag runs. */
const { currentScript } = document;
const script = currentScript instanceof HTMLScriptElement ? currentScript : undefined;

/** For `<script src="…/plugin/revint.js">`: the same plugin as the global `Revint`. */
const Revint: Global = (options = {}) => createRevint(options, script?.src, tryFile);
Object.assign(globalThis, { Revint });

interface Global extends Partial<Files> {
  (options?: RevintOptions): RevintPlugin;
}

/** The other files leave there what they export. */
const files: Partial<Files> = Revint;

/**
 * From beside this script, or else from the deployment: a page into which this script was written has nothing beside
 * it. As a script and not as a module, which browsers don't load from a file.
 */
const tryFile: TryFile = async (name, apiUrl, failures) => {
  const file = `revint-${name}.js`;
  for (const address of listAddresses(file, script?.src, apiUrl, failures)) {
    if (!files[name]) await addScript(address);
  }
  const loaded = files[name];
  if (!loaded) throw new Error(`${file} can't be loaded`);
  return loaded;
};

/** Resolves once it has run, or can't. A deck's policy may know scripts by a nonce. */
const addScript = (src: string): Promise<unknown> =>
  new Promise((resolve) => {
    const added = document.createElement("script");
    Object.assign(added, { src, nonce: script?.nonce ?? "", onload: resolve, onerror: resolve });
    document.head.append(added);
  });
