import type { Role } from "../../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../../shared/protocol/message.ts";
import type { Totals } from "../../lib/totals.ts";

/** Who is to hear something, and how many reactions the session has. */
export interface Listeners {
  readonly role: Role;
  readonly total: number;
  /** They have just come, and were told nothing before. */
  readonly isNew?: boolean;
}

/** What is particular about one interaction's counts in a room. */
export interface Interaction {
  /**
   * What these hear of the counts of these topics.
   * @param topics those that have changed; or all, for somebody who knows none
   * @returns nothing where none of the topics is this interaction's, or is theirs to know
   */
  say(counts: Totals, topics: readonly string[] | "whole", listeners: Listeners): readonly ServerMessage[];
}
