import { expect, test } from "vitest";
import { EventParser } from "./event-parser.ts";

const stream =
  'retry: 2000\n\nid: 3\ndata: {"a":1}\n\n: still here\n\ndata:x\r\ndata: y\r\n\r\ndata: \r\rdata: z\n\n';
const events = ['{"a":1}', "x\ny", "", "z"];

test("events come out whole", () => {
  expect(new EventParser().push(stream)).toEqual(events);
});

test.each([1, 2, 3, 7])("also when they arrive %i characters at a time", (size) => {
  const parser = new EventParser();
  const pieces = stream.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
  expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(events);
});

test("an event that was cut off does not come out", () => {
  expect(new EventParser().push("data: half")).toEqual([]);
});
