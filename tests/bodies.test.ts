import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BenchSession, Participant, Revint } from "../bench/revint.ts";
import { Stage } from "../bench/stage.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import { Problem } from "../shared/protocol/problem.schema.ts";

// The runtime itself: what stands in front of it elsewhere takes the bodies of GETs away.
let stage: Stage;
let revint: Revint;
let session: BenchSession;
let host: Participant;
let user: Participant;
let path: string;

const join = async (): Promise<Participant> => {
  const [person] = await session.join(1);
  if (!person) throw new Error("nobody joined");
  return person;
};

beforeAll(async () => {
  stage = await Stage.open();
  revint = await stage.startRevint();
  session = await revint.host();
  host = session.host;
  user = await join();
  path = `/api/v1/session/${session.sessionUid}`;
});
afterAll(() => stage.close());

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly as?: Participant;
  readonly headers?: Record<string, string>;
  readonly chunks?: readonly (string | Uint8Array)[];
}

/** One request as nobody but an attacker, or a broken client, makes it: fetch gives a GET no body. */
function send({ method, path, as, headers, chunks = [] }: Sent) {
  return new Promise<{ status: number; code: string | undefined }>((resolve, reject) => {
    const asked = request(new URL(path, `http://127.0.0.1:${revint.port}`), {
      method,
      // A connection with something left unread is not used again.
      agent: false,
      headers: { ...(as && { "x-session-token": as.token, "x-session-uid": as.uid }), ...headers },
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      const { statusCode: status = 0 } = response;
      // A stream of events never ends: its head has said it all.
      if (response.headers["content-type"]?.startsWith("text/event-stream")) {
        asked.destroy();
        resolve({ status, code: undefined });
        return;
      }
      const read: Buffer[] = [];
      response.on("data", (chunk: Buffer) => read.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(read).toString();
        const problem = status >= 400 && text !== "" ? Problem.parse(JSON.parse(text)) : undefined;
        resolve({ status, code: problem?.code });
      });
    });
    for (const chunk of chunks) asked.write(chunk);
    asked.end();
  });
}

const bodies: [string, Pick<Sent, "headers" | "chunks">][] = [
  ["a chunked body", { headers: { "transfer-encoding": "chunked" }, chunks: ['{"page"', ':"1"}'] }],
  ["an empty chunked body", { headers: { "transfer-encoding": "chunked" } }],
  ["a body with a length", { headers: { "content-length": "4" }, chunks: ["null"] }],
  ["the length of a body, 0", { headers: { "content-length": "0" } }],
  [
    "a body over the limit",
    { headers: { "transfer-encoding": "chunked" }, chunks: ["x".repeat(LIMITS.bodyBytes), "more"] },
  ],
];

/** Every route that takes no body, but for the pipes: what they answer to a request is one thing, 426. */
const routes: [string, () => Sent | Promise<Sent>][] = [
  ["the look-up", () => ({ method: "GET", path })],
  ["the look-up's head", () => ({ method: "HEAD", path })],
  ["the state", () => ({ method: "GET", path: `${path}/state`, as: user })],
  ["the state's head", () => ({ method: "HEAD", path: `${path}/state`, as: user })],
  ["the counts", () => ({ method: "GET", path: `${path}/reactions`, as: user })],
  ["the rules", () => ({ method: "GET", path: `${path}/rules`, as: host })],
  ["the co-hosts", () => ({ method: "GET", path: `${path}/hosts`, as: host })],
  ["the overlays", () => ({ method: "GET", path: `${path}/overlays`, as: host })],
  ["the timeline", () => ({ method: "GET", path: `${path}/timeline`, as: host })],
  ["the export", () => ({ method: "GET", path: `${path}/reactions/export`, as: host })],
  ["the export's head", () => ({ method: "HEAD", path: `${path}/reactions/export`, as: host })],
  ["the events", async () => ({ method: "GET", path: `${path}/events`, as: await join() })],
  ["the events' head", () => ({ method: "HEAD", path: `${path}/events`, as: user })],
  ["a pipe without an upgrade", () => ({ method: "GET", path: pipePath() })],
  [
    "a reaction in the path",
    () => ({ method: "POST", path: `${path}/user/${user.uid}/react/0/x`, as: user }),
  ],
  ["a state in the path", () => ({ method: "POST", path: `${path}/state/0/init`, as: host })],
  ["taking over", () => ({ method: "POST", path: `${path}/driver`, as: host })],
  ["unblocking", () => ({ method: "POST", path: `${path}/user/${user.uid.slice(0, 21)}/unblock`, as: host })],
  ["removing nobody", () => ({ method: "DELETE", path: `${path}/hosts/h0000${"0".repeat(16)}`, as: host })],
  [
    "revoking no overlay",
    () => ({ method: "DELETE", path: `${path}/overlays/o0000${"0".repeat(16)}`, as: host }),
  ],
  ["being forgotten", () => ({ method: "DELETE", path: `${path}/user/${user.uid}`, as: host })],
  ["deleting as a user", () => ({ method: "DELETE", path, as: user })],
  ["ending as a user", () => ({ method: "POST", path: `${path}/end`, as: user })],
  ["revoking as a user", () => ({ method: "POST", path: `${path}/revoke`, as: user })],
  ["a wrong method", () => ({ method: "PUT", path: `${path}/state`, as: host })],
  ["an unknown path", () => ({ method: "GET", path: "/api/v1/nothing" })],
  ["an unknown path's removal", () => ({ method: "DELETE", path: "/api/v1/nothing" })],
];
const pipePath = () => `/ws/v1${path.slice("/api/v1".length)}/user/${user.uid}/pipe`;

describe.each(routes)("no body belongs to %s", (_, route) => {
  test("so that one is not read: the answer is the same", async () => {
    const expected = await send(await route());
    expect(expected.status).toBeLessThan(500);
    for (const [what, body] of bodies) {
      expect(await send({ ...(await route()), ...body }), what).toEqual(expected);
    }
  });
});

describe("a body that belongs", () => {
  const asked = () => ({
    method: "POST",
    path: `${path}/state`,
    as: host,
    headers: { "content-type": "application/json", "transfer-encoding": "chunked" },
  });

  test.each([
    ["a broken character", [0xc3, 0x28]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["Latin-1", [0xe9]],
  ])("is UTF-8: %s is refused", async (_, bytes) => {
    const chunks = ['{"page":"1","state":"', Buffer.from(bytes), '"}'];
    expect(await send({ ...asked(), chunks })).toEqual({ status: 400, code: "invalid_request" });
  });

  test("may come in chunks, up to its limit", async () => {
    const chunks = ['{"page":"1",', '"state":"é"}'];
    expect(await send({ ...asked(), chunks })).toMatchObject({ status: 200 });
    const more = [...chunks, " ".repeat(LIMITS.bodyBytes)];
    expect(await send({ ...asked(), chunks: more })).toMatchObject({ code: "too_large" });
  });
});

test("none of all this was a 500", () => {
  expect(revint.workerd.log).not.toContain('"stack"');
});
