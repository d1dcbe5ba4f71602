import { expect, test } from "vitest";
import {
  addMark,
  addReactions,
  createPulse,
  emptyPulse,
  getLength,
  listColumns,
  listTicks,
} from "./pulse.ts";

const START = 1_000_000;

test("reactions fall into the second they came in", () => {
  let pulse = emptyPulse(START);
  pulse = addReactions(pulse, 2, START + 100);
  pulse = addReactions(pulse, 3, START + 900);
  pulse = addReactions(pulse, 1, START + 4200);
  expect(pulse.seconds).toEqual([5, 0, 0, 0, 1]);
});

test("a long session is drawn in few columns, as reactions a second", () => {
  const pulse = addReactions(emptyPulse(START), 60, START + 3_600_000);
  const { columns, width } = listColumns(pulse, getLength(pulse, START + 3_600_000));
  expect(width).toBe(60);
  expect(columns).toEqual([{ at: 3600, rate: 1 }]);
});

test("flipping through ten pages within a second leaves one mark", () => {
  let pulse = emptyPulse(START);
  for (let page = 0; page < 10; page++) pulse = addMark(pulse, `${page}.0`, START + page * 50);
  expect(pulse.marks).toEqual([{ at: 0, page: "9.0" }]);
});

test("the time before the screen was opened is told by the service", () => {
  const pulse = createPulse({
    from: START,
    bucket: 2,
    pages: [
      { page: "1.0", dwell: [{ from: START + 4000 }], buckets: [{ at: START + 4000, count: 6 }] },
      { page: "0.0", dwell: [{ from: START }, { from: START + 9000 }], buckets: [{ at: START, count: 2 }] },
    ],
  });
  expect(pulse.seconds).toEqual([1, 1, 0, 0, 3, 3]);
  expect(pulse.marks).toEqual([
    { at: 0, page: "0.0" },
    { at: 4, page: "1.0" },
    { at: 9, page: "0.0" },
  ]);
});

test("the axis names a few whole minutes", () => {
  expect(listTicks(60)).toEqual([]);
  expect(listTicks(200)).toEqual([60, 120, 180]);
  expect(listTicks(48 * 60)).toEqual([600, 1200, 1800, 2400]);
  expect(listTicks(6 * 3600)).toEqual([3600, 7200, 10_800, 14_400, 18_000]);
});
