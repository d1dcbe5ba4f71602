import { expect, test } from "vitest";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { Announcer } from "./announcer.ts";
import { SessionState } from "./session-state.ts";
import { beginSession, changeRules, nameUser, restart, show } from "./test-session.ts";
import { MemoryKv } from "./test-storage.ts";

/** An announcer, and what it told whom, in that order. */
function create(state = beginSession()) {
  const told: unknown[] = [];
  const announcer = new Announcer({
    state,
    listeners: {
      broadcast: (_, messages) => told.push(...messages.map(({ type }) => `say ${type}`)),
      closeOf: (participant, message) => told.push(`close ${participant} ${message.type}`),
      closeAll: (message, code) => told.push(`close all ${message.type} ${code ?? ""}`.trim()),
    },
    listCoHosts: () => [{ participant: "co-host" }],
    enqueue: (topics) => told.push(topics === "whole" ? "below: everything" : "below"),
    startOver: () => told.push("start over"),
    forgetPlaces: () => told.push("forget places"),
    peopleChanged: () => told.push("people"),
    schedule: () => told.push("counts"),
    factsChanged: () => told.push("facts"),
  });
  return { announcer, state, told };
}

test("a new state goes to the rooms below, who have as many to tell, and then to the pipes", () => {
  const { announcer, state, told } = create();
  announcer.announce(show(state, "1"));
  expect(told).toEqual(["below", "say state_change"]);
});

test("new rules are said where they are others than before", () => {
  const { announcer, state, told } = create();
  announcer.announce(changeRules(state, { paused: true }));
  expect(told).toEqual(["below", "say rules", "facts"]);
  told.length = 0;
  announcer.announce(changeRules(state, { paused: true, publicResults: true }));
  expect(told).toEqual(["below", "facts"]);
});

test("with a restart everything is forgotten first, in this turn, before anybody is told", () => {
  const { announcer, state, told } = create();
  changeRules(state, { paused: true });
  const { facts } = state;
  const change = restart(state);
  state.change({ rules: HostRules.parse({}) }, 1);
  announcer.announce({ ...change, before: facts });
  expect(told).toEqual([
    "start over",
    "below: everything",
    "say rules",
    "say state_change",
    "say reactions",
    "counts",
    "people",
    "facts",
  ]);
});

test("sending everybody out says it to who was invited in their own words, and then to all", () => {
  const { announcer, state, told } = create();
  announcer.announce(state.change({ generation: 1 }, 1));
  expect(told).toEqual([
    "below",
    "forget places",
    "close co-host error",
    "close all error 1008",
    "people",
    "facts",
  ]);
});

test("overlays whose key was revoked are closed, and no others", () => {
  const { announcer, state, told } = create();
  const [gone, stays] = ["g", "s"].map((word) => ({
    participant: createParticipant("overlay", 0, word.repeat(16)),
    madeAt: 1,
  }));
  if (!gone || !stays) throw new RangeError("no overlays");
  announcer.announce(state.change({ overlays: [gone, stays] }, 1));
  expect(told).toEqual(["below", "facts"]);
  told.length = 0;
  announcer.announce(state.change({ overlays: [stays] }, 2));
  expect(told).toEqual(["below", `close ${gone.participant} error`, "facts"]);
  expect(state.refuseName(gone.participant)).toMatchObject({ code: "not_participant" });
  expect(state.refuseName(stays.participant)).toBeUndefined();
});

test("the end closes all pipes, once", () => {
  const { announcer, state, told } = create();
  announcer.announce(state.change({ endedAt: 1 }, 1));
  expect(told).toEqual(["below", "close all end", "people", "facts"]);
  told.length = 0;
  announcer.announce(state.change({ blocked: [nameUser()] }, 1));
  expect(told).toEqual(["below", "facts"]);
});

test("a room that hears of the session for the first time tells its pipes all that differs from nothing", () => {
  const root = beginSession();
  root.change({ endedAt: 5, generation: 2 }, 5);
  const { announcer, state, told } = create(new SessionState(new MemoryKv()));
  const change = root.update && state.adopt(root.update);
  if (change) announcer.announce(change);
  expect(told).toContain("say state_change");
  expect(told).toContain("forget places");
  expect(told).toContain("close all end");
});

test("an update that brings nothing new is told to nobody", () => {
  const root = beginSession();
  const { announcer, state, told } = create(new SessionState(new MemoryKv()));
  if (root.update) state.adopt(root.update);
  const change = root.update && state.adopt(root.update);
  if (change) announcer.announce(change);
  expect(told).toEqual([]);
});

test("nothing is said of a session that was deleted", () => {
  const { announcer, state, told } = create();
  const change = show(state, "1");
  state.clear();
  announcer.announce(change);
  expect(told).toEqual([]);
});
