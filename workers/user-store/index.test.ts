import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { PersonRecord } from "../lib/record.ts";

/* What a store of people's records promises. */

const fetch = (path: string, init?: RequestInit) => exports.default.fetch(`http://store${path}`, init);
const headers = { "content-type": "application/json" };
let sessions = 0;

/** A session of its own for each test. */
const nameSession = () => `session-${++sessions}`.padEnd(18, "-");

function createRecord(session: string, number: number): PersonRecord {
  const participant = createParticipant("user", 0, String(number).padStart(16, "0"));
  const since = Date.now();
  return { session, participant, since, expiresAt: since + 3_600_000 };
}

const put = (record: PersonRecord, session = record.session) =>
  fetch(`/session/${session}/people/${record.participant}`, {
    method: "PUT",
    headers,
    body: JSON.stringify(record),
  });

/** A session's records, as they are kept. */
const list = async (session: string) => {
  const { keys } = await env.USER_KV.list({ prefix: `${session}/` });
  return keys.map(({ metadata }) => PersonRecord.parse(metadata));
};

test("a record is put, and its key tells it to whoever lists the keys", async () => {
  const record = createRecord(nameSession(), 1);
  expect((await put(record)).status).toBe(200);
  expect(await env.USER_KV.get(`${record.session}/${record.participant}`, "json")).toEqual(record);
  expect(await list(record.session)).toEqual([record]);
});

test("one is deleted alone, and all those of one session and of no other together", async () => {
  const session = nameSession();
  const people = Array.from({ length: 25 }, (_, number) => createRecord(session, number));
  const other = createRecord(nameSession(), 1);
  await Promise.all([...people, other].map((record) => put(record)));
  expect(await list(session)).toEqual(people);
  const [first, ...rest] = people;
  await fetch(`/session/${session}/people/${first?.participant}`, { method: "DELETE" });
  expect(await list(session)).toEqual(rest);
  const deleted = await fetch(`/session/${session}/people`, { method: "DELETE" });
  expect(await deleted.json()).toEqual({ left: false });
  expect(await list(session)).toEqual([]);
  expect(await list(other.session)).toEqual([other]);
});

test("a record under another name is refused, and so is half a record", async () => {
  const record = createRecord(nameSession(), 1);
  expect((await put(record, nameSession())).status).toBe(400);
  const half = { method: "PUT", headers, body: JSON.stringify({ session: record.session }) };
  expect((await fetch(`/session/${record.session}/people/${record.participant}`, half)).status).toBe(400);
});
