import { expect, test } from "vitest";
import { listNew } from "./floats.ts";

test("what came since the last news rises, as often as it came and twelve times at most", () => {
  expect(listNew({ "0.0": { "👍": 1 } }, { "0.0": { "👍": 3, "❤️": 1 }, "1.0": { "👍": 1 } })).toEqual([
    "👍",
    "👍",
    "❤️",
    "👍",
  ]);
  expect(listNew({}, { "0.0": { "👍": 1000 } })).toHaveLength(12);
  expect(listNew({ "0.0": { "👍": 5 } }, { "0.0": { "👍": 5 } })).toEqual([]);
});

test("a reaction or a page may have the name of anything that every object has", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__")) {
    expect(listNew({ "0.0": {} }, { "0.0": { [name]: 2 } })).toEqual([name, name]);
    expect(listNew({}, { [name]: { "👍": 1 } })).toEqual(["👍"]);
    expect(listNew({ "0.0": { [name]: 1 } }, { "0.0": { [name]: 2 } })).toEqual([name]);
  }
});
