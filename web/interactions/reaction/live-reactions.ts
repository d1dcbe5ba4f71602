import type { Rules } from "../../../shared/protocol/rules.ts";
import type { Pages } from "../../../shared/protocol/totals.ts";
import { OPEN_RULES } from "../../client/rules.ts";
import type { HostSession } from "../../client/session.ts";
import { isUntouched } from "../../ui/deck-state.ts";
import { getTimeline } from "../../ui/service.ts";
import { createStore } from "../../ui/store.ts";
import type { Stage } from "../slots.ts";
import { BurstWindow, type Lively } from "./bursts.ts";
import { listOfferedAtStart } from "./offer.ts";
import { addMark, addReactions, createPulse, emptyPulse, type Pulse } from "./pulse.ts";
import { stage as words } from "./words/en.ts";

/** The lively are looked for this often, in milliseconds, and only while there are any. */
const LOOK_MS = 1000;
/** Seconds of a bucket of what came before: fine enough to look at, and a long talk is still a small answer. */
const BUCKET = 2;

/** What the stage shows of reactions. */
interface LiveView {
  readonly page: string;
  readonly pages: Pages;
  readonly total: number;
  readonly pulse: Pulse;
  readonly rules: Rules;
  /** Who reacts most right now, but for who was blocked just now. */
  readonly lively: readonly Lively[];
  /** Who was blocked last, as long as that can be taken back. */
  readonly blocked: string | undefined;
}

/** The reactions of a session as its host sees them, and what they do about them. */
export class LiveReactions {
  readonly view = createStore<LiveView>({
    page: "0",
    pages: {},
    total: 0,
    pulse: emptyPulse(Date.now()),
    rules: OPEN_RULES,
    lively: [],
    blocked: undefined,
  });
  readonly #stage: Stage;
  readonly #bursts = new BurstWindow();
  /** The sum that was heard of last; `undefined`: the next one only tells where it stands. */
  #known: number | undefined;
  #isWaiting = true;
  #looking: ReturnType<typeof setTimeout> | undefined;

  constructor(stage: Stage) {
    const { session } = stage;
    this.#stage = stage;
    session.on("state", ({ page, state }) => this.#showPage(page, isUntouched(page, state)));
    session.on("totals", ({ pages, total }) => {
      const more = this.#known === undefined ? 0 : total - this.#known;
      this.#known = total;
      this.view.set({ pages, total, pulse: addReactions(this.view.get().pulse, more, Date.now()) });
    });
    session.on("rules", (rules) => {
      this.view.set({ rules });
      this.#report();
    });
    session.on("bursts", (heard) => {
      this.#bursts.add(heard, Date.now());
      this.#looking ??= setTimeout(() => this.#look(), LOOK_MS);
    });
    session.ready.then(
      () => this.#showPast(session),
      () => {},
    );
  }

  setPaused(paused: boolean): Promise<void> {
    return this.#setRules({ paused });
  }

  /**
   * Live: every phone has the new buttons at once. Nothing else is taken then.
   * @param edit of what the service has now: what was changed a moment ago may not have come in here yet
   */
  changeOffer(edit: (offered: readonly string[]) => readonly string[]): Promise<void> {
    const { session, facts, act } = this.#stage;
    return act(async () => {
      const { reactions } = await session.getRules();
      await session.setRules({
        reactions: edit(reactions ?? listOfferedAtStart(facts)),
        anyReaction: false,
      });
    });
  }

  /** Offers what the session was opened with. */
  resetOffer(): Promise<void> {
    return this.#setRules({ reactions: null, anyReaction: false });
  }

  /** @param buttons what is offered when nothing else is taken any more; `null`: those of the start */
  setAnyReaction(isAny: boolean, buttons: readonly string[] | null): Promise<void> {
    return this.#setRules({ reactions: isAny ? null : buttons, anyReaction: isAny });
  }

  /** @param isExcluded what they have sent counts no longer */
  block(participant: string, isExcluded: boolean): Promise<void> {
    return this.#stage.act(async () => {
      await this.#stage.session.block(participant, { uncount: isExcluded });
      this.#stage.ask(undefined);
      this.#showBlocked(participant);
    });
  }

  unblock(participant: string): Promise<void> {
    return this.#stage.act(async () => {
      await this.#stage.session.unblock(participant);
      this.#showBlocked(undefined);
    });
  }

  /** Nobody is blocked any more. Whoever empties a session may hear of what they do next before they hear of that. */
  startOver(isEmptied: boolean): void {
    this.#showBlocked(undefined);
    // Unless the new sum has been heard, one of before may still be on its way.
    if (isEmptied) this.#empty(this.view.get().total === 0 ? 0 : undefined);
  }

  #setRules(change: Partial<Rules>): Promise<void> {
    return this.#stage.act(async () => void (await this.#stage.session.setRules(change)));
  }

  #showPage(page: string, isWaiting: boolean): void {
    // It was begun anew, and so is what is told of it.
    if (isWaiting && !this.#isWaiting) this.#empty(0);
    this.#isWaiting = isWaiting;
    this.view.set({ page, pulse: addMark(this.view.get().pulse, page, Date.now()) });
  }

  /** @param known the sum from now on, where that is known */
  #empty(known: number | undefined): void {
    this.#known = known;
    this.view.set({ pulse: emptyPulse(Date.now()) });
  }

  /** What came before the stage was opened. Without an answer the pulse begins now. */
  async #showPast({ info }: HostSession): Promise<void> {
    if (!info) return;
    const { sessionUid, token, hostUid } = info;
    const past = await getTimeline({ sessionUid, token, uid: hostUid }, BUCKET).catch(() => undefined);
    if (past) this.view.set({ pulse: createPulse(past) });
  }

  #look(): void {
    this.#showLively();
    const isLively = this.view.get().lively.length > 0;
    this.#looking = isLively ? setTimeout(() => this.#look(), LOOK_MS) : undefined;
  }

  #showBlocked(blocked: string | undefined): void {
    this.view.set({ blocked });
    this.#showLively();
  }

  #showLively(): void {
    const { blocked } = this.view.get();
    const lively = this.#bursts.list(Date.now()).filter(({ participant }) => participant !== blocked);
    this.view.set({ lively });
    this.#report();
  }

  #report(): void {
    const { lively, rules } = this.view.get();
    this.#stage.report({ due: lively.length, note: rules.paused ? words.isPaused : undefined });
  }
}
