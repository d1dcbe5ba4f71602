import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { splitSessionUid } from "../shared/protocol/identity.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { Reading } from "./reading.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;

beforeAll(async () => {
  // Who has used up their reactions waits ten seconds for the next one, and not a fifth of one: nobody gets
  // another while a test looks at the refusal.
  revint = await startDeployment({ rooms: { REACTIONS_PER_SECOND: "0.1" } });
});
afterAll(() => revint.close());

const start = (more?: Record<string, unknown>) => startSession(revint, more);

describe("a new pipe", () => {
  test("hears page, totals and presence at once, before anything else", async () => {
    const session = await start();
    await session.setState("4.2", "{}");
    const early = await session.join();
    const first = await session.pipe(early.uid);
    await first.react("4.2", "👍", "1");

    const late = await session.join();
    const pipe = await session.pipe(late.uid);
    expect(pipe.heard.slice(0, 3)).toEqual([
      { type: "state_change", page: "4.2", state: "{}", version: 1 },
      { type: "reactions", pages: { "4.2": { "👍": 1 } }, total: 1, whole: true },
      { type: "presence", participants: 2 },
    ]);
  });

  test("of a reconnecting client hears what it missed", async () => {
    const session = await start();
    const { uid } = await session.join();
    const before = await session.pipe(uid);
    await before.close();
    await session.setState("9", "on");
    const after = await session.pipe(uid);
    expect(after.last("state_change")).toMatchObject({ page: "9", version: 1 });
  });

  test("is the fifth of its uid: refused with 429, and the four live on", async () => {
    const session = await start();
    const { uid } = await session.join();
    const four = await Promise.all([1, 2, 3, 4].map(() => session.pipe(uid)));
    const refusal = await fetchUpgrade(`/ws/v1/session/${session.sessionUid}/user/${uid}/pipe`);
    expect(refusal).toMatch(/^HTTP\/1.1 429 /);
    expect(refusal).toContain('"code":"rate_limited"');
    expect(four[0]?.last("presence")).toMatchObject({ participants: 1 });
    await four[0]?.close();
    await expect
      .poll(() =>
        session.pipe(uid).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});

test("a page change reaches everyone, in order", async () => {
  const session = await start();
  const people = await Promise.all(Array.from({ length: 20 }, () => session.join()));
  const pipes = await Promise.all([session.hostUid, ...people.map(({ uid }) => uid)].map(session.pipe));
  for (let page = 1; page <= 10; page++) await session.setState(`${page}`, "s");
  for (const pipe of pipes) {
    await pipe.until(() => pipe.last("state_change")?.version === 10);
    expect(pipe.all("state_change").map(({ version }) => version)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  }
});

test("counts move on every pipe while people tap, and end equal and exact", async () => {
  const session = await start();
  const people = await Promise.all(Array.from({ length: 10 }, () => session.join()));
  const pipes = await Promise.all(people.map(({ uid }) => session.pipe(uid)));
  const host = await session.pipe(session.hostUid);
  await Promise.all(
    pipes.flatMap((pipe, i) => [1, 2, 3].map((n) => pipe.react("1", n === 1 ? "👍" : "👏", `${i}-${n}`))),
  );
  for (const pipe of [host, ...pipes]) {
    await pipe.until(() => pipe.last("reactions")?.total === 30);
    expect(pipe.totals.toJSON()).toEqual({ "1": { "👍": 10, "👏": 20 } });
  }
  expect(host.last("presence")).toEqual({ type: "presence", participants: 10 });
});

describe("reactions over a pipe", () => {
  test("and over HTTP share one idempotency rule", async () => {
    const session = await start();
    const { uid, token } = await session.join();
    const pipe = await session.pipe(uid);
    expect(await pipe.react("1", "x", "same")).toMatchObject({ type: "ack", ids: ["same"] });
    const react = (reaction: string) =>
      revint.request("POST", `${session.path}/user/${uid}/react/1/${reaction}`, {
        token,
        uid,
        headers: { "idempotency-key": "same" },
      });
    expect((await react("x")).status).toBe(200);
    expect((await react("y")).status).toBe(409);
    expect(await pipe.react("1", "y", "same")).toMatchObject({ type: "ack" }); // the first answer
    await pipe.until(() => pipe.last("error")?.code === "conflict");
    const totals = await revint.request("GET", `${session.path}/reactions`, { token, uid });
    expect(await read(SessionTotals, totals)).toMatchObject({ total: 1 });
  });

  test("share one token bucket with HTTP: the refusal says when", async () => {
    const session = await start();
    const { uid, token } = await session.join();
    const pipe = await session.pipe(uid);
    for (let id = 0; id < 30; id++) pipe.send({ type: "react", id: `${id}`, page: "1", reaction: "x" });
    const error = await pipe.until(() => pipe.last("error"));
    expect(error).toMatchObject({ code: "rate_limited" });
    expect(error.retryAfter).toBeGreaterThan(0);
    const over = await revint.request("POST", `${session.path}/user/${uid}/react/1/x`, { token, uid });
    expect(await readProblem(over)).toMatchObject({ code: "rate_limited" });
  });

  test("are acknowledged together when they were kept together", async () => {
    const session = await start();
    const { uid } = await session.join();
    const pipe = await session.pipe(uid);
    const ids = Array.from({ length: 15 }, (_, index) => `tap-${index}`);
    for (const id of ids) pipe.send({ type: "react", id, page: "1", reaction: "x" });
    await pipe.until(() => pipe.all("ack").flatMap((ack) => ack.ids).length === 15);
    expect(
      pipe
        .all("ack")
        .flatMap((ack) => ack.ids)
        .sort(),
    ).toEqual([...ids].sort());
    expect(pipe.all("ack").length).toBeLessThan(15);
  });

  test("of a host are refused: a host pipe only hears", async () => {
    const session = await start();
    const host = await session.pipe(session.hostUid);
    expect(await host.react("1", "x", "1")).toMatchObject({ type: "error", code: "not_participant" });
  });
});

describe("a wrong message gets an error and the pipe lives:", () => {
  test.each<[string, string | Uint8Array<ArrayBuffer>, string, string?]>([
    ["not JSON", "{", "invalid_request"],
    ["no object", "42", "invalid_request"],
    ["null", "null", "invalid_request"],
    ["an unknown type", '{"type":"dance","id":"a"}', "invalid_request", "a"],
    ["without an id", '{"type":"react","page":"1","reaction":"x"}', "invalid_request"],
    [
      "an overlong page",
      JSON.stringify({ type: "react", id: "b", page: "p".repeat(65), reaction: "x" }),
      "invalid_request",
      "b",
    ],
    [
      "oversized",
      JSON.stringify({ type: "react", id: "c", page: "1", reaction: "x".repeat(17_000) }),
      "too_large",
    ],
    ["binary", new Uint8Array([1, 2, 3]), "invalid_request"],
  ])("%s", async (_, message, code, id) => {
    const session = await start();
    const { uid } = await session.join();
    const pipe = await session.pipe(uid);
    pipe.socket.send(message);
    const error = await pipe.until(() => pipe.last("error"));
    expect(error).toMatchObject({ code, ...(id !== undefined && { id }) });
    expect(await pipe.react("1", "x", "after")).toMatchObject({ type: "ack" });
  });

  test("but who floods for seconds is closed with 1008", async () => {
    const session = await start();
    const { uid } = await session.join();
    const pipe = await session.pipe(uid);
    const flood = setInterval(() => {
      for (let i = 0; i < 40; i++) pipe.socket.send("{");
    }, 100);
    try {
      expect((await pipe.closed).code).toBe(1008);
    } finally {
      clearInterval(flood);
    }
  });
});

// With which codes a closing is answered, workers/session-store/session-room.test.ts shows: the proxy
// before a development server loses some of them.
describe("closing", () => {
  test("makes presence go down", async () => {
    const session = await start();
    const people = await Promise.all([session.join(), session.join()]);
    const [first, second] = await Promise.all(people.map(({ uid }) => session.pipe(uid)));
    if (!first || !second) throw new Error("two pipes");
    await second.until(() => second.last("presence")?.participants === 2);
    first.socket.close();
    await first.closed;
    await second.until(() => second.last("presence")?.participants === 1);
  });

  test("without a goodbye is noticed too", async () => {
    const session = await start();
    const people = await Promise.all([session.join(), session.join()]);
    const watcher = await session.pipe(people[0]?.uid ?? "");
    const socket = await openRaw(`/ws/v1/session/${session.sessionUid}/user/${people[1]?.uid}/pipe`);
    await watcher.until(() => watcher.last("presence")?.participants === 2);
    socket.resetAndDestroy();
    await watcher.until(() => watcher.last("presence")?.participants === 1);
  });
});

test("a ping is answered without waking the room", async () => {
  const session = await start();
  const { uid } = await session.join();
  const pipe = await session.pipe(uid);
  const pong = new Promise((resolve) => {
    pipe.socket.addEventListener("message", ({ data }) => data === "pong" && resolve(data));
  });
  await evict(session.sessionUid);
  pipe.socket.send("ping");
  expect(await pong).toBe("pong");
});

test("presence counts people, not pipes, and no hosts", async () => {
  const session = await start();
  const { uid } = await session.join();
  const host = await session.pipe(session.hostUid);
  const pipes = await Promise.all([session.pipe(uid), session.pipe(uid)]);
  await host.until(() => host.last("presence")?.participants === 1);
  await pipes[0]?.close();
  await session.pipe((await session.join()).uid);
  await host.until(() => host.last("presence")?.participants === 2);
  await pipes[1]?.close();
  await host.until(() => host.last("presence")?.participants === 1);
});

test("a room that was evicted knows its pipes, its state and its counts again", async () => {
  const session = await start();
  const people = await Promise.all([session.join(), session.join()]);
  const [first, second] = await Promise.all(people.map(({ uid }) => session.pipe(uid)));
  if (!first || !second) throw new Error("two pipes");
  await first.react("1", "x", "1");
  await evict(session.sessionUid);
  await session.setState("2", "s");
  await second.until(() => second.last("state_change")?.page === "2");
  await second.react("1", "x", "2");
  await first.until(() => first.last("reactions")?.total === 2);
  expect(first.totals.toJSON()).toEqual({ "1": { x: 2 } });
  await first.until(() => first.last("presence")?.participants === 2);
});

test("restart in the middle of a burst: nothing of the time before shows up after it", async () => {
  const session = await start();
  const people = await Promise.all(Array.from({ length: 8 }, () => session.join()));
  const pipes = await Promise.all(people.map(({ uid }) => session.pipe(uid)));
  const burst = pipes.map(async (pipe, i) => {
    for (let n = 0; n < 15; n++) await pipe.react("before", "x", `b-${i}-${n}`);
  });
  await pipes[0]?.until(() => pipes[0]?.all("ack").length === 4);
  await revint.host(session.token, { restart: true });
  for (const pipe of pipes) await pipe.until(() => pipe.last("state_change")?.version === 1);
  const after = pipes.map((pipe, i) => pipe.react("after", "y", `a-${i}`));
  await Promise.all([...burst, ...after]);
  const total = () =>
    revint.request("GET", `${session.path}/reactions`, { token: session.token, uid: session.hostUid });
  const counts = await read(SessionTotals, await total());
  expect(counts.pages.after).toEqual({ y: 8 });
  // Taps that were sent after the restart may still name the page before; none from before it does.
  const kept = counts.total;
  const beforeRestart = pipes.flatMap((pipe) => {
    const restartAt = pipe.heard.findIndex((m) => m.type === "state_change" && m.version === 1);
    return pipe.heard.slice(0, restartAt).flatMap((m) => (m.type === "ack" ? m.ids : []));
  });
  expect(beforeRestart.length).toBeGreaterThan(0);
  expect(kept).toBeLessThanOrEqual(8 * 16 - beforeRestart.length);
  for (const pipe of pipes) {
    await pipe.until(() => pipe.last("reactions")?.total === kept);
    expect(pipe.totals.toJSON()).toEqual(counts.pages);
  }
});

test("server-sent events carry the same messages, with the version as id", async () => {
  const session = await start();
  const { uid, token } = await session.join();
  const abort = new AbortController();
  const response = await fetch(`${revint.url}${session.path}/events?token=${token}&uid=${uid}`, {
    signal: abort.signal,
    headers: { origin: "https://deck.example" },
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("access-control-allow-origin")).toBe("https://deck.example");
  const heard = new Reading(response);
  await heard.until('"type":"presence"');
  expect(heard.text).toMatch(/^retry: \d+\n\nid: 0\ndata: \{"type":"state_change","page":"0"/);
  await session.setState("5", "now");
  await heard.until('id: 1\ndata: {"type":"state_change","page":"5","state":"now","version":1}\n\n');

  const host = await session.pipe(session.hostUid);
  expect(host.last("presence")).toMatchObject({ participants: 1 });
  abort.abort();
  await host.until(() => host.last("presence")?.participants === 0);
});

test("a phone's event stream is the phone's, even where a host's cookie is around", async () => {
  const session = await start();
  const { uid, token } = await session.join();
  const abort = new AbortController();
  const host = await session.pipe(session.hostUid);
  const headers = { cookie: `uid=${session.hostUid}` };
  const query = `token=${token}&uid=${uid}`;
  const response = await fetch(`${revint.url}${session.path}/events?${query}`, {
    headers,
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  await host.until(() => host.last("presence")?.participants === 1);
  abort.abort();
  const elsewhere = await revint.request("GET", `${session.path}/state?uid=${uid}`, { token });
  expect(await readProblem(elsewhere)).toMatchObject({ code: "not_participant" });
});

test("300 people behind one address are not limited", async () => {
  const session = await start({ expectedAudience: 300 });
  const people = await Promise.all(Array.from({ length: 300 }, () => session.join()));
  const answers = await Promise.all(
    people.map(({ uid, token }) =>
      revint.request("POST", `${session.path}/user/${uid}/react/1/x`, { token, uid }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

function evict(sessionUid: string): Promise<void> {
  const { hash } = splitSessionUid(sessionUid);
  return revint.harness
    .getWorker("revint-session-store")
    .evictDurableObject("SessionRoom", { name: `${hash}.0` });
}

const upgradeRequest = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(revint.url).host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "",
    "",
  ].join("\r\n");

/** A socket as bytes: to see a refused upgrade's answer, and to end without a goodbye. */
async function openRaw(path: string) {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(revint.url).port) });
  socket.write(upgradeRequest(path));
  await new Promise((resolve) => socket.once("data", resolve));
  return socket;
}

async function fetchUpgrade(path: string): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(revint.url).port) });
  socket.write(upgradeRequest(path));
  let text = "";
  for await (const chunk of socket) {
    text += String(chunk);
    if (text.includes("requestId")) break;
  }
  return text;
}
