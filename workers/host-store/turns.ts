import { DAY_MS } from "../../shared/protocol/limits.ts";

/*
 * What the clock does has its turn a few at a time. Whatever has had one waits, longer the longer it has been tried: of
 * what can't be done now, nothing else need wait, and whoever dies in the middle has taken no more than a turn.
 */

/** As often as the clock strikes, in ms. */
const RETRY_MS = DAY_MS / 288;
/** A turn is followed by a wait of that part of the time since then. */
const WAITS_GROW_BY = 4;

/** SQL for when what was begun then, such as deleted, has its next turn. @param now SQL for this moment */
export const nextTurn = (since: string, now: string): string =>
  `cast(${now} + max(${RETRY_MS}, (${now} - ${since}) / ${WAITS_GROW_BY}) AS INTEGER)`;
