import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProblemCode } from "../shared/protocol/problem.ts";
import { PROBLEMS } from "../shared/protocol/problem.ts";
import { joinSession, type Session, type UserSession } from "../web/client/index.ts";

/*
 * Answers that a healthy service hardly ever gives: a server that says what the test wants.
 * Everything goes over HTTP; the real service has its stories in client.test.ts.
 */

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The first answers of each kind of request; when they are used up, the service is a healthy one. */
interface Script {
  info: Answer[];
  login: Answer[];
  events: Answer[];
  react: Answer[];
}

let server: Server;
let url: string;
let script: Script;
/** Kind, uid and id of every request, in order. */
let requests: { kind: keyof Script; uid: string | undefined; id: string | undefined }[];
let streams: ServerResponse[];
let session: UserSession | undefined;

beforeEach(async () => {
  script = { info: [], login: [], events: [], react: [] };
  requests = [];
  streams = [];
  server = createServer(serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
});
afterEach(async () => {
  session?.close();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

function serve(request: IncomingMessage, response: ServerResponse): void {
  const kind = getKind(request.url ?? "");
  const { "x-session-uid": uid, "idempotency-key": id } = request.headers;
  requests.push({ kind, uid: uid?.toString(), id: id?.toString() });
  request.resume();
  (script[kind].shift() ?? healthy[kind])(request, response);
}

function getKind(path: string): keyof Script {
  if (path.endsWith("/login")) return "login";
  if (path.endsWith("/events")) return "events";
  return path.endsWith("/react") ? "react" : "info";
}

const json =
  (body: unknown, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

const problem =
  (code: ProblemCode, retryAfter?: number): Answer =>
  (_, response) => {
    const { status } = PROBLEMS[code];
    const headers = {
      "content-type": "application/problem+json",
      ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
    };
    response.writeHead(status, headers).end(JSON.stringify({ code, detail: "no", status, requestId: "r1" }));
  };

const page =
  (status: number): Answer =>
  (_, response) => {
    response.writeHead(status, { "content-type": "text/html" }).end("<h1>Sign in to this network</h1>");
  };

const drop: Answer = (request) => request.socket.destroy();

const say = (stream: ServerResponse, ...messages: (object | string)[]) => {
  for (const message of messages) {
    stream.write(`data: ${typeof message === "string" ? message : JSON.stringify(message)}\n\n`);
  }
};

const greet: Answer = (_, response) => {
  streams.push(response);
  response.writeHead(200, { "content-type": "text/event-stream" });
  say(response, { type: "state_change", page: "1", state: "", version: 5 });
};

const facts = { name: "n", date: "d", reactions: [], apiUrl: "http://a", webUiUrl: "http://b" };
const healthy: Record<keyof Script, Answer> = {
  info: json({ sessionUid: "s", token: "audience", userToken: "audience", ...facts }),
  login: json({ uid: "u1", token: "audience" }),
  events: greet,
  react: json({ success: true }),
};

function join(storage: Parameters<typeof joinSession>[1]["storage"] = null): UserSession {
  session = joinSession("s", { apiUrl: `${url}/`, transport: "events", storage });
  return session;
}

const next = (one: Session, name: "state" | "kept" | "end" | "connection"): Promise<unknown> =>
  new Promise((resolve) => {
    const stop = one.on(name, (value) => {
      stop();
      resolve(value);
    });
  });

describe("the end of a session", () => {
  test("said on a stream is told, closes, and refuses what waits", async () => {
    const user = join();
    await user.ready;
    script.react = [problem("unavailable", 30)];
    user.react("👍");
    const refused: string[] = [];
    user.on("refused", ({ error }) => refused.push(error.code));
    const ended = next(user, "end");
    const [stream] = streams;
    if (stream) say(stream, { type: "end" });
    await ended;
    expect(user.connection).toBe("closed");
    expect(refused).toEqual(["session_ended"]);
  });

  test("before it began is no other: ready rejects with session_ended", async () => {
    script.info = [problem("session_ended")];
    const user = join();
    const ended = next(user, "end");
    await expect(user.ready).rejects.toMatchObject({ code: "session_ended", status: 410, requestId: "r1" });
    await ended;
  });

  test("while it was away is found out when it comes back", async () => {
    const user = join();
    await user.ready;
    const ended = next(user, "end");
    script.events = [problem("session_ended")];
    streams[0]?.destroy();
    await ended;
  });
});

describe("trying again", () => {
  test("helps against a busy service, a lost network, and a portal's page", async () => {
    script.info = [problem("unavailable")];
    script.login = [page(200)];
    script.events = [drop];
    const user = join();
    await user.ready;
    expect(user.state).toMatchObject({ page: "1", version: 5 });
    // A look-up before every login: the token is never older than the uid.
    expect(requests.map(({ kind }) => kind)).toEqual([
      ...["info", "info", "login", "info", "login"],
      ...["events", "events"],
    ]);
  });

  test("does not help against a page that says 404: this is no API", async () => {
    script.info = [page(404)];
    await expect(join().ready).rejects.toMatchObject({ code: "invalid_answer", status: 404 });
  });

  test("opens a lost stream anew, without joining again, and older states are passed over", async () => {
    const user = join();
    await user.ready;
    const back = next(user, "connection").then(() => next(user, "connection"));
    streams[0]?.end();
    expect(await back).toBe("fallback");
    const [, second] = streams;
    const states: number[] = [];
    user.on("state", ({ version }) => states.push(version));
    const changed = next(user, "state");
    if (second) {
      say(second, { type: "state_change", page: "9", state: "", version: 4 }, "no message", { type: "news" });
      say(second, { type: "state_change", page: "2", state: "", version: 6 });
    }
    await changed;
    expect(states).toEqual([6]);
    expect(requests.filter(({ kind }) => kind === "login")).toHaveLength(1);
  });

  test("joins anew, as someone new, when the service no longer knows the uid", async () => {
    const items = new Map<string, string>([[`revint:${url}:s:uid`, "old"]]);
    script.events = [problem("not_participant")];
    script.login = [json({ uid: "old", token: "audience" })];
    const user = join({
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    });
    await user.ready;
    const logins = requests.filter(({ kind }) => kind === "login");
    expect(logins.map(({ uid }) => uid)).toEqual(["old", undefined]);
    expect(items.get(`revint:${url}:s:uid`)).toBe("u1");
  });

  test("ends where joining anew did not help either", async () => {
    script.events = [problem("not_participant"), problem("not_participant")];
    await expect(join().ready).rejects.toMatchObject({ code: "not_participant" });
  });
});

describe("a reaction over HTTP", () => {
  test("goes again with the same id until there is an answer", async () => {
    script.react = [drop, problem("unavailable", 0), page(502), problem("rate_limited", 0)];
    const user = join();
    const { id } = user.react("👍");
    expect(await next(user, "kept")).toMatchObject({ id });
    const sent = requests.filter(({ kind }) => kind === "react");
    expect(sent.map((request) => request.id)).toEqual(Array(5).fill(id));
    expect(sent.every(({ uid }) => uid === "u1")).toBe(true);
  });

  test("that is refused for good is told, with the code", async () => {
    script.react = [problem("conflict")];
    const user = join();
    const refused = new Promise((resolve) => user.on("refused", resolve));
    const reaction = user.react("👍");
    expect(await refused).toMatchObject({ reaction, error: { code: "conflict", status: 409 } });
  });
});

test("whoever closes before it is ready hears so, and nothing more is sent", async () => {
  const user = join();
  user.close();
  await expect(user.ready).rejects.toMatchObject({ code: "network" });
  expect(user.connection).toBe("closed");
  expect(user.react("👍").page).toBe("0");
  expect(user.pending).toHaveLength(1);
});

test("an address that is none is the caller's mistake", () => {
  expect(() => joinSession("s", { apiUrl: "no url" })).toThrow(TypeError);
});
