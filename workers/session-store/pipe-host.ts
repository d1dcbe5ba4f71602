import { getRole } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { CoHostList } from "./co-host-list.ts";
import type { Door } from "./door.ts";
import type { SayCounts } from "./interactions/say-counts.ts";
import { hasRules, sayRules, sayState } from "./pipe-messages.ts";
import type { Pipes } from "./pipes.ts";
import type { Publisher } from "./publisher.ts";
import { ENDED, NOT_FOUND } from "./refusals.ts";
import type { SessionState } from "./session-state.ts";
import type { TalkTokens } from "./talk-tokens.ts";

/** Silent pipes are looked for at most this often, in milliseconds. */
const SWEEP_MS = 30_000;

interface PipeHostOptions {
  readonly pipes: Pipes;
  readonly state: SessionState;
  readonly sayCounts: SayCounts;
  readonly publisher: Publisher;
  readonly coHosts: CoHostList;
  readonly tokens: TalkTokens;
  readonly door: Door;
  /** What is for this participant alone. */
  readonly sayOwn: (participant: string) => readonly ServerMessage[];
  /** Somebody has come or gone. */
  readonly peopleChanged: () => void;
}

/** Lets participants in and out of a room's pipes, and tells each newcomer how everything stands. */
export class PipeHost {
  readonly #options: PipeHostOptions;
  #lastSweep = 0;

  constructor(options: PipeHostOptions) {
    this.#options = options;
  }

  /** Why this participant gets no pipe. One that is silent is closed for a new one. */
  refuse(participant: string): Refusal | undefined {
    const { pipes, state, coHosts, tokens } = this.#options;
    if (!state.facts) return NOT_FOUND;
    if (state.facts.endedAt !== null) return ENDED;
    // First: sending everybody out takes the invitations back, too.
    const refusal =
      state.refuseName(participant) ?? coHosts.refuseRemoved(participant) ?? tokens.refuseHost(participant);
    if (refusal) return refusal;
    if (pipes.pipesOf(participant) >= LIMITS.pipesPerUid) pipes.closeGhosts(participant, Date.now());
    if (pipes.pipesOf(participant) < LIMITS.pipesPerUid) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${LIMITS.pipesPerUid} pipes for one participant; close one`,
      retryAfter: 5,
    };
  }

  /** Opens a pipe and says the greeting on it. @returns the client's end */
  open(participant: string): WebSocket {
    const { pipes, peopleChanged } = this.#options;
    const { client, server } = pipes.accept(participant);
    pipes.greet(server, this.#greet(participant));
    if (pipes.pipesOf(participant) === 1) peopleChanged();
    return client;
  }

  /** A pipe has ended, or is to end. @param participant whose it was */
  end(socket: WebSocket, participant: string, code: number): void {
    const { pipes, peopleChanged } = this.#options;
    pipes.end(socket, code);
    if (participant !== "" && pipes.pipesOf(participant) === 0) peopleChanged();
  }

  /** On waking, and now and then while awake: pipes that died without a word are not people. */
  sweep(): void {
    const { pipes, state, peopleChanged } = this.#options;
    const now = Date.now();
    if (!state.deck || Math.abs(now - this.#lastSweep) < SWEEP_MS) return;
    this.#lastSweep = now;
    if (pipes.closeSilent(now)) peopleChanged();
  }

  /** What a new pipe hears first: a late joiner or a reconnect is never behind. */
  *#greet(participant: string): Generator<ServerMessage> {
    const { state, sayCounts, publisher, coHosts, door, sayOwn } = this.#options;
    const role = getRole(participant);
    const { facts, deck } = state;
    if (!facts || !deck) return;
    const participants = publisher.countPeopleFor(role);
    // The first three are promised, in this order; what other interactions say follows.
    const [reactions, ...more] = sayCounts("whole", { role, total: publisher.total, isNew: true });
    yield sayState(deck);
    if (reactions) yield reactions;
    yield { type: "presence", participants };
    yield* more;
    yield* sayOwn(participant);
    if (hasRules(facts.rules)) yield sayRules(facts.rules);
    if (role !== "host") return;
    if (coHosts.all.length > 0) yield { type: "driver", driver: coHosts.driver };
    const message = door.greet(facts);
    if (message) yield message;
  }
}
