import { expect, test } from "vitest";
import { createParticipant, type Role } from "../../shared/protocol/identity.ts";
import type { PersonRecord } from "./record.ts";

/** A store of people's records, as a test has it. */
interface RecordStore {
  /** Whose records it keeps. */
  readonly role: Role;
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** A session's records, as they are kept. */
  readonly list: (session: string) => Promise<readonly PersonRecord[]>;
}

/** What every store of people's records promises, and what a test of one needs besides. */
export function testRecords({ role, fetch, list }: RecordStore) {
  let sessions = 0;
  const headers = { "content-type": "application/json" };
  const request = (path: string, init?: RequestInit) => fetch(`http://store${path}`, init);

  /** A session of its own for each test. */
  const nameSession = () => `session-${++sessions}`.padEnd(18, "-");

  function createRecord(session: string, number: number): PersonRecord {
    const participant = createParticipant(role, 0, String(number).padStart(16, "0"));
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

  return { request, nameSession, createRecord, put };
}
