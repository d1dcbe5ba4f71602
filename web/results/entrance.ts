import type { SessionAnswer } from "../../shared/protocol/session.ts";
import { Api } from "../client/api.ts";
import { RevintError } from "../client/error.ts";
import { localStorageIfAllowed, SafeStorage, uidKeyOf } from "../client/storage.ts";
import { forgetPass, type HostPass } from "../ui/host-pass.ts";
import type { Pass } from "../ui/service.ts";
import { tabStorage } from "../ui/tab-storage.ts";

/** Where the pages are, there the API is. */
export const api = new Api(location.origin);

/** The public facts of a session. @throws RevintError `session_not_found` */
export const getFacts = (sessionUid: string): Promise<SessionAnswer> => api.getSession(sessionUid);

/** Where the host's pass comes from: one that the tab kept may be another session's. */
export type PassSource = "given" | "kept";

/** Where a tab keeps the host's uid, for a reload. */
const hostUidKeyOf = (sessionUid: string) => `revint:host-uid:${sessionUid}`;

/** Comes in as the host or a co-host. */
export const enterAsHost = (facts: SessionAnswer, pass: HostPass, source: PassSource): Promise<Pass> =>
  pass.invitation ? enterAsCoHost(facts, pass) : openAsHost(facts, pass, source);

/** Whether the invitation is still good, only the service knows: asked for something that every co-host may read. */
async function enterAsCoHost({ sessionUid }: SessionAnswer, { token, invitation }: HostPass): Promise<Pass> {
  if (invitation?.sessionUid !== sessionUid) {
    throw new RevintError("wrong_session", "the invitation is to another session");
  }
  const pass = { sessionUid, token, uid: invitation.hostUid };
  await api.getRules({ ...pass, role: "host", wsUrl: "" });
  return pass;
}

async function openAsHost(facts: SessionAnswer, { token }: HostPass, source: PassSource): Promise<Pass> {
  // Resuming replaces the addresses that phones read: so it says the same again. What it leaves out stays.
  const { sessionUid, apiUrl, webUiUrl } = facts;
  const known = tabStorage.get(hostUidKeyOf(sessionUid));
  if (source === "kept" && known !== undefined) return { sessionUid, token, uid: known };
  const opened = await api.openSession(token, { sessionUid, apiUrl, webUiUrl }, known);
  tabStorage.set(hostUidKeyOf(sessionUid), opened.hostUid);
  return { sessionUid, token, uid: opened.hostUid };
}

/** Nothing in this tab opens the session as its host any more. */
export function forgetHost(sessionUid: string): void {
  forgetPass(location.origin);
  forgetHostUid(sessionUid);
}

/** Everybody was sent out: the token is as good as before, the uid is not. */
export const forgetHostUid = (sessionUid: string): void => tabStorage.remove(hostUidKeyOf(sessionUid));

/** Comes in like the phone page does, as the same person if this browser has been there. */
export async function enterAsUser({ sessionUid, token }: SessionAnswer): Promise<Pass> {
  const storage = new SafeStorage(localStorageIfAllowed());
  const key = uidKeyOf(api.url, sessionUid);
  const login = await api.login(sessionUid, token, storage.get(key));
  storage.set(key, login.uid);
  return { sessionUid, token: login.token, uid: login.uid };
}
