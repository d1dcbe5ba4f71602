import { isOnlyHere } from "./only-here.ts";

interface Joining {
  readonly joinUrl: string;
  readonly joinCode: string | null;
}

/**
 * The shortest address that leads phones to a session: its code behind the deployment's own address. Whoever has pages
 * of their own for phones, elsewhere, has the link to those.
 */
export function getShortLink({ joinUrl, joinCode }: Joining, apiUrl: string): string {
  if (joinCode === null) return joinUrl;
  const [page, api] = [new URL(joinUrl), new URL(apiUrl)];
  // On a computer of one's own, phones reach the same port by another name.
  const isOurs = page.origin === api.origin || (isOnlyHere(apiUrl) && page.port === api.port);
  return isOurs && page.pathname === "/join" ? `${page.origin}/${joinCode}` : joinUrl;
}
