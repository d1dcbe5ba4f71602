import { tabStorage } from "../ui/tab-storage.ts";

/** What lets a window host: the host token alone, or all that a co-host's invitation gives. */
export interface HostPass {
  readonly token: string;
  readonly invitation?: Invitation;
}

export interface Invitation {
  readonly sessionUid: string;
  readonly hostUid: string;
}

/** What its holder is in the session. */
export type HostRole = "host" | "presenter" | "moderator";

/** A co-host's token begins with its role; a host token has no colon. */
const CO_HOST_TOKEN = /^(presenter|moderator):[\w-]+:[\w-]+$/;
const HOST_TOKEN = /^[\w-]+=*\.[\w-]+=*$/;

export const getRole = ({ token }: Pick<HostPass, "token">): HostRole =>
  (CO_HOST_TOKEN.exec(token)?.[1] as HostRole | undefined) ?? "host";

/**
 * Reads what somebody pasted: a host token, or a whole link that carries one as `#token=…`, or a
 * co-host's as `?session=…#token=…&uid=…`, also behind a slide's own hash. `undefined` when it is
 * neither, so that nothing is sent that can't be a token.
 */
export function readPass(text: string): HostPass | undefined {
  const given = text.trim();
  const token = readPart(given, "token") ?? given;
  if (HOST_TOKEN.test(token)) return { token };
  const [sessionUid, hostUid] = [readPart(given, "session"), readPart(given, "uid")];
  return CO_HOST_TOKEN.test(token) && sessionUid && hostUid
    ? { token, invitation: { sessionUid, hostUid } }
    : undefined;
}

/** What a page's address needs behind its path so that the page's window hosts too. */
export function writePass({ token, invitation }: HostPass, sessionUid = invitation?.sessionUid): string {
  const session = sessionUid === undefined ? "" : `?session=${sessionUid}`;
  return `${session}#token=${token}${invitation ? `&uid=${invitation.hostUid}` : ""}`;
}

/**
 * Takes the pass out of the address, at once and without a new entry in the history, and returns
 * the address as it was. What else the fragment holds, such as the slide, stays. `undefined`: there was none.
 */
export function takePassLink(): string | undefined {
  const { href, hash, pathname, search } = location;
  const parts = hash.slice(1).split("&");
  const rest = parts.filter((part) => !/^(token|uid)=/.test(part));
  if (!parts.some((part) => part.startsWith("token="))) return undefined;
  history.replaceState(history.state, "", pathname + search + (rest.length > 0 ? `#${rest.join("&")}` : ""));
  return href;
}

/** Where a tab keeps its pass: one for each deployment, gone with the tab. */
const keyOf = (apiUrl: string) => `revint:host-token:${apiUrl}`;

export const keepPass = (apiUrl: string, pass: HostPass): void =>
  tabStorage.set(keyOf(apiUrl), writePass(pass));

export const forgetPass = (apiUrl: string): void => tabStorage.remove(keyOf(apiUrl));

/** @param sessionUid the one that is wanted, where one is: an invitation to another one is none to this */
export function getKeptPass(apiUrl: string, sessionUid?: string | null): HostPass | undefined {
  const pass = readPass(tabStorage.get(keyOf(apiUrl)) ?? "");
  const invited = pass?.invitation?.sessionUid;
  return sessionUid && invited !== undefined && invited !== sessionUid ? undefined : pass;
}

/** Links may have been through programs that escape the colons of a token. */
function readPart(link: string, name: string): string | undefined {
  const value = new RegExp(`[?#&]${name}=([^&#\\s]+)`).exec(link)?.[1];
  try {
    return value && decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
