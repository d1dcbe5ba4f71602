/*
 * The rooms of a session form a heap: room 0 is the root, and room k's children
 * are k·F+1 … k·F+F. A room's place follows from its number alone, so nobody keeps a map.
 */

/** The room that `room` reports to; the root has none. */
export function getParent(room: number, fanout: number): number | undefined {
  return room === 0 ? undefined : Math.floor((room - 1) / fanout);
}
