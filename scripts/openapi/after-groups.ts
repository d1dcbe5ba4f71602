import * as z from "zod";
import { FlowRun, FlowRuns, FlowStep, Flows, SavedFlow } from "../../shared/protocol/flow.schema.ts";
import { Health } from "../../shared/protocol/health.schema.ts";
import { RecapDocument, RecapStatus, WrittenStatement } from "../../shared/protocol/recap.schema.ts";
import { eventsOf, type Group, HTML } from "./operation.ts";

const SESSION = "/api/v1/session/{sessionUid}";

/** The page after the talk, and what a session does by itself. */
export const afterGroups: readonly Group[] = [
  {
    tag: "Recap",
    about: "The page after the talk: its host has it made, changes and publishes it; others read it then.",
    operations: {
      [`POST ${SESSION}/recap`]: {
        answers: { 202: RecapStatus },
        problems: ["session_running", "rate_limited", "recap_not_found"],
      },
      [`GET ${SESSION}/recap`]: { answers: { 200: RecapStatus } },
      [`DELETE ${SESSION}/recap`]: { answers: { 204: null } },
      [`GET ${SESSION}/recap/events`]: {
        about: "Events `status` hold a `RecapStatus`, events `statement` a `WrittenStatement`.",
        answers: { 200: eventsOf(z.union([RecapStatus, WrittenStatement])) },
        problems: ["recap_not_found", "role_not_allowed"],
      },
      [`GET ${SESSION}/recap/document`]: { answers: { 200: RecapDocument }, problems: ["recap_not_found"] },
      [`PUT ${SESSION}/recap/document`]: {
        answers: { 200: RecapStatus },
        problems: ["recap_not_found", "conflict"],
      },
      [`GET ${SESSION}/recap/page`]: {
        answers: { 200: HTML },
        problems: ["recap_not_found", "role_not_allowed"],
      },
      [`POST ${SESSION}/recap/publish`]: {
        answers: { 200: RecapStatus },
        problems: ["recap_not_found", "conflict"],
      },
      "GET /recap": {
        about: "For people. Where nothing is published, the page says so, and helps a host on.",
        query: z.object({ session: z.string().optional() }),
        answers: { 200: HTML, 304: null, 404: HTML, 503: HTML },
      },
    },
  },
  {
    tag: "Flows",
    about: "When this happens in the room, do that.",
    operations: {
      [`GET ${SESSION}/flows`]: { answers: { 200: Flows } },
      [`POST ${SESSION}/flows`]: {
        answers: { 200: z.object({ flows: z.array(SavedFlow) }) },
        problems: ["capability_missing", "limit_reached"],
      },
      [`PUT ${SESSION}/flows/{flow}`]: {
        answers: { 200: SavedFlow },
        problems: ["capability_missing", "limit_reached"],
      },
      [`DELETE ${SESSION}/flows/{flow}`]: { answers: { 204: null }, problems: ["flow_not_found"] },
      [`POST ${SESSION}/flows/{flow}/run`]: {
        about: "Events `step` hold a `FlowStep` and its `index`, the last event, `run`, a `FlowRun`.",
        answers: { 200: eventsOf(z.union([FlowStep.extend({ index: z.number().int() }), FlowRun])) },
        problems: ["flow_not_found", "conflict", "rate_limited"],
      },
      [`GET ${SESSION}/flows/{flow}/runs`]: { answers: { 200: FlowRuns }, problems: ["flow_not_found"] },
      [`POST ${SESSION}/flows/{flow}/runs/{run}/again`]: {
        answers: { 202: FlowRun },
        problems: ["flow_not_found", "not_found", "conflict"],
      },
      "POST /api/v1/hook/{sessionUid}/{flow}/{secret}": {
        about: "The address is the secret. A body is not read.",
        headers: z.object({ "Revint-Depth": z.string().optional() }),
        answers: { 202: null },
        problems: ["flow_not_found", "rate_limited"],
      },
    },
  },
  {
    tag: "Service",
    about: "The deployment itself, for monitors and load balancers.",
    operations: {
      "GET /healthz": {
        about: "What was found is good for two seconds.",
        answers: { 200: Health, 503: Health },
      },
    },
  },
];
