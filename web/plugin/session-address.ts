import { tabStorage } from "../ui/tab-storage.ts";

/** The session that the address names: to follow, or to print. */
export const getSessionInAddress = (): string | null => new URLSearchParams(location.search).get("session");

/** Where the address names another session: a reload stays in this one. */
export function nameSessionInAddress(session: string): void {
  const address = location.href.replace(/([?&]session=)[^&#]*/, (_, name: string) => name + session);
  history.replaceState(history.state, "", address);
}

export function writeJoinUrl(webUiUrl: string, session: string): string {
  const joinUrl = new URL(webUiUrl);
  joinUrl.searchParams.set("session", session);
  return joinUrl.href;
}

/** The stage or the results of a session. */
export const writePageUrl = (apiUrl: string, path: "/stage" | "/results", session: string): URL =>
  new URL(`${path}?session=${encodeURIComponent(session)}`, apiUrl);

const joinUrlKeyOf = (apiUrl: string): string => `revint:join-url:${apiUrl}${location.pathname}`;

/** The tab keeps what the deck's code says, for speaker view and print, which connect nowhere. */
export const keepJoinUrl = (apiUrl: string, joinUrl: string): void =>
  tabStorage.set(joinUrlKeyOf(apiUrl), joinUrl);

export const getKeptJoinUrl = (apiUrl: string): string | undefined => tabStorage.get(joinUrlKeyOf(apiUrl));
