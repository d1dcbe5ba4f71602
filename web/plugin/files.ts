import { Backoff } from "../client/backoff.ts";
import { Pause } from "../client/pause.ts";
import type { DeckExtra } from "../interactions/slots.ts";
import { PLUGIN_FOLDER } from "../ui/plugin-folder.ts";
import type { Deck } from "./deck.ts";
import type { Settings } from "./options.ts";

/** The plugin's other files, by name, and what each exports. A deck loads one when it needs it. */
export interface Files {
  /** For slides that ask something. */
  readonly activities: { readonly deckExtras: readonly DeckExtra[] };
  /** For speaker view, print and PDF. */
  readonly copy: { readonly drawCopy: DrawCopy };
}

/** Resolves when all is drawn that can be known. */
export type DrawCopy = (deck: Deck, settings: Settings, load: LoadFile) => Promise<void>;

/** Tries once. @param failures so many tries have failed: browsers remember an address at which a module was not there */
export type TryFile = <Name extends keyof Files>(
  name: Name,
  apiUrl: string,
  failures: number,
) => Promise<Files[Name]>;

/** Tries several times, and says so each time that it has to. Rejects when it gives up; the next call tries anew. */
export type LoadFile = <Name extends keyof Files>(name: Name, onFailure?: () => void) => Promise<Files[Name]>;

/** A bad moment of a network is over by then, which is after about half a minute. */
const TRIES = 6;

/** @param apiUrl where the deployment is, which has the files too */
export function createLoader(tryFile: TryFile, apiUrl: string): LoadFile {
  let failures = 0;
  return async (name, onFailure) => {
    const backoff = new Backoff();
    const pause = new Pause();
    for (let tries = 1; ; tries++) {
      try {
        return await tryFile(name, apiUrl, failures);
      } catch (error) {
        failures++;
        onFailure?.();
        if (tries === TRIES) throw error;
        await pause.wait(backoff.next());
      }
    }
  };
}

/** Where a file may be: beside the script that is loaded already, or else at the deployment. */
export function listAddresses(
  file: string,
  scriptUrl: string | undefined,
  apiUrl: string,
  failures: number,
): string[] {
  const end = failures > 0 ? `?retry=${failures}` : "";
  const addresses = [scriptUrl, apiUrl + PLUGIN_FOLDER].flatMap((base) =>
    URL.canParse(file, base) ? new URL(file + end, base).href : [],
  );
  return [...new Set(addresses)];
}
