import type { FC } from "hono/jsx";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { SessionAnswer } from "../../shared/protocol/session.ts";
import { Api } from "../client/api.ts";
import { RevintError } from "../client/error.ts";
import type { Connection, Door, HostRules, HostSession } from "../client/session.ts";
import type { Spotlight, StageParts, StageStatus } from "../interactions/slots.ts";
import { stageSlots } from "../interactions/stage.ts";
import { type Action, act, IDLE } from "../ui/action.ts";
import { getPage, isUntouched, readDeckState, writeDeckState } from "../ui/deck-state.ts";
import { getHostRole, type HostRole } from "../ui/host-pass.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";
import { CoHosts } from "./co-hosts.ts";
import { Notices } from "./notices.ts";
import { Overlays } from "./overlays.ts";

/** How much faster newcomers may come than they do. */
const FASTER = 4;

/** What the stage itself shows of a session; the interactions show the rest. */
interface SessionView {
  readonly connection: Connection;
  readonly page: string;
  readonly isWaiting: boolean;
  /** A deck says what is on the screen, and not this page. */
  readonly isDeck: boolean;
  readonly title: string | undefined;
  readonly subtitle: string | undefined;
  readonly people: number;
  readonly door: Door;
  readonly isDriving: boolean;
  /** `host` or a co-host's participant. */
  readonly driver: string;
  /** What the host is asked before it is done, or reads: one dialog at a time. */
  readonly question: FC | undefined;
  /** What the interactions say: how much the host may want to look at, and what the room should know. */
  readonly due: number;
  readonly note: string;
}

/** A session as its host or one of its co-hosts sees it, and what they do to it. */
export class StageSession {
  readonly session: HostSession;
  readonly facts: SessionAnswer;
  readonly view = createStore<SessionView>({
    connection: "connecting",
    page: "0",
    isWaiting: true,
    isDeck: false,
    title: undefined,
    subtitle: undefined,
    people: 0,
    door: { waiting: 0, perMinute: 0, isClosed: false },
    isDriving: true,
    driver: "host",
    question: undefined,
    due: 0,
    note: "",
  });
  readonly action = createStore<Action>(IDLE);
  readonly coHosts: CoHosts;
  readonly overlays: Overlays;
  readonly notices = new Notices();
  readonly slots: readonly StageParts[];
  readonly #statuses: StageStatus[] = [];
  /** What was told of last. */
  #opening: HostSession["info"];
  readonly #spotlight = createStore<Spotlight>({ holder: undefined });

  constructor(session: HostSession, facts: SessionAnswer) {
    this.session = session;
    this.facts = facts;
    this.coHosts = new CoHosts(session);
    this.overlays = new Overlays(session);
    const { view } = this;
    view.set({ isDriving: session.isDriving });
    session.on("connection", (connection) => {
      view.set({ connection });
      this.#tellOpening();
    });
    session.on("participants", (people) => view.set({ people }));
    session.on("door", (door) => view.set({ door }));
    session.on("notice", (notice) => this.notices.add(notice));
    session.on("driver", () => view.set({ isDriving: session.isDriving, driver: session.driver }));
    session.on("state", ({ page, state }) => {
      const isWaiting = isUntouched(page, state);
      const { title, subtitle, slides } = isWaiting ? {} : readDeckState(state);
      // What this page sets has no slides.
      view.set({ page, isWaiting, isDeck: slides !== undefined, title, subtitle });
    });
    session.on("stateRefused", ({ error: { code } }) =>
      this.action.set({ problem: code === "not_driving" ? words.screen.notDriving : words.notDone }),
    );
    this.slots = stageSlots.map((createSlot, index) =>
      createSlot({
        session,
        facts,
        action: this.action,
        act: (does, nameProblem) => this.#act(does, nameProblem),
        ask: (question) => this.ask(question),
        spotlight: this.#spotlight,
        report: (status) => this.#report(index, status),
      }),
    );
  }

  get role(): HostRole | undefined {
    return this.session.info && getHostRole(this.session.info);
  }

  /** Whether this host may do more than turn slides. */
  get canModerate(): boolean {
    return this.role === "host" || this.role === "moderator";
  }

  /** Whether this host may put something to the room. */
  get canAsk(): boolean {
    return this.role === "host" || this.role === "presenter";
  }

  ask(question: FC | undefined): void {
    this.action.set({ problem: undefined });
    this.view.set({ question });
  }

  /** Its host's to know, with each opening that came without. */
  #tellOpening(): void {
    const { info } = this.session;
    if (info === this.#opening) return;
    this.#opening = info;
    if (info?.withoutFlows) this.notices.add({ text: words.withoutFlows, at: Date.now() });
  }

  takeOver(): Promise<void> {
    return this.#act(() => this.session.takeOver());
  }

  /** What the talk is about now, where no deck says it. It waits for a connection if there is none. */
  setTitle(title: string): void {
    const place = { h: 0, v: 0 };
    // Refused for good, `stateRefused` tells it.
    this.session.setState(getPage(place), writeDeckState({ ...place, title })).catch(() => {});
  }

  setClosed(isClosed: boolean): Promise<void> {
    return this.#setDoor({ isClosed });
  }

  /** Raises the pace at which newcomers come in. */
  letMoreIn(): Promise<void> {
    const { perMinute } = this.view.get().door;
    return this.#setDoor({
      joinsPerMinute: Math.min(LIMITS.maxParticipantsCeiling, Math.max(1, perMinute * FASTER)),
    });
  }

  /** As it was before the rehearsal: the session begins anew, with the same link, and its deck stays where it is. */
  clearCounts(): Promise<void> {
    return this.#act(async () => {
      const { info, state } = this.session;
      if (!info) throw new RevintError("network", "the session is not open yet");
      const api = new Api(location.origin);
      const { apiUrl, webUiUrl } = await api.getSession(info.sessionUid);
      const { token, sessionUid, hostUid } = info;
      await api.openSession(token, { sessionUid, apiUrl, webUiUrl, restart: true }, hostUid);
      // Where another presenter drives, their deck tells it with its next step.
      if (state && !isUntouched(state.page, state.state)) {
        void this.session.setState(state.page, state.state);
      }
      this.#startOver(true, words.cleared);
    });
  }

  /** Everybody but the host is somebody new from now on. */
  sendEverybodyOut(): Promise<void> {
    return this.#act(async () => {
      await this.session.revoke();
      this.#startOver(false, words.sentOut);
    });
  }

  /** Whether everybody may see the results; undefined where nobody can say, which is told. */
  async readIsPublic(): Promise<boolean | undefined> {
    let isPublic: boolean | undefined;
    await this.#act(async () => {
      isPublic = (await this.session.getRules()).publicResults;
    });
    return isPublic;
  }

  /** Ends the session for everybody. @param publicResults whether all of them may see its results */
  end(publicResults: boolean): Promise<void> {
    return this.#act(async () => {
      if (publicResults) await this.session.setRules({ publicResults });
      await this.session.end();
    });
  }

  #startOver(isEmptied: boolean, notice: string): void {
    for (const { startOver } of this.slots) startOver(isEmptied);
    this.ask(undefined);
    this.action.set({ notice });
  }

  #setDoor(change: Partial<HostRules>): Promise<void> {
    return this.#act(async () => {
      const { isClosed, joinsPerMinute } = await this.session.setRules(change);
      // At once: whoever presses twice means twice.
      const { door } = this.view.get();
      this.view.set({ door: { ...door, isClosed, perMinute: joinsPerMinute ?? door.perMinute } });
    });
  }

  #act(does: () => Promise<void>, nameProblem?: (error: RevintError) => string | undefined): Promise<void> {
    return act(this.action, (error) => nameProblem?.(error) ?? words.notDone, does);
  }

  #report(index: number, status: StageStatus): void {
    this.#statuses[index] = status;
    const statuses = this.#statuses.filter((one) => one !== undefined);
    this.view.set({
      due: statuses.reduce((sum, { due = 0 }) => sum + due, 0),
      note: statuses.flatMap(({ note = [] }) => note).join(" "),
    });
  }
}
