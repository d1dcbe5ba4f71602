import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FlowAction, FlowCondition, FlowTrigger, NewFlow } from "./flow.schema.ts";
import { LIMITS } from "./limits.ts";

const END = [{ do: "end" }];

/** What is said of each mistake, after where it is. */
function listProblems(flow: unknown): string[] {
  const parsed = NewFlow.safeParse(flow);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
}

const withTrigger = (on: unknown) => ({ name: "n", on, do: END });
const withAction = (action: unknown) => ({ name: "n", on: { event: "ended" }, do: [action] });
const withCondition = (condition: unknown) => ({
  name: "n",
  on: { event: "ended" },
  if: [condition],
  do: END,
});

describe("a flow can be set off by", () => {
  test.each([
    { event: "reactions", atLeast: 1 },
    { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30, again: true },
    { event: "page" },
    { event: "page", page: "1.0" },
    { event: "activity", status: "open" },
    { event: "activity", activity: "pace", status: "revealed" },
    { event: "answers", share: 1 },
    { event: "answers", activity: "pace", share: 0.8, again: true },
    { event: "question" },
    { event: "question", votes: 10 },
    { event: "people", atLeast: 50 },
    { event: "people", below: 5, again: true },
    { event: "ended" },
    { event: "recap" },
    { event: "schedule", at: "2027-03-28T18:00", zone: "Europe/Berlin" },
    { event: "schedule", at: "2028-02-29T00:00", zone: "UTC" },
    { event: "schedule", minutes: 0 },
    { event: "schedule", minutes: -10, from: "start" },
    { event: "schedule", minutes: 45, from: "start" },
    { event: "schedule", every: 1 },
    { event: "http" },
    { event: "queue", topic: "light" },
  ])("%j", (on) => {
    expect(FlowTrigger.parse(on)).toEqual(on);
    expect(listProblems(withTrigger(on))).toEqual([]);
  });

  test("a time in a zone under any of its names, whichever a browser knows", () => {
    for (const zone of ["UTC", "Europe/Kyiv", "Europe/Kiev", "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+1"])
      expect(listProblems(withTrigger({ event: "schedule", at: "2027-03-28T18:00", zone })), zone).toEqual(
        [],
      );
  });
});

describe("a mistake is named, with its place:", () => {
  const EVENTS = expect.stringMatching(/^on(?:\.event)?: an event is one of reactions, page, .* queue$/);
  test.each([
    ["no trigger", undefined, EVENTS],
    ["no event", {}, EVENTS],
    ["an unknown event", { event: "applause" }, EVENTS],
    ["no number", { event: "reactions" }, expect.stringContaining("on.atLeast: ")],
    ["none at all", { event: "reactions", atLeast: 0 }, expect.stringContaining("on.atLeast: ")],
    [
      "a fraction of a reaction",
      { event: "reactions", atLeast: 1.5 },
      expect.stringContaining("on.atLeast: "),
    ],
    [
      "a window that is too long",
      { event: "reactions", atLeast: 1, within: LIMITS.flowWindowSeconds + 1 },
      expect.stringContaining("on.within: "),
    ],
    ["an empty page", { event: "page", page: "" }, "on.page: page is empty"],
    ["again: false", { event: "people", atLeast: 1, again: false }, expect.stringContaining("on.again: ")],
    ["a field that is not known", { event: "ended", when: "now" }, expect.stringContaining('"when"')],
    ["an unknown status", { event: "activity", status: "opened" }, expect.stringContaining("on.status: ")],
    [
      "a malformed activity",
      { event: "activity", activity: "My Poll", status: "open" },
      expect.stringContaining("on.activity: an id takes up to 32"),
    ],
    ["a share of none", { event: "answers", share: 0 }, expect.stringContaining("on.share: ")],
    ["a share in percent", { event: "answers", share: 80 }, expect.stringContaining("on.share: ")],
    ["people without a number", { event: "people" }, "on: say either atLeast or below"],
    ["people with two", { event: "people", atLeast: 1, below: 2 }, "on: say either atLeast or below"],
    ["people in words", { event: "people", atLeast: "many" }, expect.stringContaining("on.atLeast: ")],
    ["no time", { event: "schedule" }, "on: say either at and zone, or minutes, or every"],
    ["two times", { event: "schedule", minutes: 1, every: 1 }, expect.stringContaining("on: say either at")],
    [
      "a time without a zone",
      { event: "schedule", at: "2027-03-28T18:00" },
      expect.stringContaining("and zone"),
    ],
    [
      "a zone without a time",
      { event: "schedule", minutes: 1, zone: "UTC" },
      expect.stringContaining("and zone"),
    ],
    ["every no minute", { event: "schedule", every: 0 }, expect.stringContaining("on.every: ")],
    [
      "minutes of a year",
      { event: "schedule", minutes: LIMITS.flowMinutes + 1 },
      expect.stringContaining("on.minutes: "),
    ],
    [
      "minutes before the opening",
      { event: "schedule", minutes: -10 },
      "on.minutes: minutes from the start go before it, too; from the opening they don't",
    ],
    [
      "a start without minutes",
      { event: "schedule", every: 5, from: "start" },
      expect.stringContaining("on: say either"),
    ],
    [
      "minutes from elsewhere",
      { event: "schedule", minutes: 5, from: "end" },
      expect.stringContaining("on.from: "),
    ],
    ["a queue without a topic", { event: "queue" }, expect.stringContaining("on.topic: ")],
  ])("%s", (_, on, expected) => {
    expect(listProblems(withTrigger(on))).toEqual([expected]);
  });

  test.each([
    "2027-02-29T10:00",
    "2027-04-31T10:00",
    "2027-13-01T10:00",
    "2027-01-01T24:00",
    "2027-01-01T10:60",
    "2027-01-01 10:00",
    "2027-01-01T10:00Z",
    "2027-01-01T10:00:00",
    "tomorrow",
    "",
  ])("a time that no clock shows, %j", (at) => {
    expect(listProblems(withTrigger({ event: "schedule", at, zone: "UTC" }))).toEqual([
      "on.at: a time is one that exists, written 2027-03-28T18:00",
    ]);
  });

  test.each(["", "Berlin", "Europe/Nowhere", "+01:00", "local", "Z"])("a zone that is none, %j", (zone) => {
    expect(listProblems(withTrigger({ event: "schedule", at: "2027-01-01T10:00", zone }))).toEqual([
      "on.zone: a time zone is one of the IANA list, such as Europe/Berlin",
    ]);
  });

  test.each([
    ["no action", {}, expect.stringMatching(/^do\.0\.do: an action is one of activity, .* store$/)],
    ["an unknown action", { do: "applaud" }, expect.stringContaining("do.0.do: an action is one of")],
    [
      "an activity without a status",
      { do: "activity", activity: "a" },
      expect.stringContaining("do.0.status: "),
    ],
    [
      "too short a time",
      { do: "activity", activity: "a", status: "open", seconds: 1 },
      expect.stringContaining("do.0.seconds: "),
    ],
    ["rules that change nothing", { do: "rules" }, "do.0: say paused, or questions"],
    ["a message that says nothing", { do: "message", text: "" }, "do.0.text: the message is empty"],
    [
      "a message that is too long",
      { do: "message", text: "x".repeat(LIMITS.flowMessageLength + 1) },
      `do.0.text: the message takes up to ${LIMITS.flowMessageLength} characters`,
    ],
    [
      "a broken character",
      { do: "message", text: "\ud800" },
      "do.0.text: the message holds a broken character",
    ],
    ["no address", { do: "webhook" }, "do.0.url: a webhook's url begins with https://"],
    [
      "an address that is none",
      { do: "webhook", url: "chat" },
      "do.0.url: a webhook's url begins with https://",
    ],
    [
      "an address that is a script",
      { do: "webhook", url: "javascript:alert(1)" },
      "do.0.url: a webhook's url begins with https://",
    ],
    ["a secret in an action", { do: "end", secret: "x" }, expect.stringContaining('"secret"')],
  ])("%s", (_, action, expected) => {
    expect(listProblems(withAction(action))).toEqual([expected]);
  });

  test.each([
    ["people without a number", { people: {} }, "if.0.people: say either atLeast or below"],
    ["people with two", { people: { atLeast: 1, below: 5 } }, "if.0.people: say either atLeast or below"],
    [
      "an unknown condition",
      { weather: "fine" },
      "if.0: a condition is about people, a page, or an activity and its status",
    ],
    [
      "two in one",
      { page: "1", people: { atLeast: 1 } },
      expect.stringContaining("if.0: a condition is about"),
    ],
    ["an activity alone", { activity: "pace" }, expect.stringContaining("if.0: a condition is about")],
  ])("%s", (_, condition, expected) => {
    expect(listProblems(withCondition(condition))).toEqual([expected]);
  });

  test("a flow that does nothing, or too much, or has no name", () => {
    const on = { event: "ended" };
    const most = LIMITS.flowActions;
    expect(listProblems({ name: "n", on, do: [] })).toEqual(["do: at least one action"]);
    expect(listProblems({ name: "n", on, do: Array(most).fill({ do: "end" }) })).toEqual([]);
    expect(listProblems({ name: "n", on, do: Array(most + 1).fill({ do: "end" }) })).toHaveLength(1);
    expect(listProblems({ name: "", on, do: END })).toEqual(["name: the name is empty"]);
    expect(listProblems({ on, do: END })).toHaveLength(1);
    const conditions = Array(LIMITS.flowConditions + 1).fill({ page: "1" });
    expect(listProblems({ name: "n", on, if: conditions, do: END })).toHaveLength(1);
    expect(listProblems({ name: "n", on, do: END, secret: "x" })).toEqual([
      expect.stringContaining('"secret"'),
    ]);
    for (const flow of [null, undefined, 1, "x", []]) expect(listProblems(flow)).toHaveLength(1);
  });
});

test("what is left out of a flow is no condition, and that it is on", () => {
  expect(NewFlow.parse({ name: "n", on: { event: "ended" }, do: END })).toEqual({
    name: "n",
    on: { event: "ended" },
    if: [],
    do: END,
    enabled: true,
  });
});

test.each([
  { do: "activity", activity: "pace", status: "open", seconds: 60 },
  { do: "state", page: "1.0", state: "" },
  { do: "rules", paused: true },
  { do: "rules", questions: "moderated" },
  { do: "message", text: "👏".repeat(LIMITS.flowMessageLength) },
  { do: "end" },
  { do: "webhook", url: "https://chat.example.org/hook" },
  { do: "webhook", url: "http://127.0.0.1:1880/light" },
  { do: "recap" },
  { do: "queue", topic: "light" },
  { do: "store" },
])("a flow can do %j", (action) => {
  expect(FlowAction.parse(action)).toEqual(action);
});

test.each([
  { people: { atLeast: 50 } },
  { people: { below: 50 } },
  { page: "1.0" },
  { activity: "pace", status: "closed" },
])("a flow can ask that %j", (condition) => {
  expect(FlowCondition.parse(condition)).toEqual(condition);
});

describe("whatever is sent as a flow", () => {
  const fields = [
    "event",
    "atLeast",
    "below",
    "page",
    "status",
    "at",
    "zone",
    "minutes",
    "from",
    "every",
    "again",
    "share",
  ];
  const events = ["reactions", "people", "schedule", "answers", "activity", "http", "__proto__"];
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      ...events,
      0,
      1,
      0.5,
      5,
      true,
      null,
      "1.0",
      "open",
      "start",
      -5,
      "UTC",
      "2027-03-28T18:00",
    ),
    fc.anything(),
  );
  const trigger = fc.dictionary(fc.constantFrom(...fields), values, { noNullPrototype: true });
  const action = fc.dictionary(fc.constantFrom("do", "url", "text", "activity", "status", "paused"), values);

  test("is a flow or is refused with words, and never an error of our own", () => {
    fc.assert(
      fc.property(trigger, fc.array(action, { maxLength: 3 }), values, (on, actions, anything) => {
        for (const flow of [
          { name: "n", on, do: END },
          { name: "n", on: { event: "ended" }, do: actions },
          anything,
        ]) {
          for (const problem of listProblems(flow)) expect(problem).toMatch(/\S/);
        }
      }),
    );
  });

  test("and was taken, is taken once more as it was kept", () => {
    fc.assert(
      fc.property(trigger, (on) => {
        const parsed = NewFlow.safeParse({ name: "n", on, do: END });
        if (parsed.success)
          expect(NewFlow.parse(JSON.parse(JSON.stringify(parsed.data)))).toEqual(parsed.data);
      }),
      { numRuns: 1000 },
    );
  });
});

test("every flow that docs/automations.md shows is one", async () => {
  const text = await readFile("docs/automations.md", "utf8");
  const flows = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = ""]) => json);
  for (const json of flows) expect(listProblems(JSON.parse(json)), json).toEqual([]);
  expect(flows).toHaveLength(9);
});
