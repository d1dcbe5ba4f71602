import { tabStorage } from "./tab-storage.ts";

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
/** With a signature it is never as short as the name of a file or of a host. */
const HOST_TOKEN = /^(?=.{40})[\w-]+=*\.[\w-]+=*$/;

/** What is secret in an address, wherever in its fragment it stands. */
const SECRETS = /[?#&](token|uid)=[^?#&\s]*/g;

export const getHostRole = ({ token }: Pick<HostPass, "token">): HostRole =>
  (CO_HOST_TOKEN.exec(token)?.[1] as HostRole | undefined) ?? "host";

/**
 * Reads what somebody pasted: a host token, or a whole link that carries one as `#token=…`, or a
 * co-host's as `?session=…#token=…&uid=…`, also behind a slide's own hash. `undefined` when it is
 * neither, so that nothing is sent that can't be a token. Secrets are read from the fragment alone:
 * what a query calls a token is somebody else's. White space belongs to neither: it is where a mail or a
 * terminal has broken the line.
 */
export function readPass(text: string): HostPass | undefined {
  const given = text.replaceAll(/\s/g, "");
  const [link, fragment] = split(given);
  const token = readPart(fragment, "token") ?? given;
  if (HOST_TOKEN.test(token)) return { token };
  const [sessionUid, hostUid] = [readPart(link, "session"), readPart(fragment, "uid")];
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
 * The address of a deck or page with the pass in it. What else the address says stays, such as the
 * slide. `undefined`: it is no address that a browser opens.
 */
export function writePassLink(address: string, pass: HostPass): string | undefined {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const { invitation } = pass;
  if (invitation) url.searchParams.set("session", invitation.sessionUid);
  const [, secrets] = split(writePass(pass));
  const place = dropSecrets(url.hash);
  url.hash = place === "" ? secrets : `${place}&${secrets.slice(1)}`;
  return url.href;
}

/**
 * Takes the pass out of the address, at once and without a new entry in the history, and returns
 * the address as it was. What else the fragment holds, such as the slide, stays. `undefined`: there was none.
 */
export function takePassLink(): string | undefined {
  const { href, hash, pathname, search } = location;
  if (!/[?#&]token=/.test(hash)) return undefined;
  const rest = dropSecrets(hash);
  history.replaceState(history.state, "", pathname + search + (rest && `#${rest}`));
  return href;
}

/** What else a fragment says, without its `#`. */
const dropSecrets = (hash: string): string => hash.replace(SECRETS, "").slice(1);

/** Where a tab keeps its pass: one for each deployment, gone with the tab. */
const keyOf = (apiUrl: string) => `revint:host-token:${apiUrl}`;

/** @param sessionUid the session that it has opened, once it has */
export const keepPass = (apiUrl: string, pass: HostPass, sessionUid?: string): void =>
  tabStorage.set(keyOf(apiUrl), writePass(pass, sessionUid ?? pass.invitation?.sessionUid));

export const forgetPass = (apiUrl: string): void => tabStorage.remove(keyOf(apiUrl));

/** @param sessionUid the one that is wanted, where one is: an invitation to another one is none to this */
export function getKeptPass(apiUrl: string, sessionUid?: string | null): HostPass | undefined {
  const pass = readPass(tabStorage.get(keyOf(apiUrl)) ?? "");
  const invited = pass?.invitation?.sessionUid;
  return sessionUid && invited !== undefined && invited !== sessionUid ? undefined : pass;
}

/** The session that the kept pass has opened in this tab. */
export const getKeptSession = (apiUrl: string): string | undefined =>
  readPart(split(tabStorage.get(keyOf(apiUrl)) ?? "")[0], "session");

/** What comes before the fragment, and the fragment with its `#`. */
function split(link: string): readonly [link: string, fragment: string] {
  const at = link.indexOf("#");
  return at < 0 ? [link, ""] : [link.slice(0, at), link.slice(at)];
}

/** Links may have been through programs that escape the colons of a token. */
function readPart(part: string, name: string): string | undefined {
  const value = new RegExp(`[?#&]${name}=([^?#&\\s]+)`).exec(part)?.[1];
  try {
    return value && decodeURIComponent(value).replaceAll(/\s/g, "");
  } catch {
    return undefined;
  }
}
