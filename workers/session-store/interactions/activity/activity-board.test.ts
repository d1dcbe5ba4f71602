import { describe, expect, test } from "vitest";
import { NOW } from "../../test-session.ts";
import { ActivityBoard } from "./activity-board.ts";
import { define, openBoard } from "./test-activities.ts";

describe("an activity", () => {
  test("is a draft until it is opened; its rounds count from its openings, and reopening goes on with the round", () => {
    const { read, write, open, close } = openBoard();
    write("poll");
    expect(read("poll")).toMatchObject({ status: "draft", rounds: [] });
    open("poll", {}, NOW + 10);
    close("poll", {}, NOW + 20);
    open("poll", {}, NOW + 30);
    expect(read("poll").rounds).toMatchObject([{ openedAt: NOW + 10 }]);
    open("poll", { newRound: true }, NOW + 40);
    expect(read("poll")).toMatchObject({
      status: "open",
      rounds: [{ openedAt: NOW + 10 }, { openedAt: NOW + 40, isRevealed: false }],
    });
  });

  test("is opened at a time that no other round has", () => {
    const { read, write, open } = openBoard();
    write("one");
    write("two");
    open("one", {}, NOW);
    open("two", {}, NOW);
    expect(read("one").rounds[0]?.openedAt).not.toBe(read("two").rounds[0]?.openedAt);
  });

  test("closes after as many seconds as it was opened for, or as its definition says", () => {
    const { board, read, write, open } = openBoard();
    write("poll", { seconds: 30 });
    open("poll", {}, NOW);
    expect([read("poll").closesAt, board.nextClose]).toEqual([NOW + 30_000, NOW + 30_000]);
    open("poll", { seconds: 10 }, NOW + 1000);
    expect(board.nextClose).toBe(NOW + 11_000);
    expect(board.closeDue(NOW + 10_999).changed).toEqual([]);
    expect(board.closeDue(NOW + 11_000).changed).toMatchObject([{ id: "poll", status: "closed" }]);
    expect(board.nextClose).toBeUndefined();
  });

  test("is open without an end in a round that nobody gives one, also where the round before had one", () => {
    const { board, write, open } = openBoard();
    write("poll");
    open("poll", { seconds: 60 }, NOW);
    open("poll", { newRound: true }, NOW + 50_000);
    expect(board.nextClose).toBeUndefined();
  });

  test("is told apart by its revision, which only grows, though the clock goes back", () => {
    const { board, write, open } = openBoard();
    write("poll", {}, NOW);
    const { revision } = board;
    open("poll", {}, NOW - 60_000);
    expect(board.revision).toBeGreaterThan(revision);
  });
});

describe("what is erased", () => {
  test("is every round of an activity that is removed or cleared", () => {
    const { board, write, open, topicOf } = openBoard();
    write("poll");
    open("poll", {}, NOW + 1);
    const first = topicOf("poll");
    open("poll", { newRound: true }, NOW + 2);
    const second = topicOf("poll");
    expect(board.write("poll", define(), true, NOW + 3).gone).toEqual([first, second]);
    open("poll", {}, NOW + 4);
    const third = topicOf("poll");
    expect(board.remove("poll", NOW + 5)).toMatchObject({ removed: ["poll"], gone: [third] });
    expect([board.all, board.findRound(third)]).toEqual([[], undefined]);
  });

  test("is nothing where a text is corrected", () => {
    const { write, open, read } = openBoard();
    write("poll");
    open("poll");
    expect(write("poll", { prompt: "Which one?" }).gone).toEqual([]);
    expect(read("poll").rounds).toHaveLength(1);
  });
});

test("a round is final once it was counted anew, unless somebody opened it meanwhile", () => {
  const { board, read, write, open, close } = openBoard();
  write("poll");
  open("poll", {}, NOW + 1);
  expect(board.listUnsettled()).toEqual([]);
  close("poll", {}, NOW + 2);
  const unsettled = board.listUnsettled();
  open("poll", {}, NOW + 3);
  expect(board.settle(unsettled, NOW + 4).changed).toEqual([]);
  close("poll", {}, NOW + 5);
  expect(board.settle(board.listUnsettled(), NOW + 6).changed).toHaveLength(1);
  expect([read("poll").rounds[0]?.isFinal, board.listUnsettled()]).toEqual([true, []]);
  open("poll", {}, NOW + 7);
  expect(read("poll").rounds[0]?.isFinal).toBe(false);
});

test("a restart leaves what is asked, and nothing of what happened to it", () => {
  const { board, read, write, open } = openBoard();
  write("poll");
  open("poll", { revealed: true });
  board.setHidden(read("poll"), "word", true, NOW + 3);
  board.reset(NOW + 4);
  expect(read("poll")).toMatchObject({ status: "draft", rounds: [], hidden: [] });
});

test("another life of the room knows all of it", () => {
  const { board, storage, write, open } = openBoard();
  write("poll");
  write("cloud", { kind: "words" });
  open("poll", { seconds: 10 });
  const again = openBoard(storage).board;
  expect(again.all).toEqual(board.all);
  expect([again.revision, again.nextClose]).toEqual([board.revision, board.nextClose]);
});

describe("a room below", () => {
  function follow() {
    const root = openBoard();
    const below = openBoard();
    const adopt = (since: number, now = NOW + 100) => {
      const update = root.board.getUpdate(since);
      if (!update) throw new Error("there is nothing to adopt");
      return below.board.adopt(update, now);
    };
    return { root, below, adopt };
  }

  test("hears nothing of activities where there never was one", () => {
    expect(openBoard().board.getUpdate(0)).toBeUndefined();
  });

  test("takes over what has changed since, also that something is gone", () => {
    const { root, below, adopt } = follow();
    root.write("one");
    root.write("two");
    adopt(0);
    expect(below.board.all).toEqual(root.board.all);
    const since = below.board.revision;
    root.board.remove("one", NOW + 5);
    root.open("two", {}, NOW + 6);
    expect(adopt(since)).toMatchObject({ removed: ["one"], changed: [{ id: "two", status: "open" }] });
    expect(below.board.all).toEqual(root.board.all);
  });

  test("changes nothing for what it has heard already, and says so when it has missed something", () => {
    const { root, below, adopt } = follow();
    root.write("one");
    adopt(0);
    expect(adopt(0).changed).toEqual([]);
    const { revision } = root.board;
    root.write("two", {}, NOW + 1);
    const newer = root.board.revision;
    root.write("three", {}, NOW + 2);
    expect(() => adopt(newer)).toThrow("missed");
    expect(below.board.revision).toBe(revision);
  });

  test("that is ahead of its counts knows what is over, and what is final only with them; what comes late opens nothing", () => {
    const { root, below, adopt } = follow();
    root.write("one");
    root.open("one");
    adopt(0);
    const { revision } = below.board;
    root.write("one", { prompt: "Once more?" }, NOW + 3);
    const late = root.board.getUpdate(revision);
    root.close("one", {}, NOW + 4);
    root.board.settle(root.board.listUnsettled(), NOW + 5);
    const ahead = root.board.getUpdate(0);
    if (!late || !ahead) throw new Error("there is nothing to adopt");
    const stands = () => [
      below.read("one").status,
      below.read("one").rounds[0]?.isFinal,
      below.board.revision,
    ];
    below.board.adoptAhead(ahead, NOW + 10);
    expect(stands()).toEqual(["closed", false, revision]);
    below.board.adopt(late, NOW + 11);
    expect(stands()).toEqual(["closed", false, late.revision]);
    expect(adopt(late.revision).changed).toHaveLength(1);
    expect(below.board.all).toEqual(root.board.all);
    expect(below.board.adoptAhead(ahead, NOW + 12).changed).toEqual([]);
  });

  test("keeps what came ahead of an older update that arrives late, and its answers", () => {
    const { root, below, adopt } = follow();
    root.write("one");
    root.open("one");
    adopt(0);
    root.close("one", {}, NOW + 3);
    const late = root.board.getUpdate(below.board.revision);
    root.write("two", {}, NOW + 4);
    root.open("two", {}, NOW + 5);
    const ahead = root.board.getUpdate(0);
    if (!late || !ahead) throw new Error("there is nothing to adopt");
    below.board.adoptAhead(ahead, NOW + 10);
    expect(below.board.adopt(late, NOW + 11)).toMatchObject({ removed: [], gone: [] });
    expect(below.read("two").status).toBe("open");
    root.board.remove("two", NOW + 12);
    expect(adopt(late.revision).removed).toEqual(["two"]);
  });

  test("starts the clock of a round when it hears of the opening, and no other life sets it anew", () => {
    const { root, below, adopt } = follow();
    root.write("one");
    root.open("one", {}, NOW + 1);
    adopt(0, NOW + 700);
    expect(below.board.getHeardAt(below.read("one"))).toBe(NOW + 700);
    root.close("one", {}, NOW + 800);
    root.open("one", {}, NOW + 900);
    adopt(0, NOW + 1000);
    const again = new ActivityBoard(below.storage);
    again.load();
    expect(again.getHeardAt(below.read("one"))).toBe(NOW + 700);
    root.open("one", { newRound: true }, NOW + 2000);
    adopt(0, NOW + 2100);
    expect(below.board.getHeardAt(below.read("one"))).toBe(NOW + 2100);
  });
});
