import { createParticipant } from "../../shared/protocol/identity.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import type { Actor } from "../lib/actor.ts";
import type { Session } from "../lib/session.ts";
import { Door } from "./door.ts";
import { type NewFacts, SessionState } from "./session-state.ts";
import { MemoryKv, type MemoryStorage } from "./test-storage.ts";

/** When the sessions of these tests begin, in milliseconds since 1970; and so their first epoch. */
export const NOW = 1_795_180_000_000;

export const host: Actor = { participant: createParticipant("host", 0, "0".repeat(16)), role: "host" };

/** A user's name: the same for the same word. */
export const nameUser = (word = "", room = 0, generation = 0) =>
  createParticipant("user", room, `A${word}`.padEnd(16, "-"), generation);

/** What the host says at creation. */
export const createFacts = (session: Partial<Session> = {}, more: Partial<NewFacts> = {}): NewFacts => ({
  session: {
    name: "a talk",
    date: "2026-11-20",
    reactions: [],
    anyReaction: false,
    apiUrl: "https://api.example",
    webUiUrl: "https://api.example/join",
    expectedAudience: 1,
    maxParticipants: 20_000,
    retentionDays: 30,
    ...session,
  },
  rules: HostRules.parse({}),
  blocked: [],
  endedAt: null,
  generation: 0,
  ...more,
});

/** The state of a root whose session has just begun. */
export function beginSession(facts = createFacts(), storage = new MemoryKv()): SessionState {
  const state = new SessionState(storage);
  state.begin(facts, NOW, NOW);
  return state;
}

/** The door of a session whose rooms take five people each. Nobody hosts, and nobody is told, unless `more` says so. */
export const createDoor = (
  { kv, sql }: MemoryStorage,
  state: SessionState,
  more: Partial<ConstructorParameters<typeof Door>[0]> = {},
): Door =>
  new Door({
    storage: kv,
    sql,
    state,
    capacity: 5,
    placeMs: 120_000,
    hasHosts: () => false,
    say: () => {},
    ...more,
  });

/** Another host's or moderator's change, in one turn. */
export const changeRules = (state: SessionState, rules: Partial<HostRules>) =>
  state.change({ rules: { ...(state.facts?.rules ?? HostRules.parse({})), ...rules } }, NOW + 1);

/** Where the deck is now. */
export function show(state: SessionState, page: string, text = "", now = NOW + 1) {
  if (!state.deck) throw new Error("there is no session");
  return state.show(state.deck, page, text, now);
}

/** The session begins again, empty. */
export function restart(state: SessionState, now = NOW + 1000) {
  if (!state.deck) throw new Error("there is no session");
  return state.restart(state.deck, {}, now);
}

/** A promise whose end is in the test's hands. */
export function createGate<T>() {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, open: resolve, fail: () => reject(new Error("out")) };
}

/** Everything that waits for nothing but its turn has had it. */
export const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
