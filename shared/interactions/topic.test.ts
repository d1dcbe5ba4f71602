import { expect, test } from "vitest";
import { getTopicName, toTopic } from "./topic.ts";

test.each(["4.2", "", "answer:poll", "::", "constructor"])(
  "a topic called %j is taken apart again",
  (name) => {
    const topic = toTopic("reaction", name);
    expect(getTopicName("reaction", topic)).toBe(name);
    expect(getTopicName("answer", topic)).toBeUndefined();
    expect(getTopicName("react", topic)).toBeUndefined();
  },
);

test("what two interactions call alike are two topics", () => {
  expect(toTopic("reaction", "answer:1")).not.toBe(toTopic("answer", "1"));
});
