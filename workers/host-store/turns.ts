import { DAY_MS } from "../../shared/protocol/limits.ts";

/*
 * What the clock does has its turn a few at a time. Whatever has had one waits, longer the longer it has been tried: of
 * what can't be done now, nothing else need wait, and whoever dies in the middle has taken no more than a turn.
 */

/** As often as the clock strikes for most, in ms. */
const RETRY_MS = DAY_MS / 288;
/** A turn is followed by a wait of that part of the time since then. */
const WAITS_GROW_BY = 4;

/**
 * SQL for when what was begun then, such as deleted, has its next turn.
 * @param now SQL for this moment
 * @param retryMs what it waits at least
 */
export const nextTurn = (since: string, now: string, retryMs = RETRY_MS): string =>
  `cast(${now} + max(${retryMs}, (${now} - ${since}) / ${WAITS_GROW_BY}) AS INTEGER)`;
