import { expect, test } from "vitest";
import type { Rules } from "../../../../shared/protocol/rules.ts";
import type { Session } from "../../../lib/session.ts";
import { SessionState } from "../../session-state.ts";
import { beginSession, changeRules, createFacts, host, nameUser, show } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { findOffered, getOfferVersion, refuseReaction, spellAsOffered } from "./offer.ts";

const HEART = "❤\uFE0F";

/** A session that offers a heart, on page 0 where its deck is. */
function open(session: Partial<Session> = {}, rules: Partial<Rules> = {}) {
  const state = beginSession(createFacts({ reactions: [HEART], ...session }));
  changeRules(state, rules);
  return state;
}
const refuse = (state: SessionState, page = "0", reaction = HEART, participant = nameUser()) =>
  refuseReaction(state, participant, { page, reaction })?.code;

test("what the host offers is found however it is spelled, on pages that were shown or that rules name", () => {
  const state = open({}, { pages: { named: [HEART] } });
  expect(["0", "named", "9"].map((page) => findOffered(state, page, "❤"))).toEqual([HEART, HEART, undefined]);
  expect(findOffered(state, "0", "x")).toBeUndefined();
  show(state, "9");
  expect(findOffered(state, "9", "❤")).toBe(HEART);
});

test("a page called like something that every object has is no page that rules name", () => {
  expect(findOffered(open(), "constructor", HEART)).toBeUndefined();
  expect(refuse(open(), "constructor")).toBe("reaction_not_allowed");
});

test("it is spelled as the host spells it also on a page that is yet to be shown, and else as it came", () => {
  expect(spellAsOffered(open(), "9", "❤")).toBe(HEART);
  expect(spellAsOffered(open(), "9", "x")).toBe("x");
});

test("the offer has another version when rules have changed, and when a page was shown", () => {
  const state = open();
  const versions = [getOfferVersion(state)];
  changeRules(state, { paused: true });
  versions.push(getOfferVersion(state));
  show(state, "1");
  versions.push(getOfferVersion(state));
  expect(new Set(versions).size).toBe(3);
});

test("what the host offers is taken, however it is spelled", () => {
  expect(refuse(open(), "0", "❤")).toBeUndefined();
});

test("a session that does not exist takes nothing", () => {
  expect(refuse(new SessionState(new MemoryKv()))).toBe("session_not_found");
});

test("nothing is taken after the end, or while the host has paused", () => {
  expect(refuse(open({}, { paused: true }))).toBe("reactions_paused");
  const ended = open({}, { paused: true });
  ended.change({ endedAt: 1 }, 1);
  expect(refuse(ended)).toBe("session_ended");
});

test("another reaction than the offered ones is taken where the host takes any", () => {
  expect(refuse(open(), "0", "x")).toBe("reaction_not_allowed");
  expect(refuse(open({ anyReaction: true }), "0", "x")).toBeUndefined();
  expect(refuse(open({}, { anyReaction: true }), "0", "x")).toBeUndefined();
  expect(refuse(open({ reactions: [] }), "0", "x")).toBeUndefined();
});

test("rules say what is taken, and for one page better than for all", () => {
  const state = open({}, { reactions: ["a"], pages: { "0": ["b"] } });
  show(state, "1");
  expect(["a", "b"].map((reaction) => refuse(state, "0", reaction))).toEqual([
    "reaction_not_allowed",
    undefined,
  ]);
  expect(["a", "b"].map((reaction) => refuse(state, "1", reaction))).toEqual([
    undefined,
    "reaction_not_allowed",
  ]);
});

test("a page that the deck has not shown takes nothing, unless rules name it or any word is taken", () => {
  expect(refuse(open(), "9")).toBe("reaction_not_allowed");
  expect(refuse(open({}, { pages: { "9": [HEART] } }), "9")).toBeUndefined();
  expect(refuse(open({ anyReaction: true }), "9")).toBeUndefined();
});

test("hosts do not react, nor does who is blocked, nor who was sent out", () => {
  const state = open();
  expect(refuse(state, "0", HEART, host.participant)).toBe("not_participant");
  state.change({ blocked: [nameUser("b")] }, 1);
  expect([refuse(state, "0", HEART, nameUser("b")), refuse(state)]).toEqual(["blocked", undefined]);
  state.change({ generation: 1 }, 1);
  expect(refuse(state, "0", HEART, nameUser("b"))).toBe("not_participant");
  expect(refuse(state, "0", HEART, nameUser("b", 0, 1))).toBeUndefined();
});
