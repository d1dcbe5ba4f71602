import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { prepareBundles } from "../scripts/serve/bundles.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { uploadDeck } from "./host-deck.ts";
import { keep } from "./keep.ts";
import { Pipe } from "./pipe.ts";
import { Reading } from "./reading.ts";
import { type RunningApi, read } from "./running-api.ts";
import { runScript, Served } from "./served.ts";
import { TalkHost } from "./talk-host.ts";

const Health = z.object({ ok: z.boolean(), missing: z.array(z.string()) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "revint-serve-"));
  await prepareBundles();
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How many reactions a session has, as its host is told. */
const countOf = async (api: RunningApi, token: string) => {
  const { sessionUid, hostUid: uid } = await api.host(token);
  const answer = await api.request("GET", `/api/v1/session/${sessionUid}/reactions`, { token, uid });
  return (await read(SessionTotals, answer)).total;
};

/** No finger is faster. */
const TAP_MS = 50;

/** Somebody who taps on and on, until told to end. */
class Tapper {
  /** The ids of taps that have been acknowledged. */
  readonly acknowledged: string[] = [];
  readonly #pipe: Pipe;
  readonly #name: string;
  readonly #ended: Promise<void>;
  #isOver = false;

  constructor(pipe: Pipe, name: string) {
    this.#pipe = pipe;
    this.#name = name;
    this.#ended = this.#tap();
  }

  async #tap(): Promise<void> {
    for (let tap = 0; !this.#isOver; tap++) {
      const id = `${this.#name}-${tap}`;
      const said = await this.#pipe.react("1", "👍", id);
      if (said.type === "ack") this.acknowledged.push(id);
      await setTimeout(TAP_MS);
    }
  }

  end(): Promise<void> {
    this.#isOver = true;
    return this.#ended;
  }
}

test("what was acknowledged before a backup is there again after everything else is lost", async () => {
  const data = join(folder, "lost");
  const served = keep(await Served.start({ data, args: ["--sign-up", "open"] }));
  const token = await served.sign();
  const { sessionUid } = await served.host(token);
  const people = await Promise.all(Array.from({ length: 5 }, () => served.join(sessionUid)));
  const pipes = await Promise.all(people.map(({ uid }) => Pipe.greeted(served.url, sessionUid, uid)));
  const host = await TalkHost.signUp(served);
  const slides = new TextEncoder().encode("# One\n\nof mine");
  const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  const deck = await uploadDeck(host, { title: "Mine", kind: "markdown" }, slides, { "a.png": picture });
  const talk = await host.create({ name: "A talk", date: "2026-12-01", deck });

  const tappers = pipes.map((pipe, person) => new Tapper(pipe, `tap-${person}`));
  await expect.poll(() => tappers.every(({ acknowledged }) => acknowledged.length >= 10)).toBe(true);
  const before = tappers.map(({ acknowledged }) => [...acknowledged]);
  const backup = join(folder, "backup.tar");
  await runScript("backup.ts", "--data", data, "--to", backup);
  // It was made while people reacted.
  for (const [person, { acknowledged }] of tappers.entries()) {
    expect(acknowledged.length).toBeGreaterThan(before[person]?.length ?? 0);
  }
  await Promise.all(tappers.map((tapper) => tapper.end()));
  await served.kill();
  await Promise.all(pipes.map(({ closed }) => closed));
  await rm(data, { recursive: true });

  await runScript("restore.ts", "--from", backup, "--data", data);
  const again = keep(await Served.start({ data, args: ["--sign-up", "open"] }));
  // Tokens, names of sessions and participants, a signed in browser: all as they were.
  expect(await again.host(token)).toMatchObject({ sessionUid, resumed: true });
  const counted = await countOf(again, token);
  expect(counted).toBeGreaterThanOrEqual(before.flat().length);
  // Each of them is known by its id: sent again, none counts twice.
  for (const [person, { uid }] of people.entries()) {
    const pipe = await Pipe.greeted(again.url, sessionUid, uid);
    const ids = before[person] ?? [];
    for (const id of ids) pipe.send({ type: "react", id, page: "1", reaction: "👍" });
    await pipe.until(() => ids.every((id) => pipe.answerTo(id)?.type === "ack"));
    await pipe.close();
  }
  expect(await countOf(again, token)).toBe(counted);
  const cookie = { cookie: host.cookie };
  const known = await again.request("GET", `/api/v1/host/talks/${talk.talk.id}`, { headers: cookie });
  expect(known.status).toBe(200);
  const file = await again.request("GET", `/api/v1/decks/${deck}/files/a.png`);
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(picture);
  expect((await stat(join(data, "secrets/.deploy.vars"))).mode & 0o777).toBe(0o600);
  expect(await read(Health, await again.request("GET", "/healthz"))).toEqual({ ok: true, missing: [] });
  await expect(runScript("restore.ts", "--from", backup, "--data", data)).rejects.toThrow("is not empty");
}, 600_000);

describe("a server that runs", () => {
  let data: string;
  let served: Served;
  let port: string;
  beforeAll(async () => {
    data = join(folder, "running");
    served = await Served.start({ data });
    port = String(served.port);
  }, 600_000);
  afterAll(() => served.close());

  test("keeps others from its folder and its port, and leaves a folder of a newer version alone", async () => {
    await expect(Served.start({ data })).rejects.toThrow("is in use by another `npm run serve`");
    const other = join(folder, "other");
    await expect(Served.start({ data: other, args: ["--port", port] })).rejects.toThrow(
      `Port ${port} is taken: something else listens there. Choose another one: --port`,
    );
    await writeFile(join(other, "revint.json"), '{"format":99}');
    await expect(Served.start({ data: other })).rejects.toThrow("is of a newer revint (format 99");
  });

  test("sends everybody away to come back when it is told to end, and names nobody in its log", async () => {
    const token = await served.sign();
    const { sessionUid } = await served.host(token);
    const { uid } = await served.join(sessionUid);
    const pipe = await Pipe.greeted(served.url, sessionUid, uid);
    expect((await pipe.react("1", "👍", "a")).type).toBe("ack");
    const listener = await served.join(sessionUid);
    const query = new URLSearchParams({ token: listener.token, uid: listener.uid });
    const events = await served.request("GET", `/api/v1/session/${sessionUid}/events?${query}`);
    const heard = new Reading(events);
    await heard.until("data:");
    expect(await served.stop()).toBe(0);
    expect((await pipe.closed).code).toBe(1012);
    await heard.end();

    const routes = served.lines.filter(({ event }) => event === "request").map(({ route }) => route);
    expect(routes).toContain("/api/v1/session/:/login");
    expect(routes).toContain("/ws/v1/session/:/user/:/pipe");
    const said = JSON.stringify(served.lines);
    for (const secret of [token, uid, sessionUid, listener.token, listener.uid])
      expect(said).not.toContain(secret);

    // What was acknowledged is there after the next start.
    const next = keep(await Served.start({ data }));
    expect(await countOf(next, token)).toBe(1);
  });
});
