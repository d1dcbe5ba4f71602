import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createParticipant } from "../../../shared/protocol/identity.ts";
import { DELETION_PAGE, PersonRecord } from "../../lib/record.ts";
import { findScans, recordStatements } from "../test-plans.ts";
import { deleteRecord, deleteRecordsOf, keepRecord } from "./records.ts";

/** A session's records, as they are kept. */
const list = async (session: string) => {
  const { results } = await env.HOST_DB.prepare(
    `SELECT session, participant, since, expires_at AS expiresAt FROM hosted
     WHERE session = ?1 ORDER BY participant`,
  )
    .bind(session)
    .all();
  return results.map((row) => PersonRecord.parse(row));
};

let sessions = 0;
const headers = { "content-type": "application/json" };
const request = (path: string, init?: RequestInit) => exports.default.fetch(`http://store${path}`, init);

/** A session of its own for each test. */
const nameSession = () => `session-${++sessions}`.padEnd(18, "-");

function createRecord(session: string, number: number): PersonRecord {
  const participant = createParticipant("host", 0, String(number).padStart(16, "0"));
  const since = Date.now();
  return { session, participant, since, expiresAt: since + 3_600_000 };
}

const put = (record: PersonRecord, session = record.session) =>
  request(`/session/${session}/people/${record.participant}`, {
    method: "PUT",
    headers,
    body: JSON.stringify(record),
  });

test("a record is put, and put again it is the later one", async () => {
  const record = createRecord(nameSession(), 1);
  expect((await put(record)).status).toBe(200);
  expect(await list(record.session)).toEqual([record]);
  const later = { ...record, since: record.since + 1 };
  expect((await put(later)).status).toBe(200);
  expect(await list(record.session)).toEqual([later]);
});

test("one is deleted alone, and all those of one session and of no other together", async () => {
  const session = nameSession();
  const people = Array.from({ length: 25 }, (_, number) => createRecord(session, number));
  const other = createRecord(nameSession(), 1);
  await Promise.all([...people, other].map((record) => put(record)));
  expect(await list(session)).toEqual(people);
  const [first, ...rest] = people;
  await request(`/session/${session}/people/${first?.participant}`, { method: "DELETE" });
  expect(await list(session)).toEqual(rest);
  const deleted = await request(`/session/${session}/people`, { method: "DELETE" });
  expect(await deleted.json()).toEqual({ left: false });
  expect(await list(session)).toEqual([]);
  expect(await list(other.session)).toEqual([other]);
});

test("a record under another name is refused, and so is half a record", async () => {
  const record = createRecord(nameSession(), 1);
  expect((await put(record, nameSession())).status).toBe(400);
  const half = { method: "PUT", headers, body: JSON.stringify({ session: record.session }) };
  const path = `/session/${record.session}/people/${record.participant}`;
  expect((await request(path, half)).status).toBe(400);
});

test("more than one call takes go by and by, and what has ended goes when somebody else comes", async () => {
  const session = nameSession();
  const insert = env.HOST_DB.prepare("INSERT INTO hosted VALUES (?1, ?2, 1, ?3)");
  const people = Array.from({ length: DELETION_PAGE + 1 }, (_, number) => createRecord(session, number));
  await env.HOST_DB.batch(
    people.map(({ participant, expiresAt }) => insert.bind(session, participant, expiresAt)),
  );
  const remove = async () =>
    (await request(`/session/${session}/people`, { method: "DELETE" })).json<{ left: boolean }>();
  expect(await remove()).toEqual({ left: true });
  expect(await remove()).toEqual({ left: false });
  expect(await remove()).toEqual({ left: false });

  const ended = createRecord(nameSession(), 1);
  await insert.bind(ended.session, ended.participant, Date.now() - 1).run();
  const lasting = createRecord(nameSession(), 1);
  await put(lasting);
  expect([await list(ended.session), await list(lasting.session)]).toEqual([[], [lasting]]);
});

test("no statement walks through the table", async () => {
  const { db, statements } = recordStatements(env.HOST_DB);
  const record = createRecord(nameSession(), 1);
  await keepRecord(db, record, Date.now());
  await deleteRecord(db, record);
  await deleteRecordsOf(db, record.session);
  expect(statements.size).toBeGreaterThan(3);
  for (const sql of statements) expect([sql, await findScans(env.HOST_DB, sql)]).toEqual([sql, []]);
});
