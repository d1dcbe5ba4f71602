import type { Door } from "../../shared/protocol/message.ts";
import { Api } from "../client/api.ts";
import { RevintError } from "../client/error.ts";
import { OPEN_RULES } from "../client/rules.ts";
import type { HostRules, HostSession, Rules } from "../client/session.ts";
import { isUntouched } from "../ui/deck-state.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";
import { BurstWindow, type Lively } from "./bursts.ts";

/** The lively are looked for this often, in milliseconds, and only while there are any. */
const LOOK_MS = 1000;
/** How much faster newcomers may come than they do, and at the very most. */
const FASTER = 4;
const MOST_JOINS = 1_000_000;

/** What the host is asked before it is done. */
export type Question = "clear" | "sendOut";

/** What the host can do to the room, as the stage shows it. */
export interface Moderation {
  readonly session: HostSession | undefined;
  readonly rules: Rules;
  readonly door: Door;
  readonly isDriving: boolean;
  /** `host` or a co-host's participant. */
  readonly driver: string;
  readonly lively: readonly Lively[];
  /** Who was clicked on, until it is decided. */
  readonly chosen: Lively | undefined;
  /** Who was blocked last, as long as that can be taken back. */
  readonly blocked: string | undefined;
  readonly question: Question | undefined;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  /** What was done, for those who see it and those who have it read to them. */
  readonly notice: string | undefined;
}

export const moderation = createStore<Moderation>({
  session: undefined,
  rules: OPEN_RULES,
  door: { waiting: 0, perMinute: 0, isClosed: false },
  isDriving: true,
  driver: "host",
  lively: [],
  chosen: undefined,
  blocked: undefined,
  question: undefined,
  isBusy: false,
  problem: undefined,
  notice: undefined,
});

/** Hears what a session's host hears besides the counts. */
export function moderate(session: HostSession): void {
  const bursts = new BurstWindow();
  let isLooking = false;
  const look = () => {
    const lively = bursts.list(Date.now());
    moderation.set({ lively });
    isLooking = lively.length > 0;
    if (isLooking) setTimeout(look, LOOK_MS);
  };
  moderation.set({ session, isDriving: session.isDriving });
  session.on("rules", (rules) => moderation.set({ rules }));
  session.on("door", (door) => moderation.set({ door }));
  session.on("driver", () => moderation.set({ isDriving: session.isDriving, driver: session.driver }));
  session.on("bursts", (heard) => {
    bursts.add(heard, Date.now());
    if (!isLooking) setTimeout(look, LOOK_MS);
    isLooking = true;
  });
}

export const setPaused = (paused: boolean): Promise<void> => setRules({ paused });

/** Live: every phone has the new buttons at once. Nothing else is taken then. `null`: those of the start. */
export const offer = (reactions: readonly string[] | null): Promise<void> =>
  setRules({ reactions, anyReaction: false });

/** @param buttons what is offered when nothing else is taken any more; `null`: those of the start */
export const setAnyReaction = (isAny: boolean, buttons: readonly string[] | null): Promise<void> =>
  setRules(isAny ? { reactions: null, anyReaction: true } : { reactions: buttons, anyReaction: false });

export const setClosed = (isClosed: boolean): Promise<void> => setRules({ isClosed });

/** Raises the pace at which newcomers come in. */
export function letMoreIn(): Promise<void> {
  const { perMinute } = moderation.get().door;
  return setRules({ joinsPerMinute: Math.min(MOST_JOINS, Math.max(1, perMinute * FASTER)) });
}

export const takeOver = (): Promise<void> => act((session) => session.takeOver());

export const block = (participant: string, uncount: boolean): Promise<void> =>
  act(async (session) => {
    await session.block(participant, { uncount });
    moderation.set({ chosen: undefined, blocked: participant });
  });

export const unblock = (participant: string): Promise<void> =>
  act(async (session) => {
    await session.unblock(participant);
    moderation.set({ blocked: undefined });
  });

/** As it was before the rehearsal: the session begins anew, with the same link, and its deck stays where it is. */
export const clearCounts = (): Promise<void> =>
  act(async (session) => {
    const { info, state } = session;
    if (!info) throw new RevintError("network", "the session is not open yet");
    const api = new Api(location.origin);
    const { apiUrl, webUiUrl } = await api.getSession(info.sessionUid);
    const { token, sessionUid, hostUid } = info;
    await api.openSession(token, { sessionUid, apiUrl, webUiUrl, restart: true }, hostUid);
    // Where another presenter drives, their deck tells it with its next step.
    if (state && !isUntouched(state.page, state.state)) void session.setState(state.page, state.state);
    moderation.set({ question: undefined, blocked: undefined, notice: words.cleared });
  });

/** Everybody but the host is somebody new from now on. */
export const sendEverybodyOut = (): Promise<void> =>
  act(async (session) => {
    await session.revoke();
    moderation.set({ question: undefined, blocked: undefined, notice: words.sentOut });
  });

const setRules = (change: Partial<HostRules>): Promise<void> =>
  act(async (session) => {
    const { isClosed, joinsPerMinute } = await session.setRules(change);
    // At once: whoever presses twice means twice.
    const { door } = moderation.get();
    moderation.set({ door: { ...door, isClosed, perMinute: joinsPerMinute ?? door.perMinute } });
  });

async function act(does: (session: HostSession) => Promise<void>): Promise<void> {
  const { session, isBusy } = moderation.get();
  if (!session || isBusy) return;
  moderation.set({ isBusy: true, problem: undefined, notice: undefined });
  try {
    await does(session);
  } catch {
    moderation.set({ problem: words.notDone });
  } finally {
    moderation.set({ isBusy: false });
  }
}
