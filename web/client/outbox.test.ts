import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RevintError } from "./error.ts";
import { Outbox } from "./outbox.ts";
import { createAnswer, createQuestion, createReaction, createVote, type Own } from "./own.ts";
import type { ClientStorage, OwnReaction } from "./session.ts";
import { SafeStorage } from "./storage.ts";

const KEY = "outbox";
const HOUR_MS = 60 * 60 * 1000;

const open = new Set<Outbox>();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const outbox of open) outbox.close();
  open.clear();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function createStorage(list?: unknown) {
  const items = new Map<string, string>();
  if (list !== undefined) items.set(KEY, typeof list === "string" ? list : JSON.stringify(list));
  const storage: ClientStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return { items, storage: new SafeStorage(storage), list: () => JSON.parse(items.get(KEY) ?? "[]") };
}

function createOutbox(storage = createStorage().storage) {
  const kept: string[] = [];
  const refused: string[] = [];
  const unconfirmed: string[] = [];
  const sent: string[] = [];
  const outbox = new Outbox(storage, KEY, {
    kept: ({ id }) => kept.push(id),
    refused: ({ id }, { code }) => refused.push(`${id} ${code}`),
    unconfirmed: (reactions) => unconfirmed.push(...reactions.map(({ id }) => id)),
  });
  open.add(outbox);
  return { outbox, kept, refused, unconfirmed, sent, send: ({ id }: Own) => void sent.push(id) };
}

const old = (id: string, age: number): OwnReaction => ({
  id,
  page: "1",
  reaction: "👍",
  at: Date.now() - age,
});

describe("a reaction", () => {
  test("is sent at once, kept in storage until it is confirmed, and told", () => {
    const disk = createStorage();
    const { outbox, kept, sent, send } = createOutbox(disk.storage);
    outbox.resume(send);
    const own = outbox.add(createReaction("1", "👍"));
    expect(sent).toEqual([own.id]);
    expect(disk.list()).toEqual([own]);
    outbox.ack([own.id, "someone else's"]);
    expect(kept).toEqual([own.id]);
    expect(outbox.pending).toEqual([]);
    expect(disk.items.size).toBe(0);
  });

  test("waits for a way, and goes again with the same id through every new one", () => {
    const { outbox, sent, send } = createOutbox();
    const { id } = outbox.add(createReaction("1", "👍"));
    expect(sent).toEqual([]);
    outbox.resume(send);
    outbox.pause();
    outbox.resume(send);
    expect(sent).toEqual([id, id]);
  });

  test("without an answer goes again", async () => {
    const { outbox, sent, send } = createOutbox();
    outbox.resume(send);
    const { id } = outbox.add(createReaction("1", "👍"));
    await vi.advanceTimersByTimeAsync(14_000);
    expect(sent).toEqual([id]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual([id, id]);
  });

  test("that is refused for good is not sent again", async () => {
    const { outbox, refused, sent, send } = createOutbox();
    outbox.resume(send);
    const { id } = outbox.add(createReaction("1", "👍"));
    outbox.fail(id, new RevintError("too_many_kinds", ""));
    await vi.advanceTimersByTimeAsync(HOUR_MS);
    expect(refused).toEqual([`${id} too_many_kinds`]);
    expect(sent).toEqual([id]);
  });

  test("that came too fast goes again after the time that the service asked for, and others wait too", async () => {
    const { outbox, sent, send } = createOutbox();
    outbox.resume(send);
    const first = outbox.add(createReaction("1", "👍"));
    outbox.fail(first.id, new RevintError("rate_limited", "", { retryAfter: 2 }));
    const second = outbox.add(createReaction("1", "❤️"));
    await vi.advanceTimersByTimeAsync(1900);
    expect(sent).toEqual([first.id]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(sent).toEqual([first.id, first.id, second.id]);
  });

  test.each(["unavailable", "network", "internal", "not_configured", "not_participant"] as const)(
    "meets %s, and goes again less and less often",
    async (code) => {
      const { outbox, sent, send } = createOutbox();
      outbox.resume((reaction) => {
        send(reaction);
        outbox.fail(reaction.id, new RevintError(code, "", { retryAfter: 1 }));
      });
      outbox.add(createReaction("1", "👍"));
      await vi.advanceTimersByTimeAsync(10 * 60_000);
      expect(sent.length).toBeGreaterThan(600 / 15);
      expect(sent.length).toBeLessThan(600 / 7.5 + 6);
    },
  );

  test("that nobody confirmed for an hour is given up, and told", async () => {
    const disk = createStorage();
    const { outbox, unconfirmed } = createOutbox(disk.storage);
    const first = outbox.add(createReaction("1", "👍"));
    await vi.advanceTimersByTimeAsync(HOUR_MS / 2);
    const second = outbox.add(createReaction("1", "👍"));
    await vi.advanceTimersByTimeAsync(HOUR_MS / 2);
    expect(unconfirmed).toEqual([first.id]);
    expect(disk.list()).toEqual([second]);
  });

  test("takes 1 to 64 characters, however they are coded", () => {
    const { outbox } = createOutbox();
    expect(() => createReaction("", "👍")).toThrow(RevintError);
    expect(() => createReaction("1", "x".repeat(65))).toThrow(RevintError);
    expect(outbox.add(createReaction("p".repeat(64), "👍".repeat(64))).reaction).toHaveLength(128);
  });

  test("has an id of its own that the service accepts", () => {
    const { outbox } = createOutbox();
    const ids = Array.from({ length: 50 }, () => outbox.add(createReaction("1", "👍")).id);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("a backlog", () => {
  test("goes in a burst and then at a pace below what the service allows", async () => {
    const { outbox, sent, send } = createOutbox();
    for (let taps = 0; taps < 60; taps++) outbox.add(createReaction("1", "👍"));
    outbox.resume((reaction) => {
      send(reaction);
      outbox.ack([reaction.id]);
    });
    expect(sent.length).toBeLessThan(20);
    const before = sent.length;
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent.length - before).toBeLessThan(2 * 5);
    await vi.advanceTimersByTimeAsync(8000);
    expect(sent).toHaveLength(60);
  });

  test("keeps its order", async () => {
    const { outbox, sent, send } = createOutbox();
    const ids = Array.from({ length: 40 }, () => outbox.add(createReaction("1", "👍")).id);
    outbox.resume(send);
    await vi.advanceTimersByTimeAsync(6000);
    expect(sent).toEqual(ids);
  });

  test("of a session that is over is refused", () => {
    const disk = createStorage();
    const { outbox, refused } = createOutbox(disk.storage);
    const { id } = outbox.add(createReaction("1", "👍"));
    outbox.refuseAll(new RevintError("session_ended", ""));
    expect(refused).toEqual([`${id} session_ended`]);
    expect(disk.items.size).toBe(0);
  });
});

describe.each([-2 * 60_000, 2 * 60_000, -3 * HOUR_MS, 3 * HOUR_MS])("a clock that steps by %d ms", (step) => {
  const stepClock = () => vi.setSystemTime(Date.now() + step);

  test("changes nothing about when a reaction is sent", async () => {
    const { outbox, sent, send } = createOutbox();
    outbox.resume(send);
    const { id } = outbox.add(createReaction("1", "👍"));
    stepClock();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(sent).toEqual([id]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual([id, id]);
    stepClock();
    const second = outbox.add(createReaction("1", "👍"));
    expect(sent).toEqual([id, id, second.id]);
    outbox.fail(second.id, new RevintError("rate_limited", "", { retryAfter: 2 }));
    stepClock();
    await vi.advanceTimersByTimeAsync(3500);
    expect(sent).toContain(second.id);
    expect(sent.length).toBeGreaterThan(3);
  });

  test("changes nothing about when a reaction is given up", async () => {
    const { outbox, unconfirmed } = createOutbox();
    const { id } = outbox.add(createReaction("1", "👍"));
    stepClock();
    await vi.advanceTimersByTimeAsync(HOUR_MS - 1000);
    expect(unconfirmed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(unconfirmed).toEqual([id]);
  });
});

describe("after a reload", () => {
  test("what was not confirmed is there again, and what is too old is told", async () => {
    const disk = createStorage([old("young", 1000), old("old", HOUR_MS), old("ahead", -2 * HOUR_MS)]);
    const { outbox, unconfirmed, sent, send } = createOutbox(disk.storage);
    outbox.resume(send);
    expect(sent).toEqual(["young"]);
    expect(unconfirmed).toEqual(["old", "ahead"]);
  });

  test("a listener that is added at once hears of what is too old", async () => {
    const { unconfirmed } = createOutbox(createStorage([old("old", HOUR_MS)]).storage);
    expect(unconfirmed).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(unconfirmed).toEqual(["old"]);
  });

  test.each(["{", "{}", "null", '[1,null,{"id":1}]', ""])("a broken list is an empty one: %s", (text) => {
    const { outbox } = createOutbox(createStorage(text).storage);
    expect(outbox.pending).toEqual([]);
  });
});

describe("an answer", () => {
  test("takes the place of one to the same activity that is not confirmed, sent or not", () => {
    const disk = createStorage();
    const { outbox, kept, refused, sent, send } = createOutbox(disk.storage);
    const unsent = outbox.add(createAnswer({ id: "poll", round: 1 }, ["a"]));
    const changed = outbox.add(createAnswer({ id: "poll", round: 1 }, ["b"]));
    const other = outbox.add(createAnswer({ id: "pace", round: 1 }, 3));
    expect(outbox.pending).toEqual([changed, other]);
    expect(disk.list()).toEqual([changed, other]);
    outbox.resume(send);
    const last = outbox.add(createAnswer({ id: "poll", round: 1 }, null));
    outbox.ack([unsent.id, changed.id]);
    outbox.fail(changed.id, new RevintError("activity_closed", ""));
    outbox.pause();
    outbox.resume(send);
    expect(sent).toEqual([changed.id, other.id, last.id, other.id, last.id]);
    outbox.ack([other.id, last.id]);
    expect([kept, refused]).toEqual([[other.id, last.id], []]);
    expect(disk.items.size).toBe(0);
  });

  test("and a reaction take nothing away from each other", () => {
    const { outbox } = createOutbox();
    const reaction = outbox.add(createReaction("poll", "👍"));
    const answer = outbox.add(createAnswer({ id: "poll", round: 1 }, ["a"]));
    expect(outbox.pending).toEqual([reaction, answer]);
  });

  test.each([
    "activity_closed",
    "activity_not_found",
    "answer_fixed",
    "answer_not_valid",
    "too_many_words",
  ] as const)("that meets %s is dropped, also where it may be asked again", (code) => {
    const { outbox, refused, send } = createOutbox();
    outbox.resume(send);
    const { id } = outbox.add(createAnswer({ id: "poll", round: 1 }, ["a"]));
    outbox.fail(id, new RevintError(code, "", { retryAfter: 1 }));
    expect(refused).toEqual([`${id} ${code}`]);
    expect(outbox.pending).toEqual([]);
  });

  test("is there again after a reload, beside the reactions of an earlier version", () => {
    const answer = { id: "a", activity: "poll", round: 2, value: ["x"], at: Date.now() };
    const broken = { ...answer, id: "b", value: { x: 1 } };
    const { outbox } = createOutbox(createStorage([old("r", 0), answer, broken]).storage);
    expect(outbox.pending).toEqual([old("r", 0), answer]);
  });

  test("of another tab takes the place of one that waits here", () => {
    const disk = createStorage();
    const one = createOutbox(disk.storage);
    const two = createOutbox(disk.storage);
    one.outbox.add(createAnswer({ id: "poll", round: 1 }, ["a"]));
    const newer = two.outbox.add(createAnswer({ id: "poll", round: 1 }, ["b"]));
    one.outbox.resume(one.send);
    expect([one.sent, one.outbox.pending]).toEqual([[], []]);
    two.outbox.resume(two.send);
    expect(two.sent).toEqual([newer.id]);
  });

  test.each([
    "x".repeat(2001),
    "\ud800",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Array.from({ length: 21 }, (_, index) => `${index}`),
    Array.from({ length: 10 }, () => "😀".repeat(1000)),
  ])("that the service could not even read is refused at once", (value) => {
    expect(() => createAnswer({ id: "poll", round: 1 }, value)).toThrow(/answer_not_valid/);
  });
});

describe("a vote", () => {
  test("takes the place of one for the same question, and of nothing else", () => {
    const disk = createStorage();
    const { outbox, kept, sent, send } = createOutbox(disk.storage);
    const answer = outbox.add(createAnswer({ id: "q1", round: 1 }, ["a"]));
    outbox.add(createVote("q1", true));
    const other = outbox.add(createVote("q2", true));
    const back = outbox.add(createVote("q1", false));
    expect(outbox.pending).toEqual([answer, other, back]);
    expect(disk.list()).toEqual([answer, other, back]);
    outbox.resume(send);
    expect(sent).toEqual([answer.id, other.id, back.id]);
    outbox.ack(sent);
    expect(kept).toEqual([answer.id, other.id, back.id]);
  });

  test("of another tab takes the place of one that waits here", () => {
    const disk = createStorage();
    const one = createOutbox(disk.storage);
    const two = createOutbox(disk.storage);
    one.outbox.add(createVote("q1", true));
    const newer = two.outbox.add(createVote("q1", false));
    one.outbox.resume(one.send);
    expect([one.sent, one.outbox.pending]).toEqual([[], []]);
    expect(disk.list()).toEqual([newer]);
  });

  test.each(["question_not_found", "question_fixed", "own_question", "questions_off"] as const)(
    "that meets %s is dropped, also where it may be asked again",
    (code) => {
      const { outbox, refused, send } = createOutbox();
      outbox.resume(send);
      const { id } = outbox.add(createVote("q1", true));
      outbox.fail(id, new RevintError(code, "", { retryAfter: 1 }));
      expect(refused).toEqual([`${id} ${code}`]);
    },
  );

  test.each(["", "Q1", "a b", "__proto__", "x".repeat(17)])(
    "for what is no question is refused at once: %s",
    (id) => {
      expect(() => createVote(id, true)).toThrow(/question_not_found/);
    },
  );
});

describe("a question", () => {
  test("stands for itself, also where its text is the same", () => {
    const { outbox } = createOutbox();
    const [first, second] = [
      outbox.add(createQuestion("Why?", false)),
      outbox.add(createQuestion("Why?", false)),
    ];
    expect(outbox.pending).toEqual([first, second]);
  });

  test("is there again after a reload, beside a vote, and what is neither is not", () => {
    const question = { id: "a", text: "Why?", name: true, at: Date.now() };
    const vote = { id: "b", question: "q1", vote: false, at: Date.now() };
    const broken = [
      { ...question, id: "c", name: "Ada" },
      { ...question, id: "d", text: 1 },
      { ...vote, id: "e", vote: 1 },
      { ...vote, id: "f", question: "Q" },
    ];
    const { outbox } = createOutbox(createStorage([question, ...broken, vote]).storage);
    expect(outbox.pending).toEqual([question, vote]);
  });

  test("has 1 to 500 characters, without the blanks around it", () => {
    expect(createQuestion(`  ${"😀".repeat(500)}\n`, false).text).toBe("😀".repeat(500));
    for (const text of ["", " \n ", "x".repeat(501)]) {
      expect(() => createQuestion(text, false)).toThrow(/invalid_request/);
    }
  });
});

test("two tabs share one list, and neither takes the other's reactions away", () => {
  const disk = createStorage();
  const one = createOutbox(disk.storage);
  const two = createOutbox(disk.storage);
  const first = one.outbox.add(createReaction("1", "👍"));
  const second = two.outbox.add(createReaction("1", "❤️"));
  expect(disk.list()).toEqual([first, second]);
  one.outbox.ack([first.id]);
  expect(disk.list()).toEqual([second]);
  two.outbox.ack([second.id]);
  expect(disk.items.size).toBe(0);
});

test("closed, it sends nothing more and keeps what is in storage", async () => {
  const disk = createStorage();
  const { outbox, sent, send } = createOutbox(disk.storage);
  const own = outbox.add(createReaction("1", "👍"));
  outbox.close();
  outbox.resume(send);
  outbox.fail(own.id, new RevintError("network", ""));
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(sent).toEqual([]);
  expect(disk.list()).toEqual([own]);
});
