import * as z from "zod";
import { interactionMessages, interactionRequests } from "../interactions/index.schema.ts";
import type * as plain from "./message.ts";
import { ProblemCode } from "./problem.schema.ts";
import { Rules } from "./rules.schema.ts";
import type { Schema } from "./schema.ts";
import { State } from "./state.schema.ts";

export const ClientMessage = z.discriminatedUnion(
  "type",
  interactionRequests,
) satisfies Schema<plain.ClientMessage>;
export type ClientMessage = plain.ClientMessage;

export const ServerMessage = z.discriminatedUnion("type", [
  State.extend({ type: z.literal("state_change") }),
  z.object({ type: z.literal("presence"), participants: z.number().int() }),
  Rules.extend({ type: z.literal("rules") }),
  z.object({
    type: z.literal("door"),
    waiting: z.number().int(),
    perMinute: z.number().int(),
    isClosed: z.boolean(),
  }),
  z.object({ type: z.literal("driver"), driver: z.string() }),
  z.object({ type: z.literal("notice"), text: z.string(), at: z.number() }),
  z.object({ type: z.literal("ack"), ids: z.array(z.string()) }),
  z.object({
    type: z.literal("error"),
    id: z.string().optional(),
    code: ProblemCode,
    detail: z.string(),
    retryAfter: z.number().optional(),
  }),
  z.object({ type: z.literal("end") }),
  ...interactionMessages,
]) satisfies Schema<plain.ServerMessage>;
export type ServerMessage = plain.ServerMessage;
