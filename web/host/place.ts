/* Where in the console somebody is: its address says it, so that a reload, a bookmark and the back button lead there. */

/** The console's sections. */
export const VIEWS = ["talks", "decks", "account", "admin"] as const;
export type ConsoleView = (typeof VIEWS)[number];

/** What of a talk is opened. */
const OPENED = ["deck", "stage", "results", "recap"] as const;
export type Opened = (typeof OPENED)[number];

/** A section, or a way on to a page of a talk: its link, which holds a token, is read only then. */
export type Place =
  | { readonly view: ConsoleView }
  | { readonly view: "open"; readonly open: Opened | undefined; readonly talk: string };

/** Our ids; nothing else goes into a path. */
const ID = /^[\w-]{22}$/;

/** What an address says; whatever we don't know is the talks. @param search as in `location.search` */
export function readPlace(search: string): Place {
  const query = new URLSearchParams(search);
  const [view, talk] = [query.get("view"), query.get("talk")];
  if (view === "open") {
    const open = OPENED.find((name) => name === query.get("what"));
    return { view, open: talk !== null && ID.test(talk) ? open : undefined, talk: talk ?? "" };
  }
  return { view: VIEWS.find((name) => name === view) ?? "talks" };
}

/** Its address, on this page. */
export const writeView = (view: ConsoleView): string => `/host?${new URLSearchParams({ view })}`;

/** The address that leads on to a page of a talk: it holds no secret, and waits for whoever has to sign in first. */
export const writeOpen = (what: Opened, talk: string): string =>
  `/host?${new URLSearchParams({ view: "open", what, talk })}`;
