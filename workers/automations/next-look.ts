import type { RoomEvents } from "../lib/room-event.ts";
import type { RunnerFacts } from "./runner-facts.ts";

/* When a runner looks at its room again by itself, in milliseconds since 1970; undefined: not before somebody asks it to. */

/** While events come. */
export const BUSY_LOOK_MS = 2000;
/** While people are there and nothing comes, and where the root did not say whether it keeps events. */
export const QUIET_LOOK_MS = 5000;
/** While nobody who is there could set a flow off sooner. Who else comes, or reacts without a pipe, is hinted of. */
const FAR_LOOK_MS = 60_000;

/** A quarter sooner or later: halls that fill at the same moment share a machine, and are not looked at in one moment again and again. */
const soon = (ms: number): number => Date.now() + Math.round(ms * (0.75 + Math.random() / 2));

/** A part that did not answer is asked again after these waits; later the clock asks. */
const MISS_WAITS = [1000, 5000, 30_000, 120_000];

/** The clock looks again so much later, while the session runs. */
const CLOCK_MS = 10 * 60_000;

interface Look {
  readonly now: RoomEvents["now"];
  /** Something had happened. */
  readonly hasNews: boolean;
  /** The runner has had something done in the room since the look began. */
  readonly hasActed: boolean;
  /** A flow waits for what happens in the room. */
  readonly isWaiting: boolean;
  /** In so many milliseconds at the earliest those who are there can set one off. */
  readonly reachMs: number;
  readonly watch: RunnerFacts["watch"];
}

/** The root can't say by itself that something has happened, where people tap over their pipes. */
export function findNextLook({
  now,
  hasNews,
  hasActed,
  isWaiting,
  reachMs,
  watch,
}: Look): number | undefined {
  if (hasActed) return soon(BUSY_LOOK_MS);
  if (watch === "unsure") return soon(QUIET_LOOK_MS);
  if (now.hasEnded || !isWaiting) return undefined;
  if (!hasNews && now.people === 0) return undefined;
  return soon(Math.max(hasNews ? BUSY_LOOK_MS : QUIET_LOOK_MS, Math.min(reachMs, FAR_LOOK_MS)));
}

/** After so many looks in a row that came to nothing. */
export function findNextTry(misses: number): number | undefined {
  const wait = MISS_WAITS[misses - 1];
  return wait === undefined ? undefined : Date.now() + wait;
}

/** When the clock is to look after the session again. @param isQuiet nothing sets a flow off any more */
export const findNextCheck = (isQuiet: boolean, expiresAt = 0): number =>
  Math.max(isQuiet ? expiresAt : 0, Date.now() + CLOCK_MS);
