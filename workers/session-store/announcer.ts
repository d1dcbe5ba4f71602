import type { ServerMessage } from "../../shared/protocol/message.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { REMOVED } from "./co-host-list.ts";
import { sayRules, sayState } from "./pipe-messages.ts";
import { SENT_OUT } from "./refusals.ts";
import type { SessionState, StateChange } from "./session-state.ts";

/** Who has a pipe to one room. */
export interface Listeners {
  broadcast(audience: "everyone", messages: readonly ServerMessage[]): void;
  closeOf(participant: string, message: ServerMessage): void;
  closeAll(message: ServerMessage, code?: number): void;
}

interface AnnouncerOptions {
  readonly state: SessionState;
  readonly listeners: Listeners;
  /** Everybody who was ever invited to host. */
  readonly listCoHosts: () => Iterable<{ readonly participant: string }>;
  /** Sends what is new of the session to the rooms below. */
  readonly enqueue: (topics: readonly [] | "whole") => void;
  /** A restart: whatever was counted before is forgotten, in this turn. */
  readonly startOver: () => void;
  /** Everyone's name has become void. */
  readonly forgetPlaces: () => void;
  /** Many pipes have closed; or it is to be said anew who is there. */
  readonly peopleChanged: () => void;
  /** Counts are to be said anew. */
  readonly schedule: () => void;
  /** The facts have changed, and with them perhaps who may come in. */
  readonly factsChanged: () => void;
}

/**
 * Tells everybody, here and in the rooms below, how the session differs from what it was. It is kept by then. At a
 * restart it has the room forget its counts first, so that nobody is told any of them.
 */
export class Announcer {
  readonly #options: AnnouncerOptions;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  announce({ before, isNewDeck, isRestart }: StateChange): void {
    const { state, listeners, enqueue, startOver, peopleChanged, schedule, factsChanged } = this.#options;
    const { facts, deck } = state;
    const areNewFacts = facts !== before;
    if (!facts || !deck || !(isNewDeck || areNewFacts)) return;
    // First of all: nothing of what was counted before is to be said by anyone.
    if (isRestart) startOver();
    enqueue(isRestart ? "whole" : []);

    const messages: ServerMessage[] = [];
    const [rules, rulesBefore] = [sayRules(facts.rules), sayRules(before?.rules ?? HostRules.parse({}))];
    if (JSON.stringify(rules) !== JSON.stringify(rulesBefore)) messages.push(rules);
    if (isNewDeck) messages.push(sayState(deck));
    if (isRestart) messages.push({ type: "reactions", pages: {}, total: 0, whole: true });
    listeners.broadcast("everyone", messages);

    for (const { participant } of before?.overlays ?? []) {
      const refusal = state.refuseName(participant);
      if (refusal) listeners.closeOf(participant, { type: "error", ...refusal });
    }
    if (facts.generation !== (before?.generation ?? 0)) this.#sendOut();
    if (facts.endedAt !== null && (before?.endedAt ?? null) === null) {
      listeners.closeAll({ type: "end" });
      peopleChanged();
    }
    if (isRestart) {
      schedule();
      // The course of the session begins anew, with those who are there.
      peopleChanged();
    }
    if (areNewFacts) factsChanged();
  }

  /** Everyone's name has become void. */
  #sendOut(): void {
    const { listeners, listCoHosts, forgetPlaces, peopleChanged } = this.#options;
    forgetPlaces();
    for (const { participant } of listCoHosts()) {
      listeners.closeOf(participant, { type: "error", ...REMOVED });
    }
    listeners.closeAll({ type: "error", ...SENT_OUT }, 1008);
    peopleChanged();
  }
}
