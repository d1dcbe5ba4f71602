import fc from "fast-check";
import { expect, test } from "vitest";
import { TestFlow, type Told } from "./test-flow.ts";

const numbers = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 });
const isAgain = fc.constantFrom<true | undefined>(true, undefined);

/** How often a series comes to stand at a threshold or above, of a number that begins below. */
const countCrossings = (series: readonly number[], atLeast: number) =>
  series.filter((number, place) => number >= atLeast && (series[place - 1] ?? 0) < atLeast).length;

const countFires = (flow: TestFlow, all: readonly Told[]) => all.filter((told) => flow.hear(told)).length;

const SERIES: readonly [
  string,
  (number: number, more: { again: true | undefined }) => TestFlow,
  (number: number) => Told,
][] = [
  [
    "people",
    (atLeast, more) => new TestFlow({ event: "people", atLeast, ...more }),
    (people) => ({ event: "people", people }),
  ],
  [
    "reactions",
    (atLeast, more) => new TestFlow({ event: "reactions", page: "1", atLeast, ...more }),
    (count) => ({ event: "reactions", page: "1", reaction: "👍", count }),
  ],
  [
    "answers",
    (atLeast, more) => new TestFlow({ event: "answers", share: atLeast / 12, ...more }),
    (answered) => ({ event: "answers", activity: "a", round: 1, answered, people: 12 }),
  ],
];

test.each(SERIES)(
  "%s set a flow off exactly once for each crossing, and without `again` once in all",
  (_, create, tell) => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 12 }), isAgain, (series, atLeast, again) => {
        const crossings = countCrossings(series, atLeast);
        const fires = countFires(create(atLeast, { again }), series.map(tell));
        expect(fires).toBe(again ? crossings : Math.min(crossings, 1));
      }),
    );
  },
);

test.each(SERIES)("%s told twice set a flow off no second time", (_, create, tell) => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 12 }), isAgain, (series, atLeast, again) => {
      const once = countFires(create(atLeast, { again }), series.map(tell));
      const twice = countFires(
        create(atLeast, { again }),
        series.flatMap((number) => [tell(number), tell(number)]),
      );
      expect(twice).toBe(once);
    }),
  );
});

test.each(SERIES)("%s of which some were lost cross what the last one has crossed", (_, create, tell) => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 12 }), (series, atLeast) => {
      const rising = series.toSorted((a, b) => a - b);
      const last = rising.at(-1) ?? 0;
      expect(create(atLeast, { again: undefined }).hear(tell(last))).toBe(
        countFires(create(atLeast, { again: undefined }), rising.map(tell)) === 1,
      );
    }),
  );
});

test("people who leave set a flow off exactly once for each time that there are too few", () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 12 }), isAgain, (series, below, again) => {
      const falls = series.filter(
        (number, place) => number < below && (series[place - 1] ?? 0) >= below,
      ).length;
      const tell = (people: number): Told => ({ event: "people", people });
      const fires = countFires(new TestFlow({ event: "people", below, again }), series.map(tell));
      expect(fires).toBe(again ? falls : Math.min(falls, 1));
    }),
  );
});

/** Reactions on some pages, each with the milliseconds since the one before. */
const bursts = fc.array(
  fc.record({
    page: fc.constantFrom("1", "2"),
    gap: fc.integer({ min: 0, max: 4000 }),
    added: fc.integer({ min: 0, max: 4 }),
  }),
  { maxLength: 80 },
);

test("a rate sets a flow off as soon as so many came within its span, and never when fewer came within a sixtieth more", () => {
  fc.assert(
    fc.property(
      bursts,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 20 }),
      (all, atLeast, within) => {
        const flow = new TestFlow({ event: "reactions", atLeast, within });
        const counts = new Map<string, number>();
        const came: { readonly at: number; readonly added: number }[] = [];
        const countSince = (since: number) =>
          came.filter(({ at }) => at > since).reduce((sum, { added }) => sum + added, 0);
        let at = 1_795_000_000_000;
        let hasFired = false;
        for (const { page, gap, added } of all) {
          at += gap;
          const before = counts.get(page) ?? 0;
          counts.set(page, before + added);
          came.push({ at, added });
          const fires = flow.hear(
            { event: "reactions", page, reaction: "👍", count: before + added, before },
            { at },
          );
          const span = within * 1000;
          if (fires) {
            expect(hasFired).toBe(false);
            expect(countSince(at - (span * 61) / 60 - 1)).toBeGreaterThanOrEqual(atLeast);
          }
          hasFired ||= fires;
          if (countSince(at - span) >= atLeast) expect(hasFired).toBe(true);
        }
      },
    ),
  );
});
