import type { Account, AccountRole, OneTimeLink } from "../../../shared/protocol/host/account.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import { appendPage } from "../merge-page.ts";
import type { Section, Work } from "../work.ts";
import {
  deleteAccount,
  invite,
  listAccounts,
  makeRecovery,
  setRole,
  type UsedAccount,
} from "./admin-service.ts";

const words = host.admin;

/** A link that was made just now: a secret, shown once and kept nowhere. */
export interface MadeLink extends OneTimeLink {
  readonly kind: "invitation" | "recovery";
  readonly email: string;
}

interface AdminState extends Action {
  /** The newest first; `undefined`: not read yet. */
  readonly list: readonly UsedAccount[] | undefined;
  readonly cursor: string | undefined;
  readonly link: MadeLink | undefined;
  /** Who is to be deleted, once that was confirmed. */
  readonly leaving: UsedAccount | undefined;
}

/** All accounts, as an admin sees them: who uses how much, who comes in, who needs help. */
export class AllAccounts implements Section {
  readonly view = createStore<AdminState>({
    ...IDLE,
    list: undefined,
    cursor: undefined,
    link: undefined,
    leaving: undefined,
  });
  /** The admin who looks. */
  readonly own: Account;
  readonly #work: Work;

  constructor(work: Work, own: Account) {
    this.#work = work;
    this.own = own;
  }

  open(): void {
    this.view.set({ ...IDLE, link: undefined });
    if (this.own.role === "admin") void this.#work(this.view, () => this.#read());
    else this.view.set({ problem: host.problems.not_admin });
  }

  close(): void {
    this.view.set({ link: undefined, leaving: undefined });
  }

  async readMore(): Promise<void> {
    const { cursor, list = [] } = this.view.get();
    if (cursor === undefined) return;
    await this.#work(this.view, async () => {
      const next = await listAccounts(cursor);
      this.view.set(appendPage(list, next));
    });
  }

  invite(email: string, role: AccountRole): Promise<boolean> {
    return this.#work(
      this.view,
      async () => {
        this.view.set({ link: undefined });
        this.view.set({ link: { kind: "invitation", email, ...(await invite(email, role)) } });
      },
      { conflict: words.invited },
    );
  }

  makeRecovery({ id, email }: UsedAccount): Promise<boolean> {
    return this.#work(this.view, async () => {
      this.view.set({ link: undefined });
      this.view.set({ link: { kind: "recovery", email, ...(await makeRecovery(id)) } });
    });
  }

  setRole({ id, email }: UsedAccount, role: AccountRole): Promise<boolean> {
    return this.#work(
      this.view,
      async () => {
        await setRole(id, role);
        this.view.set({ notice: words.changed(email, words.roles[role]) });
        await this.#read();
      },
      { conflict: words.conflict },
    );
  }

  askDelete(leaving: UsedAccount | undefined): void {
    this.view.set({ ...IDLE, leaving });
  }

  delete({ id, email }: UsedAccount): Promise<boolean> {
    return this.#work(
      this.view,
      async () => {
        await deleteAccount(id);
        this.view.set({ leaving: undefined, notice: words.removed(email) });
        await this.#read();
      },
      { conflict: words.conflict },
    );
  }

  async #read(): Promise<void> {
    this.view.set(await listAccounts());
  }
}
