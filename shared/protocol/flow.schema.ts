import * as z from "zod";
import { ActivityId } from "../interactions/activity/definition.schema.ts";
import type * as plain from "./flow.ts";
import { LIMITS } from "./limits.ts";
import type { Schema } from "./schema.ts";
import { Page, Reaction, StateText, text } from "./text.schema.ts";

const COUNT = z.number().int().min(1).max(LIMITS.maxParticipantsCeiling);
const again = z.literal(true).optional();
const ActivityStatus = z.enum(["open", "closed", "revealed"]) satisfies Schema<plain.FlowActivityStatus>;
const Topic = text("the topic", LIMITS.textLength);

const People = z.object({ atLeast: COUNT.optional(), below: COUNT.optional() });
const isOne = ({ atLeast, below }: z.infer<typeof People>) =>
  (atLeast === undefined) !== (below === undefined);
const ONE = "say either atLeast or below";

const WALL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
const isZone = (zone: string): boolean => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC";

export const FlowTrigger = z.union([
  z.strictObject({
    event: z.literal("reactions"),
    page: Page.optional(),
    reaction: Reaction.optional(),
    atLeast: COUNT,
    within: z.number().int().min(1).max(LIMITS.flowWindowSeconds).optional(),
    again,
  }),
  z.strictObject({ event: z.literal("page"), page: Page.optional() }),
  z.strictObject({ event: z.literal("activity"), activity: ActivityId.optional(), status: ActivityStatus }),
  z.strictObject({
    event: z.literal("answers"),
    activity: ActivityId.optional(),
    share: z.number().gt(0).max(1),
    again,
  }),
  z.strictObject({ event: z.literal("question"), votes: COUNT.optional() }),
  z.strictObject({ event: z.literal("people"), atLeast: COUNT, again }),
  z.strictObject({ event: z.literal("people"), below: COUNT, again }),
  z.strictObject({ event: z.literal("ended") }),
  z.strictObject({ event: z.literal("recap") }),
  z.strictObject({
    event: z.literal("schedule"),
    at: z.string().regex(WALL_TIME, "a time is written 2027-03-28T18:00"),
    zone: z.string().refine(isZone, "a time zone is one of the IANA list, such as Europe/Berlin"),
  }),
  z.strictObject({
    event: z.literal("schedule"),
    minutes: z.number().int().min(0).max(LIMITS.flowMinutes),
  }),
  z.strictObject({
    event: z.literal("schedule"),
    every: z.number().int().min(1).max(LIMITS.flowMinutes),
  }),
  z.strictObject({ event: z.literal("http") }),
  z.strictObject({ event: z.literal("queue"), topic: Topic }),
]) satisfies Schema<plain.FlowTrigger>;

export const FlowCondition = z.union([
  z.strictObject({ people: People.strict().refine(isOne, ONE) }),
  z.strictObject({ page: Page }),
  z.strictObject({ activity: ActivityId, status: ActivityStatus }),
]) satisfies Schema<plain.FlowCondition>;

const roomActions = [
  z.strictObject({
    do: z.literal("activity"),
    activity: ActivityId,
    status: ActivityStatus,
    seconds: z.number().int().min(5).max(3600).optional(),
  }),
  z.strictObject({ do: z.literal("state"), page: Page, state: StateText.default("") }),
  z.strictObject({
    do: z.literal("rules"),
    paused: z.boolean().optional(),
    questions: z.enum(["off", "open", "moderated"]).optional(),
  }),
  z.strictObject({ do: z.literal("message"), text: text("the message", LIMITS.flowMessageLength) }),
  z.strictObject({ do: z.literal("end") }),
] as const;

export const RoomAction = z.discriminatedUnion("do", roomActions) satisfies Schema<plain.RoomAction>;
export type RoomAction = plain.RoomAction;

export const FlowAction = z.discriminatedUnion("do", [
  ...roomActions,
  z.strictObject({ do: z.literal("webhook"), url: z.url().max(LIMITS.urlLength) }),
  z.strictObject({ do: z.literal("recap") }),
  z.strictObject({ do: z.literal("queue"), topic: Topic }),
  z.strictObject({ do: z.literal("store") }),
]) satisfies Schema<plain.FlowAction>;

export const NewFlow = z.strictObject({
  name: text("the name", LIMITS.nameLength),
  on: FlowTrigger,
  if: z.array(FlowCondition).max(LIMITS.flowConditions).readonly().default([]),
  do: z.array(FlowAction).min(1, "at least one action").max(LIMITS.flowActions).readonly(),
  enabled: z.boolean().default(true),
}) satisfies Schema<plain.NewFlow>;
export type NewFlow = plain.NewFlow;

/** Names a flow within its session. */
export const FlowId = ActivityId;

export const Flow = NewFlow.extend({
  id: z.string(),
  failures: z.number().int(),
  offBecause: z.string().optional(),
  lastRun: z.number().optional(),
}) satisfies Schema<plain.Flow>;
export type Flow = plain.Flow;

export const Flows = z.object({ flows: z.array(Flow) }) satisfies Schema<plain.Flows>;
export type Flows = plain.Flows;

export const SavedFlow = z.object({
  flow: Flow,
  signingSecret: z.string().optional(),
  hookUrl: z.string().optional(),
}) satisfies Schema<plain.SavedFlow>;
export type SavedFlow = plain.SavedFlow;

export const FlowStep = z.object({
  do: z.enum([...roomActions.map((action) => action.shape.do.value), "webhook", "recap", "queue", "store"]),
  status: z.enum(["waiting", "running", "done", "failed", "dead", "cancelled"]),
  attempts: z.number().int(),
  nextAt: z.number().optional(),
  problem: z.string().optional(),
}) satisfies Schema<plain.FlowStep>;

export const FlowRun = z.object({
  id: z.string(),
  at: z.number(),
  event: z.string(),
  steps: z.array(FlowStep),
}) satisfies Schema<plain.FlowRun>;
export type FlowRun = plain.FlowRun;

export const FlowRuns = z.object({
  runs: z.array(FlowRun),
  cursor: z.string().optional(),
}) satisfies Schema<plain.FlowRuns>;
export type FlowRuns = plain.FlowRuns;
