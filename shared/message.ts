import * as z from "zod";
import { ProblemCode } from "./problem.ts";
import { Rules } from "./rules.ts";
import { NewReaction, State } from "./session.ts";
import { ReactionId } from "./text.ts";
import { Pages } from "./totals.ts";

/** What a client may say on a pipe. Answered by `ack` or `error` with the same id. */
export const ClientMessage = z.discriminatedUnion("type", [
  NewReaction.extend({ type: z.literal("react"), id: ReactionId }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** The words a room answers without waking. */
export const PING = "ping";
export const PONG = "pong";

/** What a room says on a pipe, and `…/events` as `data`. */
export const ServerMessage = z.discriminatedUnion("type", [
  /** Where the deck is. A lower `version` than one already seen is old news. */
  State.extend({ type: z.literal("state_change") }),
  /**
   * Counts of the pages that changed; what is said of a page is complete and absolute.
   * With `whole`, as the first one on a pipe is, a page that is not named has no reactions.
   */
  z.object({
    type: z.literal("reactions"),
    pages: Pages,
    total: z.number().int(),
    whole: z.literal(true).optional(),
  }),
  /** People with an open pipe, hosts not counted. */
  z.object({ type: z.literal("presence"), participants: z.number().int() }),
  /** What the host allows has changed. Not sent as long as everything is allowed. */
  Rules.pick({ paused: true, reactions: true, pages: true, anyReaction: true }).extend({
    type: z.literal("rules"),
  }),
  /**
   * Hosts only: newcomers who wait because more came within a minute than it takes, how many it takes, and
   * whether the host has closed the door.
   */
  z.object({
    type: z.literal("door"),
    waiting: z.number().int(),
    perMinute: z.number().int(),
    isClosed: z.boolean(),
  }),
  /** Hosts only: who drives the deck, `host` or a co-host's name. */
  z.object({ type: z.literal("driver"), driver: z.string() }),
  /** Hosts only: who reacted most within the last moment, to single out who disturbs. */
  z.object({
    type: z.literal("bursts"),
    bursts: z.array(
      z.object({ participant: z.string(), page: z.string(), reaction: z.string(), count: z.number() }),
    ),
  }),
  /** These reactions are kept for good. */
  z.object({ type: z.literal("ack"), ids: z.array(z.string()) }),
  /** A message was refused. `retryAfter` in seconds where waiting helps. */
  z.object({
    type: z.literal("error"),
    id: z.string().optional(),
    code: ProblemCode,
    detail: z.string(),
    retryAfter: z.number().optional(),
  }),
  /** The session is over; the pipe closes. */
  z.object({ type: z.literal("end") }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
