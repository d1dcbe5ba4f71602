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

/** Either of them. */
const sides = { atLeast: COUNT.optional(), below: COUNT.optional() };
const isOne = ({ atLeast, below }: { atLeast?: number | undefined; below?: number | undefined }) =>
  (atLeast === undefined) !== (below === undefined);
const ONE = "say either atLeast or below";

/** What a clock can show. */
function isWallTime(at: string): boolean {
  const shown = Date.parse(`${at}:00Z`);
  return !Number.isNaN(shown) && new Date(shown).toISOString().startsWith(`${at}:00`);
}
const WALL_TIME = "a time is one that exists, written 2027-03-28T18:00";

let zones: ReadonlySet<string> | undefined;

/** The list has each zone once: under another of its names, such as Asia/Kolkata, a browser may know it all the same. */
function isZone(zone: string): boolean {
  // Made once, when it is needed: it costs half a millisecond.
  zones ??= new Set(Intl.supportedValuesOf("timeZone"));
  return zones.has(zone) || isOtherName(zone);
}

function isOtherName(zone: string): boolean {
  // An offset from UTC is no zone: it knows no summer.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** First one shape, so that each mistake is named; then the kinds of it. */
const PeopleTrigger = z
  .strictObject({ event: z.literal("people"), ...sides, again })
  .refine(isOne, ONE)
  .pipe(
    z.union([
      z.object({ event: z.literal("people"), atLeast: COUNT, again }),
      z.object({ event: z.literal("people"), below: COUNT, again }),
    ]),
  );

const Minutes = z.number().int().max(LIMITS.flowMinutes);
const zone = z.string().refine(isZone, "a time zone is one of the IANA list, such as Europe/Berlin");
const WHEN = "say either at and zone, or minutes, or every";
const FROM = "minutes from the start go before it, too; from the opening they don't";

const ScheduleTrigger = z
  .strictObject({
    event: z.literal("schedule"),
    at: z.string().refine(isWallTime, WALL_TIME).optional(),
    zone: zone.optional(),
    minutes: Minutes.min(-LIMITS.flowMinutes).optional(),
    from: z.literal("start").optional(),
    every: Minutes.min(1).optional(),
  })
  .refine(({ at, zone, minutes, every, from }) => {
    const said = [at, minutes, every].filter((each) => each !== undefined);
    const isWhole = (at === undefined) === (zone === undefined);
    return said.length === 1 && isWhole && (from === undefined || minutes !== undefined);
  }, WHEN)
  .refine(({ minutes = 0, from }) => minutes >= 0 || from !== undefined, { error: FROM, path: ["minutes"] })
  .pipe(
    z.union([
      z.object({ event: z.literal("schedule"), at: z.string(), zone: z.string() }),
      z.object({
        event: z.literal("schedule"),
        minutes: z.number(),
        from: z.literal("start").optional(),
      }),
      z.object({ event: z.literal("schedule"), every: z.number() }),
    ]),
  );

const EVENTS =
  "an event is one of reactions, page, activity, answers, question, people, ended, recap, schedule, http, queue";

export const FlowTrigger = z.discriminatedUnion(
  "event",
  [
    z.strictObject({
      event: z.literal("reactions"),
      page: Page.optional(),
      reaction: Reaction.optional(),
      atLeast: COUNT,
      within: z.number().int().min(1).max(LIMITS.flowWindowSeconds).optional(),
      again,
    }),
    z.strictObject({ event: z.literal("page"), page: Page.optional() }),
    z.strictObject({
      event: z.literal("activity"),
      activity: ActivityId.optional(),
      status: ActivityStatus,
    }),
    z.strictObject({
      event: z.literal("answers"),
      activity: ActivityId.optional(),
      share: z.number().gt(0).max(1),
      again,
    }),
    z.strictObject({ event: z.literal("question"), votes: COUNT.optional() }),
    PeopleTrigger,
    z.strictObject({ event: z.literal("ended") }),
    z.strictObject({ event: z.literal("recap") }),
    ScheduleTrigger,
    z.strictObject({ event: z.literal("http") }),
    z.strictObject({ event: z.literal("queue"), topic: Topic }),
  ],
  { error: EVENTS },
) satisfies Schema<plain.FlowTrigger>;

export const FlowCondition = z.union(
  [
    z.strictObject({ people: z.strictObject(sides).refine(isOne, ONE) }),
    z.strictObject({ page: Page }),
    z.strictObject({ activity: ActivityId, status: ActivityStatus }),
  ],
  { error: "a condition is about people, a page, or an activity and its status" },
) satisfies Schema<plain.FlowCondition>;

const roomActions = [
  z.strictObject({
    do: z.literal("activity"),
    activity: ActivityId,
    status: ActivityStatus,
    seconds: z.number().int().min(5).max(3600).optional(),
  }),
  z.strictObject({ do: z.literal("state"), page: Page, state: StateText.default("") }),
  z
    .strictObject({
      do: z.literal("rules"),
      paused: z.boolean().optional(),
      questions: z.enum(["off", "open", "moderated"]).optional(),
    })
    .refine(
      ({ paused, questions }) => paused !== undefined || questions !== undefined,
      "say paused, or questions",
    ),
  z.strictObject({ do: z.literal("message"), text: text("the message", LIMITS.flowMessageLength) }),
  z.strictObject({ do: z.literal("end") }),
] as const;

export const RoomAction = z.discriminatedUnion("do", roomActions) satisfies Schema<plain.RoomAction>;
export type RoomAction = plain.RoomAction;

const ACTIONS = "an action is one of activity, state, rules, message, end, webhook, recap, queue, store";

export const FlowAction = z.discriminatedUnion(
  "do",
  [
    ...roomActions,
    z.strictObject({
      do: z.literal("webhook"),
      url: z
        .url({ protocol: /^https?$/, error: "a webhook's url begins with https://" })
        .max(LIMITS.urlLength),
    }),
    z.strictObject({ do: z.literal("recap") }),
    z.strictObject({ do: z.literal("queue"), topic: Topic }),
    z.strictObject({ do: z.literal("store") }),
  ],
  { error: ACTIONS },
) satisfies Schema<plain.FlowAction>;

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
