import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RevintError } from "./error.ts";
import type { HeardMessage } from "./message.ts";
import { Socket } from "./socket.ts";

/** A socket whose other end is the test: what takes minutes can't wait for a real one. */
class Line {
  static last: Line | undefined;
  readonly sent: string[] = [];
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  closedWith: number | undefined;

  constructor() {
    Line.last = this;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  say(data: string): void {
    this.readyState = 1;
    this.onmessage?.({ data });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function openSocket() {
  const messages: HeardMessage[] = [];
  const ends: RevintError[] = [];
  const socket = new Socket("ws://x", {
    onMessage: (message) => messages.push(message),
    onEnd: (error) => ends.push(error),
  });
  const line = Line.last;
  if (!line) throw new Error("no line");
  return { socket, line, messages, ends };
}

const GREETING = '{"type":"presence","participants":1}';

test("a socket that opens and says nothing is none", () => {
  const { line, ends } = openSocket();
  line.readyState = 1;
  vi.advanceTimersByTime(8000);
  expect(ends).toMatchObject([{ code: "network" }]);
  expect(line.closedWith).toBe(1000);
});

test("it pings every 30 s, however much is said, and lives as long as it is answered", () => {
  const { socket, line, ends, messages } = openSocket();
  line.say(GREETING);
  for (let second = 1; second <= 300; second++) {
    vi.advanceTimersByTime(1000);
    line.say(line.sent.length > 0 && second % 30 === 0 ? "pong" : GREETING);
  }
  expect(line.sent).toEqual(Array(10).fill("ping"));
  expect(ends).toEqual([]);
  expect(messages).toHaveLength(291);
  socket.close();
});

test("a ping without an answer within 10 s means dead", () => {
  const { line, ends } = openSocket();
  line.say(GREETING);
  vi.advanceTimersByTime(39_999);
  expect(ends).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ends).toHaveLength(1);
});

test("looked at, it finds out within 2 s, however often it is looked at meanwhile", () => {
  const { socket, line, ends } = openSocket();
  line.say(GREETING);
  for (let look = 0; look < 4; look++) {
    socket.probe();
    vi.advanceTimersByTime(500);
  }
  expect(line.sent).toEqual(["ping"]);
  expect(ends).toHaveLength(1);
});

test("looked at again after an answer, it asks again", () => {
  const { socket, line, ends } = openSocket();
  line.say(GREETING);
  socket.probe();
  line.say("pong");
  socket.probe();
  expect(line.sent).toEqual(["ping", "ping"]);
  line.say("pong");
  vi.advanceTimersByTime(10_000);
  expect(ends).toEqual([]);
  socket.close();
});

test("it ends once, and closed by us it ends silently", () => {
  const lost = openSocket();
  lost.line.onclose?.({ code: 1006 });
  lost.line.onerror?.();
  expect(lost.ends).toHaveLength(1);
  const closed = openSocket();
  closed.socket.close();
  closed.line.onclose?.({ code: 1000 });
  expect(closed.ends).toEqual([]);
});

test("what is said before it is open is lost and not thrown", () => {
  const { socket, line } = openSocket();
  socket.send({ type: "react", id: "1", page: "1", reaction: "👍" });
  expect(line.sent).toEqual([]);
  socket.close();
});

test("a socket that is told much pings as it reads, so that the service knows that somebody does", () => {
  const { socket, line } = openSocket();
  line.say(GREETING);
  for (let told = 0; told < 100; told++) line.say(`{"type":"later","text":"${"x".repeat(1000)}"}`);
  expect(line.sent).toEqual(["ping", "ping"]);
  line.say("pong");
  socket.close();
});
