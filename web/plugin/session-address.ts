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
