import { afterEach, expect, test, vi } from "vitest";
import { RootLink, type RootRoom } from "./root-link.ts";
import { beginSession, NOW, nameUser, restart } from "./test-session.ts";

afterEach(() => {
  vi.useRealTimers();
});

function create(more: Partial<RootRoom> = {}) {
  const calls: unknown[][] = [];
  const state = beginSession();
  let stubs = 0;
  const root = new RootLink(state, () => {
    stubs++;
    return {
      claimPlaces: (placed) => ({ placed, refusal: undefined }),
      admitKind: async (...kind) => {
        calls.push(["admit", ...kind]);
        return { reaction: "x", isNew: true };
      },
      releaseKind: async (...kind) => {
        calls.push(["release", ...kind]);
      },
      keepName: () => null,
      keepQuestion: () => Promise.reject(new Error("nobody asks")),
      withdrawQuestion: () => null,
      listLeaders: () => Promise.reject(new Error("nobody asks")),
      ...more,
    };
  });
  return { root, state, calls, countStubs: () => stubs };
}

test("a kind is asked for, and given back, in the epoch that the room knows at that moment", async () => {
  const { root, state, calls } = create();
  await root.admitKind({ page: "1", reaction: "x" });
  restart(state);
  await root.releaseKind({ page: "1", reaction: "x" });
  expect(calls).toEqual([
    ["admit", NOW, "1", "x"],
    ["release", NOW + 1000, "1", "x"],
  ]);
});

test("each call has a stub of its own: one whose object was reset stays broken", async () => {
  const { root, countStubs } = create();
  await root.claimPlaces([nameUser()], false);
  await root.admitKind({ page: "1", reaction: "x" });
  expect(countStubs()).toBe(2);
});

test("a root that does not say within two seconds who has a place counts as not answering", async () => {
  vi.useFakeTimers();
  const { root } = create({ claimPlaces: () => new Promise(() => {}) });
  const claim = expect(root.claimPlaces([nameUser()], false)).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(2000);
  await claim;
});

test("a root that fails at once throws for who asks, and not for who gives back", async () => {
  const fail = () => {
    throw new Error("out");
  };
  const { root } = create({ claimPlaces: fail, admitKind: fail, releaseKind: fail });
  await expect(root.claimPlaces([], false)).rejects.toThrow("out");
  await expect(root.admitKind({ page: "1", reaction: "x" })).rejects.toThrow("out");
  await expect(root.releaseKind({ page: "1", reaction: "x" })).resolves.toBeUndefined();
});
