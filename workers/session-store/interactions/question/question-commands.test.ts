import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { QuestionChange } from "../../../../shared/interactions/question/question.schema.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { HostRules } from "../../../../shared/protocol/rules.schema.ts";
import type { RulesChange } from "../../../../shared/protocol/rules.ts";
import { CoHostList } from "../../co-host-list.ts";
import { beginSession, createFacts, host, NOW, nameUser } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import type { QuestionsChange } from "./question-board.ts";
import { QuestionCommands } from "./question-commands.ts";
import { ada, ben, openBoard } from "./test-questions.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What a root decides, and what it has everybody told. */
function open(rule: RulesChange["questions"] = "open") {
  const { board } = openBoard();
  const state = beginSession(createFacts({}, { rules: HostRules.parse({ questions: rule }) }));
  const coHosts = new CoHostList(new MemoryKv());
  const announced: QuestionsChange[] = [];
  const votes = new Map<string, number>();
  const known = { areVotes: true };
  const commands = new QuestionCommands({
    state,
    coHosts,
    board,
    findName: (participant) => (participant === ada ? "Ada" : undefined),
    countVotes: (id) => (known.areVotes ? (votes.get(id) ?? 0) : undefined),
    announce: (change) => announced.push(change),
  });
  let asked = 0;
  const ask = (participant: string, text: string, id = `${asked++}`) =>
    commands.ask(participant, { id, text });
  /** @returns the id of what was asked */
  const add = (participant: string, text = "Why?") => {
    const question = ask(participant, text);
    if ("code" in question) throw new Error(question.detail);
    return question.id;
  };
  return { board, state, coHosts, announced, votes, known, commands, ask, add };
}

describe("asking", () => {
  test("keeps a question and tells everybody once; the same again is the same, and tells nobody", () => {
    const { commands, announced, ask } = open();
    const asked = ask(ada, "Why?", "one");
    expect(asked).toMatchObject({ text: "Why?", at: NOW, votes: 0, status: "published", mine: true });
    expect(asked).not.toHaveProperty("name");
    expect(ask(ada, "Why?", "one")).toEqual(asked);
    expect(announced.length).toBe(1);
    expect(ask(ada, "How?", "one")).toMatchObject({ code: "conflict" });
    // An id is its author's own.
    expect(ask(ben, "How?", "one")).toMatchObject({ text: "How?" });
    expect(commands.ask(ada, { id: "two", text: "Who?", name: true })).toMatchObject({ name: "Ada" });
    const nameless = commands.ask(ben, { id: "two", text: "Who?", name: true });
    expect(nameless).toMatchObject({ code: "invalid_request" });
  });

  test("in a moderated session waits for a moderator", () => {
    expect(open("moderated").ask(ada, "Why?")).toMatchObject({ status: "pending" });
  });

  test("is refused where nobody asks, and what was asked before is still found", () => {
    const { state, ask } = open();
    const asked = ask(ada, "Why?", "one");
    state.change({ rules: HostRules.parse({ questions: "off" }) }, NOW);
    expect(ask(ben, "How?")).toMatchObject({ code: "questions_off" });
    state.change({ blocked: [ben] }, NOW);
    expect(ask(ben, "How?")).toMatchObject({ code: "blocked" });
    state.change({ endedAt: NOW }, NOW);
    expect(ask(ben, "How?")).toMatchObject({ code: "session_ended" });
    expect(ask(ada, "Why?", "one")).toEqual(asked);
    expect(ask(host.participant, "Me?")).toMatchObject({ code: "not_participant" });
    state.change({ generation: 1 }, NOW);
    expect(ask(ada, "Why?", "one")).toMatchObject({ code: "not_participant" });
    expect(beginSession().facts?.rules.questions).toBe("off");
  });

  test("again waits for an answer to one of three; what was merged is none of them, what was hidden is", () => {
    const { commands, add, ask } = open();
    const [first, second, third] = [add(ada), add(ada), add(ada)];
    expect(ask(ada, "4?")).toMatchObject({ code: "too_many_questions" });
    commands.change(host, first, { status: "hidden" });
    expect(ask(ada, "4?")).toMatchObject({ code: "too_many_questions" });
    commands.change(host, second, { mergedInto: third });
    const fourth = add(ada, "4?");
    expect(ask(ada, "5?")).toMatchObject({ code: "too_many_questions" });
    commands.change(host, fourth, { answer: "Because." });
    add(ada, "5?");
    expect(commands.withdraw(ada, first)).toBeNull();
    add(ada, "6?");
    expect(ask(ada, "7?")).toMatchObject({ code: "too_many_questions" });
  });

  test("has room for a thousand in a session", () => {
    const { commands, add, ask } = open();
    const ids = Array.from({ length: LIMITS.questions }, (_, index) => add(nameUser(`${index}`)));
    expect(ask(ada, "One more?")).toMatchObject({
      code: "too_many_questions",
      detail: expect.stringContaining("1000"),
    });
    commands.withdraw(nameUser("7"), ids[7] ?? "");
    expect(ask(ada, "One more?")).toMatchObject({ text: "One more?" });
  });

  test("takes the place of the oldest hidden one where a session is full, and of none that is to be read", () => {
    const { board, commands, add, ask } = open();
    const ids = Array.from({ length: LIMITS.questions }, (_, index) => add(nameUser(`${index}`)));
    commands.change(host, ids[9] ?? "", { status: "hidden" });
    commands.change(host, ids[4] ?? "", { mergedInto: ids[5] ?? "" });
    expect(ask(ada, "One more?")).toMatchObject({ text: "One more?" });
    expect(board.get(ids[4] ?? "")).toBeUndefined();
    board.setExcluded(nameUser("2"), true, NOW);
    expect(ask(ada, "And more?")).toMatchObject({ text: "And more?" });
    expect(board.get(ids[2] ?? "")).toBeUndefined();
    expect(ask(ada, "A third?")).toMatchObject({ text: "A third?" });
    expect(board.get(ids[9] ?? "")).toBeUndefined();
    expect(ask(ben, "No room?")).toMatchObject({ code: "too_many_questions" });
    expect(board.size).toBe(LIMITS.questions);
  });
});

describe("withdrawing", () => {
  test("is for the author, while nobody has answered; also after the end", () => {
    const { board, commands, add, state } = open();
    const [first, second] = [add(ada), add(ada)];
    expect(commands.withdraw(ben, first)).toMatchObject({ code: "question_not_found" });
    expect(commands.withdraw(ada, "nothing")).toMatchObject({ code: "question_not_found" });
    commands.change(host, second, { answer: "Because." });
    expect(commands.withdraw(ada, second)).toMatchObject({ code: "question_fixed" });
    state.change({ endedAt: NOW }, NOW);
    expect(commands.withdraw(ada, first)).toBeNull();
    expect(commands.withdraw(ada, first)).toMatchObject({ code: "question_not_found" });
    expect(board.size).toBe(1);
  });
});

describe("a host's change", () => {
  test("is what a moderator does, and no presenter; also after the end", () => {
    const { commands, coHosts, add, state } = open();
    const id = add(ada);
    const [moderator, presenter] = ["moderator", "presenter"] as const;
    for (const role of [moderator, presenter]) coHosts.add(role, { role });
    const hide = (participant: string, role: typeof moderator | typeof presenter) =>
      commands.change({ participant, role }, id, { status: "hidden" });
    expect(hide(presenter, presenter)).toMatchObject({ code: "role_not_allowed" });
    expect(hide(moderator, moderator)).toMatchObject({ id, status: "hidden" });
    state.change({ endedAt: NOW }, NOW);
    expect(commands.change(host, id, { answer: "Late." })).toMatchObject({ status: "answered" });
    expect(commands.findAuthor(host, id, {})).toMatchObject({ code: "session_ended" });
    coHosts.remove(moderator);
    expect(hide(moderator, moderator)).toMatchObject({ code: "not_host" });
  });

  test("tells how many want it answered; what nobody knows yet is not said, and the change is done", () => {
    const { board, commands, add, votes, known } = open();
    const id = add(ada);
    votes.set(id, 7);
    expect(commands.change(host, id, { pinned: true })).toMatchObject({ votes: 7, pinned: true });
    known.areVotes = false;
    expect(commands.change(host, id, { pinned: false })).toMatchObject({ code: "unavailable" });
    expect(board.get(id)?.pinned).toBe(false);
    expect(add(ben)).toBeTypeOf("string");
  });

  test("that changes nothing tells nobody anything", () => {
    const { commands, announced, add } = open();
    const id = add(ada);
    commands.change(host, id, { status: "published", pinned: false });
    expect(announced.at(-1)).toEqual({ changed: [], removed: [], withdrawn: [] });
  });

  test("that can't be meant is refused", () => {
    const { commands, add } = open("moderated");
    const [id, other, hidden] = [add(ada), add(ada), add(ada)];
    commands.change(host, hidden, { status: "hidden" });
    const wrong: QuestionChange[] = [
      { answer: "So.", status: "published" },
      { answer: "So.", status: "hidden" },
      { answer: "So.", mergedInto: other },
      { mergedInto: id },
      { mergedInto: "nothing" },
      { mergedInto: hidden },
      { mergedInto: other, status: "published" },
      { mergedInto: other, pinned: true },
      { pinned: true },
      { pinned: true, status: "hidden" },
    ];
    for (const change of wrong) {
      expect([change, commands.change(host, id, change)]).toEqual([
        change,
        expect.objectContaining({ code: "invalid_request" }),
      ]);
    }
    for (const given of [{ block: "yes" }, { answer: "" }, { pinned: "yes" }, { status: "gone" }]) {
      expect([given, QuestionChange.safeParse(given).success]).toEqual([given, false]);
    }
    expect(commands.change(host, id, { pinned: true, status: "published" })).toMatchObject({ pinned: true });
    expect(commands.change(host, "nothing", {})).toMatchObject({ code: "question_not_found" });
  });
});

test("whoever is blocked for a question is whoever asked it, unless they are forgotten", () => {
  const { board, commands, add } = open();
  const id = add(ada);
  expect(commands.findAuthor(host, id, {})).toEqual({ author: ada });
  // Nobody is blocked with a change that is refused.
  expect(commands.findAuthor(host, id, { mergedInto: id })).toMatchObject({ code: "invalid_request" });
  expect(commands.findAuthor(host, "nothing", {})).toMatchObject({ code: "question_not_found" });
  board.forgetAuthor(ada, NOW);
  expect(commands.findAuthor(host, id, {})).toMatchObject({ code: "invalid_request" });
});
