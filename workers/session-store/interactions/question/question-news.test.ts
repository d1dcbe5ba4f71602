import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { compareQuestions } from "../../../../shared/interactions/question/order.ts";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import { Totals } from "../../../lib/totals.ts";
import { host, NOW, nameUser } from "../../test-session.ts";
import { createSql, MemoryKv } from "../../test-storage.ts";
import { QuestionBoard, type QuestionsChange } from "./question-board.ts";
import { QuestionNews } from "./question-news.ts";
import { toLive } from "./stored-question.ts";
import { ShownQuestions } from "./test-shown-questions.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const PEOPLE = ["a", "b", "c"].map((name) => nameUser(name));
const [ADA = "", BEN = ""] = PEOPLE;

/** One who listens, and what they show. */
interface Phone {
  readonly participant: string;
  readonly heard: ServerMessage[];
  readonly shown: ShownQuestions;
}

/** A root with its pipes; the publisher's turns are in the test's hands. */
function open(isRoot = true) {
  const storage = new MemoryKv();
  const board = new QuestionBoard(createSql(), storage);
  const counts = new Totals();
  const changed = { host: new Set<string>(), user: new Set<string>() };
  const knowing = { is: true };
  const rule: { is: QuestionRule } = { is: "open" };
  const phones: Phone[] = [];
  const hear = ({ heard, shown }: Phone, messages: readonly ServerMessage[]) => {
    for (const message of messages) {
      heard.push(message);
      shown.hear(message);
    }
  };
  const broadcast = (messages: readonly ServerMessage[], role: "host" | "user" = "user") => {
    for (const phone of phones) {
      if ((phone.participant === host.participant) === (role === "host")) hear(phone, messages);
    }
  };
  const begin = () => {
    const news = new QuestionNews({
      isRoot,
      storage,
      board,
      counted: () => counts,
      knowsCounts: () => knowing.is,
      getRule: () => rule.is,
      schedule: () => {},
      guard: () => {},
      broadcast,
      isHere: (participant) => phones.some((phone) => phone.participant === participant),
      tellEach: (say) => {
        for (const phone of phones) {
          const message = phone.participant === host.participant ? undefined : say(phone.participant);
          if (message) hear(phone, [message]);
        }
      },
    });
    news.load();
    return news;
  };
  const life = { news: begin(), isFirst: { host: true, user: true } };
  const announce = (change: QuestionsChange) => life.news.boardChanged(change);
  const ask = (author: string, text = "Why?", status: "published" | "pending" = "published") => {
    const change = board.add({ author, request: text, text, status }, Date.now());
    announce(change);
    return change.changed[0]?.id ?? "";
  };
  const set = (id: string, change: Parameters<QuestionBoard["set"]>[1]) => {
    const question = board.get(id);
    if (question) announce(board.set(question, change, Date.now()));
  };
  const vote = (id: string, votes: number) => {
    const topic = getVoteTopic(id);
    counts.setTopic(topic, { [FOR]: votes });
    changed.host.add(topic);
    changed.user.add(topic);
  };
  const join = (participant: string) => {
    const phone: Phone = { participant, heard: [], shown: new ShownQuestions() };
    phones.push(phone);
    hear(phone, life.news.greet(participant));
    return phone;
  };
  /** What one turn of the publisher says. */
  const turn = async (role: "host" | "user" = "user") => {
    const topics = life.isFirst[role] ? "whole" : [...changed[role]];
    const messages = life.news.say(counts, topics, { role, total: 0 });
    if (knowing.is) {
      life.isFirst[role] = false;
      changed[role].clear();
    }
    broadcast(messages, role);
    await vi.advanceTimersByTimeAsync(LIMITS.userCadenceMs);
    return messages;
  };
  const evict = () => {
    life.news = begin();
    life.isFirst = { host: true, user: true };
  };
  const turns = async () => [await turn("host"), await turn("user")];
  return { board, counts, knowing, rule, life, announce, ask, set, vote, join, turn, turns, evict, phones };
}

const typesOf = (messages: readonly ServerMessage[]) => messages.map(({ type }) => type);

describe("a turn of questions", () => {
  test("tells who listens of a new question in one message, and its author in one more", async () => {
    const { ask, join, turn } = open();
    const [ada, ben] = [join(ADA), join(BEN)];
    await turn();
    const id = ask(ADA);
    await turn();
    const news = { type: "questions", total: 1 };
    expect(ben.heard.slice(1)).toMatchObject([{ ...news, questions: [{ id, votes: 0 }] }]);
    expect(ada.heard.slice(1)).toMatchObject([
      { ...news, questions: [{ id }] },
      { ...news, questions: [{ id, mine: true }] },
    ]);
    expect(JSON.stringify([...ada.heard, ...ben.heard])).not.toContain(ADA);
    expect(await turn()).toEqual([]);
  });

  test("tells a pending question its author and hosts alone, and everybody once it is published", async () => {
    const { ask, set, join, turns } = open();
    const [ada, ben, boss] = [join(ADA), join(BEN), join(host.participant)];
    await turns();
    const id = ask(ADA, "Secret?", "pending");
    await turns();
    expect(JSON.stringify(ben.heard)).not.toContain("Secret?");
    expect(ada.shown.get(id)).toMatchObject({ status: "pending", mine: true });
    expect(boss.shown.get(id)).toMatchObject({ status: "pending" });
    expect([ada, ben, boss].map(({ shown }) => shown.total)).toEqual([0, 0, 1]);
    expect(JSON.stringify(join(BEN).heard)).not.toContain("Secret?");
    set(id, { status: "published" });
    await turns();
    expect(ben.shown.get(id)).toMatchObject({ status: "published" });
    set(id, { status: "hidden" });
    await turns();
    expect(ben.heard.at(-1)).toMatchObject({ questions: [], removed: [id], total: 0 });
    expect(ada.shown.get(id)).toMatchObject({ status: "hidden", mine: true });
  });

  test("tells of a withdrawn question to its author and hosts also where nobody else has heard of it", async () => {
    const { ask, board, announce, join, turns } = open();
    const [ada, ben, boss] = [join(ADA), join(BEN), join(host.participant)];
    ask(BEN, "stays");
    const id = ask(ADA, "goes", "pending");
    await turns();
    const before = ben.heard.length;
    announce(board.remove(id, NOW + 1));
    await turns();
    expect(ben.heard.length).toBe(before);
    expect([ada.shown.get(id), boss.shown.get(id)]).toEqual([undefined, undefined]);
  });

  test("says votes after the questions that they belong to, and not of who is told with its text", async () => {
    const { ask, vote, join, turn } = open();
    const first = ask(ADA, "first");
    await turn();
    const phone = join(BEN);
    const second = ask(ADA, "second");
    vote(first, 3);
    vote(second, 2);
    expect(typesOf(await turn())).toEqual(["questions", "votes"]);
    expect(phone.heard.at(-1)).toEqual({ type: "votes", votes: { [first]: 3 } });
    expect(phone.shown.listTop(9)).toEqual([
      [first, 3],
      [second, 2],
    ]);
  });

  test("tells again what has left the top and comes back", async () => {
    const { ask, vote, join, turn } = open();
    const old = ask(ADA, "old");
    const others = Array.from({ length: LIMITS.toldQuestions }, (_, at) => ask(ADA, `${at}`));
    await turn();
    for (const id of others) vote(id, 2);
    await turn();
    const late = join(BEN);
    expect(late.shown.get(old)).toBeUndefined();
    vote(old, 5);
    await turn();
    expect(late.shown.listTop(1)).toEqual([[old, 5]]);
  });

  test("of votes outside the top says that they fall, and not that they rise", async () => {
    const { ask, vote, turn } = open();
    const all = Array.from({ length: LIMITS.toldVotes }, (_, at) => ask(ADA, `${at}`));
    const low = ask(ADA, "low");
    for (const id of all) vote(id, 10);
    vote(low, 4);
    await turn();
    vote(low, 5);
    expect(await turn()).toEqual([]);
    vote(low, 3);
    expect(await turn()).toEqual([{ type: "votes", votes: { [low]: 3 } }]);
  });

  test("says nothing of counts that this room does not know, and all of it as soon as it does", async () => {
    const { ask, vote, knowing, join, turn, evict } = open();
    const id = ask(ADA);
    vote(id, 7);
    await turn();
    evict();
    knowing.is = false;
    const phone = join(BEN);
    expect([phone.heard, await turn()]).toEqual([[], []]);
    knowing.is = true;
    await turn();
    expect(phone.shown.listTop(9)).toEqual([[id, 7]]);
    expect(phone.heard[0]).toMatchObject({ whole: true });
  });

  test("greets nobody with questions where there never was one and none are taken", async () => {
    const { join, rule } = open();
    expect(join(BEN).heard).toEqual([{ type: "questions", questions: [], total: 0, whole: true }]);
    rule.is = "off";
    expect(join(BEN).heard).toEqual([]);
  });

  test("tells hosts everything in messages that are not too large, and of a restart that nothing is left", async () => {
    const { ask, join, board, announce, turns } = open();
    for (let at = 0; at < 60; at++) ask(ADA, `${at} ${"long ".repeat(90)}`);
    const [boss, ben] = [join(host.participant), join(BEN)];
    expect(boss.heard.length).toBeGreaterThan(2);
    expect(boss.heard.map((message) => "whole" in message && message.whole)).toEqual([
      true,
      ...boss.heard.slice(1).map(() => false),
    ]);
    for (const message of boss.heard) expect(JSON.stringify(message).length).toBeLessThan(9000);
    expect([boss.shown.all.length, ben.shown.all.length]).toEqual([60, LIMITS.toldQuestions]);
    announce(board.reset(NOW + 5));
    await turns();
    expect([boss, ben].map(({ shown }) => shown.all)).toEqual([[], []]);
    expect(ben.heard.at(-1)).toEqual({ type: "questions", questions: [], total: 0, whole: true });
  });

  test("of a room below tells what its parent has said without counts, and does not pass for knowing them", async () => {
    const { ask, join, knowing } = open(false);
    const [ada, ben] = [join(ADA), join(BEN)];
    const id = ask(ADA);
    expect(ben.shown.get(id)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect([ada.shown.get(id)?.mine, ben.shown.get(id)?.mine]).toEqual([true, undefined]);
    knowing.is = false;
    const next = ask(ADA, "next");
    await vi.advanceTimersByTimeAsync(5000);
    expect(ben.shown.get(next)).toBeUndefined();
  });
});

type Step =
  | { type: "ask"; by: number; isPending: boolean }
  | { type: "vote"; at: number; votes: number }
  | { type: "set"; at: number; change: Parameters<QuestionBoard["set"]>[1] }
  | { type: "merge"; at: number; into: number }
  | { type: "withdraw"; at: number }
  | { type: "exclude"; by: number; isExcluded: boolean }
  | { type: "forget"; by: number }
  | { type: "join"; by: number | null }
  | { type: "turn"; role: "host" | "user" }
  | { type: "evict" | "restart" };

const At = fc.nat({ max: 140 });
const By = fc.nat({ max: PEOPLE.length - 1 });
const weighted = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });
const AnyStep: fc.Arbitrary<Step> = fc.oneof(
  weighted(3, fc.record({ type: fc.constant("ask" as const), by: By, isPending: fc.boolean() })),
  weighted(30, fc.record({ type: fc.constant("vote" as const), at: At, votes: fc.nat({ max: 6 }) })),
  weighted(
    6,
    fc.record({
      type: fc.constant("set" as const),
      at: At,
      change: fc.constantFrom(
        ...([
          { status: "published" },
          { status: "hidden" },
          { status: "answered" },
          { pinned: true },
          { pinned: false },
          { answer: "Because." },
        ] as const),
      ),
    }),
  ),
  weighted(2, fc.record({ type: fc.constant("merge" as const), at: At, into: At })),
  weighted(1, fc.record({ type: fc.constant("withdraw" as const), at: At })),
  weighted(1, fc.record({ type: fc.constant("exclude" as const), by: By, isExcluded: fc.boolean() })),
  weighted(1, fc.record({ type: fc.constant("forget" as const), by: By })),
  weighted(3, fc.record({ type: fc.constant("join" as const), by: fc.constantFrom(null, 0, 1, 2) })),
  weighted(
    10,
    fc.record({
      type: fc.constant("turn" as const),
      role: fc.constantFrom("host" as const, "user" as const),
    }),
  ),
  weighted(1, fc.record({ type: fc.constant("evict" as const) })),
  weighted(1, fc.record({ type: fc.constant("restart" as const) })),
);

async function take(step: Step, room: ReturnType<typeof open>): Promise<void> {
  const { board, announce } = room;
  const pick = (at: number) => board.all[at % Math.max(1, board.size)];
  const found = "at" in step ? pick(step.at) : undefined;
  const person = "by" in step && step.by !== null ? (PEOPLE[step.by] ?? "") : host.participant;
  if (step.type === "ask") room.ask(person, "?", step.isPending ? "pending" : "published");
  if (step.type === "vote" && found) room.vote(found.id, step.votes);
  if (step.type === "set" && found) room.set(found.id, step.change);
  if (step.type === "merge" && found) room.set(found.id, { mergedInto: pick(step.into)?.id });
  if (step.type === "withdraw" && found) announce(board.remove(found.id, Date.now()));
  if (step.type === "exclude") announce(board.setExcluded(person, step.isExcluded, Date.now()));
  if (step.type === "forget") announce(board.forgetAuthor(person, Date.now()));
  if (step.type === "join") room.join(person);
  if (step.type === "turn") await room.turn(step.role);
  if (step.type === "evict") room.evict();
  if (step.type === "restart") announce(board.reset(Date.now()));
}

test("whatever is asked, voted for and moderated, everybody's order is the same once it has been told", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(AnyStep, { minLength: 20, maxLength: 120 }), async (steps) => {
      const room = open();
      const { board, counts, phones, join, turns } = room;
      for (let at = 0; at < 130; at++) room.ask(PEOPLE[at % 3] ?? "", `${at}`);
      for (const participant of [...PEOPLE, host.participant]) join(participant);
      for (const step of steps) await take(step, room);
      await turns();
      const votesOf = (id: string) => counts.get(getVoteTopic(id), FOR);
      const all = board.all.map((each) => toLive(each, votesOf(each.id), "host")).sort(compareQuestions);
      const readable = board.all
        .map((each) => toLive(each, votesOf(each.id), "user"))
        .filter(({ status }) => status === "published" || status === "answered")
        .sort(compareQuestions);
      for (const { participant, shown } of phones) {
        if (participant === host.participant) {
          expect(shown.all).toEqual(all);
          expect(shown.total).toBe(all.length);
          continue;
        }
        const top = readable.slice(0, LIMITS.toldQuestions).map(({ id, votes }) => [id, votes]);
        expect(shown.listTop(LIMITS.toldQuestions)).toEqual(top);
        expect(shown.total).toBe(readable.length);
        const own = board.all.filter(({ author }) => author === participant);
        expect(own.filter(({ id }) => !shown.get(id)?.mine)).toEqual([]);
        for (const { votes, mine, ...question } of shown.all) {
          const { votes: counted, ...known } =
            readable.find(({ id }) => id === question.id) ??
            toLive(board.get(question.id) ?? expect.fail("it is gone"), 0, "user");
          expect([
            question,
            mine === true || known.status === "published" || known.status === "answered",
          ]).toEqual([known, true]);
          if (readable.some(({ id }) => id === question.id)) expect(votes).toBeLessThanOrEqual(counted);
        }
      }
    }),
    { numRuns: Number(process.env.NEWS_RUNS ?? 150), seed: Number(process.env.NEWS_SEED ?? 20_261_126) },
  );
});
