import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import { IdentifiedAnswer, LiveActivity } from "./activity.schema.ts";
import { ActivityId } from "./definition.schema.ts";
import type * as plain from "./message.ts";
import { Score } from "./ranking.schema.ts";
import { Tally } from "./tally.schema.ts";

export const AnswerMessage = IdentifiedAnswer.extend({
  type: z.literal("answer"),
}) satisfies Schema<plain.AnswerMessage>;

export const ActivitiesMessage = z.object({
  type: z.literal("activities"),
  activities: z.array(LiveActivity),
  removed: z.array(ActivityId).optional(),
  whole: z.literal(true).optional(),
}) satisfies Schema<plain.ActivitiesMessage>;

export const ScoreMessage = Score.extend({ type: z.literal("score") }) satisfies Schema<plain.ScoreMessage>;

export const TalliesMessage = z.object({
  type: z.literal("tallies"),
  tallies: z.record(ActivityId, Tally),
}) satisfies Schema<plain.TalliesMessage>;
