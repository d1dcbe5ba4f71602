import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomEraser } from "./room-eraser.ts";
import { createGate, NOW, settle } from "./test-session.ts";
import { MemoryStorage } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.spyOn(console, "error").mockReturnValue(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** One life of a room that can be erased. Its storage outlives it. */
function live(storage = new MemoryStorage()) {
  const steps: string[] = [];
  const awake: Promise<unknown>[] = [];
  const elsewhere = { answer: () => Promise.resolve() };
  const eraser = new RoomEraser({
    storage,
    closeDoors: () => steps.push("doors"),
    eraseElsewhere: () => {
      steps.push("elsewhere");
      return elsewhere.answer();
    },
    clear: () => steps.push("memory"),
    waitUntil: (promise) => awake.push(promise),
  });
  return { storage, steps, awake, elsewhere, eraser };
}
const never = () => new Promise<void>(() => {});

test("a room is erased in this order: a mark, the doors, elsewhere, storage, memory; and then it is as new", async () => {
  const { storage, steps, elsewhere, eraser } = live();
  storage.kv.put("facts", "some");
  elsewhere.answer = async () => {
    steps.push(storage.kv.get("erasing") && storage.kv.get("facts") ? "all is there yet" : "too early");
  };
  const erasing = eraser.erase();
  // In the first turn, before anything waits: nobody gets in from here on.
  expect([steps, eraser.isErasing]).toEqual([["doors", "elsewhere", "all is there yet"], true]);
  await erasing;
  expect([steps.at(-1), storage.kv.toJSON(), storage.alarm]).toEqual(["memory", {}, undefined]);
  expect([eraser.isErasing, eraser.retryAt]).toEqual([false, undefined]);
});

test("who asks while it is being erased waits for the same erasing", async () => {
  const { steps, eraser } = live();
  await Promise.all([eraser.erase(), eraser.erase()]);
  expect(steps).toEqual(["doors", "elsewhere", "memory"]);
});

test("a life that dies on the way leaves its mark and an alarm, and the next one comes to the end", async () => {
  const first = live();
  first.elsewhere.answer = never;
  void first.eraser.erase();
  await settle();
  expect(first.storage.alarm).toBe(NOW + 60_000);

  const second = live(first.storage);
  expect([second.eraser.isErasing, second.eraser.retryAt]).toEqual([true, 0]);
  second.elsewhere.answer = never;
  void second.eraser.erase();
  await settle();

  const third = live(first.storage);
  await third.eraser.erase();
  expect(third.steps).toEqual(["doors", "elsewhere", "memory"]);
  expect([third.eraser.isErasing, live(first.storage).eraser.isErasing]).toEqual([false, false]);
});

test("a life that dies while storage is emptied leaves a room that is new, or one that is erased again", async () => {
  const storage = new MemoryStorage();
  const gate = createGate<void>();
  vi.spyOn(storage, "deleteAll").mockReturnValueOnce(gate.promise);
  const first = live(storage);
  void first.eraser.erase();
  await settle();
  expect(first.steps).toEqual(["doors", "elsewhere"]);
  const next = live(storage);
  expect(next.eraser.isErasing).toBe(true);
  await next.eraser.erase();
  expect(live(storage).eraser.isErasing).toBe(false);
});

test("where a part does not answer it throws, is tried again a minute later, and is not there meanwhile", async () => {
  const { storage, steps, elsewhere, eraser } = live();
  elsewhere.answer = () => Promise.reject(new Error("out"));
  await expect(eraser.erase()).rejects.toThrow("out");
  expect([eraser.isErasing, eraser.retryAt, storage.alarm]).toEqual([true, NOW + 60_000, NOW + 60_000]);
  expect(steps).not.toContain("memory");
  elsewhere.answer = () => Promise.resolve();
  vi.setSystemTime(NOW + 60_000);
  await eraser.erase();
  expect(eraser.isErasing).toBe(false);
});

test("whoever asks for the room makes it go on, once, and it stays awake until it has come to an end", async () => {
  const first = live();
  first.elsewhere.answer = never;
  void first.eraser.erase();
  const { eraser, steps, awake } = live(first.storage);
  eraser.resume();
  eraser.resume();
  await Promise.all(awake);
  expect([awake.length, steps]).toEqual([1, ["doors", "elsewhere", "memory"]]);
});

test("going on that fails is heard of by nobody who asked", async () => {
  const first = live();
  first.elsewhere.answer = never;
  void first.eraser.erase();
  const { eraser, elsewhere, awake } = live(first.storage);
  elsewhere.answer = () => Promise.reject(new Error("out"));
  eraser.resume();
  await expect(Promise.all(awake)).resolves.toEqual([undefined]);
  expect(eraser.isErasing).toBe(true);
});

test("a room that nobody erases has nothing to go on with", () => {
  const { eraser, awake } = live();
  eraser.resume();
  expect([awake, eraser.isErasing, eraser.retryAt]).toEqual([[], false, undefined]);
});
