import type { Account, LinkAnswer, SignUpMode } from "../../../shared/protocol/host/account.ts";
import { type RevintError, toRevintError } from "../../client/error.ts";
import { type Action, act, IDLE } from "../../ui/action.ts";
import { createStore } from "../../ui/store.ts";
import { host as words } from "../../words/en.ts";
import { getSignUp, lookUpLink, type Proof, recover, signIn, signUp } from "../account/account-service.ts";
import { nameProblem, type OwnWords } from "../name-problem.ts";
import { isCancelled, makePasskey, usePasskey } from "../passkey.ts";
import { forgetLink } from "./one-time-link.ts";

/** Which of them somebody stands before. */
export type Door = "signIn" | "signUp" | "link";

/** A one-time link that is good. */
export interface GoodLink extends LinkAnswer {
  readonly secret: string;
}

interface EntranceView extends Action {
  readonly door: Door;
  /** Who may make an account; `undefined`: not known yet. */
  readonly signUp: SignUpMode | undefined;
  readonly link: GoodLink | undefined;
  /** When the next try makes sense, in milliseconds since 1970. */
  readonly waitUntil: number | undefined;
}

/** Who wants in, where a new account is made. */
export interface Newcomer {
  readonly name: string;
  readonly email: string;
}

/** The ways into an account: signing in, making one, and what one-time links are for. */
export class Entrance {
  readonly view = createStore<EntranceView>({
    ...IDLE,
    door: "signIn",
    signUp: undefined,
    link: undefined,
    waitUntil: undefined,
  });
  readonly #onIn: (account: Account) => Promise<void>;

  /** @param onIn somebody has come in */
  constructor(onIn: (account: Account) => Promise<void>) {
    this.#onIn = onIn;
  }

  /** Asks what there is to offer. @param problem why somebody stands here who was in before */
  async open(problem?: string): Promise<void> {
    this.view.set({ ...IDLE, door: "signIn", problem, waitUntil: undefined });
    if (this.view.get().signUp === undefined) this.view.set({ signUp: await readMode() });
  }

  /** Looks a one-time link up. @returns whether it is good: then it is what the entrance is about */
  async openLink(secret: string): Promise<boolean> {
    try {
      const [found, signUp] = await Promise.all([lookUpLink(secret), readMode()]);
      this.view.set({ ...IDLE, door: "link", link: { secret, ...found }, signUp });
      return true;
    } catch (error) {
      const { code } = toRevintError(error);
      const isBad = code === "link_not_valid" || code === "invalid_request";
      // Out of reach, it may be good later: a reload tries again.
      if (isBad) forgetLink();
      this.view.set({ problem: isBad ? words.entrance.badLink : nameProblem({ code }) });
      return false;
    }
  }

  turnTo(door: "signIn" | "signUp"): void {
    if (this.view.get().isBusy) return;
    this.view.set({ ...IDLE, door, waitUntil: undefined });
  }

  /** The link is not wanted now. */
  leaveLink(): void {
    forgetLink();
    this.view.set({ link: undefined });
    this.turnTo("signIn");
  }

  signInWithPassword(email: string, password: string): Promise<void> {
    return this.#enter({ sign_in_failed: words.entrance.signIn.failed }, () => signIn({ email, password }));
  }

  signInWithPasskey(): Promise<void> {
    return this.#enter({ sign_in_failed: words.entrance.signIn.passkeyFailed }, async () =>
      signIn({ passkey: await usePasskey() }),
    );
  }

  /** @param password left out, with a passkey */
  signUp({ name, email }: Newcomer, password?: string): Promise<void> {
    const { link } = this.view.get();
    const who = { name, email: link?.email ?? email, ...(link && { link: link.secret }) };
    return this.#enter(SIGN_UP_WORDS, async () =>
      signUp(who, await prove(password, () => makePasskey({ for: "sign-up", ...who }))),
    );
  }

  /** By a recovery link. @param password left out, with a passkey */
  async recover(password?: string): Promise<void> {
    const secret = this.view.get().link?.secret;
    if (secret === undefined) return;
    await this.#enter({}, async () =>
      recover(secret, await prove(password, () => makePasskey({ for: "recover", link: secret }))),
    );
  }

  async #enter(own: OwnWords, does: () => Promise<Account>): Promise<void> {
    const name = (error: RevintError) => this.#name(error, own);
    await act(this.view, name, async () => {
      // A wait that is not over holds for passwords: a passkey needs none.
      if ((this.view.get().waitUntil ?? 0) <= Date.now()) this.view.set({ waitUntil: undefined });
      const account = await does().catch((error: unknown) => this.#forgive(toRevintError(error)));
      if (!account) return;
      if (this.view.get().door === "link") forgetLink();
      this.view.set({ link: undefined, door: "signIn" });
      await this.#onIn(account);
    });
  }

  /** A question that somebody has closed is no failure. @throws RevintError whatever else it was */
  #forgive(error: RevintError): undefined {
    if (!isCancelled(error)) throw error;
    this.view.set({ notice: words.passkey.cancelled });
  }

  #name({ code, retryAfter }: RevintError, own: OwnWords): string {
    if (retryAfter !== undefined) this.view.set({ waitUntil: Date.now() + retryAfter * 1000 });
    if (code === "link_not_valid") forgetLink();
    return nameProblem({ code }, { ...words.passkey.problems, ...own });
  }
}

/** Whoever can't be told whether they may finds out by trying. */
const readMode = async (): Promise<SignUpMode> => (await getSignUp().catch(() => undefined)) ?? "open";

const SIGN_UP_WORDS: OwnWords = {
  sign_up_refused: words.entrance.signUp.refused,
  invalid_request: words.entrance.signUp.invalid,
};

const prove = async (
  password: string | undefined,
  make: () => Promise<Extract<Proof, { readonly passkey: unknown }>["passkey"]>,
): Promise<Proof> => (password === undefined ? { passkey: await make() } : { password });
