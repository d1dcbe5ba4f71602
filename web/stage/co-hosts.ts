import type { CoHostRole, CoHost as Invitation } from "../../shared/protocol/co-host.ts";
import { unreadable } from "../client/api.ts";
import { type ErrorCode, toRevintError } from "../client/error.ts";
import { type Fields, isFields, isNumber, isText } from "../client/fields.ts";
import type { HostSession, NewSessionAnswer } from "../client/session.ts";
import { getHostRole, type HostPass } from "../ui/host-pass.ts";
import { type Pass, readFields, send } from "../ui/service.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";

export const ROLES = ["presenter", "moderator"] as const satisfies readonly CoHostRole[];

/** Somebody who was invited and not removed. */
export interface CoHost extends Omit<Invitation, "removedAt"> {
  /** Counts the invitations of a role, removed ones too: whoever has no name keeps the same number. */
  readonly number: number;
}

/** Who has just been invited. The pass is a secret; it is shown once and kept nowhere. */
export interface Invited {
  readonly role: CoHostRole;
  readonly pass: HostPass;
}

/** The panel of co-hosts. */
export interface CoHostsView {
  readonly isOpen: boolean;
  /** `undefined`: not read yet. */
  readonly list: readonly CoHost[] | undefined;
  readonly invited: Invited | undefined;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** What a screen reader is told next. */
  readonly notice: string | undefined;
}

const CLOSED: CoHostsView = {
  isOpen: false,
  list: undefined,
  invited: undefined,
  isBusy: false,
  problem: undefined,
  notice: undefined,
};

export const coHosts = createStore<CoHostsView>(CLOSED);

/** Only the host invites. */
export const canInvite = ({ info }: HostSession): boolean =>
  info !== undefined && getHostRole(info) === "host";

export const nameCoHost = ({ role, name, number }: CoHost): string =>
  name ?? words.coHosts.names[role](number);

/** With it goes the link that was shown; one that is on its way is shown when the panel is opened again. */
export function closeCoHosts(): void {
  const { isBusy } = coHosts.get();
  coHosts.set({ ...CLOSED, isBusy });
}

export async function openCoHosts(session: HostSession): Promise<void> {
  coHosts.set({ isOpen: true });
  await readCoHosts(session);
}

export const readCoHosts = (session: HostSession): Promise<void> =>
  act(session, () => words.coHosts.notRead, readList);

/** @param name what they are called in the list; empty: by their role and a number */
export const invite = (session: HostSession, role: CoHostRole, name: string): Promise<void> =>
  act(session, nameRefusal, async (pass) => {
    const { token, hostUid } = await readFields(pass, "/hosts", {
      method: "POST",
      body: { role, ...(name !== "" && { name }) },
    });
    if (!isText(token) || !isText(hostUid)) throw unreadable();
    const { sessionUid } = pass;
    coHosts.set({ invited: { role, pass: { token, invitation: { sessionUid, hostUid } } } });
    await readListAgain(pass);
  });

export const removeCoHost = (session: HostSession, coHost: CoHost): Promise<void> =>
  act(
    session,
    () => words.notDone,
    async (pass) => {
      const { participant } = coHost;
      await send(pass, `/hosts/${encodeURIComponent(participant)}`, { method: "DELETE" });
      // A link that is worth nothing any more is not shown any longer.
      const isShown = coHosts.get().invited?.pass.invitation?.hostUid.startsWith(participant);
      coHosts.set({
        notice: words.coHosts.removed(nameCoHost(coHost)),
        ...(isShown && { invited: undefined }),
      });
      await readListAgain(pass);
    },
  );

/** Why nobody was invited: the only thing that can be wrong with the request is that there is no more room. */
const nameRefusal = (code: ErrorCode): string =>
  code === "invalid_request" ? words.coHosts.full : words.notDone;

async function readList(pass: Pass): Promise<void> {
  coHosts.set({ list: await getCoHosts(pass) });
}

/** After something was done, which stays done when the list can't be read. */
const readListAgain = (pass: Pass): Promise<void> =>
  readList(pass).catch(() => coHosts.set({ list: undefined, problem: words.coHosts.notRead }));

async function act(
  session: HostSession,
  nameProblem: (code: ErrorCode) => string,
  does: (pass: Pass) => Promise<void>,
): Promise<void> {
  const { info } = session;
  if (!info || coHosts.get().isBusy) return;
  coHosts.set({ isBusy: true, problem: undefined, notice: undefined });
  try {
    await does(toPass(info));
  } catch (error) {
    coHosts.set({ problem: nameProblem(toRevintError(error).code) });
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
  const { coHosts: all } = await readFields(pass, "/hosts");
  if (!Array.isArray(all) || !all.every(isInvitation)) throw unreadable();
  return all
    .map((entry, index) => {
      const before = all.slice(0, index).filter(({ role }) => role === entry.role);
      return { ...entry, number: before.length + 1 };
    })
    .filter(({ removedAt }) => removedAt === null);
}

const isRole = (value: unknown): value is CoHostRole => ROLES.some((role) => role === value);

const isInvitation = (value: unknown): value is Invitation => isFields(value) && isInvitationOf(value);

const isInvitationOf = ({ participant, role, name, invitedAt, removedAt }: Fields): boolean =>
  isText(participant) &&
  isRole(role) &&
  (name === undefined || isText(name)) &&
  isNumber(invitedAt) &&
  (removedAt === null || isNumber(removedAt));
