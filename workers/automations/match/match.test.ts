import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { match } from "./match.ts";
import { EMPTY_MEMORY } from "./memory.ts";
import { createNow, TestFlow, type Told } from "./test-flow.ts";

const people = (count: number): Told => ({ event: "people", people: count });
const react = (count: number, more: { page?: string; reaction?: string; before?: number } = {}): Told => ({
  event: "reactions",
  page: "1.0",
  reaction: "❓",
  count,
  ...more,
});
const answer = (answered: number, of: number, round = 1, activity = "pace"): Told => ({
  event: "answers",
  activity,
  round,
  answered,
  people: of,
});
const vote = (votes: number, question = "q1"): Told => ({ event: "question", question, votes });

/** What each of them sets off, in order. */
const hearAll = (flow: TestFlow, all: readonly Told[]) => all.map((told) => flow.hear(told));

describe("a flow about people", () => {
  test("is set off once, when so many are there, and not by those who come after", () => {
    const flow = new TestFlow({ event: "people", atLeast: 3 });
    expect(hearAll(flow, [1, 2, 3, 4, 2, 3].map(people))).toEqual([false, false, true, false, false, false]);
  });

  test("is set off by a number that jumps past its threshold", () => {
    expect(new TestFlow({ event: "people", atLeast: 50 }).hear(people(180))).toBe(true);
  });

  test("is set off again, if it says so, each time there were fewer meanwhile", () => {
    const flow = new TestFlow({ event: "people", atLeast: 3, again: true });
    expect(hearAll(flow, [3, 4, 2, 3, 3, 1, 9].map(people))).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  test("that waits for fewer needs as many to have been there: an empty room at the start is none that has emptied", () => {
    const flow = new TestFlow({ event: "people", below: 3 });
    expect(hearAll(flow, [0, 1, 2, 3, 2, 5, 1].map(people))).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  test("that waits for fewer can wait again", () => {
    const flow = new TestFlow({ event: "people", below: 3, again: true });
    expect(hearAll(flow, [5, 2, 1, 3, 0].map(people))).toEqual([false, true, false, false, true]);
  });
});

describe("a flow about reactions", () => {
  test("is set off once, by so many of one reaction on one page, and by no other", () => {
    const flow = new TestFlow({ event: "reactions", page: "1.0", reaction: "❓", atLeast: 20 });
    expect(flow.hear(react(19))).toBe(false);
    expect(flow.hear(react(99, { reaction: "👍" }))).toBe(false);
    expect(flow.hear(react(99, { page: "2.0" }))).toBe(false);
    expect(flow.hear(react(20))).toBe(true);
    expect(flow.hear(react(40))).toBe(false);
  });

  test("without a page or a reaction counts all of them together", () => {
    const flow = new TestFlow({ event: "reactions", atLeast: 10 });
    expect(flow.hear(react(4))).toBe(false);
    expect(flow.hear(react(3, { page: "2.0" }))).toBe(false);
    expect(flow.hear(react(5))).toBe(false);
    expect(flow.hear(react(2, { reaction: "👍" }))).toBe(true);
  });

  test("counts by the last number that it heard: one lost on the way is in the next, one told twice adds nothing", () => {
    const flow = new TestFlow({ event: "reactions", atLeast: 10 });
    expect(hearAll(flow, [react(4), react(4), react(9), react(9), react(12)])).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  test("is set off by the next reaction where the number was reached before the flow was made", () => {
    const flow = new TestFlow({ event: "reactions", atLeast: 10 });
    expect(flow.hear(react(501, { before: 500 }))).toBe(true);
  });

  test("again, if it says so, after counts were taken away", () => {
    const flow = new TestFlow({ event: "reactions", atLeast: 10, again: true });
    expect(hearAll(flow, [react(10), react(11), react(6), react(10)])).toEqual([true, false, false, true]);
  });

  test("takes pages and reactions with any name, also those that objects have", () => {
    const flow = new TestFlow({ event: "reactions", atLeast: 3 });
    for (const page of ["constructor", "toString", '["1"]', ""])
      flow.hear(react(1, { page, reaction: "valueOf" }));
    expect(flow.memory.total).toBe(4);
  });
});

describe("a flow about a rate of reactions", () => {
  const rate = { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 } as const;

  test("is set off by so many within so many seconds", () => {
    const flow = new TestFlow(rate);
    expect(flow.hear(react(1), { at: 100_000 })).toBe(false);
    expect(flow.hear(react(19), { at: 115_000 })).toBe(false);
    expect(flow.hear(react(20), { at: 130_000 })).toBe(true);
  });

  test("is not set off by as many that came more slowly", () => {
    const flow = new TestFlow(rate);
    for (let count = 1; count <= 200; count++)
      expect(flow.hear(react(count), { at: count * 1700 }), `${count}`).toBe(false);
  });

  test("does not count what was there before the flow was", () => {
    const flow = new TestFlow(rate);
    expect(flow.hear(react(501, { before: 500 }), { at: 0 })).toBe(false);
    expect(flow.hear(react(519, { before: 501 }), { at: 1000 })).toBe(false);
    expect(flow.hear(react(520, { before: 519 }), { at: 2000 })).toBe(true);
  });

  test("is set off by what comes at once, in the very first number", () => {
    expect(new TestFlow(rate).hear(react(25))).toBe(true);
  });

  test("is set off again, if it says so, by the next burst after a quiet time in which nothing was told", () => {
    const flow = new TestFlow({ ...rate, again: true });
    expect(flow.hear(react(25), { at: 0 })).toBe(true);
    expect(flow.hear(react(45), { at: 10_000 })).toBe(false);
    expect(flow.hear(react(70), { at: 100_000 })).toBe(true);
    const once = new TestFlow(rate);
    expect(once.hear(react(25), { at: 0 })).toBe(true);
    expect(once.hear(react(70), { at: 100_000 })).toBe(false);
  });

  test("bears a clock that was set back", () => {
    const flow = new TestFlow(rate);
    expect(flow.hear(react(10), { at: 100_000 })).toBe(false);
    expect(flow.hear(react(15), { at: 40_000 })).toBe(false);
    expect(flow.hear(react(21), { at: 100_500 })).toBe(true);
  });
});

describe("a flow about answers", () => {
  test("is set off once, when that share of the people who are there has answered", () => {
    const flow = new TestFlow({ event: "answers", activity: "pace", share: 0.8 });
    expect(flow.hear(answer(7, 10))).toBe(false);
    expect(flow.hear(answer(10, 10, 1, "other"))).toBe(false);
    expect(flow.hear(answer(8, 10))).toBe(true);
    expect(flow.hear(answer(10, 10))).toBe(false);
  });

  test("waits for everyone, and takes those who have left for nobody", () => {
    const flow = new TestFlow({ event: "answers", activity: "pace", share: 1 });
    expect(hearAll(flow, [answer(9, 10), answer(9, 9)])).toEqual([false, true]);
  });

  test("is not set off when nobody is there any more", () => {
    const flow = new TestFlow({ event: "answers", activity: "pace", share: 0.5 });
    expect(hearAll(flow, [answer(1, 10), answer(1, 0), answer(0, 0)])).toEqual([false, false, false]);
  });

  test("without an activity is set off once by each", () => {
    const flow = new TestFlow({ event: "answers", share: 0.5 });
    expect(flow.hear(answer(5, 10))).toBe(true);
    expect(flow.hear(answer(6, 10, 1, "constructor"))).toBe(true);
    expect(flow.hear(answer(9, 10))).toBe(false);
  });

  test("begins anew with each round only if it says so", () => {
    const again = new TestFlow({ event: "answers", activity: "pace", share: 0.5, again: true });
    const once = new TestFlow({ event: "answers", activity: "pace", share: 0.5 });
    const rounds = [answer(5, 10), answer(6, 10), answer(1, 10, 2), answer(5, 10, 2)];
    expect(hearAll(again, rounds)).toEqual([true, false, false, true]);
    expect(hearAll(once, rounds)).toEqual([true, false, false, false]);
  });

  test("that was not reached in one round is reached in the next", () => {
    const flow = new TestFlow({ event: "answers", activity: "pace", share: 0.5 });
    expect(hearAll(flow, [answer(4, 10), answer(9, 10, 2)])).toEqual([false, true]);
  });

  test("is not set off by what comes late of a round that is over", () => {
    const flow = new TestFlow({ event: "answers", activity: "pace", share: 0.5 });
    expect(hearAll(flow, [answer(1, 10, 2), answer(9, 10, 1), answer(5, 10, 2)])).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("a flow about questions", () => {
  test("is set off by each that is asked, and by no vote", () => {
    const flow = new TestFlow({ event: "question" });
    expect(flow.hear({ event: "question", question: "q1", votes: 0, isNew: true })).toBe(true);
    expect(flow.hear({ event: "question", question: "q1", votes: 0, text: "Why?" })).toBe(false);
    expect(flow.hear(vote(1))).toBe(false);
    expect(flow.hear({ event: "question", question: "q2", votes: 0, isNew: true })).toBe(true);
  });

  test("is set off once by each that gets so many votes", () => {
    const flow = new TestFlow({ event: "question", votes: 10 });
    const told = [vote(9), vote(12), vote(9), vote(10), vote(11, "q2")];
    expect(hearAll(flow, told)).toEqual([false, true, false, false, true]);
  });
});

describe("a flow that is set off each time", () => {
  test.each([
    [
      "a page",
      { event: "page", page: "2.0" },
      { event: "page", page: "2.0" },
      { event: "page", page: "2.1" },
    ],
    ["any page", { event: "page" }, { event: "page", page: "7" }, { event: "ended" }],
    [
      "an activity that opens",
      { event: "activity", activity: "pace", status: "open" },
      { event: "activity", activity: "pace", status: "open", round: 1 },
      { event: "activity", activity: "pace", status: "closed", round: 1 },
    ],
    [
      "any activity that is revealed",
      { event: "activity", status: "revealed" },
      { event: "activity", activity: "x", status: "revealed", round: 4 },
      { event: "activity", activity: "x", status: "open", round: 4 },
    ],
    ["the end", { event: "ended" }, { event: "ended" }, { event: "recap" }],
    ["a recap", { event: "recap" }, { event: "recap" }, { event: "ended" }],
    ["its hook", { event: "http" }, { event: "http", flow: "f" }, { event: "http", flow: "other" }],
    [
      "a message on the queue",
      { event: "queue", topic: "light" },
      { event: "queue", topic: "light" },
      { event: "queue", topic: "sound" },
    ],
  ] as const)("is set off by %s, and by nothing else", (_, trigger, right, wrong) => {
    const flow = new TestFlow(trigger);
    expect(hearAll(flow, [right, wrong, right])).toEqual([true, false, true]);
    expect(flow.memory).toEqual({});
  });
});

describe("a flow on a schedule", () => {
  test("is set off once by each instant, though cron comes twice, or late and out of order", () => {
    const flow = new TestFlow({ event: "schedule", every: 1 });
    const at = (due: number): Told => ({ event: "schedule", flow: "f", due });
    const dues = [60_000, 60_000, 180_000, 120_000, 180_000, 240_000];
    expect(hearAll(flow, dues.map(at))).toEqual([true, false, true, false, false, true]);
  });

  test("is not set off by that of another", () => {
    const flow = new TestFlow({ event: "schedule", minutes: 5 });
    expect(flow.hear({ event: "schedule", flow: "other", due: 300_000 })).toBe(false);
  });
});

describe("conditions", () => {
  const activities = [{ id: "pace", status: "open" as const }];
  const now = createNow({ people: 50, page: "3.0", activities });

  test.each([
    [{ people: { atLeast: 50 } }, true],
    [{ people: { atLeast: 51 } }, false],
    [{ people: { below: 51 } }, true],
    [{ people: { below: 50 } }, false],
    [{ page: "3.0" }, true],
    [{ page: "3.1" }, false],
    [{ activity: "pace", status: "open" }, true],
    [{ activity: "pace", status: "closed" }, false],
    [{ activity: "other", status: "open" }, false],
  ] as const)("%j holds or not, as the room stands now", (condition, expected) => {
    expect(new TestFlow({ event: "ended" }, [condition]).hear({ event: "ended" }, { now })).toBe(expected);
  });

  test("have to hold all together", () => {
    const flow = new TestFlow({ event: "ended" }, [{ page: "3.0" }, { people: { atLeast: 60 } }]);
    expect(flow.hear({ event: "ended" }, { now })).toBe(false);
  });

  test("that fail in the moment of crossing let it pass: it is not crossed again when they hold", () => {
    const flow = new TestFlow({ event: "people", atLeast: 3 }, [{ page: "3.0" }]);
    expect(flow.hear(people(3), { now: createNow() })).toBe(false);
    expect(flow.hear(people(4), { now })).toBe(false);
  });
});

describe("what flows have caused", () => {
  test("sets flows off, until it was caused by three one after the other", () => {
    const flow = new TestFlow({ event: "page" });
    for (let depth = 0; depth < LIMITS.flowDepth; depth++)
      expect(flow.look({ event: "page", page: "1" }, { depth })).toMatchObject({
        fires: true,
        isStopped: false,
      });
    const depth = LIMITS.flowDepth;
    expect(flow.look({ event: "page", page: "1" }, { depth })).toMatchObject({
      fires: false,
      isStopped: true,
    });
  });

  test("is no circle where it would have set nothing off", () => {
    const flow = new TestFlow({ event: "page", page: "2" });
    expect(flow.look({ event: "page", page: "1" }, { depth: 9 }).isStopped).toBe(false);
  });
});

describe("what is remembered", () => {
  test("is the very same object where nothing changed, so that nothing is written", () => {
    const now = createNow();
    const flow = { id: "f", on: { event: "people", atLeast: 3 }, if: [] } as const;
    const at = { number: 1, at: 0, depth: 0 };
    const { memory } = match(flow, { event: "people", people: 1, ...at }, EMPTY_MEMORY, now);
    expect(match(flow, { event: "people", people: 2, ...at }, memory, now).memory).toBe(memory);
    expect(match(flow, { event: "page", page: "1", ...at }, memory, now).memory).toBe(memory);
  });

  test("begins anew with the session: what was crossed in its life before can be crossed in this one", () => {
    const flow = new TestFlow({ event: "people", atLeast: 3 });
    expect(flow.hear(people(3))).toBe(true);
    flow.memory = EMPTY_MEMORY;
    expect(hearAll(flow, [people(2), people(3)])).toEqual([false, true]);
  });

  test("stays small, however much is heard", () => {
    const counts = new TestFlow({ event: "reactions", atLeast: 10 ** 6 });
    const full = Array.from({ length: LIMITS.flowKinds - 1 }, (_, page) => [`${page}`, { "❓": 2 }] as const);
    counts.memory = { counts: Object.fromEntries(full), total: 2 * full.length };
    counts.hear(react(2, { page: "the last one that is kept" }));
    counts.hear(react(2, { page: "one more" }));
    expect(Object.keys(counts.memory.counts ?? {})).toHaveLength(LIMITS.flowKinds);
    const total = counts.memory.total ?? 0;
    // Of one that is not kept, what is added counts.
    counts.hear(react(7, { page: "one more", before: 4 }));
    expect(counts.memory.total).toBe(total + 3);

    const rate = new TestFlow({
      event: "reactions",
      page: "1.0",
      reaction: "❓",
      atLeast: 10 ** 6,
      within: 600,
    });
    for (let count = 1; count < 3000; count++) rate.hear(react(count), { at: count * 250 });
    expect(rate.memory.samples?.length).toBeLessThan(70);

    const answers = new TestFlow({ event: "answers", share: 0.5 });
    for (let id = 0; id < LIMITS.activities + 50; id++) answers.hear(answer(1, 10, 1, `a${id}`));
    expect(Object.keys(answers.memory.answers ?? {})).toHaveLength(LIMITS.activities);

    const questions = new TestFlow({ event: "question", votes: 1 });
    for (let id = 0; id < LIMITS.questions + 50; id++) expect(questions.hear(vote(1, `q${id}`))).toBe(true);
    expect(questions.memory.questions).toHaveLength(LIMITS.questions);
  });
});
