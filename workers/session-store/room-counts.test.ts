import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Counts } from "../../shared/interactions/topic.ts";
import { RoomCounts } from "./room-counts.ts";
import type { CountsSnapshot } from "./room-message.ts";

/** Counts as one source says them: without what is zero. */
const Topics: fc.Arbitrary<Counts> = fc.dictionary(
  fc.constantFrom("a", "b", "c", "toString"),
  fc.dictionary(fc.constantFrom("x", "y", "constructor"), fc.integer({ min: 1, max: 2 }), { minKeys: 1 }),
);

const Step = fc.oneof(
  fc.record({ type: fc.constant("own" as const), topics: Topics, isWhole: fc.boolean() }),
  fc.record({ type: fc.constant("child" as const), child: fc.integer({ min: 1, max: 3 }), topics: Topics }),
  fc.record({ type: fc.constant("over" as const) }),
);

let lives = 0;
/** All that a room below has, in a life of its own. */
const whole = (topics: Counts): CountsSnapshot => ({
  mark: { life: `${lives++}`, revision: 1 },
  since: 0,
  topics,
});

/** Every topic with its keys in one order, so that texts can be compared. */
const sortKeys = (topics: Counts) =>
  new Map(
    Object.entries(topics).map(([topic, keys]) => [topic, JSON.stringify(Object.entries(keys).sort())]),
  );

function sum(sources: Iterable<Counts>): Counts {
  const sums = new Map<string, Map<string, number>>();
  for (const source of sources) {
    for (const [topic, keys] of Object.entries(source)) {
      const sum = sums.get(topic) ?? new Map<string, number>();
      for (const [key, count] of Object.entries(keys)) sum.set(key, (sum.get(key) ?? 0) + count);
      sums.set(topic, sum);
    }
  }
  return Object.fromEntries([...sums].map(([topic, keys]) => [topic, Object.fromEntries(keys)]));
}

test("the sum is that of all sources, and exactly the topics that differ have changed, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 20 }), fc.boolean(), (steps, isRoot) => {
      const counts = new RoomCounts(isRoot);
      const sources = new Map<number, Counts>();
      for (const step of steps) {
        const before = sortKeys(counts.subtree.toJSON());
        if (step.type === "over") {
          counts.startOver();
          sources.clear();
          continue;
        }
        const [source, changed] =
          step.type === "own"
            ? [0, counts.replaceOwn(step.topics, step.isWhole ? "whole" : undefined)]
            : [step.child, counts.takeChild(step.child, whole(step.topics)) ?? []];
        const isWhole = step.type === "child" || step.isWhole;
        sources.set(source, { ...(isWhole ? {} : sources.get(source)), ...step.topics });

        const after = sortKeys(counts.subtree.toJSON());
        expect(after).toEqual(sortKeys(sum(sources.values())));
        const named = new Set([...before.keys(), ...after.keys()]);
        const differing = [...named].filter((topic) => before.get(topic) !== after.get(topic));
        expect(changed.toSorted()).toEqual(differing.toSorted());
      }
      expect(counts.everywhere === counts.subtree).toBe(isRoot);
    }),
    { numRuns: 150, seed: 12 },
  );
});

describe("what the parent says of the whole session", () => {
  const update = { epoch: 1, number: 1, people: undefined };
  const whole = { a: { x: 3 }, b: { y: 1 } };

  test("replaces everything when it is whole, and the topics that it names when it is not", () => {
    const counts = new RoomCounts(false);
    counts.adopt({ ...update, topics: { c: { x: 1 } }, isWhole: false, total: 9 });
    expect([counts.knowsEverywhere, counts.reactions]).toEqual([false, 9]);
    counts.adopt({ ...update, topics: whole, isWhole: true, total: 4 });
    expect([counts.everywhere.toJSON(), counts.knowsEverywhere, counts.reactions]).toEqual([whole, true, 4]);
    counts.adopt({ ...update, topics: { a: { x: 1, z: 1 }, b: {} }, isWhole: false, total: 2 });
    expect(counts.everywhere.toJSON()).toEqual({ a: { x: 1, z: 1 } });
    expect(counts.knowsEverywhere).toBe(true);
  });

  test("changes nothing of what this room and those below it have counted", () => {
    const counts = new RoomCounts(false);
    counts.replaceOwn({ a: { x: 1 } });
    counts.adopt({ ...update, topics: whole, isWhole: true, total: 4 });
    expect(counts.subtree.toJSON()).toEqual({ a: { x: 1 } });
  });

  test("is all there is after a restart: nothing; and unknown once the room is erased", () => {
    const counts = new RoomCounts(false);
    counts.startOver();
    expect([counts.knowsEverywhere, counts.everywhere.total, counts.reactions]).toEqual([true, 0, 0]);
    counts.clear();
    expect(counts.knowsEverywhere).toBe(false);
  });
});

describe("what a room tells the one above it", () => {
  function open() {
    const child = new RoomCounts(false);
    const parent = new RoomCounts(true);
    /** The parent hears of the child what it has not heard before. @returns the topics that were named */
    const tell = () => {
      const snapshot = child.getSnapshot(parent.getHeard(1));
      expect(parent.takeChild(1, snapshot)).toBeDefined();
      expect(parent.subtree.toJSON()).toEqual(child.subtree.toJSON());
      return Object.keys(snapshot.topics).toSorted();
    };
    return { child, parent, tell };
  }

  test("names all topics once, and then those that have changed since it was heard", () => {
    const { child, parent, tell } = open();
    child.replaceOwn({ a: { x: 1 }, b: { y: 1 }, c: { z: 1 } });
    expect(tell()).toEqual(["a", "b", "c"]);
    expect(tell()).toEqual([]);
    child.replaceOwn({ b: { y: 2 }, c: {} });
    const unheard = child.getSnapshot(parent.getHeard(1));
    child.replaceOwn({ d: { x: 1 } });
    expect(tell()).toEqual(["b", "c", "d"]);
    // What comes late changes nothing.
    expect(parent.takeChild(1, unheard)).toBeUndefined();
    expect(parent.subtree.toJSON()).toEqual(child.subtree.toJSON());
  });

  test("is all of it where either has begun anew, and nothing is built on what is not known", () => {
    const { child, parent, tell } = open();
    child.replaceOwn({ a: { x: 5 } });
    tell();
    child.replaceOwn({ a: { x: 6 } });
    const changes = child.getSnapshot(parent.getHeard(1));
    expect(new RoomCounts(true).takeChild(1, changes)).toBeUndefined();
    child.startOver();
    child.replaceOwn({ b: { y: 1 } });
    expect(tell()).toEqual(["b"]);
    expect(parent.takeChild(1, changes)).toBeUndefined();
    expect(parent.subtree.toJSON()).toEqual({ b: { y: 1 } });
  });

  test("is three topics where three of a thousand have changed", () => {
    const topics = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`vote:${index}`, { "": 40, up: 40 }]),
    );
    const many = new RoomCounts(false);
    many.replaceOwn(topics);
    const whole = many.getSnapshot(undefined);
    for (const index of [1, 500, 999]) many.replaceOwn({ [`vote:${index}`]: { "": 41, up: 41 } });
    const changes = many.getSnapshot(whole.mark);
    expect(Object.keys(changes.topics)).toHaveLength(3);
    expect(JSON.stringify(changes).length * 100).toBeLessThan(JSON.stringify(whole).length);
  });
});
