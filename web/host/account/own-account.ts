import type { Account, Me, Passkey, SignedIn } from "../../../shared/protocol/host/account.ts";
import { toRevintError } from "../../client/error.ts";
import { type Action, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { host } from "../../words/en.ts";
import type { OwnWords } from "../name-problem.ts";
import { isCancelled, makePasskey } from "../passkey.ts";
import type { Section, Work } from "../work.ts";
import {
  addPasskey,
  deleteMe,
  getLog,
  getMe,
  type LogEntry,
  removePasskey,
  setName,
  setPassword,
  signOut,
  signOutBrowser,
} from "./account-service.ts";

const words = host.account;

/** What is asked before it is done. */
export type AccountDialog =
  | { readonly about: "passkey"; readonly passkey: Passkey }
  | { readonly about: "everywhere" | "delete" };

/** Which part of the section something was done in: it is told there. */
export type Part = "profile" | "passkeys" | "password" | "browsers" | "delete";

interface AccountState extends Action {
  readonly me: Me;
  readonly part: Part;
  readonly dialog: AccountDialog | undefined;
}

interface LogState extends Action {
  readonly entries: readonly LogEntry[] | undefined;
  readonly cursor: string | undefined;
}

/** What the page around has to know. */
interface Around {
  readonly onChange: (account: Account) => void;
  /** This browser is signed in no longer. */
  readonly onOut: () => Promise<void>;
  /** The account is being erased. */
  readonly onErased: () => void;
}

/** An account as its owner sees and changes it. */
export class OwnAccount implements Section {
  readonly view;
  readonly log = createStore<LogState>({ ...IDLE, entries: undefined, cursor: undefined });
  readonly #work: Work;
  readonly #around: Around;

  constructor(work: Work, me: Me, around: Around) {
    this.view = createStore<AccountState>({ ...IDLE, me, part: "profile", dialog: undefined });
    this.#work = work;
    this.#around = around;
  }

  open(): void {
    this.view.set({ ...IDLE });
    this.log.set({ ...IDLE, entries: undefined, cursor: undefined });
    void this.#work(this.view, () => this.#read());
  }

  close(): void {
    this.view.set({ dialog: undefined });
  }

  ask(dialog: AccountDialog): void {
    this.view.set({ ...IDLE, dialog });
  }

  closeDialog(): void {
    this.view.set({ dialog: undefined, problem: undefined });
  }

  setName(name: string): Promise<boolean> {
    return this.#do("profile", async () => {
      const account = await setName(name);
      this.view.set({ me: { ...this.view.get().me, account }, notice: host.saved });
      this.#around.onChange(account);
    });
  }

  /** Makes a passkey on this device, or on one that its browser finds. */
  addPasskey(name: string): Promise<boolean> {
    return this.#do(
      "passkeys",
      async () => {
        try {
          await addPasskey(await makePasskey({ for: "add" }), name);
        } catch (thrown) {
          const error = toRevintError(thrown);
          if (!isCancelled(error)) throw error;
          return this.view.set({ notice: host.passkey.cancelled });
        }
        this.view.set({ notice: words.passkeys.done });
        await this.#read();
      },
      host.passkey.problems,
    );
  }

  removePasskey({ id }: Passkey): Promise<boolean> {
    return this.#do("passkeys", async () => {
      await removePasskey(id);
      this.view.set({ dialog: undefined, notice: words.passkeys.removed });
      await this.#read();
    });
  }

  /** @param current the one of before, where there is one */
  setPassword(password: string, current: string | undefined): Promise<boolean> {
    return this.#do(
      "password",
      async () => {
        await setPassword(password, current);
        this.view.set({ notice: words.password.done });
        await this.#read();
      },
      { sign_in_failed: words.password.wrong },
    );
  }

  async signOut(everywhere: boolean): Promise<void> {
    await this.#do("browsers", async () => {
      await signOut(everywhere);
      this.view.set({ dialog: undefined });
      await this.#around.onOut();
    });
  }

  signOutBrowser({ id }: SignedIn): Promise<boolean> {
    return this.#do("browsers", async () => {
      await signOutBrowser(id);
      this.view.set({ notice: words.browsers.signedOut });
      await this.#read();
    });
  }

  async delete(): Promise<void> {
    await this.#do(
      "delete",
      async () => {
        await deleteMe();
        this.view.set({ dialog: undefined });
        this.#around.onErased();
      },
      { conflict: words.remove.lastAdmin },
    );
  }

  /** What happened at the account's door: the newest, or more of it. */
  async readLog(): Promise<void> {
    const { cursor, entries } = this.log.get();
    await this.#work(this.log, async () => {
      const page = await getLog(cursor);
      this.log.set({ entries: [...(entries ?? []), ...page.list], cursor: page.cursor });
    });
  }

  #do(part: Part, does: () => Promise<void>, own?: OwnWords): Promise<boolean> {
    this.view.set({ part });
    return this.#work(this.view, does, own);
  }

  async #read(): Promise<void> {
    this.view.set({ me: await getMe() });
  }
}
