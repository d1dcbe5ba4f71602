import { afterAll, beforeAll, expect, test } from "vitest";
import { read } from "./deployment.ts";
import { LoneWorker } from "./lone-worker.ts";
import { answer, bytes, event, ModelServer } from "./model-server.ts";
import { type Attempt, Outcome } from "./model-worker.ts";

/*
 * The client of the model inside workerd, over its own network: broken lines, redirects and whoever leaves are not there
 * what they are in Node, where the client's other tests run.
 */

let model: ModelServer;
let worker: LoneWorker;

beforeAll(async () => {
  model = await ModelServer.start();
  worker = await LoneWorker.start("model-worker", "recap");
});
afterAll(async () => {
  await worker.close();
  await model.close();
});

async function write(vars: Attempt["vars"] = {}, leavesAfter?: number) {
  const all = { LLM_URL: model.url, LLM_MODEL: "test", LLM_KEY: "secret-key", ...vars };
  const body = JSON.stringify({ vars: all, ...(leavesAfter !== undefined && { leavesAfter }) });
  return read(Outcome, await worker.post(body));
}

const line = JSON.stringify({ section: "summary", text: "Again.", sources: ["summary"] });

test("a model that writes well writes the recap", async () => {
  expect(await write()).toEqual({ statements: 6 });
});

test.each([
  ["sends elsewhere", answer(307, { location: "/elsewhere" }), { kind: "unavailable", isFinal: true }],
  ["is asked too often", answer(429, { "retry-after": "7" }), { kind: "rate_limited", retryAfter: 7 }],
  ["is overloaded", answer(503), { kind: "unavailable", isFinal: false }],
  ["answers with a page", answer(200, { "content-type": "text/html" }, "<h1>"), { kind: "not_valid" }],
  ["drops the line", { does: "write", dropsAfter: 30 }, { kind: "unavailable", isFinal: false }],
  ["ends without an end", { does: "write", finish: null, hasDone: false }, { kind: "unavailable" }],
  [
    "sends what is no text",
    { does: "send", pieces: [bytes(Uint8Array.of(0xff, 10, 10))] },
    { kind: "not_valid" },
  ],
  [
    "says the same for ever",
    { does: "send", pieces: [event(`${line}\n`)], isEndless: true },
    { kind: "not_valid" },
  ],
  [
    "sends comments for ever",
    { does: "send", pieces: [bytes(`: ${"x".repeat(60_000)}\n\n`)], isEndless: true },
    { kind: "not_valid" },
  ],
] as const)("a model that %s fails with a sentence, and is left", async (_, script, expected) => {
  const asked = model.requests.length;
  await model.script(script);
  const outcome = await write();
  expect(outcome).toMatchObject(expected);
  expect(outcome.message).toMatch(/^[A-Z][^{}]*\.$/);
  expect(outcome.message).not.toMatch(/secret-key|127\.0\.0\.1/);
  expect(model.requests).toHaveLength(asked + 1);
  await model.until((requests) => requests.at(-1)?.state !== "running");
});

test.each([
  ["that says nothing is left", { does: "send", staysOpen: true }, { LLM_FIRST_MS: "300" }],
  ["that stalls is left", { does: "write", waitsAfter: 30 }, { LLM_SILENCE_MS: "300" }],
  ["that is slow is left", { does: "write", pause: 50 }, { LLM_WHOLE_MS: "500" }],
] as const)("a model %s when its time is up", async (_, script, vars) => {
  await model.script(script);
  expect(await write(vars)).toMatchObject({ kind: "too_slow", isFinal: false });
  await model.until((requests) => requests.at(-1)?.state === "broken");
  await model.release();
});

test("whoever asks may leave: the model stops", async () => {
  await model.script({ does: "write", waitsAfter: 30 });
  expect(await write({}, 500)).toEqual({ kind: "other", message: "Error: left" });
  await model.until((requests) => requests.at(-1)?.state === "broken");
  await model.release();
});

test("a model that is not there can't be reached, and a key that is none is told to nobody", async () => {
  expect(await write({ LLM_URL: "http://127.0.0.1:9/v1" })).toMatchObject({ kind: "unavailable" });
  const { message } = await write({ LLM_KEY: "secret-key\nx" });
  expect(message).not.toContain("secret");
});
