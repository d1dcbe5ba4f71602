import { createParticipant, createRandom } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Overlays as Listed, NewOverlay, Overlay } from "../../shared/protocol/overlay.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { Actor } from "../lib/actor.ts";
import type { CoHostList } from "./co-host-list.ts";
import { HostRights } from "./host-rights.ts";
import { NOT_FOUND } from "./refusals.ts";
import type { SessionState, StateChange } from "./session-state.ts";

interface OverlaysOptions {
  readonly state: SessionState;
  readonly coHosts: CoHostList;
  /** Tells everybody what has changed, and closes the pipes of overlays that are gone. */
  readonly announce: (change: StateChange) => void;
}

/**
 * The overlays whose keys are good: made, listed and revoked by the host alone. A key itself is kept nowhere; it names its
 * overlay, and api checks it by its tag. Of the root alone.
 */
export class Overlays {
  readonly #state: SessionState;
  readonly #rights: HostRights;
  readonly #announce: (change: StateChange) => void;

  constructor({ state, coHosts, announce }: OverlaysOptions) {
    this.#state = state;
    this.#rights = new HostRights(state, coHosts);
    this.#announce = announce;
  }

  add(actor: Actor, { name }: NewOverlay): Overlay | Refusal {
    const refusal = this.#rights.refuseActor(actor, []);
    if (refusal) return refusal;
    if (this.#all.length >= LIMITS.overlays) {
      return { code: "invalid_request", detail: `up to ${LIMITS.overlays} overlays; revoke a key first` };
    }
    const participant = createParticipant("overlay", 0, createRandom(), this.#state.facts?.generation);
    const overlay = { participant, ...(name !== undefined && { name }), madeAt: Date.now() };
    this.#keep([...this.#all, overlay]);
    return overlay;
  }

  /** Its key is worth nothing from now on. Safe to repeat, also after the end. */
  remove(actor: Actor, participant: string): Refusal | null {
    const refusal = this.#refuseReader(actor);
    if (refusal) return refusal;
    this.#keep(this.#all.filter((each) => each.participant !== participant));
    return null;
  }

  list(actor: Actor): Listed | Refusal {
    return this.#refuseReader(actor) ?? { overlays: this.#all };
  }

  /** Why nobody comes in with this overlay's key. */
  refuse(participant: string): Refusal | null {
    if (!this.#state.facts) return NOT_FOUND;
    const refusal = this.#state.refuseName(participant);
    return refusal ? { ...refusal, code: "invalid_token" } : null;
  }

  #refuseReader(actor: Actor): Refusal | undefined {
    return this.#state.facts ? this.#rights.refuseHost(actor, []) : NOT_FOUND;
  }

  get #all(): readonly Overlay[] {
    return this.#state.facts?.overlays ?? [];
  }

  #keep(overlays: readonly Overlay[]): void {
    this.#announce(this.#state.change({ overlays }, Date.now()));
  }
}
