/** `#token=…`, or `…&token=…` behind a slide's own hash such as `#/3`. */
const IN_FRAGMENT = /(^#|&)token=([\w-]+\.[\w-]+)/;

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

export function keepToken(apiUrl: string, token: string): void {
  tryStorage((storage) => storage.setItem(keyOf(apiUrl), token));
}

export function getKeptToken(apiUrl: string): string | undefined {
  return tryStorage((storage) => storage.getItem(keyOf(apiUrl))) ?? undefined;
}

export function forgetToken(apiUrl: string): void {
  tryStorage((storage) => storage.removeItem(keyOf(apiUrl)));
}

/** A browser may forbid storage; then a reload asks for the token again. */
function tryStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage);
  } catch {
    return undefined;
  }
}
