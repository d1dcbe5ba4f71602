import * as z from "zod";
import { PeopleSample } from "../../shared/protocol/timeline.schema.ts";
import { ExportedRound } from "./export-order.ts";

/** What the root remembers of a session's course. Times in milliseconds since 1970. */
export const History = z.object({
  /** Rooms there are, and so ledgers: numbers 0 up to here. */
  rooms: z.number().int().positive(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  publicResults: z.boolean(),
  /** Rounds of activities, as far as whoever asks may know how they were answered. */
  rounds: z.array(ExportedRound),
  /** Every change of the state, oldest first; the title is the state's, where it is JSON with one. */
  states: z.array(z.object({ at: z.number(), page: z.string(), title: z.string().nullable() })),
  /** People with an open pipe, whenever that changed, at most every ten seconds. */
  people: z.array(PeopleSample),
});
export type History = z.infer<typeof History>;
