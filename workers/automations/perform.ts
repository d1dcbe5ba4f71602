import * as z from "zod";
import type { RoomAction } from "../../shared/protocol/flow.ts";
import { RecapStatus } from "../../shared/protocol/recap.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { IdentifiedAction } from "../lib/room-event.ts";
import type { Bindings } from "./bindings.ts";
import { askRecap, askRoom } from "./neighbours.ts";
import { putSnapshot } from "./snapshot.ts";
import type { PerformStep, StepOrder, StepOutcome } from "./step.ts";
import { sendWebhook } from "./webhook/send.ts";

const DONE: StepOutcome = { ok: true };

const ActionAnswer = z.object({ done: z.boolean() });

/** What each action does, by whoever does it. */
export function createPerform(env: Bindings): PerformStep {
  const isPrivateAllowed = env.WEBHOOK_PRIVATE === "true";
  /** The root does it once, however often it is asked. */
  async function act({ id, depth, epoch, session }: StepOrder, action: RoomAction): Promise<StepOutcome> {
    const { room, param } = askRoom(env, session);
    const json: IdentifiedAction = { id, depth, epoch, action };
    const answer = await room.actions.$post({ param, json });
    await readAnswer(ActionAnswer, answer);
    return DONE;
  }

  async function post(order: StepOrder, url: string, signal: AbortSignal): Promise<StepOutcome> {
    const { id, depth, signingSecret: secret } = order;
    if (secret === undefined)
      return { ok: false, problem: "The flow has no secret to sign with.", isFinal: true };
    const body = JSON.stringify(describeCause(order));
    const sent = await sendWebhook({ url, secret, id, body, depth, signal, isPrivateAllowed });
    if (sent.ok) return DONE;
    const { problem, gone, retryAfter } = sent;
    return { ok: false, problem, ...(gone && { isGone: true }), retryAfter };
  }

  /** Made once under one order: an answer may be lost, and each one costs. */
  async function makeRecap({ id, session }: StepOrder): Promise<StepOutcome> {
    const { recap, param } = askRecap(env, session);
    await readAnswer(RecapStatus, await recap.$post({ param, query: { order: id } }));
    return DONE;
  }

  async function putOnQueue({ sessionUid, depth }: StepOrder, topic: string): Promise<StepOutcome> {
    if (env.FLOW_QUEUE === undefined)
      return { ok: false, problem: "This deployment has no queue.", isFinal: true };
    await env.FLOW_QUEUE.send({ session: sessionUid, topic, depth });
    return DONE;
  }

  async function store({ id, session, at }: StepOrder): Promise<StepOutcome> {
    const { room, param } = askRoom(env, session);
    const answer = await room.totals.$get({ param, query: { final: "true" } });
    const counts = await readAnswer(SessionTotals, answer);
    await putSnapshot(env.SNAPSHOTS, session, id, { at, ...counts });
    return DONE;
  }

  function perform(order: StepOrder, signal: AbortSignal): Promise<StepOutcome> {
    const { action } = order;
    switch (action.do) {
      case "webhook":
        return post(order, action.url, signal);
      case "recap":
        return makeRecap(order);
      case "queue":
        return putOnQueue(order, action.topic);
      case "store":
        return store(order);
      default:
        return act(order, action);
    }
  }

  return async (order, signal) => {
    try {
      return await perform(order, signal);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return toOutcome(error);
    }
  };
}

/** What a webhook's receiver is told: the form that Standard Webhooks recommends. */
function describeCause({ cause, at, sessionUid, flow, run }: StepOrder): object {
  const { event, ...data } = cause;
  return { type: event, timestamp: new Date(at).toISOString(), session: sessionUid, flow, run, data };
}

/** What was refused stays refused; what did not answer may do so later. */
function toOutcome({ code, detail, retryAfter }: ProblemError): StepOutcome {
  const problem = `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
  if (code !== "unavailable" && code !== "rate_limited") return { ok: false, problem, isFinal: true };
  return { ok: false, problem, ...(retryAfter !== undefined && { retryAfter }) };
}
