import type { FlowTrigger } from "../../../shared/protocol/flow.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { RoomEvents } from "../../lib/room-event.ts";
import { cross } from "./cross.ts";
import type { FlowEvent } from "./flow-event.ts";
import type { TriggerMatch } from "./match.ts";
import type { FlowMemory } from "./memory.ts";

type AnswersTrigger = Extract<FlowTrigger, { event: "answers" }>;
type Answers = NonNullable<FlowMemory["answers"]>;

/**
 * Each activity has a share of its own, and each of its rounds begins at none. A share grows by answers, and by people who
 * leave: those who are still there may all have answered an activity that is open.
 */
export function matchAnswers(
  on: AnswersTrigger,
  event: FlowEvent,
  memory: FlowMemory,
  now: RoomEvents["now"],
): TriggerMatch {
  if (event.event === "answers") {
    if (on.activity !== undefined && on.activity !== event.activity) return { fires: false, memory };
    return look(on, memory, [event], event.people);
  }
  if (event.event !== "people") return { fires: false, memory };
  const answers = memory.answers ?? {};
  const open = now.activities.filter(({ id, status }) => status === "open" && Object.hasOwn(answers, id));
  const rounds = open.flatMap(({ id }) => {
    const kept = answers[id];
    return kept ? [{ activity: id, round: kept.round, answered: kept.answered }] : [];
  });
  return look(on, memory, rounds, event.people);
}

/** One round of one activity, as it is now. */
interface Round {
  readonly activity: string;
  readonly round: number;
  readonly answered: number;
}

function look(
  { share, again }: AnswersTrigger,
  memory: FlowMemory,
  rounds: readonly Round[],
  people: number,
): TriggerMatch {
  const answers: Answers = { ...memory.answers };
  let fires = false;
  let changes = false;
  for (const { activity, round, answered } of rounds) {
    const kept = Object.hasOwn(answers, activity) ? answers[activity] : undefined;
    // What comes late of a round that is over says nothing of this one.
    if (kept && kept.round > round) continue;
    const was = kept?.round === round || kept?.crossing === "spent" ? (kept?.crossing ?? "armed") : "armed";
    const crossed = cross(was, people > 0 && answered / people >= share, again);
    if (crossed.fires) fires = true;
    if (kept?.round === round && kept.answered === answered && kept.crossing === crossed.crossing) continue;
    // The one that was heard of last stands last.
    delete answers[activity];
    answers[activity] = { round, answered, crossing: crossed.crossing };
    changes = true;
  }
  if (!changes) return { fires, memory };
  const newest = Object.entries(answers).slice(-LIMITS.activities);
  return { fires, memory: { ...memory, answers: Object.fromEntries(newest) } };
}
