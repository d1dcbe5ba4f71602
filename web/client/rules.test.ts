import { describe, expect, test } from "vitest";
import { isAllowed, listTaken } from "../../shared/interactions/reaction/offer.ts";
import { findReaction } from "../../shared/interactions/reaction/reaction.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { toRecord } from "./record.ts";
import { findSpelling, getCount, OPEN_RULES, offeredReactions } from "./rules.ts";

const rulesOf = (change: Partial<typeof OPEN_RULES>) => ({ ...OPEN_RULES, ...change });
const inherited = Object.getOwnPropertyNames(Object.prototype);

test("the client allows exactly what the service takes", () => {
  const all = [
    OPEN_RULES,
    rulesOf({ reactions: ["a"] }),
    rulesOf({ reactions: [], pages: { "1": ["b"] } }),
    rulesOf({ pages: { "1": [], "2": ["a", "b"] } }),
    rulesOf({ anyReaction: true }),
    rulesOf({ anyReaction: true, pages: { "1": ["❤"] } }),
    rulesOf({ reactions: ["❤️"], anyReaction: true }),
  ];
  const sessions = [
    { reactions: [], anyReaction: false },
    { reactions: ["a", "❤️"], anyReaction: false },
    { reactions: ["a", "❤️"], anyReaction: true },
  ];
  for (const rules of all) {
    for (const session of sessions) {
      for (const page of ["1", "2", "toString"]) {
        const taken = listTaken(session, HostRules.parse(rules), page);
        for (const reaction of ["a", "b", "❤", "❤️", "toString"]) {
          const isTaken = taken === undefined || findReaction(taken, reaction) !== undefined;
          expect(isAllowed(rules, page, reaction, session)).toBe(isTaken);
        }
        // What is offered is taken.
        for (const reaction of offeredReactions(session, rules, page)) {
          expect(isAllowed(rules, page, reaction, session)).toBe(true);
        }
      }
    }
  }
});

test("without the session's facts, the rules alone decide", () => {
  expect(isAllowed(OPEN_RULES, "1", "a")).toBe(true);
  expect(isAllowed({ reactions: ["a"], pages: { "2": ["b"] } }, "1", "b")).toBe(false);
  expect(isAllowed({ reactions: ["a"], pages: { "2": ["b"] } }, "2", "b")).toBe(true);
});

test("what holds at first is what the service begins with", () => {
  const hostsOnly = { publicResults: false, isClosed: false, joinsPerMinute: null };
  expect(HostRules.parse({})).toEqual({ ...OPEN_RULES, ...hostsOnly });
});

describe("a page offers", () => {
  const info = { reactions: ["a", "b"] };

  test("what the rules name for it, else what they name for all, else what the session brings", () => {
    const rules = rulesOf({ reactions: ["b"], pages: { vote: ["yes", "no"], quiet: [] } });
    expect(offeredReactions(info, rules, "vote")).toEqual(["yes", "no"]);
    expect(offeredReactions(info, rules, "quiet")).toEqual([]);
    expect(offeredReactions(info, rules, "1")).toEqual(["b"]);
    expect(offeredReactions(info, OPEN_RULES, "1")).toEqual(["a", "b"]);
    expect(offeredReactions(undefined, OPEN_RULES, "1")).toEqual([]);
  });

  test.each(inherited)("the same on a page of the name %s", (page) => {
    expect(offeredReactions(info, { ...OPEN_RULES, pages: {} }, page)).toEqual(["a", "b"]);
    expect(isAllowed({ ...OPEN_RULES, pages: {} }, page, page)).toBe(true);
  });
});

describe("a count", () => {
  test("is found however its reaction is spelled", () => {
    expect(getCount({ "❤": 3 }, "❤️")).toBe(3);
    expect(getCount({ "❤️": 3, "❤": 1 }, "❤")).toBe(1);
    expect(getCount({ "👍🏽": 3 }, "👍")).toBe(0);
    expect(getCount(undefined, "👍")).toBe(0);
    expect(findSpelling({ "❤": 3 }, "❤️")).toBe("❤");
    expect(findSpelling({}, "❤️")).toBe("❤️");
  });

  test.each(inherited)("of %s is none where nobody sent it", (name) => {
    expect(getCount({}, name)).toBe(0);
    expect(getCount(toRecord([[name, 2]]), name)).toBe(2);
  });
});
