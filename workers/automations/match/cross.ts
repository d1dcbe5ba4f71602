import type { Crossing } from "./memory.ts";

/** What became of a threshold when its number was looked at. */
interface Crossed {
  readonly fires: boolean;
  readonly crossing: Crossing;
}

/** A threshold is crossed once; with `again`, once more each time after the number has left it. */
export function cross(crossing: Crossing, isReached: boolean, again: true | undefined): Crossed {
  if (crossing === "armed" && isReached) return { fires: true, crossing: again ? "crossed" : "spent" };
  if (crossing === "crossed" && !isReached) return { fires: false, crossing: "armed" };
  return { fires: false, crossing };
}
