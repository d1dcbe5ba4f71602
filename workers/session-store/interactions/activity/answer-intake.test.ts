import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AnswerValue } from "../../../../shared/interactions/activity/tally.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { EntryKind } from "../../../lib/ledger.ts";
import { Totals } from "../../../lib/totals.ts";
import { HasteLimit } from "../../haste-limit.ts";
import type { QueuedEntry } from "../../ledger-queue.ts";
import { beginSession, createGate, host, NOW, nameUser, restart, settle } from "../../test-session.ts";
import { AnswerIntake } from "./answer-intake.ts";
import { openBoard } from "./test-activities.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const user = nameUser("somebody");

function open(definition: Record<string, unknown> = {}) {
  const state = beginSession();
  const board = openBoard();
  const everywhere = new Totals();
  const queued: QueuedEntry[] = [];
  const kept = new Map<string, EntryKind>();
  const root = { placing: undefined as Promise<Refusal | undefined> | undefined };
  const intake = new AnswerIntake({
    state,
    board: board.board,
    queue: { add: (entry) => queued.push(entry) },
    haste: new HasteLimit(1, 50, "wait"),
    counted: () => [everywhere],
    ensurePlace: () => root.placing,
    findKept: async (_, id) => kept.get(id),
  });
  board.write("poll", definition);
  board.open("poll", {}, NOW);
  /** Undefined while nobody has answered, `kept`, or the refusal's code. */
  const submit = (value: AnswerValue | null, participant = user, round = 1, activity = "poll") => {
    const sent: { outcome?: string } = {};
    intake.submit(participant, { id: `${queued.length}`, activity, round, value }, true, (refusal) => {
      sent.outcome = refusal?.code ?? "kept";
    });
    return sent;
  };
  const keys = () => queued.map(({ entry }) => entry.key);
  return { ...board, state, everywhere, queued, kept, intake, root, submit, keys };
}

describe("an answer", () => {
  test("that was kept is acknowledged also when it is sent again after the round is over; another one is late", async () => {
    const { intake, kept, close, topicOf, open: openAgain } = open();
    const send = async (id: string, round = 1) => {
      let outcome: string | undefined;
      const answer = { id, activity: "poll", round, value: ["a"] };
      intake.submit(user, answer, true, (refusal) => {
        outcome = refusal?.code ?? "kept";
      });
      await settle();
      return outcome;
    };
    kept.set("early", { topic: topicOf("poll"), key: '5:["a"]', mode: "replace" });
    close("poll");
    expect([await send("early"), await send("late")]).toEqual(["kept", "activity_closed"]);
    openAgain("poll", { newRound: true }, NOW + 10);
    expect([await send("early"), await send("late")]).toEqual(["kept", "activity_closed"]);
    expect(await send("early", 3)).toBe("activity_closed");
  });

  test("goes to the ledger with how long after the opening it came, and replaces the one before", () => {
    const { submit, queued, topicOf } = open();
    vi.setSystemTime(NOW + 1234);
    const sent = submit(["b"]);
    expect(queued[0]?.entry).toMatchObject({
      participant: user,
      topic: topicOf("poll"),
      key: '1234:["b"]',
      mode: "replace",
    });
    expect(sent.outcome).toBeUndefined();
    queued[0]?.settle();
    expect(sent.outcome).toBe("kept");
  });

  test("is taken back with null, and stays the first where that is the rule", () => {
    const { submit, keys } = open();
    submit(null);
    expect(keys()).toEqual([""]);
    const fixed = open({ change: false });
    fixed.submit(["a"]);
    expect(fixed.queued[0]?.entry.mode).toBe("once");
  });

  test.each<[string, Record<string, unknown>, AnswerValue[], AnswerValue[]]>([
    ["choice", {}, [["a"]], [[], ["a", "b"], ["x"], ["a", "a"], "a", 1]],
    ["choice of two", { multiple: 2 }, [["b", "a"]], [["a", "b", "c"]]],
    ["scale", { kind: "scale", min: 1, max: 5 }, [1, 5], [0, 6, 1.5, "3", ["3"]]],
    ["number", { kind: "number", min: 0, step: 0.1 }, [0.3, 1e6], [-1, 0.25, "1"]],
    [
      "words",
      { kind: "words", words: 2 },
      [["Café"], ["a", "b"]],
      [[], ["a", "b", "c"], [" "], ["x".repeat(33)], "a"],
    ],
    ["text", { kind: "text" }, ["yes"], ["", " \n ", "x".repeat(1001), ["yes"]]],
    ["order", { kind: "order" }, [["c", "a", "b"]], [["a", "b"], ["a", "b", "b"], ["a", "b", "x"], "abc"]],
  ])("to a %s is what its kind takes", (_, definition, good, bad) => {
    const { submit } = open(definition);
    expect(good.map((value) => submit(value).outcome)).toEqual(good.map(() => undefined));
    expect(bad.map((value) => submit(value).outcome)).toEqual(bad.map(() => "answer_not_valid"));
  });

  test("is one, however it is spelled or ordered", () => {
    const words = open({ kind: "words", words: 3 });
    words.submit(["Café", "CAFÉ ", "café!"]);
    words.submit(["❤", "❤️"]);
    expect(words.keys()).toEqual(['0:["café"]', '0:["❤"]']);
    const choice = open({ multiple: 2 });
    choice.submit(["b", "a"]);
    expect(choice.keys()).toEqual(['0:["a","b"]']);
  });
});

describe("no answer is taken", () => {
  test("to what nobody asked, what is not open, and another round than the one that is", async () => {
    const { submit, write, close, open: openAgain } = open();
    write("draft");
    expect(submit(["a"], user, 1, "other").outcome).toBe("activity_not_found");
    expect(submit(["a"], user, 1, "draft").outcome).toBe("activity_closed");
    expect(submit(["a"], user, 2).outcome).toBe("activity_closed");
    close("poll");
    const late = submit(["a"]);
    openAgain("poll", { newRound: true }, NOW + 3);
    const ofBefore = submit(["a"]);
    // It is looked up first whether they were kept in time.
    await settle();
    expect([late.outcome, ofBefore.outcome]).toEqual(["activity_closed", "activity_closed"]);
    expect(submit(["a"], user, 2).outcome).toBeUndefined();
  });

  test("to a round that was cleared, though another one has its number by now", async () => {
    const { board, intake, queued, kept, topicOf, open: openAgain } = open();
    const openedAt = board.get("poll")?.rounds[0]?.openedAt ?? 0;
    kept.set("early", { topic: topicOf("poll"), key: '5:["a"]', mode: "replace" });
    board.write("poll", board.get("poll")?.definition ?? expect.fail("it is gone"), true, NOW + 5);
    openAgain("poll", {}, NOW + 10);
    const send = async (id: string, round: object) => {
      const answer = { id, activity: "poll", round: 1, ...round, value: ["a"] };
      let outcome: string | undefined;
      intake.submit(user, answer, true, (refusal) => {
        outcome = refusal?.code;
      });
      await settle();
      return outcome;
    };
    expect([await send("early", { openedAt }), await send("late", { openedAt })]).toEqual([
      "activity_closed",
      "activity_closed",
    ]);
    expect(queued).toEqual([]);
    await send("meant", { openedAt: board.get("poll")?.rounds[0]?.openedAt });
    // A client of before says only the number.
    await send("of before", {});
    expect(queued).toHaveLength(2);
  });

  test("of who is blocked, who hosts, and after the end", () => {
    const { state, submit } = open();
    expect(submit(["a"], host.participant).outcome).toBe("not_participant");
    state.change({ blocked: [user] }, NOW + 1);
    expect(submit(["a"]).outcome).toBe("blocked");
    state.change({ blocked: [], endedAt: NOW + 2 }, NOW + 2);
    expect(submit(["a"]).outcome).toBe("session_ended");
  });

  test("faster than the pace that reactions have, too", () => {
    const { submit } = open();
    const outcomes = Array.from({ length: 51 }, () => submit(["a"]).outcome);
    expect(outcomes.slice(0, 50)).toEqual(outcomes.slice(0, 50).map(() => undefined));
    expect(outcomes[50]).toBe("rate_limited");
  });

  test("with another word where there are as many as there may be; those that are there are taken", () => {
    const { submit, everywhere, topicOf } = open({ kind: "words" });
    for (let index = 0; index < LIMITS.openKeys; index++) everywhere.add(topicOf("poll"), `word ${index}`, 1);
    expect(submit(["new"]).outcome).toBe("too_many_words");
    expect(submit(["word 7"]).outcome).toBeUndefined();
  });

  test("with another word where all words of the session are as large as they may be, though the others are of other questions", () => {
    const { submit, everywhere, topicOf, write, open: openOne } = open({ kind: "words" });
    write("cloud", { kind: "words" });
    openOne("cloud");
    const size = LIMITS.openBytes / 4096;
    for (let index = 0; index < 4096; index++) {
      everywhere.add(topicOf("cloud"), `${index}`.padStart(size, "_"), 1);
    }
    everywhere.add(topicOf("poll"), "known", 1);
    expect(submit(["new"]).outcome).toBe("too_many_words");
    expect(submit(["known"]).outcome).toBeUndefined();
    everywhere.setTopic(topicOf("cloud"), {});
    expect(submit(["new"]).outcome).toBeUndefined();
  });
});

describe("somebody who has no place yet", () => {
  test("is asked about first, and loses no time by it", async () => {
    const { submit, root, keys } = open();
    const gate = createGate<undefined>();
    root.placing = gate.promise;
    vi.setSystemTime(NOW + 100);
    submit(["a"]);
    expect(keys()).toEqual([]);
    vi.setSystemTime(NOW + 900);
    gate.open(undefined);
    await settle();
    expect(keys()).toEqual(['100:["a"]']);
  });

  test("hears why not: there is no place, the activity was closed meanwhile, or the session began anew", async () => {
    const full = open();
    full.root.placing = Promise.resolve({ code: "session_full", detail: "" });
    const unplaced = full.submit(["a"]);
    const closed = open();
    closed.root.placing = Promise.resolve(undefined);
    const late = closed.submit(["a"]);
    closed.close("poll");
    const restarted = open();
    restarted.root.placing = Promise.resolve(undefined);
    const old = restarted.submit(["a"]);
    restart(restarted.state);
    await settle();
    expect([unplaced.outcome, late.outcome, old.outcome]).toEqual([
      "session_full",
      "activity_closed",
      "activity_closed",
    ]);
    expect([full, closed, restarted].map(({ queued }) => queued.length)).toEqual([0, 0, 0]);
  });
});
