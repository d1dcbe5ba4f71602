import { Api } from "../client/api.ts";
import { RevintError } from "../client/error.ts";
import { localStorageIfAllowed, SafeStorage, uidKeyOf } from "../client/storage.ts";
import type { SessionAnswer } from "../client/wire.ts";
import { keepToken } from "../plugin/host-token.ts";
import type { Pass } from "./service.ts";

/** Where the pages are, there the API is. */
export const api = new Api(location.origin);

/** The public facts of a session. @throws RevintError `session_not_found` */
export const getFacts = (sessionUid: string): Promise<SessionAnswer> => api.getSession(sessionUid);

/** Comes in as the host, whose token is kept for the tab. */
export async function enterAsHost(facts: SessionAnswer, token: string): Promise<Pass> {
  const { sessionUid, webUiUrl, reactions, wsUrl } = facts;
  // Resuming replaces what a session says about itself: so it says the same again.
  const same = { apiUrl: facts.apiUrl, webUiUrl, reactions, ...(wsUrl !== undefined && { wsUrl }) };
  const opened = await api.openSession(token, same, undefined);
  if (opened.sessionUid !== sessionUid) {
    throw new RevintError("wrong_session", "the token opens another session");
  }
  keepToken(location.origin, token);
  return { sessionUid, token, uid: opened.hostUid };
}

/** Comes in like the phone page does, as the same person if this browser has been there. */
export async function enterAsUser({ sessionUid, token }: SessionAnswer): Promise<Pass> {
  const storage = new SafeStorage(localStorageIfAllowed());
  const key = uidKeyOf(api.url, sessionUid);
  const login = await api.login(sessionUid, token, storage.get(key));
  storage.set(key, login.uid);
  return { sessionUid, token: login.token, uid: login.uid };
}
