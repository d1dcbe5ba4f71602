import { isPerson } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { HasteLimit } from "./haste-limit.ts";
import type { Names } from "./names.ts";
import { BLOCKED, ENDED, NOT_FOUND, UNAVAILABLE } from "./refusals.ts";
import type { SessionState } from "./session-state.ts";

interface NamingOptions {
  readonly state: SessionState;
  /** The root's, which alone decides. */
  readonly names: Names;
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
  /** Has the root decide. Throws when it does not answer. */
  readonly ask: (participant: string, name: string) => Promise<Refusal | null>;
}

/** How people get their names: each room sees to the pace, and the root decides. */
export class Naming {
  readonly #options: NamingOptions;
  readonly #pace = HasteLimit.perMinute(LIMITS.namesPerMinute, "names");

  constructor(options: NamingOptions) {
    this.#options = options;
  }

  /** The room of whoever wants a name: asks the root. */
  async request(participant: string, name: string): Promise<Refusal | null> {
    const { ensurePlace, ask } = this.#options;
    const refusal = this.#refusePerson(participant) ?? this.#pace.refuse(participant);
    if (refusal) return refusal;
    const unplaced = await ensurePlace(participant);
    if (unplaced) return unplaced;
    return ask(participant, name).catch(() => UNAVAILABLE);
  }

  /** The root: keeps it, or says why not. */
  decide(participant: string, name: string): Refusal | null {
    const { state, names } = this.#options;
    const refusal = this.#refusePerson(participant);
    if (refusal) return refusal;
    if (!state.facts?.rules.names) return { code: "names_off", detail: "the host takes no names" };
    if (names.set(participant, name)) return null;
    return { code: "name_taken", detail: "somebody in this session is called so already" };
  }

  /** The names of these, as far as they are shown. */
  findShown(participants: readonly string[]): ReadonlyMap<string, string> {
    const { state, names } = this.#options;
    if (!state.facts?.rules.names) return new Map();
    const blocked = new Set(state.facts.blocked);
    return names.find(participants.filter((participant) => !blocked.has(participant)));
  }

  #refusePerson(participant: string): Refusal | undefined {
    const { facts } = this.#options.state;
    if (!facts) return NOT_FOUND;
    if (facts.endedAt !== null) return ENDED;
    const sentOut = this.#options.state.refuseName(participant);
    if (sentOut) return sentOut;
    if (!isPerson(participant)) {
      return { code: "not_participant", detail: "only the audience takes names; join as a user" };
    }
    return facts.blocked.includes(participant) ? BLOCKED : undefined;
  }
}
