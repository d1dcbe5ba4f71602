import { expect, test } from "vitest";
import { Acks } from "./acks.ts";

function create() {
  const sent: [string, readonly string[]][] = [];
  return { acks: new Acks<string>((pipe, ids) => sent.push([pipe, ids])), sent };
}

test("the ids of one batch are said in one message to each pipe, once", () => {
  const { acks, sent } = create();
  acks.add("one", "a");
  acks.add("other", "b");
  acks.add("one", "c");
  acks.flush();
  acks.flush();
  expect(sent).toEqual([
    ["one", ["a", "c"]],
    ["other", ["b"]],
  ]);
});

test("a pipe that is gone hears nothing", () => {
  const { acks, sent } = create();
  acks.add("one", "a");
  acks.delete("one");
  acks.flush();
  expect(sent).toEqual([]);
});
