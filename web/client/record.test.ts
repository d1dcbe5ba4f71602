import { expect, test } from "vitest";
import { getOwn, toRecord } from "./record.ts";

const inherited = Object.getOwnPropertyNames(Object.prototype);

test("a record holds what it was given, under any name, and nothing else", () => {
  for (const name of inherited) {
    expect(toRecord([])[name]).toBeUndefined();
    expect(toRecord([[name, 1]])[name]).toBe(1);
    expect(Object.keys(toRecord([[name, 1]]))).toEqual([name]);
  }
});

test("what a record inherits is not its own", () => {
  for (const name of inherited) {
    expect(getOwn<unknown>({}, name)).toBeUndefined();
    expect(getOwn(toRecord([[name, 1]]), name)).toBe(1);
  }
});
