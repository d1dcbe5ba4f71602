import { expect, test } from "vitest";
import { OwnVotes } from "./own-votes.ts";
import type { ClientStorage } from "./session.ts";
import { SafeStorage } from "./storage.ts";

function createStorage(stored?: string) {
  const items = new Map<string, string>();
  if (stored !== undefined) items.set("votes", stored);
  const storage: ClientStorage = {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  return new SafeStorage(storage);
}

function createVotes(storage: SafeStorage, uid = "me") {
  const votes = new OwnVotes(storage, "votes");
  votes.follow(uid);
  return votes;
}

test("what was voted is known, also after a reload, until it is taken back", () => {
  const storage = createStorage();
  const votes = createVotes(storage);
  votes.keep("a", true);
  votes.keep("b", true);
  votes.keep("a", false);
  expect([votes.has("a"), votes.has("b")]).toEqual([false, true]);
  const again = new OwnVotes(storage, "votes");
  expect([again.has("a"), again.has("b")]).toEqual([false, true]);
});

test("somebody else has voted for nothing", () => {
  const storage = createStorage();
  createVotes(storage).keep("a", true);
  const other = createVotes(storage, "other");
  expect(other.has("a")).toBe(false);
  other.keep("b", true);
  expect(createVotes(storage, "other").has("a")).toBe(false);
  expect(createVotes(storage, "me").has("b")).toBe(false);
});

test("an answer of the service corrects what was not kept since it was asked", () => {
  const votes = createVotes(createStorage());
  votes.correct("a", true, performance.now());
  expect(votes.has("a")).toBe(true);
  const before = performance.now();
  votes.keep("b", true);
  votes.keep("a", false);
  votes.correct("a", true, before);
  votes.correct("b", false, before);
  expect([votes.has("a"), votes.has("b")]).toEqual([false, true]);
  votes.correct("b", false, performance.now() + 1);
  expect(votes.has("b")).toBe(false);
});

test("two tabs that share a storage do not forget each other's votes", () => {
  const storage = createStorage();
  const [one, two] = [createVotes(storage), createVotes(storage)];
  one.keep("a", true);
  two.keep("b", true);
  const reloaded = createVotes(storage);
  expect([reloaded.has("a"), reloaded.has("b"), two.has("a")]).toEqual([true, true, true]);
});

test("without a storage they live in memory", () => {
  const votes = createVotes(new SafeStorage(null));
  votes.keep("a", true);
  votes.keep("b", true);
  expect([votes.has("a"), votes.has("b")]).toEqual([true, true]);
});

test.each(["{", "[]", '{"uid":1,"questions":[]}', '{"uid":"me","questions":[1]}'])(
  "a broken list is none: %s",
  (text) => {
    const votes = createVotes(createStorage(text));
    expect(votes.has("a")).toBe(false);
    votes.keep("a", true);
    expect(votes.has("a")).toBe(true);
  },
);
