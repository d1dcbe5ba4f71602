import { describe, expect, test } from "vitest";
import { kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { PEOPLE } from "../../../../shared/interactions/activity/topic.ts";
import type { Role } from "../../../../shared/protocol/identity.ts";
import { Totals } from "../../../lib/totals.ts";
import { NOW } from "../../test-session.ts";
import { ActivityTallies } from "./activity-tallies.ts";
import { answered, openBoard } from "./test-activities.ts";

function open(definition: Record<string, unknown> = {}) {
  const board = openBoard();
  const counts = new Totals();
  const tallies = new ActivityTallies(board.board);
  board.write("poll", definition);
  board.open("poll");
  const say = (role: Role, topics: readonly string[] | "whole" = [board.topicOf("poll")], isNew = true) =>
    tallies.say(counts, topics, { role, total: 0, isNew });
  const count = (people: number, keys: Record<string, number>) =>
    counts.setTopic(board.topicOf("poll"), answered(people, keys));
  return { ...board, counts, tallies, say, count };
}

const talliesOf = (messages: readonly object[]) =>
  messages.flatMap((message) => ("tallies" in message ? [message.tallies] : []));

describe("counts are told", () => {
  const told = [{ poll: { round: 1, people: 3, counts: { a: 2, b: 1 } } }];

  test("to hosts at any time", () => {
    const { say, count } = open({ show: "host" });
    count(3, { a: 2, b: 1 });
    expect(talliesOf(say("host"))).toEqual(told);
  });

  test.each([
    ["live", "while it is open", [true, true, true]],
    ["closed", "once it is closed", [false, true, true]],
    ["host", "once they are revealed", [false, false, true]],
  ])("to everybody, with %s, %s", (show, _, isTold) => {
    const { say, count, close } = open({ show });
    count(3, { a: 2, b: 1 });
    const open_ = talliesOf(say("user"));
    close("poll");
    const closed = talliesOf(say("user"));
    close("poll", { revealed: true });
    const revealed = talliesOf(say("user"));
    expect([open_, closed, revealed]).toEqual(isTold.map((each) => (each ? told : [])));
  });

  test("with final once every room has counted them anew", () => {
    const { board, say, count, close } = open();
    count(1, { a: 1 });
    close("poll");
    expect(talliesOf(say("user"))).toEqual([{ poll: { round: 1, people: 1, counts: { a: 1 } } }]);
    board.settle(board.listUnsettled(), NOW + 5);
    expect(talliesOf(say("user"))).toEqual([
      { poll: { round: 1, people: 1, counts: { a: 1 }, final: true } },
    ]);
  });

  test("of the round that is open; what was shown of a round before stays shown", () => {
    const { say, count, counts, open: again, topicOf, tallies, read } = open({ show: "live" });
    count(2, { a: 2 });
    const first = topicOf("poll");
    again("poll", { newRound: true }, NOW + 9);
    counts.setTopic(topicOf("poll"), answered(1, { b: 1 }));
    expect(talliesOf(say("user"))).toEqual([{ poll: { round: 2, people: 1, counts: { b: 1 } } }]);
    expect(talliesOf(say("user", [first]))).toEqual([]);
    expect(tallies.getTallies(counts, read("poll"), "user").map((tally) => tally?.counts)).toEqual([
      { a: 2 },
      { b: 1 },
    ]);
  });

  test("without the words that a moderator has hidden; who sent them has answered all the same", () => {
    const { say, count, board, read, tallies } = open({ kind: "words", show: "live" });
    count(3, { good: 2, bad: 1 });
    const change = board.setHidden(read("poll"), "bad", true, NOW + 3);
    for (const told of [...say("user", "whole"), ...tallies.sayChange(change, "user")]) {
      expect(JSON.stringify(told)).not.toMatch(/bad|hidden/);
    }
    expect(tallies.sayChange(change, "host")).toMatchObject([{ activities: [{ hidden: ["bad"] }] }]);
    expect(talliesOf(say("user"))).toEqual([{ poll: { round: 1, people: 3, counts: { good: 2 } } }]);
    expect(talliesOf(say("host"))).toEqual([{ poll: { round: 1, people: 3, counts: { good: 2 } } }]);
    board.setHidden(read("poll"), "bad", false, NOW + 4);
    expect(talliesOf(say("user"))).toEqual([{ poll: { round: 1, people: 3, counts: { good: 2, bad: 1 } } }]);
  });

  test("of many words, as far as they are frequent, and no message is larger than 16 KiB", () => {
    const { say, count } = open({ kind: "words", show: "live" });
    const word = (index: number) => `${"字".repeat(28)}${index}`;
    const words = Array.from({ length: 5000 }, (_, index) => [word(index), 1 + (index % 1000)] as const);
    count(9000, Object.fromEntries(words));
    const [message] = say("user");
    const [tallies] = talliesOf([message ?? {}]) as [{ poll: { counts: Record<string, number> } }];
    expect(Object.keys(tallies.poll.counts)).toHaveLength(100);
    expect(Math.min(...Object.values(tallies.poll.counts))).toBe(981);
    expect(new TextEncoder().encode(JSON.stringify(message)).length).toBeLessThan(16 * 1024);
  });
});

describe("what is right", () => {
  test("is told to hosts, and to everybody once it is revealed and nobody can answer any more", () => {
    const { tallies, board, open: again, close } = open({ correct: ["a"] });
    const tell = (change: ReturnType<typeof close>, role: Role) =>
      tallies.sayChange(change, role).map((message) => JSON.stringify(message).includes("correct"));
    const revealedOpen = again("poll", { revealed: true }, NOW + 2);
    expect([tell(revealedOpen, "host"), tell(revealedOpen, "user")]).toEqual([[true], [false]]);
    expect(tell(close("poll", { revealed: false }, NOW + 3), "user")).toEqual([false]);
    expect(tell(close("poll", { revealed: true }, NOW + 4), "user")).toEqual([true]);
    const next = again("poll", { newRound: true }, NOW + 5);
    expect(tell(next, "user")).toEqual([false]);
    expect(board.all).toHaveLength(1);
  });
});

describe("somebody who comes", () => {
  test("hears what is open and what was revealed last, and a host everything", () => {
    const { say, write, open: openOne, close } = open();
    for (const id of ["draft", "first", "last", "hidden"]) write(id);
    for (const id of ["first", "last", "hidden"]) openOne(id);
    close("first", { revealed: true }, NOW + 10);
    close("last", { revealed: true }, NOW + 11);
    close("hidden", {}, NOW + 12);
    const namesOf = (role: Role, isNew = true) =>
      say(role, "whole", isNew).flatMap((message) =>
        message.type === "activities" ? message.activities.map(({ id }) => id) : [],
      );
    expect(namesOf("user")).toEqual(["poll", "last"]);
    // Who was there before may be looking at what was closed last.
    expect(namesOf("user", false)).toEqual(["poll", "last", "hidden"]);
    expect(namesOf("host")).toEqual(["poll", "draft", "first", "last", "hidden"]);
    expect(say("user", "whole")[0]).toMatchObject({ whole: true });
  });

  test("hears nothing where there never was an activity", () => {
    const tallies = new ActivityTallies(openBoard().board);
    expect(tallies.say(new Totals(), "whole", { role: "user", total: 0 })).toEqual([]);
  });
});

test("a draft is nobody's but the hosts', and one that begins anew is gone for everybody else", () => {
  const { tallies, write, board } = open();
  const written = write("draft");
  expect([tallies.sayChange(written, "user"), tallies.sayChange(written, "host")]).toMatchObject([
    [],
    [{ activities: [{ id: "draft", status: "draft" }] }],
  ]);
  expect(tallies.sayChange(board.reset(NOW + 9), "user")).toMatchObject([
    { activities: [], removed: ["poll"] },
  ]);
  expect(tallies.sayChange(board.remove("draft", NOW + 10), "user")).toEqual([]);
});

describe("a kind's tally", () => {
  const tallyOf = (kind: keyof typeof kinds, values: readonly AnswerValue[]) => {
    const counts = new Totals();
    for (const value of values) {
      counts.add("t", PEOPLE, 1);
      for (const [key, count] of kinds[kind].count(value)) counts.add("t", key, count);
    }
    const { [PEOPLE]: people = 0, ...keys } = counts.read("t");
    return { people, ...kinds[kind].tally(keys, people) };
  };

  test("counts people, not ticks", () => {
    expect(tallyOf("choice", [["a", "b"], ["a"]])).toEqual({ people: 2, counts: { a: 2, b: 1 } });
    expect(tallyOf("words", [["x", "y"], ["x"]])).toEqual({ people: 2, counts: { x: 2, y: 1 } });
    expect(tallyOf("text", ["yes", "no"])).toEqual({ people: 2, counts: {} });
  });

  test("has mean and median of numbers", () => {
    expect(tallyOf("scale", [1, 2, 5, 5])).toEqual({
      people: 4,
      counts: { 1: 1, 2: 1, 5: 2 },
      mean: 3.25,
      median: 3.5,
    });
    expect(tallyOf("number", [10, -2, 0.5])).toMatchObject({ median: 0.5 });
    expect(tallyOf("number", [])).toEqual({ people: 0, counts: {} });
  });

  test("has each option's mean place in an order, and who was first", () => {
    expect(
      tallyOf("order", [
        ["a", "b", "c"],
        ["c", "a", "b"],
      ]),
    ).toEqual({
      people: 2,
      counts: { a: 1, c: 1 },
      ranks: { a: 1.5, b: 2.5, c: 2 },
    });
  });
});
