import { expect, test } from "vitest";
import type { FlowAction, FlowCondition, FlowTrigger } from "../../../shared/protocol/flow.ts";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "../../../shared/protocol/flow-recipes.ts";
import { flows } from "./flows.ts";

test("a flow is told in a sentence", () => {
  const flow = {
    on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 },
    if: [{ people: { atLeast: 50 } }, { activity: "pace", status: "open" }],
    do: [
      { do: "activity", activity: "pace", status: "closed" },
      { do: "message", text: "Thank you!" },
      { do: "webhook", url: "https://chat.example.org:8443/hook/secret-key?token=secret" },
    ],
  } as const;
  expect(flows.describe(flow)).toBe(
    "When 20 × ❓ come on slide 2 within 30 seconds, if at least 50 people are there, and “pace” is open: " +
      "close “pace”, show “Thank you!” on the stage, and tell chat.example.org:8443.",
  );
});

test("an activity is called what whoever tells it calls it", () => {
  const flow = {
    on: { event: "answers", activity: "pace", share: 0.8, again: true },
    if: [],
    do: [{ do: "activity", activity: "pace", status: "revealed" }],
  } as const;
  expect(flows.describe(flow, (id) => `the poll ${id.toUpperCase()}`)).toBe(
    "Each time 80% of the people have answered the poll PACE: reveal the poll PACE.",
  );
});

test.each<[FlowTrigger, string]>([
  [{ event: "reactions", atLeast: 1 }, "When 1 reaction comes"],
  [{ event: "reactions", atLeast: 1000, again: true }, "Each time 1,000 reactions come"],
  [
    { event: "reactions", page: "2.1", atLeast: 5, within: 1 },
    "When 5 reactions come on slide 3.2 within 1 second",
  ],
  [{ event: "page" }, "Whenever a slide is shown"],
  [{ event: "page", page: "summary" }, "Whenever slide summary is shown"],
  [{ event: "activity", status: "open" }, "Whenever an activity opens"],
  [{ event: "activity", activity: "pace", status: "closed" }, "Whenever “pace” closes"],
  [{ event: "activity", activity: "pace", status: "revealed" }, "Whenever “pace” is revealed"],
  [{ event: "answers", share: 1 }, "When everyone has answered an activity"],
  [{ event: "answers", activity: "a", share: 0.125 }, "When 12.5% of the people have answered “a”"],
  [{ event: "question" }, "Whenever somebody asks a question"],
  [{ event: "question", votes: 1 }, "Whenever a question has 1 vote"],
  [{ event: "people", atLeast: 1 }, "When 1 person is there"],
  [{ event: "people", atLeast: 50, again: true }, "Each time 50 people are there"],
  [{ event: "people", below: 5 }, "When fewer than 5 people are there"],
  [{ event: "ended" }, "When the session has ended"],
  [{ event: "recap" }, "When the recap is ready"],
  [
    { event: "schedule", at: "2027-03-28T08:05", zone: "America/New_York" },
    "On 28 March 2027 at 08:05 (America/New York)",
  ],
  [{ event: "schedule", minutes: 0 }, "When the session begins"],
  [{ event: "schedule", minutes: 45 }, "45 minutes after the session began"],
  [{ event: "schedule", every: 1 }, "Every minute"],
  [{ event: "schedule", every: 5 }, "Every 5 minutes"],
  [{ event: "http" }, "Whenever its hook is called"],
  [{ event: "queue", topic: "light" }, "Whenever a message about “light” comes by the queue"],
])("%j is: %s", (on, expected) => {
  expect(flows.trigger(on)).toBe(expected);
});

test.each<[FlowCondition, string]>([
  [{ people: { atLeast: 1 } }, "at least 1 person is there"],
  [{ people: { below: 10 } }, "fewer than 10 people are there"],
  [{ page: "3.0" }, "slide 4 is shown"],
  [{ activity: "pace", status: "revealed" }, "“pace” is revealed"],
])("if %j is: if %s", (condition, expected) => {
  expect(flows.condition(condition)).toBe(expected);
});

test.each<[FlowAction, string]>([
  [{ do: "activity", activity: "pace", status: "open", seconds: 60 }, "open “pace” for 60 seconds"],
  [{ do: "state", page: "4.0", state: "" }, "show slide 5"],
  [{ do: "rules", paused: true }, "pause the reactions"],
  [{ do: "rules", paused: false, questions: "open" }, "take reactions again, and take questions"],
  [{ do: "rules", questions: "moderated" }, "take questions, once a moderator has published them"],
  [{ do: "rules", questions: "off" }, "take no questions"],
  [{ do: "end" }, "end the session"],
  [{ do: "webhook", url: "nowhere" }, "tell an address"],
  [{ do: "recap" }, "make the recap"],
  [{ do: "queue", topic: "light" }, "put a message about “light” into the queue"],
  [{ do: "store" }, "save the counts"],
])("to do %j is to %s", (action, expected) => {
  expect(flows.action(action)).toBe(expected);
});

test.each(FLOW_RECIPES)("the sentence of the recipe %s has exactly its blanks, each once", (recipe) => {
  const named = [...flows.recipes[recipe].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(
    listBlanks(recipe)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test("what a recipe makes is told as what it does", () => {
  const texts = new Map(
    Object.entries({
      votes: "10",
      url: "https://chat.example.org/hook",
      activity: "pace",
      share: "80",
      time: "2027-03-28T18:00",
      zone: "Europe/Berlin",
      minutes: "1",
    }),
  );
  const told = FLOW_RECIPES.map((recipe) => {
    const filled = fillRecipe(recipe, flows.recipes[recipe].name, texts);
    return "flow" in filled ? flows.describe(filled.flow) : filled.wrong;
  });
  expect(told).toEqual([
    "Each time 80% of the people have answered “pace”, if “pace” is open: close “pace”.",
    "Whenever a question has 10 votes: tell chat.example.org.",
    "1 minute before the talk starts: open “pace”.",
    "1 minute after the talk starts: end the session, and make the recap.",
    "On 28 March 2027 at 18:00 (Europe/Berlin): end the session.",
    "When the session has ended: make the recap.",
    "Whenever its hook is called: open “pace”.",
    "Every minute, if at least 1 person is there: save the counts.",
  ]);
});
