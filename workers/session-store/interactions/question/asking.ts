import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { isPerson } from "../../../../shared/protocol/identity.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import { NOT_FOUND, UNAVAILABLE } from "../../refusals.ts";
import type { SessionState } from "../../session-state.ts";
import type { IdentifiedQuestion } from "./question-commands.ts";

interface AskingOptions {
  readonly state: SessionState;
  readonly haste: Pick<HasteLimit, "refuse">;
  /** Why a participant has no place; undefined, and at once, for somebody who is known to have one. */
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
  /** Has the root decide. Both throw when it does not answer. */
  readonly ask: (participant: string, question: IdentifiedQuestion) => Promise<LiveQuestion | Refusal>;
  readonly withdraw: (participant: string, question: string) => Promise<Refusal | null>;
}

/** How the people of one room ask: the room sees to places and to the pace, and the root decides. */
export class Asking {
  readonly #options: AskingOptions;

  constructor(options: AskingOptions) {
    this.#options = options;
  }

  async ask(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal> {
    const { state, ensurePlace, ask } = this.#options;
    const refusal = this.#refuse(participant);
    if (refusal) return refusal;
    // After the end nobody gets a place any more, and everybody hears that it is over.
    const unplaced = state.facts?.endedAt === null ? await ensurePlace(participant) : undefined;
    return unplaced ?? ask(participant, question).catch(() => UNAVAILABLE);
  }

  async withdraw(participant: string, question: string): Promise<Refusal | null> {
    return (
      this.#refuse(participant) ?? this.#options.withdraw(participant, question).catch(() => UNAVAILABLE)
    );
  }

  #refuse(participant: string): Refusal | undefined {
    const { state, haste } = this.#options;
    if (!state.facts) return NOT_FOUND;
    if (!isPerson(participant)) {
      return { code: "not_participant", detail: "only the audience asks; join as a user" };
    }
    return state.refuseName(participant) ?? haste.refuse(participant);
  }
}
