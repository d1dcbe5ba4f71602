import type { Refusal } from "../../shared/protocol/problem.ts";

/** Names in one question. */
const MOST = 1000;

/** What the root answers: who of those asked about has a place, and why the others have none. */
export interface ClaimAnswer {
  /** Where they were asked for, everybody else in that room who has one, too. */
  readonly placed: readonly string[];
  readonly refusal: Refusal | undefined;
}

interface Claim {
  readonly participant: string;
  readonly settle: (refusal?: Refusal) => void;
}

/** @param withOthers asks for everybody in their room who has a place */
type AskForPlaces = (participants: readonly string[], withOthers: boolean) => Promise<ClaimAnswer>;

/**
 * Asks the root whether a participant of this room has a place: once for each who is new. Who is not, a room
 * that has just woken hears with its first answer. One question is on its
 * way at a time; who comes meanwhile shares the next. Where the root does not answer everyone is let in, and
 * asked about again the next time: places are for fairness, and nobody is to lose a reaction for them.
 */
export class PlaceClaims {
  readonly #ask: AskForPlaces;
  readonly #placed = new Set<string>();
  #waiting: Claim[] = [];
  #isAsking = false;
  /** The root has said who of this room has a place. */
  #isTold = false;
  /** Grows when all names become void. */
  #round = 0;

  constructor(ask: AskForPlaces) {
    this.#ask = ask;
  }

  has(participant: string): boolean {
    return this.#placed.has(participant);
  }

  /** These have opened a pipe before, and so they have a place. */
  know(participants: Iterable<string>): void {
    for (const participant of participants) this.#placed.add(participant);
  }

  /** Why this participant has no place; undefined once they have one. */
  claim(participant: string): Promise<Refusal | undefined> {
    return new Promise((settle) => {
      this.#waiting.push({ participant, settle });
      if (!this.#isAsking) void this.#drain();
    });
  }

  /** Nobody has a place any more, as far as this room knows. */
  clear(): void {
    this.#placed.clear();
    this.#round++;
  }

  async #drain(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) {
      const claims = this.#waiting.splice(0, MOST);
      const round = this.#round;
      const participants = claims.map(({ participant }) => participant);
      const answer = await this.#ask(participants, !this.#isTold).catch(() => undefined);
      const placed = new Set(answer?.placed);
      if (answer && round === this.#round) {
        this.#isTold = true;
        this.know(placed);
      }
      for (const { participant, settle } of claims) {
        settle(placed.has(participant) ? undefined : answer?.refusal);
      }
      this.#settlePlaced();
    }
    this.#isAsking = false;
  }

  /** Who has a place by now waits no more: what they send next is taken at once, and must not overtake what they have sent. */
  #settlePlaced(): void {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ participant }) => !this.has(participant));
    for (const { participant, settle } of waiting) if (this.has(participant)) settle();
  }
}
