import type { Account, Me } from "../../shared/protocol/host/account.ts";
import { toRevintError } from "../client/error.ts";
import { type Action, act, IDLE } from "../ui/action.ts";
import { createStore, type Store } from "../ui/store.ts";
import { host as words } from "../words/en.ts";
import { getMe } from "./account/account-service.ts";
import { OwnAccount } from "./account/own-account.ts";
import { AllAccounts } from "./admin/all-accounts.ts";
import { DeckList } from "./decks/deck-list.ts";
import { Entrance } from "./entrance/entrance.ts";
import { forgetLink } from "./entrance/one-time-link.ts";
import { nameProblem, type OwnWords } from "./name-problem.ts";
import { type ConsoleView, type Place, readPlace, writeView } from "./place.ts";
import { TalkList } from "./talks/talk-list.ts";
import { createTalk, getLinks } from "./talks/talk-service.ts";
import type { Work } from "./work.ts";

/** What an account has, section by section: made anew for whoever signs in. */
export interface Desk {
  readonly talks: TalkList;
  readonly decks: DeckList;
  readonly account: OwnAccount;
  readonly admin: AllAccounts;
}

interface ConsoleState extends Action {
  readonly screen: "opening" | "failed" | "entrance" | "desk" | "erasing";
  readonly place: Place;
  /** Who is signed in. */
  readonly account: Account | undefined;
  readonly desk: Desk | undefined;
}

/** The console of one page: who is signed in, and where in it they are. */
export class HostConsole {
  readonly view: Store<ConsoleState> = createStore<ConsoleState>({
    ...IDLE,
    screen: "opening",
    place: readPlace(location.search),
    account: undefined,
    desk: undefined,
  });
  readonly entrance = new Entrance(() => this.#comeIn());

  /** @param link of a one-time link, which comes before everything else */
  async start(link: string | undefined): Promise<void> {
    addEventListener("popstate", () => this.#show(readPlace(location.search)));
    // Out of the browser's memory comes what somebody saw who may have signed out since.
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    if (link === undefined || !(await this.entrance.openLink(link))) return this.#comeIn(link !== undefined);
    const me = await getMe().catch(() => undefined);
    this.view.set({ screen: "entrance", account: me?.account });
  }

  /** Once more, after the service was out of reach. */
  async tryAgain(): Promise<void> {
    this.view.set({ screen: "opening" });
    await this.#comeIn();
  }

  /** A one-time link was looked at and is not wanted. */
  async leaveLink(): Promise<void> {
    forgetLink();
    await this.#comeIn();
  }

  /** To another section, which the back button leaves again. */
  go(view: ConsoleView): void {
    history.pushState(null, "", writeView(view));
    this.#show({ view });
  }

  /** To a page of a talk, instead of this one: its link is read now, and is nowhere else. */
  async openTalk(): Promise<void> {
    const { place } = this.view.get();
    if (place.view !== "open") return;
    const { open, talk } = place;
    if (!open) return this.view.set({ problem: words.opened.broken });
    await this.#work(this.view, async () => {
      const { deck, stage, results } = await getLinks(talk);
      const link = { deck: deck ?? stage, stage, results, recap: recapOf(results) }[open];
      if (!/^https?:/.test(new URL(link, location.href).protocol)) {
        return this.view.set({ problem: words.opened.broken });
      }
      location.replace(link);
    });
  }

  /** @param hasBadLink a link has brought them here that is not good: that is not to be missed */
  async #comeIn(hasBadLink = false): Promise<void> {
    try {
      const me = await getMe();
      if (hasBadLink) this.view.set({ account: me.account, screen: "entrance" });
      else this.#sitDown(me);
    } catch (thrown) {
      const { code } = toRevintError(thrown);
      if (code !== "not_signed_in") return this.view.set({ screen: "failed" });
      await this.#standOutside(hasBadLink ? this.entrance.view.get().problem : undefined);
    }
  }

  #sitDown(me: Me): void {
    this.#leave();
    const work = this.#work;
    const decks = new DeckList(work, me.account.id, async ({ id, title }) => {
      talks.add(await createTalk(title, id));
      this.go("talks");
    });
    const talks = new TalkList(work, decks);
    this.view.set({
      screen: "desk",
      account: me.account,
      desk: {
        talks,
        decks,
        account: new OwnAccount(work, me, {
          onChange: (account) => this.view.set({ account }),
          onOut: () => this.#standOutside(),
          onErased: () => this.#endAccount(),
        }),
        admin: new AllAccounts(work, me.account),
      },
    });
    this.#show(this.view.get().place);
  }

  async #standOutside(problem?: string): Promise<void> {
    this.#leave();
    this.view.set({ ...IDLE, screen: "entrance", account: undefined, desk: undefined });
    await this.entrance.open(problem);
  }

  #endAccount(): void {
    this.#leave();
    this.view.set({ screen: "erasing", account: undefined, desk: undefined });
  }

  /** Whoever was signed in is gone, and whatever they had on its way. */
  #leave(): void {
    this.#close();
    this.view.get().desk?.decks.upload.leave();
  }

  #show(place: Place): void {
    this.#close();
    this.view.set({ ...IDLE, place });
    const { desk, screen } = this.view.get();
    if (!desk || screen !== "desk") return;
    if (place.view === "open") void this.openTalk();
    else desk[place.view].open();
  }

  #close(): void {
    const { desk, place } = this.view.get();
    if (desk && place.view !== "open") desk[place.view].close();
  }

  readonly #work: Work = async (store, does, own: OwnWords = {}) => {
    const { desk } = this.view.get();
    let isDone = false;
    let isOut = false;
    const name = (error: { readonly code: string }) => {
      isOut = error.code === "not_signed_in";
      return nameProblem(error, own);
    };
    await act(store, name, async () => {
      await does();
      isDone = true;
    });
    // Not who has left already, or is somebody else: what was on its way then, such as an upload, is nothing to them.
    if (isOut && desk && desk === this.view.get().desk) {
      await this.#standOutside(words.problems.not_signed_in);
    }
    return isDone;
  };
}

/** The recap of a talk opens with what its results open with. */
function recapOf(results: string): string {
  const link = new URL(results, location.href);
  link.pathname = "/recap";
  return link.href;
}
