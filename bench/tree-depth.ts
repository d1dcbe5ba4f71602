import { getParent } from "../workers/session-store/room-tree.ts";

/** Levels of a tree of so many rooms. */
export function getTreeDepth(rooms: number, fanout: number): number {
  let depth = 1;
  for (let room = getParent(rooms - 1, fanout); room !== undefined; room = getParent(room, fanout)) depth++;
  return depth;
}
