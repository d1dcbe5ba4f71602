import { tabStorage } from "../../ui/tab-storage.ts";

/* The secret of a one-time link stands in the fragment, which no server ever sees: `/host#link=…`. */

/** Where the tab keeps it until it was used: a reload must not lose it. */
const KEY = "revint:host-link";

const read = (): string | undefined =>
  new URLSearchParams(location.hash.slice(1)).get("link")?.replaceAll(/\s/g, "") || undefined;

/** Whether one stands in the address. */
export const hasLink = (): boolean => read() !== undefined;

/** Takes it out of the address, at once and without a new entry in the history; else the one that the tab has kept. */
export function takeLink(): string | undefined {
  const link = read();
  if (link === undefined) return tabStorage.get(KEY);
  history.replaceState(history.state, "", location.pathname + location.search);
  tabStorage.set(KEY, link);
  return link;
}

/** It was used, is not good, or is not wanted. */
export const forgetLink = (): void => tabStorage.remove(KEY);
