import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { test as plainTest, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Door } from "./door.ts";
import { VisitorReader } from "./visitor.ts";

/** What stands behind the door: any server; it is told what to answer. */
class Behind {
  readonly heard: { method: string; url: string; body: string }[] = [];
  readonly server: Server;
  readonly sockets = new WebSocketServer({ noServer: true });
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.end("hello");

  constructor() {
    this.server = createServer(async (request, response) => {
      const { method = "", url = "" } = request;
      this.heard.push({ method, url, body: await text(request) });
      this.answer(response, request);
    });
    this.server.on("upgrade", (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (ws) => this.sockets.emit("connection", ws));
    });
  }

  async listen(): Promise<URL> {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return new URL(`http://127.0.0.1:${(this.server.address() as AddressInfo).port}`);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

interface Scene {
  readonly behind: Behind;
  readonly door: Door;
  readonly port: number;
  readonly url: string;
  readonly lines: string[];
}

/** A door, and somebody behind it. */
const test = plainTest.extend<{ scene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads which fixtures this one needs
  scene: async ({}, use) => {
    const lines: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
    const behind = new Behind();
    const api = await behind.listen();
    const visitors = new VisitorReader({ trusted: [], publicUrl: "https://talks.example.org", isTls: false });
    const door = new Door({ visitors });
    const port = await door.listen({ host: "127.0.0.1", port: 0 });
    door.open(() => api);
    await use({ behind, door, port, url: `http://127.0.0.1:${port}`, lines });
    vi.restoreAllMocks();
    behind.close();
    await door.close(0).catch(() => {});
  },
});

test("a request goes through with its body and the address that its visitor opened", async ({
  scene,
  expect,
}) => {
  const answer = await fetch(`${scene.url}/a?b=c`, { method: "POST", body: "some words" });
  expect([answer.status, await answer.text()]).toEqual([200, "hello"]);
  const url = "https://talks.example.org/a?b=c";
  expect(scene.behind.heard).toEqual([{ method: "POST", url, body: "some words" }]);
});

test("what stands in a body never becomes a request of its own", async ({ scene, expect }) => {
  const hidden = "GET /hidden HTTP/1.1\r\nHost: x\r\nCF-Connecting-IP: 203.0.113.7\r\n\r\n";
  for (const method of ["DELETE", "GET", "OPTIONS"]) {
    const socket = connect(scene.port, "127.0.0.1");
    socket.write(
      `${method} /seen HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`,
    );
    expect(await text(socket)).toContain("hello");
  }
  await fetch(`${scene.url}/after`);
  const urls = scene.behind.heard.map(({ url, body }) => [new URL(url).pathname, body]);
  expect(urls).toEqual([...Array.from({ length: 3 }, () => ["/seen", hidden]), ["/after", ""]]);
});

test("what can't be read is refused, and the door stays open", async ({ scene, expect }) => {
  const odd = [
    "GET http://elsewhere/ HTTP/1.1",
    "GET * HTTP/1.1",
    "OPTIONS * HTTP/1.1",
    "GET /\u0001 HTTP/1.1",
  ];
  for (const line of odd) {
    const socket = connect(scene.port, "127.0.0.1");
    socket.write(`${line}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
  }
  expect((await fetch(scene.url)).status).toBe(200);
});

test("without anybody behind it, it says that the service is not there yet", async ({ scene, expect }) => {
  scene.behind.close();
  const answer = await fetch(`${scene.url}/healthz`);
  expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([
    503,
    "1",
    expect.objectContaining({ code: "unavailable", requestId: expect.stringMatching(/^[\w-]{36}$/) }),
  ]);
});

test("told to close, it lets what is on its way end, and takes nothing new", async ({ scene, expect }) => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<ServerResponse>();
  scene.behind.answer = begin;
  const answer = fetch(`${scene.url}/slow`);
  const response = await begun;
  const closed = scene.door.close(10_000);
  await expect(fetch(`${scene.url}/late`)).rejects.toThrow("fetch failed");
  response.end("done");
  expect(await (await answer).text()).toBe("done");
  await closed;
});

test("what does not end in time is cut off", async ({ scene, expect }) => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<ServerResponse>();
  scene.behind.answer = begin;
  const answer = fetch(`${scene.url}/never`);
  answer.catch(() => {});
  await begun;
  await scene.door.close(50);
  await expect(answer).rejects.toThrow("fetch failed");
});

test("told to close, it sends pipes and streams away to come back", async ({ scene, expect }) => {
  scene.behind.answer = (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("data: hello\n\n");
  };
  const [stream] = (await once(get(`${scene.url}/events`), "response")) as [IncomingMessage];
  const heard = text(stream);
  scene.behind.sockets.on("connection", (socket) => socket.on("message", (said) => socket.send(said)));
  const pipe = new WebSocket(`${scene.url.replace("http", "ws")}/pipe`);
  await once(pipe, "open");
  const long = "x".repeat(70_000);
  pipe.send(long);
  const [echo] = await once(pipe, "message");
  expect(String(echo)).toBe(long);
  const closing = once(pipe, "close");
  await scene.door.close(10_000);
  expect((await closing)[0]).toBe(1012);
  expect(await heard).toBe("data: hello\n\n");
});

test("its log names routes, and nobody", async ({ scene, expect }) => {
  await fetch(`${scene.url}/api/v1/session/secret-session/user/secret-uid/react?token=secret-token`);
  await fetch(`${scene.url}/healthz`);
  const line = await vi.waitFor(() => {
    expect(scene.lines).toHaveLength(1);
    return JSON.parse(scene.lines[0] ?? "");
  });
  expect(line).toEqual({
    time: expect.any(String),
    level: "info",
    event: "request",
    method: "GET",
    route: "/api/v1/session/:/user/:/react",
    status: 200,
    ms: expect.any(Number),
    requestId: expect.any(String),
  });
});

test("a port that is taken is said in plain words", async ({ scene, expect }) => {
  const visitors = new VisitorReader({ trusted: [], publicUrl: undefined, isTls: false });
  const door = new Door({ visitors });
  await expect(door.listen({ host: "127.0.0.1", port: scene.port })).rejects.toThrow(
    `Port ${scene.port} is taken: something else listens there. Choose another one: --port ${scene.port + 1}`,
  );
});
