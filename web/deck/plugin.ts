/** What our own deployment serves to all decks: this page is one of them. The address is no literal, so that no bundle takes it in. */
const PLUGIN = "/plugin/revint.mjs";

/** As reveal.js takes it. */
export type Plugin = object;

/** Makes the plugin of this page's deck. From then on a token is out of the address, so a reload that failed loses none. */
export async function loadPlugin(): Promise<Plugin> {
  const { default: createRevint }: { default: (options: object) => Plugin } = await import(PLUGIN);
  // Phones in the same network can't open 127.0.0.1: `npm start` says where they reach it. The deck is there too.
  const join = new URLSearchParams(location.search).get("join");
  const phones = join !== null && URL.canParse(join) ? new URL(join) : new URL("/join", location.href);
  return createRevint({
    webUiUrl: phones.href,
    deckUrl: new URL(location.pathname, phones).href,
  });
}
