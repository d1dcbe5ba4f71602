/**
 * The deck itself, as somebody who follows opens it: in the session, so that it goes where the speaker goes.
 * `undefined`: there is none, or its address is none that a browser opens.
 * @param deckUrl as its host gave it: other words of its query and fragment stay
 */
export function writeSlidesUrl(deckUrl: string | undefined, sessionUid: string): string | undefined {
  if (deckUrl === undefined || !/^https?:/i.test(deckUrl) || !URL.canParse(deckUrl)) return undefined;
  const url = new URL(deckUrl);
  url.searchParams.set("session", sessionUid);
  return url.href;
}

/** Whether a page of ours may show it inside: a browser lets a page on https hold nothing that came without. */
export const canFrame = (slidesUrl: string, page: string): boolean =>
  slidesUrl.startsWith("https:") || !page.startsWith("https:");
