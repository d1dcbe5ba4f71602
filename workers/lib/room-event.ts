import * as z from "zod";
import { RoomAction } from "../../shared/protocol/flow.schema.ts";

const count = z.number().int().nonnegative();

/** What happened. Numbers are what they were then, and never what was added: who missed one has missed nothing. */
export const Happening = z.discriminatedUnion("event", [
  z.object({ event: z.literal("page"), page: z.string() }),
  /**
   * So often so far on that page. `before`: what the event before said of the same, or, where there was none, what it was
   * when keeping began: a rate that is watched from the middle of a talk does not count what was before.
   */
  z.object({
    event: z.literal("reactions"),
    page: z.string(),
    reaction: z.string(),
    count,
    before: count.optional(),
  }),
  z.object({
    event: z.literal("activity"),
    activity: z.string(),
    status: z.enum(["open", "closed", "revealed"]),
    /** The round in which it is. */
    round: count,
  }),
  /** So many have answered in this round, of so many who are there. */
  z.object({
    event: z.literal("answers"),
    activity: z.string(),
    round: count,
    answered: count,
    people: count,
  }),
  /** Asked (`isNew`), published, or voted for: with as many votes as it has. Its text is told once it is published. */
  z.object({
    event: z.literal("question"),
    question: z.string(),
    votes: count,
    text: z.string().optional(),
    isNew: z.literal(true).optional(),
  }),
  z.object({ event: z.literal("people"), people: count }),
  z.object({ event: z.literal("ended") }),
]);
export type Happening = z.infer<typeof Happening>;

/**
 * An event of a session that has flows, as its root keeps it until it is acknowledged. `number` grows by one with each,
 * and begins anew when the session begins anew: `epoch` says in which of its lives it happened.
 */
export const RoomEvent = Happening.and(
  z.object({
    number: z.number().int().positive(),
    at: z.number(),
    /** How many flows, one after the other, it was caused by; 0: by people. */
    depth: z.number().int().nonnegative(),
  }),
);
export type RoomEvent = z.infer<typeof RoomEvent>;

/** A page of the events behind a number, the oldest first, and how the room stands now, for conditions. */
export const RoomEvents = z.object({
  epoch: z.number().int(),
  events: z.array(RoomEvent),
  /** Whether there are more behind these. */
  more: z.boolean(),
  now: z.object({
    page: z.string(),
    people: count,
    activities: z.array(
      z.object({ id: z.string(), status: z.enum(["draft", "open", "closed", "revealed"]) }),
    ),
    openedAt: z.number(),
    /** When its talk starts; undefined where there is no talk, or nobody has said when. */
    startsAt: z.number().optional(),
    expiresAt: z.number(),
    hasEnded: z.boolean(),
    /** All reactions so far. */
    reactions: count,
    /** How many each person may send: at once, and every second. */
    pace: z.object({ burst: z.number().positive(), perSecond: z.number().positive() }),
  }),
});
export type RoomEvents = z.infer<typeof RoomEvents>;

/** A flow acts on its room: under an id with which it is done once, however often it is sent. */
export const IdentifiedAction = z.object({
  id: z.string().min(1).max(64),
  /** Of the life of the session that has caused it: in a later one nothing is done. Left out, it is for the one of now. */
  epoch: z.number().int().optional(),
  /** Of what it causes; `LIMITS.flowDepth` at most. */
  depth: z.number().int().min(1),
  action: RoomAction,
});
export type IdentifiedAction = z.infer<typeof IdentifiedAction>;
