import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ExportRow } from "../shared/protocol/export.schema.ts";
import { getRoom, splitUid } from "../shared/protocol/identity.ts";
import { NewSessionAnswer } from "../shared/protocol/session.schema.ts";
import { TimelineAnswer } from "../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { startSession } from "./started-session.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" } });
});
afterAll(() => revint.close());

async function start(more?: Record<string, unknown>) {
  const session = await startSession(revint, more);
  const { path, asHost } = session;
  return {
    ...session,
    timeline: async (query = "") =>
      read(TimelineAnswer, await revint.request("GET", `${path}/timeline${query}`, asHost)),
    export: async (query = "") => {
      const response = await revint.request("GET", `${path}/reactions/export${query}`, asHost);
      if (!response.ok) throw new Error(await response.text());
      return response.text();
    },
  };
}

const rowsOf = (ndjson: string) =>
  ndjson
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ExportRow.parse(JSON.parse(line)));

/** A session with people in several rooms who react on two titled pages. */
async function talk() {
  const session = await start({ expectedAudience: 20 });
  const people = await Promise.all(Array.from({ length: 20 }, session.join));
  await session.setState("1.0", JSON.stringify({ title: "Hello" }));
  await Promise.all(people.map((person) => session.react(person, "1.0", "👍")));
  await session.setState("2.0", JSON.stringify({ title: '=SUM(1,2) "quoted"' }));
  await Promise.all(people.slice(0, 5).map((person) => session.react(person, "2.0", "-so, so")));
  await expect.poll(async () => (await session.totals()).total).toBe(25);
  return { ...session, people };
}

describe("the timeline", () => {
  test("tells when the deck stood where, and what people did there; it agrees with totals and export", async () => {
    const session = await talk();
    const timeline = await session.timeline("?bucket=1");
    expect(timeline.pages.map(({ page, title, total }) => ({ page, title, total }))).toEqual([
      { page: "0", title: null, total: 0 },
      { page: "1.0", title: "Hello", total: 20 },
      { page: "2.0", title: '=SUM(1,2) "quoted"', total: 5 },
    ]);
    expect(timeline.total).toBe(25);
    const [first, second, third] = timeline.pages.map(({ dwell }) => dwell[0]);
    expect(first?.from).toBe(timeline.from);
    expect(first?.until).toBe(second?.from);
    expect(third?.until).toBe(timeline.until);

    const rows = rowsOf(await session.export());
    const { pages } = await session.totals();
    for (const { page, total } of timeline.pages) {
      expect(rows.filter((row) => row.page === page)).toHaveLength(total);
      expect(Object.values(pages[page] ?? {}).reduce((a, b) => a + b, 0)).toBe(total);
    }
  });

  test("shows how many people were there", async () => {
    const session = await start();
    const { uid } = await session.join();
    const host = await session.pipe(session.hostUid);
    await session.pipe(uid);
    await host.until(() => host.last("presence")?.participants === 1);
    await expect.poll(async () => (await session.timeline()).people.length).toBeGreaterThan(0);
  });

  test("refuses a bucket that makes too many, and chooses one by itself", async () => {
    const session = await start();
    expect((await session.timeline()).bucket).toBe(1);
    const response = await revint.request("GET", `${session.path}/timeline?bucket=0`, session.asHost);
    expect(await readProblem(response)).toMatchObject({ code: "invalid_request" });
  });

  test("has a few bucket sizes for users, who can't ask past what was read already; hosts have any", async () => {
    const session = await talk();
    await revint.request("POST", `${session.path}/rules`, {
      ...session.asHost,
      json: { publicResults: true },
    });
    const [person] = session.people;
    const asPerson = async (query: string) =>
      read(TimelineAnswer, await revint.request("GET", `${session.path}/timeline${query}`, person));
    const asked = Array.from({ length: 86_400 / 1200 }, (_, index) => 1 + index * 1200);
    const answers = await Promise.all(asked.map((bucket) => asPerson(`?bucket=${bucket}`)));
    expect(new Set(answers.map(({ bucket }) => bucket))).toEqual(
      new Set([1, 1800, 3600, 7200, 14_400, 43_200, 86_400]),
    );
    expect((await session.timeline("?bucket=7")).bucket).toBe(7);
    expect((await asPerson("?bucket=7")).bucket).toBe(10);
  });

  test("that everyone may see is soon up to date, for hosts at once, and closed when they close it", async () => {
    const session = await talk();
    const [person] = session.people;
    if (!person) throw new Error("nobody");
    const openResults = (publicResults: boolean) =>
      revint.request("POST", `${session.path}/rules`, { ...session.asHost, json: { publicResults } });
    const ask = (query = "") => revint.request("GET", `${session.path}/timeline${query}`, person);
    const asPerson = async (query?: string) => read(TimelineAnswer, await ask(query));
    await openResults(true);
    expect((await asPerson()).total).toBe(25);
    await session.react(person, "1.0", "👍");
    expect((await session.timeline()).total).toBe(26);
    expect((await asPerson("?bucket=5")).total).toBe(26);
    await openResults(false);
    for (const query of ["", "?bucket=5"]) {
      expect(await readProblem(await ask(query))).toMatchObject({ code: "not_public" });
    }
    await openResults(true);
    expect((await asPerson()).total).toBe(26);
    await session.react(person, "1.0", "👍");
    await expect.poll(async () => (await asPerson()).total, { interval: 500 }).toBe(27);
    expect((await asPerson()).endedAt).toBeNull();
    await revint.request("POST", `${session.path}/end`, session.asHost);
    expect((await asPerson()).endedAt).not.toBeNull();
    await revint.host(session.token, { restart: true });
    expect(await readProblem(await ask())).toMatchObject({ code: "not_public" });
    await openResults(true);
    expect((await asPerson()).total).toBe(0);
    await revint.request("DELETE", session.path, session.asHost);
    expect(await readProblem(await ask())).toMatchObject({ code: "session_not_found" });
  });
});

describe("the export", () => {
  test("has every reaction with its title, and participants as numbers that lead to no uid", async () => {
    const session = await talk();
    const text = await session.export();
    const rows = rowsOf(text);
    expect(rows).toHaveLength(25);
    expect(new Set(rows.map(({ participant }) => participant)).size).toBe(20);
    expect(rows.find(({ page }) => page === "1.0")?.title).toBe("Hello");
    for (const { uid } of session.people) expect(text).not.toContain(splitUid(uid).participant);
    const again = new Set(rowsOf(await session.export()).map(({ participant }) => participant));
    expect(rows.some(({ participant }) => again.has(participant))).toBe(false);
  });

  test("as CSV opens in a spreadsheet: BOM, quotes, no formulas", async () => {
    const session = await talk();
    const response = await revint.request(
      "GET",
      `${session.path}/reactions/export?format=csv`,
      session.asHost,
    );
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split("\r\n");
    expect(lines[0]).toBe("time,page,title,reaction,participant,cursor");
    expect(lines).toHaveLength(27);
    expect(lines.some((line) => line.includes(`,2.0,"'=SUM(1,2) ""quoted""","'-so, so",`))).toBe(true);
  });

  test("taken in a burst and continued from its cursor gives each reaction once", async () => {
    const session = await start({ expectedAudience: 20 });
    const people = await Promise.all(Array.from({ length: 20 }, session.join));
    let sent = 0;
    const burst = Promise.all(
      people.map(async (person, i) => {
        for (let n = 0; n < 15; n++) {
          await session.react(person, "1", "x", `${i}-${n}`);
          sent++;
        }
      }),
    );
    const rows: ExportRow[] = [];
    const goOn = async () => {
      const cursor = rows.at(-1)?.cursor;
      const more = rowsOf(await session.export(cursor === undefined ? "" : `?cursor=${cursor}`));
      // As if the download had been cut somewhere.
      rows.push(...more.slice(0, Math.max(1, Math.ceil(more.length / 2))));
      return more.length;
    };
    while (sent < 300) await goOn();
    await burst;
    await expect.poll(goOn, { interval: 50 }).toBe(0);
    expect(rows).toHaveLength(300);
    expect(new Set(rows.map(({ cursor }) => cursor)).size).toBe(300);
    expect(new Set(rows.map(({ participant }) => participant)).size).toBe(20);
  });

  test("and the timeline are the host's, until the host opens them", async () => {
    const session = await talk();
    const [person] = session.people;
    for (const what of ["timeline", "reactions/export"]) {
      const response = await revint.request("GET", `${session.path}/${what}`, person);
      expect(await readProblem(response)).toMatchObject({ code: "not_public" });
    }
    await revint.request("POST", `${session.path}/rules`, {
      ...session.asHost,
      json: { publicResults: true },
    });
    for (const what of ["timeline", "reactions/export"]) {
      expect((await revint.request("GET", `${session.path}/${what}`, person)).status).toBe(200);
    }
  });

  test("goes on from cursors of its own alone: none can be made up, edited, or brought from elsewhere", async () => {
    const [session, other] = [await talk(), await talk()];
    const [row] = rowsOf(await session.export());
    const [foreign] = rowsOf(await other.export());
    if (!row || !foreign) throw new Error("nothing was exported");
    const [salt = "", since, until, room, seq, index, tag = ""] = row.cursor.split(".");
    const ahead = Date.now() + 60_000;
    const wrong = [
      [salt, since, ahead, room, seq, index, tag],
      [salt, ahead, until, room, seq, index, tag],
      [foreign.cursor.split(".")[0], since, until, room, seq, index, tag],
      [salt, since, until, room, seq, index, `${tag.slice(0, -1)}${tag.endsWith("A") ? "B" : "A"}`],
      [salt, since, until, room, seq, index, "A".repeat(11)],
      [salt, since, until, room, seq, index],
      [salt, `1${since}`, until, room, seq, index, tag],
    ].map((parts) => parts.join("."));
    for (const cursor of [...wrong, foreign.cursor]) {
      const where = `${session.path}/reactions/export?cursor=${cursor}`;
      const problem = await readProblem(await revint.request("GET", where, session.asHost));
      expect(problem.code, cursor).toBe("invalid_request");
      expect(problem.detail).toContain("not a cursor of this session");
    }
    // Another place in the same window is not worth a proof: it leads nowhere that the export does not.
    const moved = [salt, since, until, 0, 0, 0, tag].join(".");
    expect(rowsOf(await session.export(`?cursor=${moved}`))).toHaveLength(25);
    expect(rowsOf(await session.export(`?cursor=${row.cursor}`))).toHaveLength(24);
  });

  test("refuses a made-up cursor and an unknown format", async () => {
    const session = await start();
    for (const query of ["?cursor=x", "?format=xml"]) {
      const response = await revint.request(
        "GET",
        `${session.path}/reactions/export${query}`,
        session.asHost,
      );
      expect(await readProblem(response)).toMatchObject({ code: "invalid_request" });
    }
  });
});

describe("ending a session", () => {
  test("says end to every pipe, takes nothing more, and keeps the results", async () => {
    const session = await talk();
    const pipes = await Promise.all(
      [session.hostUid, ...session.people.map(({ uid }) => uid)].map(session.pipe),
    );
    const ended = await read(
      SessionTotals,
      await revint.request("POST", `${session.path}/end`, session.asHost),
    );
    expect(ended).toMatchObject({ total: 25, participants: 20 });
    for (const pipe of pipes) {
      expect((await pipe.closed).code).toBe(1000);
      expect(pipe.heard.at(-1)).toEqual({ type: "end" });
    }
    const [person] = session.people;
    if (!person) throw new Error("nobody");
    const refused = await Promise.all([
      session.react(person, "1.0", "👍"),
      session.setState("3.0"),
      revint.request("POST", `${session.path}/login`, { token: person.token }),
    ]);
    for (const response of refused)
      expect(await readProblem(response)).toMatchObject({ code: "session_ended" });
    expect(await session.totals()).toEqual(ended);
    expect((await session.timeline()).total).toBe(25);
    expect(rowsOf(await session.export())).toHaveLength(25);
    const again = await read(
      SessionTotals,
      await revint.request("POST", `${session.path}/end`, session.asHost),
    );
    expect(again).toEqual(ended);
    const resumed = await revint.host(session.token);
    expect(resumed.endedAt).not.toBeNull();
  });

  test("lets the host open the results afterwards, also to people who were not there", async () => {
    const session = await talk();
    await revint.request("POST", `${session.path}/end`, session.asHost);
    const info = z
      .object({ token: z.string() })
      .parse(await (await revint.request("GET", session.path)).json());
    const login = () => revint.request("POST", `${session.path}/login`, { token: info.token });
    expect(await readProblem(await login())).toMatchObject({ code: "session_ended" });
    const json = { publicResults: true, paused: true };
    const rules = await revint.request("POST", `${session.path}/rules`, { ...session.asHost, json });
    expect(await rules.json()).toMatchObject({ publicResults: true, paused: false });
    const late = z.object({ uid: z.string(), token: z.string() }).parse(await (await login()).json());
    expect((await revint.request("GET", `${session.path}/timeline`, late)).status).toBe(200);
    expect(await readProblem(await session.react(late, "1", "x"))).toMatchObject({ code: "session_ended" });
  });

  test("while 100 people react loses no ack: what was acknowledged is in the results", async () => {
    const session = await start({ expectedAudience: 100 });
    const people = await Promise.all(Array.from({ length: 100 }, session.join));
    const acked: number[] = [];
    const statuses = new Set<number>();
    const burst = people.map(async (person) => {
      for (let n = 0; n < 10; n++) {
        const { status } = await session.react(person, "1", "x");
        statuses.add(status);
        if (status === 200) acked.push(n);
        else return;
      }
    });
    await expect.poll(() => acked.length).toBeGreaterThan(100);
    const end = () => revint.request("POST", `${session.path}/end`, session.asHost);
    let ended = await end();
    while (ended.status === 503) ended = await end();
    const final = await read(SessionTotals, ended);
    await Promise.all(burst);
    expect(final.total).toBe(acked.length);
    expect(statuses).toEqual(new Set([200, 410]));
    expect(rowsOf(await session.export())).toHaveLength(acked.length);
  });

  test("can be taken back by a restart", async () => {
    const session = await talk();
    await revint.request("POST", `${session.path}/end`, session.asHost);
    const restarted = await revint.host(session.token, { restart: true });
    expect(restarted).toMatchObject({ sessionUid: session.sessionUid, resumed: true, endedAt: null });
    const person = await session.join();
    expect((await session.react(person, "1", "x")).status).toBe(200);
    await expect.poll(async () => (await session.totals()).total).toBe(1);
  });

  test("is the host's alone", async () => {
    const session = await start();
    const person = await session.join();
    for (const [method, what] of [
      ["POST", "end"],
      ["DELETE", ""],
      ["POST", "rules"],
      ["GET", "hosts"],
      ["POST", "hosts"],
      ["POST", "driver"],
      ["POST", `user/${splitUid(person.uid).participant}/block`],
    ] as const) {
      const path = what === "" ? session.path : `${session.path}/${what}`;
      const json = { role: "presenter" };
      const response = await revint.request(method, path, { ...person, ...(method === "POST" && { json }) });
      expect(await readProblem(response)).toMatchObject({ code: "not_host" });
    }
  });
});

describe("forgetting", () => {
  test("a session erases it in every store, also while people react", async () => {
    const session = await start({ expectedAudience: 20 });
    const users = await Promise.all(Array.from({ length: 20 }, session.join));
    await expect.poll(() => revint.countRecords(session.hash, "users")).toBe(20);
    const statuses = new Set<number>();
    const burst = users.map(async (person) => {
      for (let n = 0; n < 10; n++) statuses.add((await session.react(person, "1", "x")).status);
    });
    await expect.poll(() => statuses.has(200)).toBe(true);
    const remove = () => revint.request("DELETE", session.path, { token: session.token });
    await expect.poll(async () => (await remove()).status).toBe(204);
    await Promise.all(burst);
    expect([...statuses].every((status) => [200, 404, 429].includes(status))).toBe(true);
    expect((await remove()).status).toBe(204);

    expect(await readProblem(await revint.request("GET", session.path))).toMatchObject({
      code: "session_not_found",
    });
    expect(await revint.countRecords(session.hash, "users")).toBe(0);
    expect(await revint.countRecords(session.hash, "hosts")).toBe(0);
    for (let room = 0; room < 4; room++) {
      const ledger = await revint.ledger(session.hash, room);
      expect((await ledger.list({ interaction: "reaction", limit: 1000 })).entries).toEqual([]);
    }
    const anew = await revint.request("POST", "/api/v1/session/new", {
      token: session.token,
      json: { apiUrl: revint.url, webUiUrl: revint.url },
    });
    expect(anew.status).toBe(200);
    expect((await read(NewSessionAnswer, anew)).sessionUid).toBe(session.sessionUid);
    expect(await session.totals().catch(String)).toMatchObject({ total: 0 });
  });

  test("a participant leaves the counts, and nothing that says whose they were", async () => {
    const session = await start();
    const [person, other] = [await session.join(), await session.join()];
    const name = splitUid(person.uid).participant;
    await session.react(person, "1", "x", "own");
    await session.react(other, "1", "x", "other");
    const remove = () => revint.request("DELETE", `${session.path}/user/${person.uid}`, person);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(204);
    expect(await session.totals()).toMatchObject({ total: 2 });
    const ledger = await revint.ledger(session.hash, getRoom(name));
    expect(await ledger.find(splitUid(other.uid).participant, "other")).toBeDefined();
    // From the end on a hash stands for the name no more, where a name would.
    await revint.request("POST", `${session.path}/end`, session.asHost);
    expect(await ledger.find(name, "own")).toBeUndefined();
    expect(await ledger.find(splitUid(other.uid).participant, "other")).toBeDefined();
  });

  test("a participant may ask so a few times a minute, and is told when again", async () => {
    const session = await start();
    const [person, other] = await Promise.all([session.join(), session.join()]);
    const remove = (as: typeof person) => revint.request("DELETE", `${session.path}/user/${as.uid}`, as);
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove(person)));
    const refused = answers.filter(({ status }) => status !== 204);
    expect(refused.length).toBeGreaterThan(10);
    for (const answer of refused) {
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await readProblem(answer)).toMatchObject({ code: "rate_limited" });
    }
    expect((await remove(other)).status).toBe(204);
  });

  test("another participant is not possible", async () => {
    const session = await start();
    const [person, other] = await Promise.all([session.join(), session.join()]);
    const response = await revint.request("DELETE", `${session.path}/user/${other.uid}`, person);
    expect(await readProblem(response)).toMatchObject({ code: "not_participant" });
  });
});

test("100,000 reactions export with exact agreement", async () => {
  const session = await start({ expectedAudience: 20 });
  const epoch = Date.now() + 10 * 365 * 86_400_000;
  // Straight into the ledgers: 5,000 participants on 40 pages, 25,000 in each of 4.
  for (let room = 0; room < 4; room++) {
    const person = await session.join();
    await revint.request("POST", `${session.path}/user/${person.uid}/react/warm/up`, person);
    await revint.fillLedger(session.hash, room, epoch);
  }
  const rows = rowsOf(await session.export());
  expect(rows).toHaveLength(100_000);
  expect(new Set(rows.map(({ participant }) => participant)).size).toBe(5000);
  const timeline = await session.timeline();
  expect(timeline.total).toBe(100_000);
  for (const { page, total } of timeline.pages.filter(({ total }) => total > 0)) {
    expect(rows.filter((row) => row.page === page)).toHaveLength(total);
  }
});
