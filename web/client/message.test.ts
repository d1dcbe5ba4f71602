import { describe, expect, test } from "vitest";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { readMessage } from "./message.ts";
import { toRecord } from "./record.ts";

describe("a message of the service", () => {
  const messages: ServerMessage[] = [
    { type: "state_change", page: "1.2", state: "{}", version: 3 },
    { type: "reactions", pages: { "0": { "👍": 2 }, "1": {} }, total: 2, whole: true },
    { type: "reactions", pages: {}, total: 0 },
    { type: "presence", participants: 4 },
    { type: "rules", paused: true, reactions: null, pages: {}, anyReaction: true },
    {
      type: "rules",
      paused: false,
      reactions: ["👍"],
      pages: { "1.0": ["A", "B"], "2.0": [] },
      anyReaction: false,
    },
    { type: "door", waiting: 7, perMinute: 200, isClosed: false },
    { type: "driver", driver: "host" },
    { type: "bursts", bursts: [{ participant: "u0000x", page: "1.0", reaction: "👍", count: 9 }] },
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
    '{"type":"bursts","bursts":[{"participant":"u","page":"1","reaction":"👍"}]}',
    '{"type":"ack","ids":[1]}',
    '{"type":"error","code":404,"detail":""}',
    '{"type":"door","waiting":1,"perMinute":200}',
  ])("that it is not, or one of a later version, is passed over: %s", (text) => {
    expect(readMessage(text)).toBeUndefined();
  });

  test("that refuses with a code of a later version is read with that code", () => {
    const said = { type: "error", id: "a", code: "of_a_later_version", detail: "no", retryAfter: 2 };
    expect(readMessage(JSON.stringify(said))).toEqual(said);
  });

  test("tells the rules, of a service of before too", () => {
    const said = { type: "rules", paused: false, reactions: null, pages: {} };
    expect(readMessage(JSON.stringify(said))).toEqual({ ...said, anyReaction: false });
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
