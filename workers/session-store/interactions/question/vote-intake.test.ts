import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { createParticipant } from "../../../../shared/protocol/identity.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { EntryKind } from "../../../lib/ledger.ts";
import { HasteLimit } from "../../haste-limit.ts";
import type { QueuedEntry } from "../../ledger-queue.ts";
import { beginSession, changeRules, createGate, NOW, nameUser, restart, settle } from "../../test-session.ts";
import { createSql, MemoryKv } from "../../test-storage.ts";
import { QuestionBoard } from "./question-board.ts";
import { VoteIntake } from "./vote-intake.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const user = nameUser("somebody");
const author = nameUser("author");

function open() {
  const state = beginSession();
  changeRules(state, { questions: "open" });
  const board = new QuestionBoard(createSql(), new MemoryKv());
  const queued: QueuedEntry[] = [];
  const kept = new Map<string, EntryKind>();
  const root = { placing: undefined as Promise<Refusal | undefined> | undefined };
  const ledger = { isOut: false };
  const intake = new VoteIntake({
    state,
    board,
    queue: { add: (entry) => queued.push(entry) },
    haste: new HasteLimit(1, 5, "wait"),
    ensurePlace: () => root.placing,
    findKept: async (_, id) => {
      if (ledger.isOut) throw new Error("out");
      return kept.get(id);
    },
  });
  const ask = (status: "published" | "pending" = "published") => {
    const asked = { author, request: "1", text: "Why?", status };
    return board.add(asked, NOW).changed[0]?.id ?? "";
  };
  const change = (id: string, to: Parameters<QuestionBoard["set"]>[1]) => {
    const question = board.get(id);
    if (question) board.set(question, to, NOW);
  };
  /** Undefined while nobody has answered, `kept`, or the refusal's code. */
  const submit = (question: string, { by = user, vote = true, id = `${queued.length}` } = {}) => {
    const sent: { outcome?: string } = {};
    intake.submit(by, { id, question, vote }, true, (refusal) => {
      sent.outcome = refusal?.code ?? "kept";
    });
    return sent;
  };
  const send = async (...args: Parameters<typeof submit>) => {
    const sent = submit(...args);
    await settle();
    return sent.outcome;
  };
  return { state, board, queued, kept, root, ledger, ask, change, submit, send };
}

describe("a vote", () => {
  test("goes to the ledger, where it replaces the one before, and taking it back leaves nothing", () => {
    const { ask, submit, queued } = open();
    const id = ask();
    submit(id);
    submit(id, { vote: false });
    expect(queued.map(({ entry }) => entry)).toEqual([
      { participant: user, id: "0", topic: getVoteTopic(id), key: "1", mode: "replace" },
      { participant: user, id: "1", topic: getVoteTopic(id), key: "", mode: "replace" },
    ]);
  });

  test.each([
    ["that nobody has asked", () => "nobody", "question_not_found"],
    ["that waits for a moderator", ({ ask }) => ask("pending"), "question_not_found"],
    [
      "that is hidden",
      ({ ask, change }) => {
        const id = ask();
        change(id, { status: "hidden" });
        return id;
      },
      "question_not_found",
    ],
    [
      "of somebody whose questions are taken out",
      ({ ask, board }) => {
        const id = ask();
        board.setExcluded(author, true, NOW);
        return id;
      },
      "question_not_found",
    ],
    [
      "that was answered",
      ({ ask, change }) => {
        const id = ask();
        change(id, { answer: "Because." });
        return id;
      },
      "question_fixed",
    ],
  ] satisfies [string, (opened: ReturnType<typeof open>) => string, string][])(
    "for a question %s is refused",
    async (_, prepare, code) => {
      const opened = open();
      expect(await opened.send(prepare(opened))).toBe(code);
      expect(opened.queued).toEqual([]);
    },
  );

  test("is refused its author, whatever has become of the question, until it is nobody's", async () => {
    const { ask, send, board, change, queued } = open();
    const id = ask("pending");
    expect(await send(id, { by: author })).toBe("own_question");
    change(id, { status: "published" });
    expect(await send(id, { by: author })).toBe("own_question");
    board.forgetAuthor(author, NOW);
    await send(id, { by: author });
    expect(queued).toHaveLength(1);
  });

  test("is refused where questions are off, after the end, of who is blocked, of a host, and of who is too fast", async () => {
    const { ask, send, state } = open();
    const id = ask();
    changeRules(state, { questions: "off" });
    expect(await send(id)).toBe("questions_off");
    changeRules(state, { questions: "moderated" });
    expect(await send(id, { by: createParticipant("host", 0, "0".repeat(16)) })).toBe("not_participant");
    for (let vote = 0; vote < 5; vote++) await send(id, { by: nameUser("quick") });
    expect(await send(id, { by: nameUser("quick") })).toBe("rate_limited");
    state.change({ blocked: [user] }, NOW);
    expect(await send(id)).toBe("blocked");
    state.change({ endedAt: NOW }, NOW);
    expect(await send(id)).toBe("session_ended");
  });

  test.each([
    ["answered", "question_fixed"],
    ["hidden", "question_not_found"],
  ] as const)(
    "that was kept is acknowledged also when the question is %s by then; another is refused",
    async (status, code) => {
      const { ask, change, send, kept, ledger, state } = open();
      const id = ask();
      kept.set("early", { topic: getVoteTopic(id), key: "1", mode: "replace" });
      kept.set("other", { topic: getVoteTopic("other"), key: "1", mode: "replace" });
      change(id, { status });
      const sent = ["early", "late", "other"].map((each) => send(id, { id: each }));
      expect(await Promise.all(sent)).toEqual(["kept", code, code]);
      state.change({ blocked: [user] }, NOW);
      expect(await send(id, { id: "early" })).toBe("kept");
      ledger.isOut = true;
      expect(await send(id, { id: "early" })).toBe("unavailable");
    },
  );

  test("of somebody new waits for a place, and for what has become of the question meanwhile", async () => {
    const { ask, change, submit, root, state, queued } = open();
    const [first, second] = [ask(), ask()];
    const gate = createGate<undefined>();
    root.placing = gate.promise;
    const [kept, fixed] = [submit(first), submit(second, { id: "second" })];
    change(second, { status: "answered" });
    gate.open(undefined);
    await settle();
    expect(queued.map(({ entry }) => entry.topic)).toEqual([getVoteTopic(first)]);
    expect([kept.outcome, fixed.outcome]).toEqual([undefined, "question_fixed"]);

    const later = createGate<undefined>();
    root.placing = later.promise;
    const gone = submit(first, { id: "third" });
    const unplaced = submit(first, { id: "fourth", by: nameUser("else") });
    state.clear();
    later.open(undefined);
    await settle();
    expect([gone.outcome, unplaced.outcome]).toEqual(["session_not_found", "session_not_found"]);
  });

  test("that waited for a place through a restart is for a question that is gone", async () => {
    const { ask, board, submit, root, state, queued } = open();
    const id = ask();
    const gate = createGate<undefined>();
    root.placing = gate.promise;
    const sent = submit(id);
    restart(state);
    board.reset(NOW + 1000);
    gate.open(undefined);
    await settle();
    expect([sent.outcome, queued.length]).toEqual(["question_not_found", 0]);
  });
});
