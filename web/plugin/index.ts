import { listAddresses, type TryFile } from "./files.ts";
import type { RevintOptions } from "./options.ts";
import { createRevint } from "./revint.ts";
import type { RevintPlugin } from "./revint-plugin.ts";

export type { RevintError, Session, SessionEvents } from "../client/session.ts";
export type { DeckState } from "../ui/deck-state.ts";
export { readDeckState } from "../ui/deck-state.ts";
export type { RevintOptions } from "./options.ts";
export type { DeckRole, RevintPlugin } from "./revint-plugin.ts";

/**
 * The reveal.js plugin: `Reveal.initialize({ plugins: [Revint], revint: { … } })`,
 * or `plugins: [Revint({ … })]` where one page has several decks.
 */
export default function Revint(options: RevintOptions = {}): RevintPlugin {
  return createRevint(options, import.meta.url, tryFile);
}

/** Written so that bundlers take them along. */
const files = {
  activities: () => import("./activities.ts"),
  copy: () => import("./copy.tsx"),
};

const tryFile: TryFile = async (name, apiUrl, failures) => {
  if (failures === 0) return files[name]();
  let problem: unknown;
  // Where a bundler has put it, nobody can say; the deployment has it as well.
  for (const address of listAddresses(`${name}.js`, import.meta.url, apiUrl, failures)) {
    try {
      return await import(/* webpackIgnore: true */ /* @vite-ignore */ address);
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
};
