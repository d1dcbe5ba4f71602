import { expect, test } from "vitest";
import { Totals } from "./totals.ts";

test("counts, pairs and their sum follow every change", () => {
  const totals = new Totals();
  totals.add("1", "x", 2);
  totals.add("1", "y", 1);
  totals.setTopic("2", { x: 5, none: 0 });
  expect([totals.total, totals.pairs]).toEqual([8, 3]);
  totals.setTopic("1", { x: 1 });
  expect(totals.toJSON()).toEqual({ "1": { x: 1 }, "2": { x: 5 } });
  expect([totals.total, totals.pairs]).toEqual([6, 2]);
  totals.add("1", "x", -1);
  expect(totals.has("1", "x")).toBe(false);
  expect([...totals.topics()]).toEqual(["2"]);
});

test("a picked topic without counts is empty, and survives JSON", () => {
  const totals = Totals.from({ "1": { x: 1 } });
  expect(totals.pick(["1", "9"])).toEqual({ "1": { x: 1 }, "9": {} });
  expect(JSON.parse(JSON.stringify(totals))).toEqual({ "1": { x: 1 } });
});

test("a topic named like something every object has is a topic like any other", () => {
  const totals = Totals.from({ constructor: { toString: 3 } });
  expect(totals.get("constructor", "toString")).toBe(3);
  expect(totals.get("toString", "constructor")).toBe(0);
});
