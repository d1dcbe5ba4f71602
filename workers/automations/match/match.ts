import type { FlowCondition, FlowTrigger } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RoomEvents } from "../../lib/room-event.ts";
import { matchAnswers } from "./answers.ts";
import { holdAll } from "./conditions.ts";
import { cross } from "./cross.ts";
import { type FlowEvent, isTooDeep } from "./flow-event.ts";
import type { FlowMemory } from "./memory.ts";
import { matchReactionCount } from "./reaction-count.ts";
import { matchReactionRate } from "./reaction-rate.ts";
import type { TriggerMatch } from "./trigger-match.ts";

/** As much of a flow as says when it is set off. */
export interface MatchedFlow {
  readonly id: string;
  readonly on: FlowTrigger;
  readonly if: readonly FlowCondition[];
}

export interface Match extends TriggerMatch {
  /** It would have fired, but for the flows, one after the other, that have caused the event: `isTooDeep`. */
  readonly isStopped: boolean;
}

/**
 * Whether an event sets a flow off, and what is to be remembered of it. Pure: whoever calls gives each event once, in the
 * order of their numbers, with the memory that the one before has left.
 *
 * Conditions hold, or do not, as the room stands `now`. Where one does not, the threshold was crossed all the same: a flow
 * that was not set off then is not set off as soon as its condition holds.
 */
export function match(
  flow: MatchedFlow,
  event: FlowEvent,
  memory: FlowMemory,
  now: RoomEvents["now"],
): Match {
  const { fires, memory: remembered } = matchTrigger(flow, event, memory);
  const isSetOff = fires && holdAll(flow.if, now);
  const isStopped = isSetOff && isTooDeep(event);
  return { fires: isSetOff && !isStopped, isStopped, memory: remembered };
}

function matchTrigger({ id, on }: MatchedFlow, event: FlowEvent, memory: FlowMemory): TriggerMatch {
  const plain = (fires: boolean): TriggerMatch => ({ fires, memory });
  switch (on.event) {
    case "reactions":
      if (
        event.event !== "reactions" ||
        !isMeant(on.page, event.page) ||
        !isMeant(on.reaction, event.reaction)
      )
        return plain(false);
      return on.within === undefined
        ? matchReactionCount(on, event, memory)
        : matchReactionRate({ ...on, within: on.within }, event, memory);
    case "page":
      return plain(event.event === "page" && isMeant(on.page, event.page));
    case "activity":
      return plain(
        event.event === "activity" && isMeant(on.activity, event.activity) && event.status === on.status,
      );
    case "answers":
      return event.event === "answers" && isMeant(on.activity, event.activity)
        ? matchAnswers(on, event, memory)
        : plain(false);
    case "question":
      return event.event === "question" ? matchQuestion(on.votes, event, memory) : plain(false);
    case "people":
      return event.event === "people" ? matchPeople(on, event.people, memory) : plain(false);
    case "http":
      return plain(event.event === "http" && event.flow === id);
    case "queue":
      return plain(event.event === "queue" && event.topic === on.topic);
    case "schedule":
      return event.event === "schedule" && event.flow === id ? matchDue(event.due, memory) : plain(false);
    default:
      return plain(event.event === on.event);
  }
}

const isMeant = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is;

/** From below nobody comes down: fewer people than that is crossed after as many were there. */
function matchPeople(
  on: Extract<FlowTrigger, { event: "people" }>,
  people: number,
  memory: FlowMemory,
): TriggerMatch {
  const isRising = "atLeast" in on;
  const { crossing: was = isRising ? "armed" : "crossed" } = memory;
  // Down, it is crossed for the first time as it is crossed again.
  const isReached = isRising ? people >= on.atLeast : people < on.below;
  const { fires, crossing } = cross(was, isReached, on.again);
  return { fires, memory: crossing === memory.crossing ? memory : { ...memory, crossing } };
}

/** Each question has votes of its own, and reaches a number of them once. */
function matchQuestion(
  votes: number | undefined,
  event: Extract<FlowEvent, { event: "question" }>,
  memory: FlowMemory,
): TriggerMatch {
  if (votes === undefined) return { fires: event.isNew === true, memory };
  const { questions = [] } = memory;
  if (event.votes < votes || questions.includes(event.question)) return { fires: false, memory };
  const newest = [...questions, event.question].slice(-LIMITS.questions);
  return { fires: true, memory: { ...memory, questions: newest } };
}

/** Each instant of a schedule once, though cron comes twice. */
const matchDue = (due: number, memory: FlowMemory): TriggerMatch =>
  memory.due !== undefined && due <= memory.due
    ? { fires: false, memory }
    : { fires: true, memory: { ...memory, due } };
