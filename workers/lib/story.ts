import * as z from "zod";
import { type Activities, Activity } from "../../shared/interactions/activity/activity.schema.ts";
import { PeopleSample } from "../../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";

/** What the root tells of a session when it is to be retold: nothing that its audience may not know, and nobody's name. */
export const Story = z.object({
  /** As the host token has them. */
  name: z.string(),
  date: z.string(),
  /** Rooms there are, and so ledgers: numbers 0 up to here. */
  rooms: z.number().int().positive(),
  startedAt: z.number(),
  /** `null`: it runs. */
  endedAt: z.number().nullable(),
  /** When all of the session is forgotten. */
  expiresAt: z.number(),
  states: z.array(z.object({ at: z.number(), page: z.string(), title: z.string().nullable() })),
  people: z.array(PeopleSample),
  totals: SessionTotals,
  /** Those that were opened, with what users may see of the counts. */
  activities: z.array(Activity),
  /** Published and answered ones, as most wanted them answered. */
  questions: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      votes: z.number().int(),
      answered: z.boolean(),
      answer: z.string().optional(),
    }),
  ),
  /** How many questions of these there are in all. */
  questionTotal: z.number().int(),
});
export type Story = Omit<z.infer<typeof Story>, "activities"> & {
  readonly activities: Activities["activities"];
};
