import { tabStorage } from "../ui/tab-storage.ts";

/** `#token=…`, or `…&token=…` behind a slide's own hash such as `#/3`. */
const IN_FRAGMENT = /(^#|&)token=([^&]+)/;

/**
 * Takes the host token out of the address, at once and without a new entry in the history.
 * What else the fragment holds, such as the slide, stays. `undefined` when there is none.
 */
export function takeToken(): string | undefined {
  const match = IN_FRAGMENT.exec(location.hash);
  if (!match) return undefined;
  const rest = location.hash.replace(IN_FRAGMENT, "$1").replace(/^#&?|&$/g, "");
  const hash = rest === "" ? "" : `#${rest}`;
  history.replaceState(history.state, "", `${location.pathname}${location.search}${hash}`);
  return match[2];
}

/** Where a tab keeps its host token: one for each deployment, gone with the tab. */
const keyOf = (apiUrl: string) => `revint:host-token:${apiUrl}`;

export const keepToken = (apiUrl: string, token: string): void => tabStorage.set(keyOf(apiUrl), token);
export const getKeptToken = (apiUrl: string): string | undefined => tabStorage.get(keyOf(apiUrl));
export const forgetToken = (apiUrl: string): void => tabStorage.remove(keyOf(apiUrl));
