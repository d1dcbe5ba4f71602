import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answer, bytes, event, ModelServer } from "../../../tests/model-server.ts";
import type { DraftStatement } from "../document/draft.ts";
import { ModelError } from "./model-error.ts";
import { readModelSettings } from "./settings.ts";
import { createMaterial } from "./test-material.ts";
import { writeByModel } from "./write.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start();
});
afterAll(() => server.close());

const material = createMaterial();

/** One attempt, and all that is heard of it. */
async function write(vars: Record<string, string> = {}, signal = new AbortController().signal) {
  const settings = readModelSettings({
    LLM_URL: server.url,
    LLM_MODEL: "test",
    LLM_KEY: "secret-key",
    ...vars,
  });
  if (!settings) throw new Error("no model");
  const heard: DraftStatement[] = [];
  const progress: number[] = [];
  const outcome = await writeByModel(material, settings, {
    signal,
    onStatement: (statement) => heard.push(statement),
    onProgress: (share) => progress.push(share),
  }).then(
    (writing) => ({ writing, error: undefined }),
    (error: unknown) => ({ writing: undefined, error }),
  );
  return { ...outcome, heard, progress };
}

const line = (text: string) => JSON.stringify({ section: "summary", text, sources: ["summary"] });
const last = () => server.requests.at(-1);

describe("a model that writes well", () => {
  test("is asked once, and its statements come as they are written", async () => {
    const asked = server.requests.length;
    const { writing, heard, progress } = await write();
    expect(writing?.statements).toEqual(heard);
    expect(heard.map(({ section }) => section)).toEqual([
      "summary",
      "slide:0.0",
      "slide:1.0",
      "slide:2.0",
      "activity:a0",
      "questions",
    ]);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    await server.until((requests) => requests[asked]?.state === "whole");
    expect(server.requests).toHaveLength(asked + 1);
    expect(writing?.usage).toEqual({
      promptTokens: last()?.promptTokens,
      completionTokens: last()?.completionTokens,
    });
    expect(last()).toMatchObject({
      path: "/v1/chat/completions",
      authorization: "Bearer secret-key",
      body: { model: "test", stream: true, stream_options: { include_usage: true }, max_tokens: 3500 },
    });
  });

  test("gets the first statement to its reader while it writes the second", async () => {
    await server.script({ does: "write", lines: [line("One."), line("Two.")], waitsAfter: 18 });
    const first = Promise.withResolvers<DraftStatement>();
    const settings = readModelSettings({ LLM_URL: server.url, LLM_MODEL: "test" });
    if (!settings) throw new Error("no model");
    const writing = writeByModel(material, settings, {
      signal: new AbortController().signal,
      onStatement: first.resolve,
      onProgress: () => {},
    });
    expect(await first.promise).toMatchObject({ text: "One." });
    expect(last()?.state).toBe("running");
    expect(last()?.authorization).toBeUndefined();
    await server.release();
    expect((await writing).statements).toHaveLength(2);
  });

  test.each([
    ["says no end but that it has finished", { hasDone: false }],
    ["says no finish but the end", { finish: null }],
  ])("may be one that %s", async (_, ending) => {
    await server.script({ does: "write", ...ending });
    expect((await write()).writing?.statements).toHaveLength(6);
  });

  test("has its tokens estimated where it does not count them", async () => {
    await server.script({ does: "write", countsTokens: false });
    const { writing } = await write();
    expect(writing?.usage.isEstimate).toBe(true);
    await server.until((requests) => requests.at(-1)?.state === "whole");
    const { promptTokens = 0, completionTokens = 0 } = last() ?? {};
    expect(writing?.usage.completionTokens).toBe(completionTokens);
    expect(writing?.usage.promptTokens).toBeGreaterThan(promptTokens * 0.7);
    expect(writing?.usage.promptTokens).toBeLessThan(promptTokens * 1.3);
  });

  test("loses nothing but the count when the line breaks after it has finished", async () => {
    const end = JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] });
    await server.script({
      does: "send",
      pieces: [event(line("One.")), bytes(`data: ${end}\n\n`)],
      staysOpen: true,
    });
    const { writing } = await write({ LLM_SILENCE_MS: "200" });
    expect(writing?.statements).toHaveLength(1);
    await server.until((requests) => requests.at(-1)?.state === "broken");
  });

  test("may think before it writes, for longer than it may be silent while it does", async () => {
    const thought = bytes(
      `data: ${JSON.stringify({ choices: [{ delta: { content: "", reasoning: "Hm." } }] })}\n\n`,
    );
    const words = JSON.stringify({ choices: [{ delta: { content: line("One.") } }] });
    const pieces = [thought, thought, bytes(`data: ${words}\n\ndata: [DONE]\n\n`)];
    await server.script({ does: "send", pieces, pause: 150 });
    const { writing } = await write({ LLM_SILENCE_MS: "50" });
    expect(writing?.statements).toHaveLength(1);
  });

  test("may send comments, fields of its own, nulls, and letters cut in two", async () => {
    const data = Buffer.from(
      `: waiting\r\n\r\nid: 7\r\ndata: ${JSON.stringify({ choices: null, x_own: 1 })}\r\n\r\ndata: ${JSON.stringify(
        {
          choices: [{ delta: { role: "assistant", content: null } }],
          usage: null,
        },
      )}\r\n\r\ndata: ${JSON.stringify({ choices: [{ delta: { content: line("Größe 👏.") } }] })}\r\n\r\ndata: [DONE]\r\n\r\n`,
    );
    const pieces = [...data].map((byte) => bytes(Uint8Array.of(byte)));
    await server.script({ does: "send", pieces });
    expect((await write()).writing?.statements).toMatchObject([{ text: "Größe 👏." }]);
  });
});

describe("a model that fails", () => {
  test.each([
    [
      "is asked too often, with seconds",
      answer(429, { "retry-after": "7" }),
      { kind: "rate_limited", retryAfter: 7 },
    ],
    ["is asked too often, with no time", answer(429), { kind: "rate_limited", isFinal: false }],
    [
      "is overloaded",
      answer(503, { "retry-after": "2" }),
      { kind: "unavailable", retryAfter: 2, isFinal: false },
    ],
    ["has an error of its own", answer(500, {}, "secret-key"), { kind: "unavailable", isFinal: false }],
    ["knows no such key", answer(401, {}, "wrong key: secret-key"), { kind: "unavailable", isFinal: true }],
    ["knows no such model", answer(404), { kind: "unavailable", isFinal: true }],
    ["does not like the request", answer(400), { kind: "unavailable", isFinal: true }],
    [
      "answers with a page",
      answer(200, { "content-type": "text/html" }, "<h1>Hi</h1>"),
      { kind: "not_valid" },
    ],
    ["answers with nothing", answer(204), { kind: "not_valid" }],
  ])("%s: that is told, and no word of what it said", async (_, script, expected) => {
    await server.script(script);
    const { error, heard } = await write();
    expect(error).toMatchObject({ name: "ModelError", ...expected });
    expect(String(error)).not.toContain("secret-key");
    expect(String(error)).not.toContain("127.0.0.1");
    expect(heard).toEqual([]);
  });

  test("says a date to come back at, which is so many seconds from now", async () => {
    await server.script(answer(503, { "retry-after": new Date(Date.now() + 60_000).toUTCString() }));
    const { error } = await write();
    const { retryAfter = -1 } = error instanceof ModelError ? error : {};
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  test("sends nobody elsewhere: the key goes to its own address alone", async () => {
    const path = "/elsewhere";
    await server.script(answer(307, { location: `${server.url}${path}` }));
    expect((await write({ LLM_KEY: "moved" })).error).toMatchObject({ kind: "unavailable", isFinal: true });
    // What a request was, its process says a moment after it has answered, one after the other.
    await write({ LLM_KEY: "after it" });
    await server.until((requests) =>
      requests.some(({ authorization }) => authorization?.includes("after it")),
    );
    const moved = server.requests.filter(
      (each) => each.authorization?.includes("moved") || each.path === path,
    );
    expect(moved).toHaveLength(1);
  });

  test.each([
    ["drops the line in the middle of a word", { does: "write", dropsAfter: 30 }, "unavailable"],
    ["ends without an end", { does: "write", finish: null, hasDone: false }, "unavailable"],
    ["runs into its length", { does: "write", finish: "length" }, "not_valid"],
    ["is stopped by a filter", { does: "write", finish: "content_filter" }, "not_valid"],
    [
      "writes prose",
      { does: "write", lines: ["Here is what you wanted:", "A talk about tides."] },
      "not_valid",
    ],
    ["writes nothing", { does: "write", lines: [] }, "not_valid"],
    ["writes half a JSON", { does: "write", lines: [line("One.").slice(0, 30)] }, "not_valid"],
    [
      "says the same for ever",
      { does: "send", pieces: [event(`${line("Again.")}\n`)], isEndless: true },
      "not_valid",
    ],
    [
      "writes a line without an end",
      { does: "send", pieces: [event("x".repeat(9000))], isEndless: true },
      "not_valid",
    ],
    [
      "sends an event without an end",
      { does: "send", pieces: [bytes(`data: ${"x".repeat(60_000)}`)], isEndless: true },
      "not_valid",
    ],
    [
      "sends comments for ever",
      { does: "send", pieces: [bytes(`: ${"x".repeat(60_000)}\n\n`)], isEndless: true },
      "not_valid",
    ],
    [
      "sends half a JSON as an event",
      { does: "send", pieces: [bytes('data: {"choices":[{"del\n\n')] },
      "not_valid",
    ],
    ["sends other JSON", { does: "send", pieces: [bytes('data: {"choices":"none"}\n\n')] }, "not_valid"],
    [
      "sends what is not UTF-8",
      { does: "send", pieces: [bytes(Uint8Array.of(100, 97, 116, 97, 58, 0xff, 0xfe, 10, 10))] },
      "not_valid",
    ],
    [
      "fails in the middle",
      { does: "send", pieces: [event(line("One.")), bytes('data: {"error":{"message":"secret-key"}}\n\n')] },
      "unavailable",
    ],
  ] as const)("%s: the attempt has failed as a whole", async (_, script, kind) => {
    await server.script(script);
    const { error, writing } = await write();
    expect(writing).toBeUndefined();
    expect(error).toMatchObject({ name: "ModelError", kind });
    expect(String(error)).not.toContain("secret-key");
    // Whoever has failed writes no more: what it writes is paid for.
    await server.until((requests) => requests.at(-1)?.state !== "running");
  });

  test("is a failure told as one, whatever it sends in whatever pieces", async () => {
    const good = `data: ${JSON.stringify({ choices: [{ delta: { content: `${line("One.")}\n` } }] })}\n\n`;
    const stop = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n\n`;
    const piece = fc.oneof(
      fc.constantFrom(
        good,
        stop,
        "data: [DONE]\n\n",
        "data:",
        "\n\n",
        "event: error\n",
        ": \n",
        "data: null\n\n",
      ),
      fc.string({ maxLength: 30 }),
      fc.json().map((json) => `data: ${json}\n\n`),
      fc.uint8Array({ maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        await server.script({ does: "send", pieces: pieces.map((each) => bytes(each)) });
        const { writing, error } = await write();
        if (writing) expect(writing.statements.map(({ text }) => text)).toEqual(["One."]);
        else expect(error).toBeInstanceOf(ModelError);
      }),
      { numRuns: 150 },
    );
  });

  test("tells what the attempt cost, which is estimated where it has not said so", async () => {
    await server.script({ does: "write", lines: ["Sorry."] });
    const { error } = await write();
    expect(error).toMatchObject({ kind: "not_valid", usage: { completionTokens: 2 } });
    await server.script({ does: "write", dropsAfter: 40 });
    expect((await write()).error).toMatchObject({ usage: { completionTokens: 40, isEstimate: true } });
    await server.script(answer(503));
    expect((await write()).error).toHaveProperty("usage", undefined);
  });

  test.each([
    ["says nothing at first", { does: "send", staysOpen: true }, { LLM_FIRST_MS: "200" }],
    ["stalls in the middle", { does: "write", waitsAfter: 30 }, { LLM_SILENCE_MS: "300" }],
    [
      "writes too slowly in all",
      { does: "write", pause: 20, lines: Array.from({ length: 50 }, (_, i) => line(`${i}.`)) },
      { LLM_WHOLE_MS: "400" },
    ],
  ] as const)("%s: it is left when its time is up", async (_, script, vars) => {
    await server.script(script);
    const { error } = await write(vars);
    expect(error).toMatchObject({ name: "ModelError", kind: "too_slow", isFinal: false });
    await server.until((requests) => requests.at(-1)?.state === "broken");
    await server.release();
  });

  test("can't be reached", async () => {
    const gone = await ModelServer.start();
    await gone.close();
    const { error } = await write({ LLM_URL: gone.url });
    expect(error).toMatchObject({ kind: "unavailable", isFinal: false });
    expect(JSON.stringify([error, String(error)])).not.toContain("127.0.0.1");
  });
});

describe("whoever asks a model", () => {
  test("may leave: the model stops, and the reason is what is thrown", async () => {
    const controller = new AbortController();
    await server.script({ does: "write", waitsAfter: 30 });
    const attempt = write({}, controller.signal);
    const place = server.requests.length;
    await server.until((requests) => requests[place]?.completionTokens === 30);
    const reason = new Error("the session was deleted");
    controller.abort(reason);
    expect((await attempt).error).toBe(reason);
    await server.until((requests) => requests.at(-1)?.state === "broken");
    await server.release();
  });

  test("asks for nothing when it has left already", async () => {
    const asked = server.requests.length;
    const reason = new Error("too late");
    expect((await write({}, AbortSignal.abort(reason))).error).toBe(reason);
    await wait(50);
    expect(server.requests).toHaveLength(asked);
  });
});
