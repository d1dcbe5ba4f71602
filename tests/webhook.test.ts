import { afterAll, beforeAll, expect, test } from "vitest";
import { read } from "./deployment.ts";
import { LoneWorker } from "./lone-worker.ts";
import { openWebhook, Receiver } from "./receiver.ts";
import { type Order, Outcome } from "./webhook-worker.ts";

/*
 * Webhooks as they leave workerd, to a server that really hangs, resets and redirects: neither is there what it is in Node.
 */

let receiver: Receiver;
let worker: LoneWorker;

beforeAll(async () => {
  receiver = await Receiver.start();
  worker = await LoneWorker.start("webhook-worker", "automations");
});
afterAll(async () => {
  await worker.close();
  await receiver.close();
});

const SECRET = `whsec_${Buffer.from("01234567890123456789012345678901").toString("base64")}`;
const OTHER = `whsec_${Buffer.from("an other key of thirty-two bytes").toString("base64")}`;
const BODY = JSON.stringify({ event: "question", text: "Größe 👏? \u2028" });

async function send(path: string, more: Partial<Order> = {}) {
  const order: Order = {
    url: receiver.url + path,
    secret: SECRET,
    id: "run1.0",
    body: BODY,
    isPrivateAllowed: true,
    ...more,
  };
  return read(Outcome, await worker.post(JSON.stringify(order)));
}

test("a message is delivered as it was, signed as receivers of Standard Webhooks check it", async () => {
  expect(await send("/well", { depth: 2 })).toEqual({ ok: true });
  const [request] = receiver.got("/well");
  if (!request) throw new Error("nothing came");
  expect(request).toMatchObject({ method: "POST", body: BODY });
  expect(request.headers).toMatchObject({
    "content-type": "application/json",
    "webhook-id": "run1.0",
    "revint-depth": "2",
  });
  expect(openWebhook(request, SECRET)).toEqual(JSON.parse(BODY));
  expect(() => openWebhook(request, OTHER)).toThrow();
  expect(() => openWebhook({ ...request, body: `${BODY} ` }, SECRET)).toThrow();
  const headers = { ...request.headers, "webhook-id": "run1.1" };
  expect(() => openWebhook({ ...request, headers }, SECRET)).toThrow();
});

test.each([
  ["is accepted", { status: 202 }, { ok: true }],
  ["is answered with nothing", { status: 204 }, { ok: true }],
  [
    "meets an error",
    { status: 500, body: "secret-word" },
    { ok: false, problem: "The receiver answered with 500." },
  ],
  [
    "comes too often",
    { status: 429, headers: { "retry-after": "7" } },
    { ok: false, retryAfter: 7, problem: "The receiver answered with 429." },
  ],
  ["meets maintenance", { status: 503, headers: { "retry-after": "120" } }, { ok: false, retryAfter: 120 }],
  ["is not liked", { status: 400 }, { ok: false }],
  ["comes to who wants no more", { status: 410 }, { ok: false, gone: true }],
  ["is answered with what is only cached", { status: 304 }, { ok: false }],
] as const)("a message that %s: the status says what became of it", async (name, answer, expected) => {
  const path = `/status/${encodeURIComponent(name)}`;
  await receiver.script(path, { does: "answer", ...answer });
  const outcome = await send(path);
  expect(outcome).toMatchObject(expected);
  expect(outcome.problem ?? "").not.toContain("secret-word");
  expect(receiver.got(path)).toHaveLength(1);
});

test.each([301, 302, 303, 307, 308])(
  "a redirect (%i) is a failure: nobody is sent elsewhere",
  async (status) => {
    const path = `/redirect/${status}`;
    const location = `${receiver.url}/elsewhere`;
    await receiver.script(path, { does: "answer", status, headers: { location } });
    const outcome = await send(path);
    expect(outcome).toMatchObject({ ok: false, problem: expect.stringContaining(`${status}`) });
    expect(outcome.problem).not.toContain(location);
    expect(receiver.got("/elsewhere")).toEqual([]);
  },
);

test("a receiver that breaks the line before it answers has not taken the message", async () => {
  await receiver.script("/reset", { does: "reset" });
  const outcome = await send("/reset");
  expect(outcome).toEqual({ ok: false, problem: "The receiver can't be reached, or broke off." });
});

test("one that breaks it in the middle of its answer has", async () => {
  await receiver.script("/half", { does: "reset", within: "answer" });
  expect(await send("/half")).toEqual({ ok: true });
});

test("one that is not there can't be reached", async () => {
  const outcome = await send("", { url: "http://127.0.0.1:9/hook" });
  expect(outcome).toEqual({ ok: false, problem: "The receiver can't be reached, or broke off." });
});

test("one that hangs is left when its time is up", async () => {
  await receiver.script("/hang", { does: "hang" });
  expect(await send("/hang", { timeoutMs: 500 })).toEqual({
    ok: false,
    problem: "The receiver did not answer within 0.5 seconds.",
  });
  await receiver.until(() => receiver.got("/hang")[0]?.state === "broken");
});

test("of one that answers ten megabytes a little is read, and the rest is left", async () => {
  await receiver.script("/large", { does: "drip" });
  expect(await send("/large")).toEqual({ ok: true });
  await receiver.until(() => receiver.got("/large")[0]?.state === "broken");
  expect(receiver.got("/large")[0]?.sent).toBeLessThan(10 * 10 ** 6);
});

test("one that answers slowly for ever has taken the message, and is left when its time is up", async () => {
  await receiver.script("/slow", { does: "drip", piece: 1, pause: 50 });
  expect(await send("/slow", { timeoutMs: 1000 })).toEqual({ ok: true });
  await receiver.until(() => receiver.got("/slow")[0]?.state === "broken");
});

test("whoever sends may leave: the message is left within a moment", async () => {
  await receiver.script("/left", { does: "hang" });
  expect(await send("/left", { leavesAfter: 300 })).toEqual({ thrown: "Error: left" });
  await receiver.until(() => receiver.got("/left")[0]?.state === "broken");
});

test("nothing is sent into a private network unless that is allowed, and the address is not repeated", async () => {
  const came = receiver.requests.length;
  for (const url of [
    `${receiver.url}/inside?key=secret-word`,
    receiver.url.replace("http:", "https:"),
    "https://[::ffff:127.0.0.1]/",
  ]) {
    const outcome = await send("", { url, isPrivateAllowed: false });
    expect(outcome).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/^It was not sent: its address .*\.$/),
    });
    expect(outcome.problem).not.toMatch(/127|secret-word/);
  }
  expect(receiver.requests).toHaveLength(came);
});
