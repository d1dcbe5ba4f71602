import type { ServerMessage } from "../../../shared/protocol/message.ts";
import type { Totals } from "../../lib/totals.ts";
import type { Interaction, Listeners } from "./interaction.ts";

/** What listeners hear of the counts of these topics, or of all: see `Interaction.say`. */
export type SayCounts = (topics: readonly string[] | "whole", listeners: Listeners) => ServerMessage[];

/** What every interaction that a room counts says, in this order. */
export const createSayCounts =
  (interactions: readonly Interaction[], counted: () => Totals): SayCounts =>
  (topics, listeners) =>
    interactions.flatMap((each) => each.say(counted(), topics, listeners));
