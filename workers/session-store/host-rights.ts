import type { CoHostRole } from "../../shared/protocol/co-host.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Actor } from "../lib/actor.ts";
import type { CoHostList } from "./co-host-list.ts";
import { ENDED, NOT_FOUND } from "./refusals.ts";
import type { SessionState } from "./session-state.ts";

/** What the host and its co-hosts may do. Of the root alone. */
export class HostRights {
  readonly #state: SessionState;
  readonly #coHosts: CoHostList;

  constructor(state: SessionState, coHosts: CoHostList) {
    this.#state = state;
    this.#coHosts = coHosts;
  }

  /** Why `actor` may not act in this session: there is none, it is over, or it is not theirs to do. @param roles of co-hosts */
  refuseActor(actor: Actor, roles: readonly CoHostRole[]): Refusal | undefined {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    if (facts.endedAt !== null) return ENDED;
    return this.refuseHost(actor, roles);
  }

  /** The same, also after the end. */
  refuseHost(actor: Actor, roles: readonly CoHostRole[]): Refusal | undefined {
    const sentOut = actor.role === "host" ? this.#state.refuseName(actor.participant) : undefined;
    return sentOut ?? this.#coHosts.refuse(actor, roles);
  }

  /** Why `actor` may not move the deck, or what goes with it: somebody else drives. */
  refuseDriver(actor: Actor): Refusal | undefined {
    if (this.#coHosts.isDriving(actor)) return undefined;
    return { code: "not_driving", detail: "another presenter drives; take over first" };
  }
}
