import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Activities, LiveActivity, TextAnswers } from "../shared/interactions/activity/activity.schema.ts";
import type { StatusChange } from "../shared/interactions/activity/activity.ts";
import { AnswerRow } from "../shared/interactions/activity/answer-row.schema.ts";
import { kinds } from "../shared/interactions/activity/kinds/index.ts";
import type { AnswerValue } from "../shared/interactions/activity/tally.ts";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { roomName, splitSessionUid, splitUid } from "../shared/protocol/identity.ts";
import { fillPath, isPipe, ROUTES } from "./attack/routes.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

let revint: Deployment;

/** Whoever is refused for being too fast tells nothing about what is asked here. */
const OPEN_PACE = { ROOM_FANOUT: "2", REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" };

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "5", ...OPEN_PACE } });
});
afterAll(() => revint.close());

const OPTIONS = [
  { id: "a", text: "A" },
  { id: "b", text: "B" },
  { id: "c", text: "C" },
];
const POLL = { kind: "choice", prompt: "Which one?", options: OPTIONS } as const;

/** A session of so many people, five in a room. */
async function startTalk(size = 20, on = revint) {
  const token = await on.sign();
  const { sessionUid, hostUid } = await on.host(token, { expectedAudience: size });
  const people = await Promise.all(Array.from({ length: size }, () => on.join(sessionUid)));
  const connect = (uid: string) => Pipe.greeted(on.url, sessionUid, uid);
  const [host, ...pipes] = await Promise.all([hostUid, ...people.map(({ uid }) => uid)].map(connect));
  if (!host) throw new Error("no host pipe");
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  const request = (method: string, to: string, json?: unknown) =>
    on.request(method, `${path}${to}`, { ...asHost, ...(json !== undefined && { json }) });
  const { hash } = splitSessionUid(sessionUid);
  return {
    path,
    asHost,
    sessionUid,
    people,
    host,
    pipes,
    connect,
    request,
    write: async (id: string, definition: object) =>
      read(LiveActivity, await request("PUT", `/activities/${id}`, definition)),
    set: async (id: string, change: StatusChange) =>
      read(LiveActivity, await request("POST", `/activities/${id}/status`, change)),
    list: async (as: { token: string; uid: string } = asHost, query = "") =>
      (await read(Activities, await on.request("GET", `${path}/activities${query}`, as))).activities,
    restart: () => on.host(token, { restart: true }),
    evict: (room: number) =>
      on.harness
        .getWorker("revint-session-store")
        .evictDurableObject("SessionRoom", { name: roomName(hash, room) })
        .catch(() => {}), // not running: fine
    evictLedger: (room: number) =>
      on.harness
        .getWorker("revint-reaction-store")
        .evictDurableObject("ReactionLedger", { name: roomName(hash, room) })
        .catch(() => {}),
  };
}

/** A page, and what it loads. */
async function readFiles(url: string): Promise<string[]> {
  const page = await (await fetch(url)).text();
  const names = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = ""]) => new URL(name, url).href);
  return [page, ...(await Promise.all([...new Set(names)].map(async (name) => (await fetch(name)).text())))];
}

/** Everybody has heard that the tally is final. */
const areFinal = (pipes: readonly Pipe[], id: string) =>
  Promise.all(pipes.map((pipe) => pipe.until(() => pipe.tally(id)?.final)));

describe("a poll", () => {
  test("is written, opened, answered, changed, taken back and closed; everybody ends with the same tally", async () => {
    const { host, pipes, write, set, list, people } = await startTalk(20);
    await write("poll", POLL);
    await set("poll", { status: "open" });
    for (const pipe of pipes) await pipe.until(() => pipe.activity("poll")?.status === "open");
    // Everybody chooses A, every second changes to B, and every fourth takes it back.
    const choose = (value: AnswerValue | null, every: number) =>
      Promise.all(
        pipes
          .filter((_, index) => index % every === 0)
          .map((pipe, index) => pipe.answer("poll", 1, value, `${JSON.stringify(value)}-${every}-${index}`)),
      );
    const answers = [await choose(["a"], 1), await choose(["b"], 2), await choose(null, 4)].flat();
    expect(new Set(answers.map(({ type }) => type))).toEqual(new Set(["ack"]));
    await host.until(() => host.tally("poll")?.people === 15);
    expect(pipes.flatMap((pipe) => pipe.tally("poll") ?? [])).toEqual([]);
    await set("poll", { status: "closed" });
    await areFinal([host, ...pipes], "poll");
    for (const pipe of [host, ...pipes]) {
      expect(pipe.tally("poll")).toEqual({ round: 1, people: 15, counts: { a: 10, b: 5 }, final: true });
    }
    const [first, second, third] = people;
    if (!first || !second || !third) throw new Error("nobody is there");
    expect((await list(second))[0]).toMatchObject({ mine: ["a"], tally: { people: 15 } });
    expect((await list(third))[0]).toMatchObject({ mine: ["b"] });
    expect((await list(first))[0]).not.toHaveProperty("mine");
  });

  test("is answered over HTTP, once for one key", async () => {
    const { path, people, write, set, host } = await startTalk(1);
    const [person] = people;
    if (!person) throw new Error("nobody is there");
    await write("poll", { ...POLL, show: "live" });
    await set("poll", { status: "open" });
    const put = (value: unknown, key: string, round = 1) =>
      revint.request("PUT", `${path}/user/${person.uid}/answers/poll`, {
        ...person,
        headers: { "idempotency-key": key },
        json: { round, value },
      });
    expect((await put(["a"], "one")).status).toBe(200);
    expect((await put(["a"], "one")).status).toBe(200);
    expect((await put(["b"], "two")).status).toBe(200);
    await host.until(() => host.tally("poll")?.counts.b === 1);
    expect(host.tally("poll")).toEqual({ round: 1, people: 1, counts: { b: 1 } });
    const refusals = [
      await put(["x"], "three"),
      await put([], "four"),
      await put("b", "five"),
      await put(["a"], "six", 2),
    ];
    expect(await Promise.all(refusals.map(async (one) => (await readProblem(one)).code))).toEqual([
      "answer_not_valid",
      "answer_not_valid",
      "answer_not_valid",
      "activity_closed",
    ]);
    expect((await readProblem(await put(["b"], "one"))).code).toBe("conflict");
  });

  test("has rounds, which stay apart", async () => {
    const { host, pipes, write, set, list } = await startTalk(5);
    await write("poll", { ...POLL, show: "live" });
    await set("poll", { status: "open" });
    await Promise.all(pipes.map((pipe) => pipe.answer("poll", 1, ["a"], "first")));
    await set("poll", { status: "closed" });
    await set("poll", { status: "open", newRound: true });
    await Promise.all(pipes.map((pipe) => pipe.until(() => pipe.activity("poll")?.round === 2)));
    await Promise.all(pipes.slice(0, 2).map((pipe) => pipe.answer("poll", 2, ["b"], "second")));
    await host.until(() => host.tally("poll")?.people === 2);
    expect((await list())[0]).toMatchObject({
      round: 2,
      tally: { round: 2, people: 2, counts: { b: 2 } },
      rounds: [{ round: 1, people: 5, counts: { a: 5 } }],
    });
  });

  test("closes by itself, also when nobody is there", async () => {
    const { pipes, host, write, set, list, people } = await startTalk(2);
    await write("poll", { ...POLL, seconds: 5 });
    const { openedAt = 0, closesAt } = await set("poll", { status: "open" });
    expect(closesAt).toBe(openedAt + 5000);
    await pipes[0]?.answer("poll", 1, ["a"], "one");
    await Promise.all([host, ...pipes].map((pipe) => pipe.close()));
    await expect.poll(async () => (await list())[0]?.tally?.final, { timeout: 30_000 }).toBe(true);
    const [person] = people;
    if (!person) throw new Error("nobody is there");
    expect((await list(person))[0]).toMatchObject({
      status: "closed",
      tally: { people: 1, counts: { a: 1 } },
    });
  });

  test("whose first answer stays takes no other one", async () => {
    const { pipes, write, set } = await startTalk(1);
    const [pipe] = pipes;
    await write("poll", { ...POLL, change: false });
    await set("poll", { status: "open" });
    const answers = [
      await pipe?.answer("poll", 1, ["a"], "one"),
      await pipe?.answer("poll", 1, ["b"], "two"),
      await pipe?.answer("poll", 1, ["a"], "three"),
      await pipe?.answer("poll", 1, null, "four"),
    ];
    expect(answers.map((answer) => (answer?.type === "error" ? answer.code : answer?.type))).toEqual([
      "ack",
      "answer_fixed",
      "ack",
      "answer_fixed",
    ]);
  });

  test("that is written anew or taken away leaves no answer behind", async () => {
    const { host, pipes, write, set, request, list } = await startTalk(10);
    await write("poll", { ...POLL, show: "live" });
    await set("poll", { status: "open" });
    await Promise.all(pipes.map((pipe) => pipe.answer("poll", 1, ["a"], "one")));
    await host.until(() => host.tally("poll")?.people === 10);
    const others = { ...POLL, show: "live", options: OPTIONS.slice(1) };
    expect((await readProblem(await request("PUT", "/activities/poll", others))).code).toBe("conflict");
    await write("poll", { ...others, clear: true });
    for (const pipe of pipes) await pipe.until(() => pipe.activity("poll") === undefined);
    await set("poll", { status: "open" });
    expect((await pipes[0]?.answer("poll", 1, ["b"], "two"))?.type).toBe("ack");
    await host.until(() => host.tally("poll")?.counts.b === 1);
    expect((await list())[0]?.tally).toEqual({ round: 1, people: 1, counts: { b: 1 } });
    expect((await request("DELETE", "/activities/poll")).status).toBe(204);
    for (const pipe of [host, ...pipes]) await pipe.until(() => pipe.activity("poll") === undefined);
    expect(await list()).toEqual([]);
    const { hash } = splitSessionUid(new URL(host.socket.url).pathname.split("/")[4] ?? "");
    const ledger = await revint.ledger(hash, 0);
    await expect
      .poll(async () => JSON.stringify(await ledger.list({ interaction: "answer", limit: 100 })))
      .not.toContain('\\"a\\"');
  });
});

/** What is asked in each kind, and what people may answer. */
const EVERY_KIND: Readonly<Record<string, { definition: object; values: readonly AnswerValue[] }>> = {
  choice: { definition: { ...POLL, multiple: 2 }, values: [["a"], ["a", "b"], ["c"]] },
  scale: { definition: { kind: "scale", prompt: "How?", min: 1, max: 5 }, values: [1, 3, 5] },
  number: { definition: { kind: "number", prompt: "How many?" }, values: [-3, 0, 12_000] },
  words: {
    definition: { kind: "words", prompt: "A word", words: 2 },
    values: [["Café", "room"], ["CAFÉ!"], ["字"]],
  },
  text: { definition: { kind: "text", prompt: "What?" }, values: ["yes", "no", "شكرا"] },
  order: {
    definition: { kind: "order", prompt: "In which order?", options: OPTIONS },
    values: [
      ["a", "b", "c"],
      ["c", "b", "a"],
      ["b", "a", "c"],
    ],
  },
};

/** What a round's tally has to be, from what each person's last acknowledged answer is. */
function recount(kind: keyof typeof kinds, definition: object, values: readonly AnswerValue[]) {
  const counts: Record<string, number> = {};
  for (const value of values) {
    const accepted = kinds[kind].accept(LiveActivity.parse({ ...TEMPLATE, ...definition }), value);
    if (accepted === undefined) throw new Error("this is no answer");
    for (const [key, count] of kinds[kind].count(accepted)) counts[key] = (counts[key] ?? 0) + count;
  }
  return { round: 1, people: values.length, ...kinds[kind].tally(counts, values.length), final: true };
}
const TEMPLATE = { id: "x", status: "open", round: 1, revealed: false };

test("300 people in 12 rooms answer one of every kind three times, while rooms and ledgers die: the tally is what was acknowledged last", async () => {
  const hall = await startDeployment({ rooms: { ROOM_CAPACITY: "25", ...OPEN_PACE } });
  onTestFinished(() => hall.close());
  const talk = await startTalk(300, hall);
  const { pipes, host, write, set, evict, evictLedger, connect, people, list } = talk;
  const names = Object.keys(EVERY_KIND) as (keyof typeof kinds)[];
  for (const name of names) {
    await write(name, EVERY_KIND[name]?.definition ?? {});
    await set(name, { status: "open" });
  }
  const open = [...pipes];
  const last = new Map<string, AnswerValue>();
  const send = async (person: number, name: string, value: AnswerValue, id: string): Promise<void> => {
    for (;;) {
      const answer = await open[person]?.answer(name, 1, value, id);
      if (answer?.type === "ack") break;
      // A part that did not answer is asked again, with the same id.
      expect(answer).toMatchObject({ code: "unavailable" });
    }
    last.set(`${name} ${person}`, value);
  };
  for (let change = 0; change < 3; change++) {
    const dying = Array.from({ length: 4 }, (_, index) => (change * 4 + index) % 12);
    await Promise.all([
      ...names.map(async (name) => {
        const values = EVERY_KIND[name]?.values ?? [];
        await Promise.all(
          open.map((_, person) =>
            send(person, name, values[(person + change) % values.length] ?? "", `${name}-${change}`),
          ),
        );
      }),
      ...dying.map(evict),
      ...dying.map(evictLedger),
    ]);
    // Some lose their network, and come back.
    for (const person of [change, change + 100, change + 200]) {
      await open[person]?.close();
      open[person] = await connect(people[person]?.uid ?? "");
    }
  }
  for (const name of names) await set(name, { status: "closed" });
  for (const name of names) await areFinal([host, ...open], name);
  const expected = Object.fromEntries(
    names.map((name) => {
      const values = [...last].filter(([key]) => key.startsWith(`${name} `)).map(([, value]) => value);
      return [name, recount(name, EVERY_KIND[name]?.definition ?? {}, values)];
    }),
  );
  for (const pipe of [host, ...open]) {
    expect(Object.fromEntries(names.map((name) => [name, pipe.tally(name)]))).toEqual(expected);
  }
  // From disk, too.
  await Promise.all(Array.from({ length: 12 }, (_, room) => [evict(room), evictLedger(room)]).flat());
  const again = await list();
  expect(Object.fromEntries(again.map(({ id, tally }) => [id, tally]))).toEqual(expected);
});

test("answers that arrive around the closing are kept or refused, and the tally is exactly those that are kept", async () => {
  const { pipes, host, write, set } = await startTalk(40);
  await write("poll", { ...POLL, show: "live" });
  await set("poll", { status: "open" });
  for (const pipe of pipes) await pipe.until(() => pipe.activity("poll")?.status === "open");
  const sent = pipes.flatMap((pipe, person) =>
    Array.from({ length: 25 }, (_, time) => {
      const value = time % 2 === 0 ? ["a"] : ["b"];
      return pipe
        .answer("poll", 1, value, `${time}`)
        .then((answer) => ({ person, time, value: value[0], answer }));
    }),
  );
  const closing = set("poll", { status: "closed" });
  const heard = await Promise.all(sent);
  await closing;
  for (const { answer } of heard) {
    if (answer.type === "error") expect(answer.code).toBe("activity_closed");
  }
  const last = new Map<number, string>();
  // On one pipe, what was sent later and kept is what stands.
  for (const { person, value = "", answer } of heard) if (answer.type === "ack") last.set(person, value);
  await areFinal([host, ...pipes], "poll");
  const counts = Object.fromEntries(
    [...Map.groupBy(last.values(), (value) => value)].map(([value, all]) => [value, all.length]),
  );
  for (const pipe of [host, ...pipes]) {
    expect(pipe.tally("poll")).toEqual({ round: 1, people: last.size, counts, final: true });
  }
});

test("two who open and close at once end in one state, everywhere", async () => {
  const { pipes, host, write, set, list } = await startTalk(20);
  await write("poll", { ...POLL, show: "live" });
  await set("poll", { status: "open" });
  const change = (index: number) => set("poll", { status: index % 2 === 0 ? "closed" : "open" });
  await Promise.all(Array.from({ length: 12 }, (_, index) => change(index)));
  const [activity] = await list();
  await Promise.all(
    [host, ...pipes].map((pipe) => pipe.until(() => pipe.activity("poll")?.status === activity?.status)),
  );
  expect(activity?.round).toBe(1);
});

test("a user who reads everything while counts are hidden learns no count, no right answer and no draft", async () => {
  const { pipes, people, request, write, set, list, sessionUid } = await startTalk(6);
  const secret = { ...POLL, options: OPTIONS, correct: ["c"], show: "host" } as const;
  await write("quiz", secret);
  await write("draft", { ...POLL, prompt: "Nobody knows of this one" });
  await set("quiz", { status: "open" });
  const [me, ...others] = pipes;
  const [person] = people;
  if (!me || !person) throw new Error("nobody is there");
  await Promise.all(others.map((pipe) => pipe.answer("quiz", 1, ["c"], "one")));
  await set("quiz", { status: "closed" });
  await me.until(() => me.activity("quiz")?.status === "closed");
  const late = await Pipe.greeted(revint.url, sessionUid, person.uid);
  // Everything that can be read, results too: they are public, and this is none of them yet.
  await request("POST", "/rules", { publicResults: true });
  const reads = ROUTES.filter(
    (route) => route.method === "GET" && !isPipe(route) && !route.path.endsWith("/events"),
  );
  const parts = { sessionUid, uid: person.uid, activity: "quiz" };
  const paths = reads.flatMap((route) => [fillPath(route, parts), `${fillPath(route, parts)}?keys=every`]);
  const answers = await Promise.all(
    paths.map(async (one) => (await revint.request("GET", one, person)).text()),
  );
  // And every file that is served, as far as it names another one.
  const files = await readFiles(`${revint.url}/join?session=${sessionUid}`);
  expect(files.length).toBeGreaterThan(3);
  const told = JSON.stringify([me.heard, late.heard, answers]);
  for (const word of ["correct", "tally", "tallies", "Nobody knows", "draft"])
    expect(told).not.toContain(word);
  expect(files.join("")).not.toContain("Nobody knows");
  await set("quiz", { status: "closed", revealed: true });
  await me.until(() => me.tally("quiz")?.people === 5);
  expect(me.activity("quiz")).toMatchObject({ correct: ["c"] });
  expect((await list(person))[0]).toMatchObject({ correct: ["c"], tally: { people: 5, counts: { c: 5 } } });
});

test("a word that a moderator hides is nowhere a user looks, and comes back", async () => {
  const { pipes, people, path, request, write, set, host } = await startTalk(6);
  await write("cloud", { kind: "words", prompt: "A word", show: "live" });
  await set("cloud", { status: "open" });
  await Promise.all(
    pipes.map((pipe, index) => pipe.answer("cloud", 1, [index < 2 ? "Rubbish!" : "room"], "one")),
  );
  const [me] = pipes;
  const [person] = people;
  if (!me || !person) throw new Error("nobody is there");
  await me.until(() => me.tally("cloud")?.counts.rubbish === 2);
  expect((await request("POST", "/activities/cloud/hidden", { value: "RUBBISH", hidden: true })).status).toBe(
    200,
  );
  await me.until(() => me.tally("cloud")?.counts.rubbish === undefined);
  expect(host.tally("cloud")).toMatchObject({ people: 6 });
  const listed = await revint.request("GET", `${path}/activities?keys=every`, person);
  const text = await listed.text();
  expect(text.replace('"mine":["rubbish"]', "")).not.toContain("rubbish");
  expect(text).not.toContain('"hidden"');
  const hosts = await request("GET", "/activities");
  expect(await hosts.json()).toMatchObject({
    activities: expect.arrayContaining([expect.objectContaining({ id: "cloud", hidden: ["rubbish"] })]),
  });
  await host.until(() => JSON.stringify(host.heard).includes('"hidden":["rubbish"]'));
  expect(JSON.stringify(me.heard)).not.toContain('"hidden"');
  await request("POST", "/activities/cloud/hidden", { value: "rubbish", hidden: false });
  await me.until(() => me.tally("cloud")?.counts.rubbish === 2);
});

test("texts are read in pages, hidden by their number, and exported to whom they are shown", async () => {
  const { pipes, people, path, request, write, set } = await startTalk(12);
  await write("wishes", { kind: "text", prompt: "What do you wish?", show: "live" });
  await set("wishes", { status: "open" });
  await Promise.all(pipes.map((pipe, index) => pipe.answer("wishes", 1, `wish ${index}`, "one")));
  await pipes[0]?.answer("wishes", 1, "another wish", "two");
  const texts = async (as?: { token: string; uid: string }) => {
    const where = `${path}/activities/wishes/answers`;
    return as ? revint.request("GET", where, as) : request("GET", "/activities/wishes/answers");
  };
  const read_ = async (response: Response) => (await read(TextAnswers, response)).answers;
  const all = await read_(await texts());
  const wishes = ["another wish", ...pipes.slice(1).map((_, index) => `wish ${index + 1}`)].sort();
  expect(all.map(({ value }) => value).sort()).toEqual(wishes);
  expect(new Set(all.map(({ number }) => number)).size).toBe(12);
  const [person] = people;
  if (!person || !all[3]) throw new Error("nobody is there");
  expect((await readProblem(await texts(person))).code).toBe("not_public");
  await request("POST", "/rules", { publicResults: true });
  expect((await readProblem(await texts(person))).code).toBe("not_public");
  await set("wishes", { status: "closed", revealed: true });
  await request("POST", "/activities/wishes/hidden", { number: all[3].number, hidden: true });
  const seen = (await read_(await texts(person))).map(({ value }) => value);
  expect(seen.sort()).toEqual(wishes.filter((value) => value !== all[3]?.value));
  expect((await read_(await texts())).filter(({ hidden }) => hidden)).toEqual([{ ...all[3], hidden: true }]);
  const exported = async (as?: { token: string; uid: string }) => {
    const where = `${path}/answers/export`;
    const answer = await (as ? revint.request("GET", where, as) : request("GET", "/answers/export"));
    const lines = (await answer.text()).split("\n").filter(Boolean);
    return lines.map((line) => AnswerRow.parse(JSON.parse(line)));
  };
  const rows = await exported();
  expect(rows).toHaveLength(13);
  expect(rows.filter(({ value }) => value === "another wish")).toMatchObject([
    { activity: "wishes", round: 1 },
  ]);
  expect(await exported(person)).toEqual([]);
});

test("a moderator blocks whoever wrote a text without learning who that is, and lets them in again", async () => {
  const { pipes, people, path, asHost, host, request, write, set } = await startTalk(12);
  await write("wishes", { kind: "text", prompt: "What do you wish?", show: "live" });
  await set("wishes", { status: "open" });
  await Promise.all(pipes.map((pipe, index) => pipe.answer("wishes", 1, `wish ${index}`, "one")));
  const list = async () => {
    const answers = await request("GET", "/activities/wishes/answers");
    return (await read(TextAnswers, answers)).answers;
  };
  const find = async (value: string) => (await list()).find((each) => each.value === value)?.number ?? -1;
  const hide = (hiding: object, as = asHost) =>
    revint.request("POST", `${path}/activities/wishes/hidden`, { ...as, json: hiding });
  const codeOf = async (answer: Response) => (await readProblem(answer)).code;
  const number = await find("wish 7");
  const { participant } = splitUid(people[7]?.uid ?? "");

  const invited = await request("POST", "/hosts", { role: "moderator" });
  const { token, hostUid } = await read(CoHostAnswer, invited);
  const moderator = { token, uid: hostUid };
  const both = [asHost, moderator].map((as) => hide({ number, hidden: true, block: true }, as));
  for (const answer of await Promise.all(both)) {
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain(participant);
  }
  await host.until(() => host.tally("wishes")?.people === 11);
  expect(await find("wish 7")).toBe(-1);
  expect((await pipes[7]?.answer("wishes", 1, "wish again", "two"))?.type).toBe("error");

  // Once more, also for whoever is blocked already; then they are in again, and what they wrote is shown.
  expect((await hide({ number, hidden: true, block: true })).status).toBe(200);
  expect((await hide({ number, hidden: false, block: false })).status).toBe(200);
  await host.until(() => host.tally("wishes")?.people === 12);
  expect((await list()).find((each) => each.number === number)).toMatchObject({
    value: "wish 7",
    hidden: false,
  });

  // What stands no more, never did, or nobody's room could have: nobody is blocked, and nothing hidden.
  expect((await pipes[7]?.answer("wishes", 1, "another wish", "three"))?.type).toBe("ack");
  for (const each of [number, 0, 2 ** 50, Number.MAX_SAFE_INTEGER]) {
    expect(await codeOf(await hide({ number: each, hidden: true, block: true }))).toBe("invalid_request");
  }
  expect(await codeOf(await hide({ value: "wish 3", hidden: true, block: true }))).toBe("invalid_request");
  const [person] = people;
  if (!person) throw new Error("nobody is there");
  const written = { number: await find("wish 5"), hidden: true, block: true };
  expect(await codeOf(await hide(written, person))).toBe("not_host");
  await revint.request("DELETE", `${path}/user/${people[5]?.uid}`, people[5]);
  const refused = await readProblem(await hide(written));
  expect(refused).toMatchObject({ code: "invalid_request", detail: expect.stringContaining("forgotten") });
  expect((await list()).some(({ hidden }) => hidden)).toBe(false);
  expect(host.tally("wishes")?.people).toBe(12);

  await request("POST", "/end");
  const over = { number: await find("wish 3"), hidden: true };
  expect(await codeOf(await hide({ ...over, block: true }))).toBe("session_ended");
  expect((await hide(over)).status).toBe(200);
});

test("what somebody answered goes with them when the host excludes them, and comes back", async () => {
  const { pipes, people, path, request, write, set, host } = await startTalk(6);
  await request("POST", "/rules", { publicResults: true });
  const countExported = async () => {
    const exported = await revint.request("GET", `${path}/answers/export`, people[0]);
    return (await exported.text()).split("\n").filter(Boolean).length;
  };
  await write("poll", { ...POLL, show: "live" });
  await set("poll", { status: "open" });
  await Promise.all(pipes.map((pipe) => pipe.answer("poll", 1, ["a"], "one")));
  await host.until(() => host.tally("poll")?.people === 6);
  const name = people[2]?.uid.slice(0, 21);
  await request("POST", `/user/${name}/block`, { uncount: true });
  await host.until(() => host.tally("poll")?.people === 5);
  expect(await countExported()).toBe(5);
  await request("POST", `/user/${name}/unblock`);
  await host.until(() => host.tally("poll")?.people === 6);
});

test("a restart leaves what is asked, and no answer; the end closes what is open, and its tally is final", async () => {
  const talk = await startTalk(6);
  const { pipes, host, write, set, list, restart, request } = talk;
  await write("poll", { ...POLL, show: "live" });
  await set("poll", { status: "open" });
  await Promise.all(pipes.map((pipe) => pipe.answer("poll", 1, ["a"], "one")));
  await host.until(() => host.tally("poll")?.people === 6);
  await restart();
  for (const pipe of pipes) await pipe.until(() => pipe.activity("poll") === undefined);
  expect(await list()).toMatchObject([{ id: "poll", status: "draft", round: 0, rounds: [] }]);
  await set("poll", { status: "open" });
  const answer = await pipes[0]?.answer("poll", 1, ["b"], "two");
  expect(answer?.type).toBe("ack");
  expect((await request("POST", "/end")).status).toBe(200);
  expect(await list()).toMatchObject([
    { status: "closed", tally: { people: 1, counts: { b: 1 }, final: true } },
  ]);
});
