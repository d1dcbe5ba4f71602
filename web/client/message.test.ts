import { describe, expect, test } from "vitest";
import type { LiveActivity } from "../../shared/interactions/activity/activity.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { readMessage } from "./message.ts";
import { toRecord } from "./record.ts";

/** One of each kind, each with all that its kind may have. */
const asked = {
  prompt: "Which?",
  page: "2.0",
  seconds: 20,
  show: "live",
  change: true,
  status: "open",
  round: 1,
  revealed: false,
  openedAt: 1000,
  closesAt: 21_000,
} as const;
const options = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
];
const activities: LiveActivity[] = [
  { ...asked, id: "choice", kind: "choice", options, multiple: 2, correct: ["a"] },
  { ...asked, id: "scale", kind: "scale", min: 1, max: 5, step: 1, labels: ["low", "high"] },
  { ...asked, id: "number", kind: "number", min: 0, max: 9, step: 0.5, correct: [3, 4] },
  { ...asked, id: "guess", kind: "number", step: 1, correct: 3 },
  { ...asked, id: "words", kind: "words", words: 3, hidden: ["rubbish"] },
  { ...asked, id: "text", kind: "text" },
  { ...asked, id: "order", kind: "order", options, correct: ["b", "a"] },
  {
    id: "plain",
    kind: "text",
    prompt: "?",
    show: "host",
    change: false,
    status: "draft",
    round: 0,
    revealed: false,
  },
];

describe("a message of the service", () => {
  const messages: ServerMessage[] = [
    { type: "state_change", page: "1.2", state: "{}", version: 3 },
    { type: "reactions", pages: { "0": { "👍": 2 }, "1": {} }, total: 2, whole: true },
    { type: "reactions", pages: {}, total: 0 },
    { type: "presence", participants: 4 },
    { type: "score", points: 1980, rank: 2 },
    {
      type: "rules",
      paused: true,
      reactions: null,
      pages: {},
      anyReaction: true,
      questions: "open",
      names: false,
    },
    {
      type: "rules",
      paused: false,
      reactions: ["👍"],
      pages: { "1.0": ["A", "B"], "2.0": [] },
      anyReaction: false,
      questions: "off",
      names: true,
    },
    { type: "door", waiting: 7, perMinute: 200, isClosed: false },
    { type: "driver", driver: "host" },
    { type: "notice", text: "Ten questions wait.", at: 1795180000000 },
    { type: "bursts", bursts: [{ participant: "u0000x", page: "1.0", reaction: "👍", count: 9 }] },
    { type: "activities", activities, removed: ["gone"], whole: true },
    { type: "activities", activities: [] },
    {
      type: "tallies",
      tallies: {
        scale: { round: 1, people: 3, counts: { "4": 3 }, mean: 4, median: 4, final: true },
        order: { round: 2, people: 1, counts: { b: 1 }, ranks: { a: 2, b: 1 } },
      },
    },
    {
      type: "questions",
      questions: [
        { id: "a", text: "Why?", at: 5, votes: 0, status: "pending", pinned: false, mine: true },
        {
          id: "b",
          text: "How?",
          name: "Ada",
          at: 6,
          votes: 12,
          status: "answered",
          pinned: true,
          answer: "Like this.",
          mergedInto: "a",
        },
      ],
      removed: ["c"],
      total: 2,
      whole: true,
    },
    { type: "questions", questions: [], total: 0 },
    { type: "votes", votes: { a: 3, b: 0 } },
    { type: "ack", ids: ["a", "b"] },
    { type: "error", id: "a", code: "rate_limited", detail: "slowly", retryAfter: 0.2 },
    { type: "error", code: "invalid_request", detail: "no" },
    { type: "end" },
  ];

  test.each(messages)("is read as it was said: $type", (said) => {
    const text = JSON.stringify(ServerMessage.parse(said));
    expect(readMessage(text)).toEqual(said);
  });

  test.each([
    "",
    "pong",
    "{",
    "null",
    "[]",
    '"end"',
    "{}",
    '{"type":"applause","count":3}',
    '{"type":"state_change","page":1,"state":"","version":1}',
    '{"type":"state_change","page":"1","state":"","version":"1"}',
    '{"type":"reactions","pages":{"1":{"👍":"2"}},"total":2}',
    '{"type":"reactions","pages":[],"total":0}',
    '{"type":"presence","participants":null}',
    '{"type":"rules","paused":false,"reactions":["👍"],"pages":{"1":"all"}}',
    '{"type":"rules","reactions":null,"pages":{}}',
    '{"type":"driver","driver":7}',
    '{"type":"notice","text":"Ten questions wait."}',
    '{"type":"notice","text":10,"at":1795180000000}',
    '{"type":"bursts","bursts":[{"participant":"u","page":"1","reaction":"👍"}]}',
    '{"type":"ack","ids":[1]}',
    '{"type":"error","code":404,"detail":""}',
    '{"type":"door","waiting":1,"perMinute":200}',
    '{"type":"activities","activities":{}}',
    '{"type":"tallies","tallies":[]}',
    '{"type":"questions","questions":[]}',
    '{"type":"questions","questions":{},"total":0}',
    '{"type":"votes","votes":[]}',
    '{"type":"score","points":"1980","rank":2}',
  ])("that it is not, or one of a later version, is passed over: %s", (text) => {
    expect(readMessage(text)).toBeUndefined();
  });

  test("is read without the questions and votes in it that are none", () => {
    const good = { id: "a", text: "Why?", at: 5, votes: 0, status: "published", pinned: false };
    const bad = [null, { ...good, status: "asked" }, { ...good, votes: "1" }, { ...good, text: 1 }];
    const questions = JSON.stringify({ type: "questions", questions: [...bad, good], total: 5 });
    expect(readMessage(questions)).toEqual({ type: "questions", questions: [good], total: 5 });
    const votes = '{"type":"votes","votes":{"a":1,"b":null,"constructor":2}}';
    expect(readMessage(votes)).toEqual({ type: "votes", votes: { a: 1, constructor: 2 } });
  });

  test("that refuses with a code of a later version is read with that code", () => {
    const said = { type: "error", id: "a", code: "of_a_later_version", detail: "no", retryAfter: 2 };
    expect(readMessage(JSON.stringify(said))).toEqual(said);
  });

  test("leaves out an activity that can't be drawn, and one of a kind of a later version", () => {
    const [good] = activities;
    const broken = [
      { ...good, prompt: 7 },
      { ...good, options: "none" },
      { ...good, options: [{ id: "a" }] },
      { ...good, status: "paused" },
      { ...good, show: undefined },
      { ...good, correct: "a" },
      { ...asked, id: "x", kind: "scale", min: 1, max: 5, step: 0 },
      { ...asked, id: "x", kind: "drawing" },
      { ...asked, id: "x", kind: "toString" },
      null,
    ];
    const text = JSON.stringify({ type: "activities", activities: [...broken, good] });
    expect(readMessage(text)).toEqual({ type: "activities", activities: [good] });
  });

  test("leaves out a tally that can't be drawn, and keeps every word that was counted", () => {
    const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== "__proto__");
    const good = { round: 1, people: 1, counts: Object.fromEntries(names.map((name) => [name, 1])) };
    const tallies = { good, a: { ...good, counts: [] }, b: { ...good, people: "1" }, c: null };
    const heard = readMessage(JSON.stringify({ type: "tallies", tallies }));
    if (heard?.type !== "tallies") throw new Error("no tallies");
    expect(Object.keys(heard.tallies)).toEqual(["good"]);
    expect(Object.keys(heard.tallies.good?.counts ?? {})).toEqual(names);
    expect(Object.getPrototypeOf(heard.tallies.good?.counts)).toBeNull();
  });

  test("tells the rules, of a service of before too", () => {
    const said = { type: "rules", paused: false, reactions: null, pages: {} };
    expect(readMessage(JSON.stringify(said))).toEqual({
      ...said,
      anyReaction: false,
      questions: "off",
      names: true,
    });
  });

  test("may use every name that an object inherits, as page and as reaction", () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      const pages = toRecord([[name, toRecord([[name, 2]])]]);
      const counts = readMessage(JSON.stringify({ type: "reactions", pages, total: 2 }));
      if (counts?.type !== "reactions") throw new Error("no counts");
      expect(Object.entries(counts.pages).map(([page, all]) => [page, Object.entries(all)])).toEqual([
        [name, [[name, 2]]],
      ]);
      const text = JSON.stringify({
        type: "rules",
        paused: false,
        reactions: null,
        pages: toRecord([[name, [name]]]),
      });
      const rules = readMessage(text);
      if (rules?.type !== "rules") throw new Error("no rules");
      expect(Object.entries(rules.pages)).toEqual([[name, [name]]]);
    }
  });
});
