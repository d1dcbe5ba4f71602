import { describe, expect, test } from "vitest";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import { beginSession, createFacts, host, NOW } from "../../test-session.ts";
import { Asking } from "./asking.ts";
import { ada } from "./test-questions.ts";

const TOO_FAST: Refusal = { code: "rate_limited", detail: "slowly" };
const FULL: Refusal = { code: "session_full", detail: "no place" };

function open(given: { place?: Refusal; pace?: Refusal; isOut?: boolean } = {}) {
  const state = beginSession(createFacts());
  const asked: string[] = [];
  const answer = async <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    if (given.isOut) throw new Error("out");
    return value;
  };
  const asking = new Asking({
    state,
    haste: { refuse: () => given.pace },
    ensurePlace: () => (given.place ? Promise.resolve(given.place) : undefined),
    ask: (_, { text }) => answer(`ask ${text}`, { code: "questions_off", detail: "of the root" }),
    withdraw: (_, id) => answer(`withdraw ${id}`, null),
  });
  return { state, asked, asking };
}

describe("a room whose people ask", () => {
  test("has the root decide, and hands on what it says", async () => {
    const { asking, asked } = open();
    expect(await asking.ask(ada, { id: "1", text: "Why?" })).toMatchObject({ detail: "of the root" });
    expect(await asking.withdraw(ada, "k2")).toBeNull();
    expect(asked).toEqual(["ask Why?", "withdraw k2"]);
  });

  test("sees to the pace and to places itself, and asks nobody", async () => {
    const hasty = open({ pace: TOO_FAST });
    expect(await hasty.asking.ask(ada, { id: "1", text: "Why?" })).toEqual(TOO_FAST);
    expect(await hasty.asking.withdraw(ada, "k2")).toEqual(TOO_FAST);
    const full = open({ place: FULL });
    expect(await full.asking.ask(ada, { id: "1", text: "Why?" })).toEqual(FULL);
    const others = open();
    expect(await others.asking.ask(host.participant, { id: "1", text: "Why?" })).toMatchObject({
      code: "not_participant",
    });
    expect([hasty.asked, full.asked, others.asked]).toEqual([[], [], []]);
  });

  test("lets the root say that it is over, also to who has no place", async () => {
    const { state, asking, asked } = open({ place: FULL });
    state.change({ endedAt: NOW }, NOW);
    await asking.ask(ada, { id: "1", text: "Why?" });
    expect(asked).toEqual(["ask Why?"]);
  });

  test("is unavailable while the root does not answer", async () => {
    const { asking } = open({ isOut: true });
    expect(await asking.ask(ada, { id: "1", text: "Why?" })).toMatchObject({ code: "unavailable" });
    expect(await asking.withdraw(ada, "k2")).toMatchObject({ code: "unavailable" });
  });
});
