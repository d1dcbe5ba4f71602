import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { listJoinings } from "./joinings.ts";

let sessions = 0;
/** A session of its own for each test. */
const nameSession = () => `session-${++sessions}`.padEnd(18, "-");
const nameUsers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => createParticipant("user", 0, String(from + i).padStart(16, "0")));

const request = (path: string, method: string, json?: unknown) =>
  exports.default.fetch(`http://store${path}`, {
    method,
    ...(json !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(json),
    }),
  });
const since = Date.now();
const expiresAt = since + 3_600_000;
const join = (session: string, participants: string[]) =>
  request(`/session/${session}/people`, "POST", { participants, since, expiresAt });

async function list(session: string): Promise<string[]> {
  const names: string[] = [];
  for await (const [, joining] of listJoinings(env.USER_KV, session)) {
    expect(joining).toMatchObject({ since, expiresAt });
    names.push(...joining.participants);
  }
  return names.sort();
}

test("a room full of people who joined in one second is a few keys, and nobody is lost", async () => {
  const session = nameSession();
  const people = nameUsers(1001);
  expect((await join(session, people)).status).toBe(200);
  expect(await list(session)).toEqual(people);
  const { keys } = await env.USER_KV.list({ prefix: `${session}/` });
  expect(keys).toHaveLength(26);
  for (const { expiration } of keys) expect(expiration).toBe(Math.ceil(expiresAt / 1000));
});

test("one is forgotten alone, whoever joined with them; and all of one session, and of no other, together", async () => {
  const [session, other] = [nameSession(), nameSession()];
  const [first = "", second = "", third = "", ...rest] = nameUsers(30);
  await join(session, [first, second, third, ...rest]);
  const [alone = ""] = nameUsers(1, 30);
  await join(session, [alone]);
  await join(other, [first]);
  for (const name of [first, third, alone, "u0000nobodynobodynobo"]) {
    expect((await request(`/session/${session}/people/${name}`, "DELETE")).status).toBe(200);
  }
  expect(await list(session)).toEqual([second, ...rest]);
  const deleted = await request(`/session/${session}/people`, "DELETE");
  expect(await deleted.json()).toEqual({ left: false });
  expect(await list(session)).toEqual([]);
  expect(await list(other)).toEqual([first]);
});

test("who joined before people shared a key is found, and forgotten", async () => {
  const session = nameSession();
  const [old = "", young = ""] = nameUsers(2);
  const record = { session, participant: old, since, expiresAt };
  await env.USER_KV.put(`${session}/${old}`, JSON.stringify(record), { metadata: record });
  await join(session, [young]);
  expect(await list(session)).toEqual([old, young]);
  await request(`/session/${session}/people/${old}`, "DELETE");
  expect(await list(session)).toEqual([young]);
});

test("nobody at all, half a record and a name that is none are refused", async () => {
  const path = `/session/${nameSession()}/people`;
  for (const json of [
    { participants: [], since, expiresAt },
    { participants: nameUsers(1) },
    { participants: ["somebody"], since, expiresAt },
  ]) {
    expect((await request(path, "POST", json)).status).toBe(400);
  }
});
