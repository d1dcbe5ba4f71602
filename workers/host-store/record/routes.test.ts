import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DELETION_PAGE, PersonRecord } from "../../lib/record.ts";
import { testRecords } from "../../lib/test-records.ts";
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

const { request, nameSession, createRecord, put } = testRecords({
  role: "host",
  fetch: (url, init) => exports.default.fetch(url, init),
  list,
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
