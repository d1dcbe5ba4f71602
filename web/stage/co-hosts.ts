import { unreadable } from "../client/api.ts";
import { type Fields, isFields, isNumber, isText } from "../client/fields.ts";
import type { HostSession, NewSessionAnswer } from "../client/session.ts";
import { getRole } from "../plugin/host-pass.ts";
import { type Pass, readJson, request } from "../results/service.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";

/** What a co-host may do: a presenter moves the deck, a moderator pauses and blocks. */
export const ROLES = ["presenter", "moderator"] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who was invited and not removed. */
export interface CoHost {
  readonly participant: string;
  readonly role: Role;
  /** Counts the invitations of a role, removed ones too: a name stays the same person's. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly invitedAt: number;
}

/** What an invitation gave. Both are secrets; they are shown once and kept nowhere. */
export interface Invitation {
  readonly role: Role;
  readonly token: string;
  readonly hostUid: string;
}

/** The panel of co-hosts. */
export interface CoHostsView {
  readonly isOpen: boolean;
  /** `undefined`: not read yet. */
  readonly list: readonly CoHost[] | undefined;
  readonly invitation: Invitation | undefined;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** What a screen reader is told next. */
  readonly notice: string | undefined;
}

const CLOSED: CoHostsView = {
  isOpen: false,
  list: undefined,
  invitation: undefined,
  isBusy: false,
  problem: undefined,
  notice: undefined,
};

export const coHosts = createStore<CoHostsView>(CLOSED);

/** Only the host invites. */
export const canInvite = ({ info }: HostSession): boolean => info !== undefined && getRole(info) === "host";

export const nameCoHost = ({ role, number }: CoHost): string => words.coHosts.names[role](number);

/** With it goes the link that was shown. */
export const closeCoHosts = (): void => coHosts.set(CLOSED);

export async function openCoHosts(session: HostSession): Promise<void> {
  coHosts.set({ ...CLOSED, isOpen: true });
  await readCoHosts(session);
}

export const readCoHosts = (session: HostSession): Promise<void> =>
  act(session, words.coHosts.notRead, async (pass) => coHosts.set({ list: await getCoHosts(pass) }));

export const invite = (session: HostSession, role: Role): Promise<void> =>
  act(session, words.notDone, async (pass) => {
    const answer = await readJson(await request(pass, "/hosts", { method: "POST", body: { role } }));
    const { token, hostUid } = answer;
    if (!isText(token) || !isText(hostUid)) throw unreadable();
    coHosts.set({ invitation: { role, token, hostUid } });
    coHosts.set({ list: await getCoHosts(pass) });
  });

export const removeCoHost = (session: HostSession, coHost: CoHost): Promise<void> =>
  act(session, words.notDone, async (pass) => {
    const { participant } = coHost;
    await request(pass, `/hosts/${encodeURIComponent(participant)}`, { method: "DELETE" });
    // A link that is worth nothing any more is not shown any longer.
    const isShown = coHosts.get().invitation?.hostUid.startsWith(participant);
    coHosts.set({
      notice: words.coHosts.removed(nameCoHost(coHost)),
      ...(isShown && { invitation: undefined }),
    });
    coHosts.set({ list: await getCoHosts(pass) });
  });

async function act(session: HostSession, problem: string, does: (pass: Pass) => Promise<void>) {
  const { info } = session;
  if (!info || coHosts.get().isBusy) return;
  coHosts.set({ isBusy: true, problem: undefined, notice: undefined });
  try {
    await does(toPass(info));
  } catch {
    coHosts.set({ problem });
  } finally {
    coHosts.set({ isBusy: false });
  }
}

const toPass = ({ sessionUid, token, hostUid }: NewSessionAnswer): Pass => ({
  sessionUid,
  token,
  uid: hostUid,
});

/** Those who are in, oldest first. */
async function getCoHosts(pass: Pass): Promise<CoHost[]> {
  const { coHosts: all } = await readJson(await request(pass, "/hosts"));
  if (!Array.isArray(all) || !all.every(isEntry)) throw unreadable();
  return all
    .map((entry, index) => {
      const before = all.slice(0, index).filter(({ role }) => role === entry.role);
      return { ...entry, number: before.length + 1 };
    })
    .filter(({ removedAt }) => removedAt === null);
}

interface Entry extends Omit<CoHost, "number"> {
  readonly removedAt: number | null;
}

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);

const isEntry = (value: unknown): value is Entry => isFields(value) && isEntryOf(value);

const isEntryOf = ({ participant, role, invitedAt, removedAt }: Fields): boolean =>
  isText(participant) && isRole(role) && isNumber(invitedAt) && (removedAt === null || isNumber(removedAt));
