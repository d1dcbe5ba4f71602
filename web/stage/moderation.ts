import type { HostSession } from "../client/session.ts";
import { createStore } from "../ui/store.ts";
import { stage as words } from "../words/en.ts";
import { BurstWindow, type Lively } from "./bursts.ts";

/** The lively are looked for this often, in milliseconds, and only while there are any. */
const LOOK_MS = 1000;

/** What the host can do to the room, as the second screen shows it. */
export interface Moderation {
  readonly session: HostSession | undefined;
  readonly isPaused: boolean;
  readonly isDriving: boolean;
  /** `host` or a co-host's participant. */
  readonly driver: string;
  readonly lively: readonly Lively[];
  /** Who was clicked on, until it is decided. */
  readonly chosen: Lively | undefined;
  /** Who was blocked last, as long as that can be taken back. */
  readonly blocked: string | undefined;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
}

export const moderation = createStore<Moderation>({
  session: undefined,
  isPaused: false,
  isDriving: true,
  driver: "host",
  lively: [],
  chosen: undefined,
  blocked: undefined,
  isBusy: false,
  problem: undefined,
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
  session.on("rules", ({ paused }) => moderation.set({ isPaused: paused }));
  session.on("driver", () => moderation.set({ isDriving: session.isDriving, driver: session.driver }));
  session.on("bursts", (heard) => {
    bursts.add(heard, Date.now());
    if (!isLooking) setTimeout(look, LOOK_MS);
    isLooking = true;
  });
}

export const setPaused = (paused: boolean): Promise<void> =>
  act(async (session) => void (await session.setRules({ paused })));

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

async function act(does: (session: HostSession) => Promise<void>): Promise<void> {
  const { session, isBusy } = moderation.get();
  if (!session || isBusy) return;
  moderation.set({ isBusy: true, problem: undefined });
  try {
    await does(session);
  } catch {
    moderation.set({ problem: words.notDone });
  } finally {
    moderation.set({ isBusy: false });
  }
}
