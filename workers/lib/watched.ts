/*
 * A session is watched while somebody pulls its events: see room-event.ts. What may have made one says so in its answer,
 * so that api can wake whoever pulls, and asks nobody for it. Of a session that nobody watches nothing is said.
 */

/** A room's answer by RPC says it so. */
export interface Watched {
  readonly isWatched: true;
}

export const WATCHED: Watched = { isWatched: true };

/** An answer of session-store's router says it in this header. */
export const WATCHED_HEADER = "X-Session-Watched";
