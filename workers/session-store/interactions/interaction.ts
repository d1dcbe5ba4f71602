import type { ServerMessage } from "../../../shared/protocol/message.ts";
import type { Totals } from "../../lib/totals.ts";

/** What is particular about one interaction's counts in a room. */
export interface Interaction {
  /**
   * What everybody hears of the counts of these topics.
   * @param topics those that have changed; or all, for somebody who knows none
   * @param total all reactions of the session
   * @returns undefined where none of the topics is this interaction's
   */
  say(counts: Totals, topics: readonly string[] | "whole", total: number): ServerMessage | undefined;
}
