/*
 * Opening a talk's session takes two stores: that it begins is noted here first, and that it is done afterwards. Who dies
 * in between leaves the note, and the clock looks what has become of the session.
 */

/** Nobody takes so long to open a session, in ms: an opening that is older was not finished. */
export const OPENING_MS = 60_000;

/** Whether nobody is about to open the session of a row of `talks`. @param now SQL for this moment */
export const isSettled = (now: string): string =>
  `(opening_at IS NULL OR opening_at <= ${now} - ${OPENING_MS})`;

/** What is left of an opening that is over by now. @param now SQL for this moment */
export const settled = (now: string): string => `iif(${isSettled(now)}, NULL, opening_at)`;
