import { expect, test } from "vitest";
import { addMark, addReactions, emptyTimeline, getLength, listColumns, readTimeline } from "./timeline.ts";

const START = 1_000_000;

test("reactions fall into the second they came in", () => {
  let timeline = emptyTimeline(START);
  timeline = addReactions(timeline, 2, START + 100);
  timeline = addReactions(timeline, 3, START + 900);
  timeline = addReactions(timeline, 1, START + 4200);
  expect(timeline.seconds).toEqual([5, 0, 0, 0, 1]);
});

test("a long session is drawn in few columns, as reactions a second", () => {
  const timeline = addReactions(emptyTimeline(START), 60, START + 3_600_000);
  const { columns, width } = listColumns(timeline, getLength(timeline, START + 3_600_000));
  expect(width).toBe(60);
  expect(columns).toEqual([{ at: 3600, rate: 1 }]);
});

test("flipping through ten pages within a second leaves one mark", () => {
  let timeline = emptyTimeline(START);
  for (let page = 0; page < 10; page++) timeline = addMark(timeline, `${page}.0`, START + page * 50);
  expect(timeline.marks).toEqual([{ at: 0, page: "9.0" }]);
});

test("what a tab kept is read again, and anything else is not", () => {
  const timeline = addMark(addReactions(emptyTimeline(START), 1, START), "1.0", START);
  expect(readTimeline(JSON.stringify(timeline))).toEqual(timeline);
  for (const text of [undefined, "", "{", "7", '{"start":1}', '{"start":1,"seconds":["x"],"marks":[]}']) {
    expect(readTimeline(text)).toBeUndefined();
  }
});
