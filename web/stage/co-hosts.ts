import type { CoHostRole, CoHost as Invitation } from "../../shared/protocol/co-host.ts";
import { unreadable } from "../client/api.ts";
import type { RevintError } from "../client/error.ts";
import { type Fields, isFields, isNumber, isText } from "../client/fields.ts";
import type { HostSession } from "../client/session.ts";
import { type Action, IDLE } from "../ui/action.ts";
import type { HostPass } from "../ui/host-pass.ts";
import { type Pass, readFields, send } from "../ui/service.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";
import { actAsHost } from "./act-as-host.ts";

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

interface CoHostsView extends Action {
  /** `undefined`: not read yet. */
  readonly list: readonly CoHost[] | undefined;
  readonly invited: Invited | undefined;
}

export const nameCoHost = ({ role, name, number }: CoHost): string =>
  name ?? words.coHosts.names[role](number);

/** Who hosts a session too, as its host sees and changes it. */
export class CoHosts {
  readonly view = createStore<CoHostsView>({ ...IDLE, list: undefined, invited: undefined });
  readonly #session: HostSession;

  constructor(session: HostSession) {
    this.#session = session;
  }

  /** A link that was shown is gone with it; one that is on its way is shown when it is looked at again. */
  forget(): void {
    this.view.set({ list: undefined, invited: undefined, problem: undefined, notice: undefined });
  }

  read(): Promise<void> {
    return this.#act(
      () => words.coHosts.notRead,
      (pass) => this.#readList(pass),
    );
  }

  /** @param name what they are called in the list; empty: by their role and a number */
  invite(role: CoHostRole, name: string): Promise<void> {
    return this.#act(nameRefusal, async (pass) => {
      const { token, hostUid } = await readFields(pass, "/hosts", {
        method: "POST",
        body: { role, ...(name !== "" && { name }) },
      });
      if (!isText(token) || !isText(hostUid)) throw unreadable();
      const { sessionUid } = pass;
      this.view.set({ invited: { role, pass: { token, invitation: { sessionUid, hostUid } } } });
      await this.#readListAgain(pass);
    });
  }

  remove(coHost: CoHost): Promise<void> {
    return this.#act(
      () => words.notDone,
      async (pass) => {
        const { participant } = coHost;
        await send(pass, `/hosts/${encodeURIComponent(participant)}`, { method: "DELETE" });
        // A link that is worth nothing any more is not shown any longer.
        const isShown = this.view.get().invited?.pass.invitation?.hostUid.startsWith(participant);
        this.view.set({
          notice: words.coHosts.removed(nameCoHost(coHost)),
          ...(isShown && { invited: undefined }),
        });
        await this.#readListAgain(pass);
      },
    );
  }

  async #readList(pass: Pass): Promise<void> {
    this.view.set({ list: await getCoHosts(pass) });
  }

  /** After something was done, which stays done when the list can't be read. */
  #readListAgain(pass: Pass): Promise<void> {
    return this.#readList(pass).catch(() =>
      this.view.set({ list: undefined, problem: words.coHosts.notRead }),
    );
  }

  #act(nameProblem: (error: RevintError) => string, does: (pass: Pass) => Promise<void>): Promise<void> {
    return actAsHost(this.#session, this.view, nameProblem, does);
  }
}

/** Why nobody was invited: the only thing that can be wrong with the request is that there is no more stage. */
const nameRefusal = ({ code }: RevintError): string =>
  code === "invalid_request" ? words.coHosts.full : words.notDone;

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
