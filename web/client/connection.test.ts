import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Access, Api } from "./api.ts";
import { Connection } from "./connection.ts";
import { RevintError } from "./error.ts";

const GREETING = '{"type":"presence","participants":1}';
/** Longer than any wait before the next attempt, and shorter than a silence that ends a socket. */
const SOON_MS = 3000;

/** A socket whose other end is the test. */
class Line {
  static readonly all: Line[] = [];
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  readyState = 0;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    Line.all.push(this);
  }

  send(): void {}
  close(): void {}

  say(data: string): void {
    this.readyState = 1;
    this.onmessage?.({ data });
  }

  drop(): void {
    this.onclose?.({ code: 1006 });
  }
}

const accessOf = (uid: string): Access => ({
  sessionUid: "s",
  token: "t",
  uid,
  role: "user",
  wsUrl: "ws://x",
});

/** What `fetch` answers, by the last part of the path; what is not there takes for ever. */
let answers: Record<string, () => Response>;
let connections: Connection[];

const healthy = {
  state: () => Response.json({ page: "1", state: "", version: 3 }),
  activities: () => Response.json({ activities: [] }),
  reactions: () => Response.json({ pages: {}, total: 0, participants: 1 }),
  questions: () => Response.json({ questions: [], total: 0 }),
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
  answers = {};
  connections = [];
  vi.stubGlobal("fetch", (url: string, { signal }: RequestInit) => {
    const answer = answers[url.slice(url.lastIndexOf("/") + 1)];
    if (answer) return Promise.resolve(answer());
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  });
});
afterEach(() => {
  for (const connection of connections) connection.close();
  expect(vi.getTimerCount()).toBe(0);
  Line.all.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** @param enter what each entering gives, one after the other; the last one from then on */
function connect(...enter: (Access | RevintError)[]) {
  const told: string[] = [];
  const heard: string[] = [];
  const listener = { onReach: (_status: string) => {} };
  const entered: boolean[] = [];
  const connection = new Connection(
    new Api("http://x"),
    async (isAgain) => {
      entered.push(isAgain);
      const next = enter.length > 1 ? enter.shift() : enter[0];
      if (!next || next instanceof Error) throw next;
      return next;
    },
    true,
    {
      onMessage: ({ type }) => heard.push(type),
      onReach: (status) => {
        told.push(status);
        listener.onReach(status);
      },
      onWait: ({ code }) => told.push(`waits: ${code}`),
      onFailure: ({ code }) => told.push(`failed: ${code}`),
    },
  );
  connections.push(connection);
  return { connection, told, heard, listener, entered };
}

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

function lastLine(): Line {
  const line = Line.all.at(-1);
  if (!line) throw new Error("no socket was opened");
  return line;
}

test("it begins by itself, when the code that made it has come to its end", async () => {
  const { connection, entered } = connect(accessOf("a"));
  expect([connection.status, entered]).toEqual(["connecting", []]);
  await pass();
  expect(entered).toEqual([false]);
  expect(lastLine().url).toBe("ws://x/ws/v1/session/s/user/a/pipe");
});

test("one that is closed at once never begins", async () => {
  const { connection, told, entered } = connect(accessOf("a"));
  connection.close();
  await pass(SOON_MS);
  expect([told, entered, Line.all]).toEqual([["closed"], [], []]);
});

test("entering, connecting, live; lost, and live again with the same access", async () => {
  const { connection, told, entered } = connect(accessOf("a"));
  await pass();
  lastLine().say(GREETING);
  expect(connection.status).toBe("live");
  lastLine().drop();
  expect(connection.status).toBe("connecting");
  await pass(SOON_MS);
  lastLine().say(GREETING);
  expect(told).toEqual(["live", "connecting", "live"]);
  expect([entered, Line.all.length]).toEqual([[false], 2]);
});

test("where a socket says nothing, the state is asked for, and a socket that works takes over", async () => {
  answers = healthy;
  const { connection, told } = connect(accessOf("a"));
  await pass(6000);
  expect([connection.status, connection.isPolling, told]).toEqual(["fallback", true, ["fallback"]]);
  lastLine().say(GREETING);
  expect([connection.status, connection.isPolling]).toEqual(["live", false]);
  expect(told).toEqual(["fallback", "live"]);
});

describe("what let it in and does so no longer", () => {
  const refused = new RevintError("not_participant", "who are you?", { status: 403 });

  test("is asked for once more, and a second refusal is final", async () => {
    const { connection, told, entered } = connect(refused);
    await pass(SOON_MS);
    expect([told, entered]).toEqual([
      ["closed", "failed: not_participant"],
      [false, true],
    ]);
    expect(connection.renew(false)).toBe(false);
  });

  test("is entered anew when a request says so, and again only if that is known to have helped", async () => {
    const { connection, entered } = connect(accessOf("a"), accessOf("b"));
    await pass();
    lastLine().say(GREETING);
    expect(connection.renew(false)).toBe(true);
    // It is being entered: nobody has to ask for that a second time.
    expect([connection.status, connection.renew(false)]).toEqual(["connecting", true]);
    await pass(SOON_MS);
    lastLine().say(GREETING);
    expect([entered, lastLine().url]).toEqual([[false, true], "ws://x/ws/v1/session/s/user/b/pipe"]);
    expect(connection.renew(false)).toBe(false);
    expect(connection.renew(true)).toBe(true);
  });

  test("may be refused anew once the connection has been good for a while", async () => {
    const { connection } = connect(accessOf("a"));
    await pass();
    lastLine().say(GREETING);
    connection.renew(false);
    await pass(SOON_MS);
    lastLine().say(GREETING);
    await pass(5000);
    expect(connection.renew(false)).toBe(true);
  });
});

test("without a place it waits, says so, and is entered anew", async () => {
  const full = new RevintError("session_full", "no place", { status: 429, retryAfter: 1 });
  const { connection, told, entered } = connect(full, accessOf("a"));
  await pass();
  expect([connection.status, told]).toEqual(["connecting", ["waits: session_full"]]);
  await pass(SOON_MS);
  lastLine().say(GREETING);
  expect([connection.status, entered]).toEqual(["live", [false, false]]);
});

test("another access takes the place of the one there is, at once", async () => {
  const { connection, entered } = connect(accessOf("a"));
  await pass();
  lastLine().say(GREETING);
  connection.change(accessOf("b"));
  await pass(1);
  expect([lastLine().url, entered]).toEqual(["ws://x/ws/v1/session/s/user/b/pipe", [false]]);
});

test("a refusal that nothing will change is told as a loss, and then as the end", async () => {
  answers = healthy;
  const { told } = connect(accessOf("a"));
  await pass(6000);
  answers = { ...healthy, state: () => Response.json({ code: "session_not_found" }, { status: 404 }) };
  await pass(SOON_MS);
  expect(told[0]).toBe("fallback");
  expect(told.slice(-3)).toEqual(["connecting", "closed", "failed: session_not_found"]);
});

test("what `change` brings while it is being entered is what it goes on with", async () => {
  const { connection } = connect(accessOf("a"));
  queueMicrotask(() => connection.change(accessOf("b")));
  await pass();
  expect(lastLine().url).toBe("ws://x/ws/v1/session/s/user/b/pipe");
});

test("nobody hears a message after they have closed it, though they closed it because of that message", async () => {
  const { connection, told, heard, listener } = connect(accessOf("a"));
  await pass();
  listener.onReach = () => connection.close();
  lastLine().say(GREETING);
  expect([told, heard]).toEqual([["live", "closed"], []]);
});
