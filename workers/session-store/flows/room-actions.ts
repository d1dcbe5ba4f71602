import type { LiveActivity, StatusChange } from "../../../shared/interactions/activity/activity.ts";
import { HOST_DRIVES } from "../../../shared/protocol/co-host.ts";
import type { RoomAction } from "../../../shared/protocol/flow.ts";
import { createParticipant } from "../../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../../shared/protocol/message.ts";
import type { Refusal } from "../../../shared/protocol/problem.ts";
import type { HostRules } from "../../../shared/protocol/rules.ts";
import type { Actor } from "../../lib/actor.ts";
import type { FinalTotals } from "../../lib/final-totals.ts";
import type { IdentifiedAction } from "../../lib/room-event.ts";
import type { CoHostList } from "../co-host-list.ts";
import { ENDED, NOT_FOUND } from "../refusals.ts";
import type { Facts } from "../room-message.ts";
import type { SessionCommands } from "../session-commands.ts";
import type { SessionState } from "../session-state.ts";
import type { DoneActions } from "./done-actions.ts";
import type { SessionEvents } from "./session-events.ts";

interface RoomActionsOptions {
  readonly state: SessionState;
  readonly done: DoneActions;
  readonly events: Pick<SessionEvents, "causedBy">;
  readonly commands: Pick<SessionCommands, "setState" | "setRules">;
  readonly coHosts: Pick<CoHostList, "driver">;
  readonly setActivity: (actor: Actor, id: string, change: StatusChange) => LiveActivity | Refusal;
  readonly end: (actor: Actor) => Promise<FinalTotals | Refusal>;
  readonly tellHosts: (message: ServerMessage) => void;
}

export interface DoneAction {
  /** It was done now. */
  readonly done: boolean;
  /** Of a session that it has ended: whoever calls keeps them. */
  readonly final?: FinalTotals;
}

/**
 * What flows have the session do, in its host's name. Each action is done once: in the turn in which it is done its id is
 * remembered, and what it causes carries how many flows have caused it. What is refused may be sent again.
 */
export class RoomActions {
  readonly #options: RoomActionsOptions;

  constructor(options: RoomActionsOptions) {
    this.#options = options;
  }

  /** An id that is known, or is of the time before a restart, does nothing. */
  async do({ id, epoch, depth, action }: IdentifiedAction): Promise<DoneAction | Refusal> {
    const { state, done, events } = this.#options;
    const { facts } = state;
    if (!facts) return NOT_FOUND;
    if (epoch !== undefined && epoch !== state.epoch) return { done: false };
    if (action.do === "end") return this.#end(id, depth, facts);
    if (done.has(id)) return { done: false };
    const refusal = events.causedBy(depth, () => this.#perform(action, facts));
    if (refusal) return refusal;
    done.add(id);
    return { done: true };
  }

  /** Safe to repeat: whoever sends it again, since not all rooms had answered, has them count once more. */
  async #end(id: string, depth: number, facts: Facts): Promise<DoneAction | Refusal> {
    const { state, done, events, end } = this.#options;
    const isKnown = done.has(id);
    const ending = events.causedBy(depth, () => end(nameHost(facts)));
    if (state.facts && state.facts.endedAt !== null) done.add(id);
    const ended = await ending;
    return "code" in ended ? ended : { done: !isKnown, final: ended };
  }

  /** In one turn. */
  #perform(action: Exclude<RoomAction, { readonly do: "end" }>, facts: Facts): Refusal | undefined {
    const { commands, setActivity, tellHosts } = this.#options;
    if (facts.endedAt !== null) return ENDED;
    const host = nameHost(facts);
    switch (action.do) {
      case "activity":
        return asRefusal(setActivity(host, action.activity, toChange(action)));
      case "state":
        return asRefusal(
          commands.setState(this.#nameDriver(host), { page: action.page, state: action.state }),
        );
      case "rules":
        return asRefusal(commands.setRules(host, { paused: action.paused, questions: action.questions }));
      case "message":
        tellHosts({ type: "notice", text: action.text, at: Date.now() });
        return undefined;
    }
  }

  /** Whoever drives: a flow competes with nobody, and does what its host has asked for before. */
  #nameDriver(host: Actor): Actor {
    const { driver } = this.#options.coHosts;
    return driver === HOST_DRIVES ? host : { role: "presenter", participant: driver };
  }
}

const asRefusal = (answer: LiveActivity | HostRules | { version: number } | Refusal): Refusal | undefined =>
  "code" in answer ? answer : undefined;

/** The host, whoever that is: no pipe has this name. */
const nameHost = ({ generation }: Facts): Actor => ({
  role: "host",
  participant: createParticipant("host", 0, "-".repeat(16), generation),
});

const toChange = ({ status, seconds }: Extract<RoomAction, { readonly do: "activity" }>): StatusChange =>
  status === "revealed"
    ? { status: "closed", revealed: true }
    : { status, ...(status === "open" && seconds !== undefined && { seconds }) };
