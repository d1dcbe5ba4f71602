import { expect, test } from "vitest";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { NOW } from "../test-session.ts";
import { MemoryStorage } from "../test-storage.ts";
import { EventLog } from "./event-log.ts";

function open({ sql, kv } = new MemoryStorage()) {
  const log = new EventLog(sql, kv);
  log.create();
  const happen = (count: number) =>
    log.append(
      Array.from({ length: count }, (_, page) => ({ event: "page", page: `${page}`, at: NOW, depth: 0 })),
    );
  /** So many, saved together. */
  const append = (count: number) => {
    happen(count);
    log.save();
    log.saved();
  };
  const numbers = (after = 0, limit = 10_000) => log.read(after, limit).events.map(({ number }) => number);
  return { log, happen, append, numbers };
}

test("numbers begin with one and have no gaps, however many become events together", () => {
  const { log, append, numbers } = open();
  for (const count of [1, 3, 0, 2]) append(count);
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(log.read(0, 1).events).toEqual([{ event: "page", page: "0", at: NOW, depth: 0, number: 1 }]);
});

test("a page begins in the middle of what was kept together, and says whether there is more", () => {
  const { log, append, numbers } = open();
  append(3);
  append(3);
  expect(numbers(2, 2)).toEqual([3, 4]);
  expect(log.read(2, 2).more).toBe(true);
  expect(numbers(4, 2)).toEqual([5, 6]);
  expect(log.read(4, 2).more).toBe(false);
  expect(numbers(6)).toEqual([]);
});

test("what is acknowledged is gone with what is kept next, as far as nothing was kept together with it, and numbers go on", () => {
  const { log, append, numbers } = open();
  append(3);
  append(3);
  log.acknowledge(4);
  append(1);
  expect(numbers()).toEqual([4, 5, 6, 7]);
  log.acknowledge(2);
  append(1);
  expect(numbers()).toEqual([4, 5, 6, 7, 8]);
  log.acknowledge(8);
  append(1);
  expect(numbers()).toEqual([9]);
});

test("nobody acknowledges what has yet to happen", () => {
  const { log, append, numbers } = open();
  append(1);
  log.acknowledge(1000);
  append(2);
  append(1);
  expect(numbers()).toEqual([2, 3, 4]);
});

test("another life of the room goes on where the one before ended, with what was not erased yet", () => {
  const storage = new MemoryStorage();
  const before = open(storage);
  before.append(2);
  before.log.acknowledge(2);
  const { append, numbers } = open(storage);
  append(1);
  expect(numbers()).toEqual([1, 2, 3]);
});

test("erased, it is empty, and numbers go on", () => {
  const { log, append, numbers } = open();
  append(2);
  log.erase();
  log.create();
  append(1);
  expect(numbers()).toEqual([3]);
});

test("a session that begins again begins with one", () => {
  const { log, append, numbers } = open();
  append(2);
  log.acknowledge(2);
  log.startOver();
  append(2);
  append(1);
  expect(numbers()).toEqual([1, 2, 3]);
});

test("of more than there is room for, the oldest are dropped: the gap tells it", () => {
  const { append, numbers } = open();
  append(10);
  append(LIMITS.flowEvents - 5);
  expect(numbers()).toHaveLength(LIMITS.flowEvents);
  expect(numbers()[0]).toBe(6);
  append(LIMITS.flowEvents + 7);
  expect(numbers()).toHaveLength(LIMITS.flowEvents);
  expect(numbers().at(-1)).toBe(2 * LIMITS.flowEvents + 12);
});
