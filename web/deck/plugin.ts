import { isOnlyHere } from "../ui/only-here.ts";
import { PLUGIN_FOLDER } from "../ui/plugin-folder.ts";

/**
 * What our own deployment serves to all decks: this page is one of them. The address is no literal, so that no bundle
 * takes it in.
 */
const PLUGIN = `${PLUGIN_FOLDER}revint.mjs`;

/** As reveal.js takes it. */
export type Plugin = object;

/** Makes the plugin of this page's deck. From then on a token is out of the address, so a reload that failed loses none. */
export async function loadPlugin(): Promise<Plugin> {
  const { default: createRevint }: { default: (options: object) => Plugin } = await import(PLUGIN);
  // Phones in the same network can't open 127.0.0.1: there `npm start` says where they reach it, and the deck. Anywhere else
  // an address that says so is somebody's who wants the audience for themselves.
  const join = isOnlyHere(location.href) ? new URLSearchParams(location.search).get("join") : null;
  const phones = new URL(
    join !== null && /^https?:/.test(join) && URL.canParse(join) ? join : "/join",
    location.href,
  );
  return createRevint({
    webUiUrl: phones.href,
    deckUrl: new URL(location.pathname, phones).href,
  });
}
