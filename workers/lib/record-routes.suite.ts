import { exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createParticipant, type Role } from "../../shared/protocol/identity.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { type PersonRecord, RecordPage } from "./record.ts";

/** What a store of people's records promises; run by the tests of each Worker that is one. */
export function testRecordRoutes(role: Role): void {
  const fetch = (path: string, init?: RequestInit) => exports.default.fetch(`http://store${path}`, init);
  const headers = { "content-type": "application/json" };
  let sessions = 0;

  /** A session of its own for each test. */
  const nameSession = () => `session-${++sessions}`.padEnd(18, "-");

  function createRecord(session: string, number: number): PersonRecord {
    const participant = createParticipant(role, 0, String(number).padStart(16, "0"));
    const since = Date.now();
    return { session, participant, since, expiresAt: since + 3_600_000 };
  }

  const put = (record: PersonRecord, session = record.session) =>
    fetch(`/session/${session}/people/${record.participant}`, {
      method: "PUT",
      headers,
      body: JSON.stringify(record),
    });

  test("a record is put, got and listed", async () => {
    const record = createRecord(nameSession(), 1);
    expect((await put(record)).status).toBe(200);
    const got = await fetch(`/session/${record.session}/people/${record.participant}`);
    expect(await got.json()).toEqual(record);
    expect(await (await fetch(`/session/${record.session}/people`)).json()).toEqual({ records: [record] });
  });

  test("a list follows its cursor through every record of one session, and of no other", async () => {
    const session = nameSession();
    const records = Array.from({ length: 25 }, (_, number) => createRecord(session, number));
    await Promise.all([...records.map((record) => put(record)), put(createRecord(nameSession(), 1))]);
    const found: PersonRecord[] = [];
    let query = "?limit=10";
    for (let pages = 0; pages < 5; pages++) {
      const page = RecordPage.parse(await (await fetch(`/session/${session}/people${query}`)).json());
      found.push(...page.records);
      if (page.cursor === undefined) break;
      query = `?limit=10&cursor=${encodeURIComponent(page.cursor)}`;
    }
    expect(found).toEqual(records);
  });

  test("what is not there is not found", async () => {
    const { session, participant } = createRecord(nameSession(), 1);
    const response = await fetch(`/session/${session}/people/${participant}`);
    expect(response.status).toBe(404);
    expect(Problem.parse(await response.json())).toMatchObject({ code: "not_found" });
  });

  test("a record under another name is refused, and so is half a record", async () => {
    const record = createRecord(nameSession(), 1);
    expect((await put(record, nameSession())).status).toBe(400);
    const half = { method: "PUT", headers, body: JSON.stringify({ session: record.session }) };
    expect((await fetch(`/session/${record.session}/people/${record.participant}`, half)).status).toBe(400);
  });
}
