import type { ServerMessage } from "../../../shared/protocol/message.ts";
import type { Totals } from "../../lib/totals.ts";
import type { Interaction } from "./interaction.ts";
import { reaction } from "./reaction/reaction-counts.ts";

/** Every interaction that rooms count. */
const interactions: readonly Interaction[] = [reaction];

/** What every interaction says of these topics: see `Interaction.say`. */
export const sayCounts = (
  counts: Totals,
  topics: readonly string[] | "whole",
  total: number,
): ServerMessage[] => interactions.flatMap((each) => each.say(counts, topics, total) ?? []);
