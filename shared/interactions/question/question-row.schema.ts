import * as z from "zod";
import type { Schema } from "../../protocol/schema.ts";
import { LiveQuestion } from "./question.schema.ts";
import type * as plain from "./question-row.ts";

export const QuestionRow = z.object({
  time: z.iso.datetime(),
  question: z.string(),
  text: z.string(),
  name: z.string(),
  status: LiveQuestion.shape.status,
  votes: z.number().int(),
  pinned: z.boolean(),
  answer: z.string(),
}) satisfies Schema<plain.QuestionRow>;
export type QuestionRow = plain.QuestionRow;
