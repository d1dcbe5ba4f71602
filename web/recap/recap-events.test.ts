import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecapStatus, WrittenStatement } from "../../shared/protocol/recap.ts";
import { RevintError } from "../client/error.ts";
import { followRecap } from "./recap-events.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = { sessionUid: "s", token: "t", uid: "" };
const status = (fields: object) => `event: status\ndata: ${JSON.stringify(fields)}\n\n`;
const statement = (text: string) =>
  `event: statement\ndata: ${JSON.stringify({ section: "summary", text })}\n\n`;

/** Answers the next requests, one each. */
function serve(...answers: (() => Response)[]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const answer = answers.shift();
    if (!answer) throw new TypeError("nobody is there");
    return answer();
  });
  return asked;
}

const stream = (text: string) => () => {
  const bytes = new TextEncoder().encode(text);
  // In pieces that end within characters and lines.
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  return new Response(body);
};

const problem = (code: string, status: number) => () =>
  Response.json({ code, detail: "" }, { status, headers: { "content-type": "application/problem+json" } });

/** Follows to the end, whatever waits that takes. */
async function follow(signal = new AbortController().signal) {
  const heard: (RecapStatus | WrittenStatement | boolean)[] = [];
  const listener = {
    onStatus: (status: RecapStatus) => heard.push(status),
    onStatement: (one: WrittenStatement) => heard.push(one),
    onBroken: (isBroken: boolean) => isBroken && heard.push(isBroken),
  };
  const following = followRecap(pass, listener, signal).then(
    () => undefined,
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  return { heard, error: await following };
}

test("what is written is told as it is written, up to the status that nothing follows", async () => {
  const text =
    status({ status: "writing", progress: 0 }) +
    ": still there\n\n" +
    statement("Größer – 👏 zuerst.") +
    "event: of a later version\ndata: {}\n\n" +
    status({ status: "done", version: "v2", by: "model" }) +
    status({ status: "writing" });
  const asked = serve(stream(text));
  const { heard, error } = await follow();
  expect(error).toBeUndefined();
  expect(heard).toEqual([
    { status: "writing", progress: 0 },
    { section: "summary", text: "Größer – 👏 zuerst." },
    { status: "done", version: "v2", by: "model" },
  ]);
  expect(asked).toEqual(["/api/v1/session/s/recap/events"]);
});

test("a stream that breaks off, or is refused for a moment, is opened again", async () => {
  const asked = serve(
    stream(status({ status: "queued", position: 3 })),
    problem("unavailable", 503),
    () => {
      throw new TypeError("no network");
    },
    stream(status({ status: "failed", failure: "It was asleep." })),
  );
  const { heard, error } = await follow();
  expect(error).toBeUndefined();
  expect(heard).toEqual([
    { status: "queued", position: 3 },
    true,
    true,
    true,
    { status: "failed", failure: "It was asleep." },
  ]);
  expect(asked).toHaveLength(4);
});

test("what trying again will not change is told, and not asked for again", async () => {
  const asked = serve(problem("recap_not_found", 404));
  const { error } = await follow();
  expect(error).toBeInstanceOf(RevintError);
  expect(error).toMatchObject({ code: "recap_not_found" });
  expect(asked).toHaveLength(1);
});

test("a stream that says nothing for a minute is taken for broken", async () => {
  const silent = () => new Response(new ReadableStream({ start() {} }));
  const cut: AbortSignal[] = [];
  const answers = [silent, stream(status({ status: "done" }))];
  vi.stubGlobal("fetch", async (_: string, { signal }: { signal: AbortSignal }) => {
    cut.push(signal);
    const response = answers.shift()?.();
    if (!response?.body) throw new TypeError("nobody is there");
    // As a real one: who aborts hears of it where they read.
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    response.body.pipeTo(writable, { signal }).catch(() => {});
    return new Response(readable);
  });
  const { heard } = await follow();
  expect(cut[0]?.aborted).toBe(true);
  expect(heard).toEqual([true, { status: "done" }]);
});

test("whoever stops following hears nothing more", async () => {
  const stop = new AbortController();
  stop.abort();
  const asked = serve(stream(status({ status: "writing" })));
  const { heard, error } = await follow(stop.signal);
  expect([heard, error, asked]).toEqual([[], undefined, []]);
});
