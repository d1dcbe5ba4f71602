import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LiveQuestion, Questions } from "../shared/interactions/question/question.schema.ts";
import type { QuestionChange, QuestionSort } from "../shared/interactions/question/question.ts";
import { QuestionRow } from "../shared/interactions/question/question-row.schema.ts";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { roomName, splitSessionUid, splitUid } from "../shared/protocol/identity.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import type { RulesChange } from "../shared/protocol/rules.ts";
import { fillPath, isPipe, ROUTES } from "./attack/routes.ts";
import { type Deployment, read, readProblem, startDeployment } from "./deployment.ts";
import { Pipe } from "./pipe.ts";

let revint: Deployment;

/** Whoever is refused for being too fast tells nothing about what is asked here. */
const OPEN_PACE = { ROOM_FANOUT: "2", REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" };

beforeAll(async () => {
  revint = await startDeployment({ rooms: { ROOM_CAPACITY: "20", ...OPEN_PACE } });
});
afterAll(() => revint.close());

interface Person {
  readonly token: string;
  readonly uid: string;
}

/** A session of so many people, in four rooms or more, that takes questions. */
async function startTalk(size = 6, rule: RulesChange["questions"] = "open") {
  const token = await revint.sign();
  const { sessionUid, hostUid } = await revint.host(token, { expectedAudience: Math.max(size, 80) });
  const people: Person[] = await Promise.all(Array.from({ length: size }, () => revint.join(sessionUid)));
  const path = `/api/v1/session/${sessionUid}`;
  const asHost = { token, uid: hostUid };
  const [ada, ben, eve] = people;
  if (!ada || !ben || !eve) throw new Error("nobody is there");
  const setRules = (rules: Partial<RulesChange>) =>
    revint.request("POST", `${path}/rules`, { ...asHost, json: rules });
  await setRules({ questions: rule });
  const post = (as: Person, json: unknown, key?: string) =>
    revint.request("POST", `${path}/user/${as.uid}/questions`, {
      ...as,
      json,
      ...(key !== undefined && { headers: { "idempotency-key": key } }),
    });
  const change = (id: string, json: QuestionChange | object, as: Person = asHost) =>
    revint.request("POST", `${path}/questions/${id}`, { ...as, json });
  const withdraw = (as: Person, id: string) =>
    revint.request("DELETE", `${path}/user/${as.uid}/questions/${id}`, as);
  const list = async (as: Person = asHost, sort: QuestionSort = "newest", cursor?: string) => {
    const query = `sort=${sort}${cursor === undefined ? "" : `&cursor=${cursor}`}`;
    return read(Questions, await revint.request("GET", `${path}/questions?${query}`, as));
  };
  const { hash } = splitSessionUid(sessionUid);
  return {
    path,
    token,
    asHost,
    sessionUid,
    people,
    ada,
    ben,
    eve,
    setRules,
    post,
    change,
    withdraw,
    list,
    async ask(as: Person, text: string, key?: string) {
      const asked = await post(as, { text }, key);
      if (asked.ok) expect(asked.status).toBe(201);
      return read(LiveQuestion, asked);
    },
    set: async (id: string, json: QuestionChange) => read(LiveQuestion, await change(id, json)),
    /** What somebody finds in the list, by text. */
    find: async (as: Person, text: string) =>
      (await list(as)).questions.find((question) => question.text === text),
    texts: async (as: Person) => (await list(as)).questions.map(({ text }) => text).sort(),
    export: (as: Person = asHost, format = "ndjson") =>
      revint.request("GET", `${path}/questions/export?format=${format}`, as),
    block: (as: Person, json?: object) =>
      revint.request("POST", `${path}/user/${splitUid(as.uid).participant}/block`, { ...asHost, json }),
    unblock: (as: Person) =>
      revint.request("POST", `${path}/user/${splitUid(as.uid).participant}/unblock`, asHost),
    evict: (room: number) =>
      revint.harness
        .getWorker("revint-session-store")
        .evictDurableObject("SessionRoom", { name: roomName(hash, room) })
        .catch(() => {}), // not running: fine
  };
}

const codeOf = async (answer: Response) => (await readProblem(answer)).code;

/** In a room below, what the root has decided is there a moment later. */
const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 20_000 });

describe("a question", () => {
  test("is asked, published, pinned, answered in writing, merged and withdrawn; everybody reads what is theirs to know", async () => {
    const { ada, ben, people, ask, set, list, find, texts, withdraw, asHost } = await startTalk(
      6,
      "moderated",
    );
    const why = await ask(ada, " Why rooms?\r\n\r\n\r\nReally? ");
    expect(why).toMatchObject({ text: "Why rooms?\n\nReally?", status: "pending", mine: true, votes: 0 });
    const how = await ask(ben, "How many?");
    await eventually(() => texts(ada)).toEqual([why.text]);
    expect((await list()).total).toBe(2);
    await set(why.id, { status: "published" });
    await set(how.id, { status: "published", pinned: true });
    for (const person of people) await eventually(() => texts(person)).toEqual([how.text, why.text]);
    expect((await list(ben, "votes")).questions.map(({ text, mine }) => [text, mine])).toEqual([
      [how.text, true],
      [why.text, false],
    ]);
    expect(await set(why.id, { pinned: true })).toMatchObject({ pinned: true });
    expect(await find(asHost, how.text)).toMatchObject({ pinned: false });
    expect(await set(why.id, { answer: "Because." })).toMatchObject({
      status: "answered",
      answer: "Because.",
    });
    await eventually(() => find(ben, why.text)).toMatchObject({ status: "answered", answer: "Because." });
    const same = await ask(ben, "How many, please?");
    expect(await set(same.id, { mergedInto: how.id })).toMatchObject({
      status: "hidden",
      mergedInto: how.id,
    });
    await eventually(() => find(ben, same.text)).toMatchObject({ status: "hidden", mergedInto: how.id });
    expect(await texts(ada)).toEqual([how.text, why.text]);
    expect((await withdraw(ben, how.id)).status).toBe(204);
    await eventually(() => texts(ada)).toEqual([why.text]);
    expect(await codeOf(await withdraw(ben, how.id))).toBe("question_not_found");
    expect(await find(asHost, same.text)).not.toHaveProperty("mergedInto");
    await set(same.id, { status: "published" });
    await eventually(() => texts(ada)).toEqual([same.text, why.text]);
  });

  test("asked again under its key is the same one, also once it is hidden or nobody may ask any more", async () => {
    const { ada, ask, post, set, list, setRules, texts } = await startTalk();
    const { id } = await ask(ada, "Why?", "one");
    const [again, twice] = await Promise.all([ask(ada, "Why?", "one"), ask(ada, "Why?", "one")]);
    expect([again?.id, twice?.id]).toEqual([id, id]);
    expect(await codeOf(await post(ada, { text: "How?" }, "one"))).toBe("conflict");
    await set(id, { status: "hidden" });
    await setRules({ questions: "off" });
    expect(await ask(ada, "Why?", "one")).toMatchObject({ id, status: "hidden" });
    expect((await list()).total).toBe(1);
    const all = await Promise.all(Array.from({ length: 8 }, () => post(ada, { text: "Off?" }, "two")));
    expect(new Set(await Promise.all(all.map(codeOf)))).toEqual(new Set(["questions_off"]));
    expect(await texts(ada)).toEqual(["Why?"]);
  });

  test("has its author's name where they want it, until they are forgotten: then it is nobody's", async () => {
    const { path, ada, ben, ask, post, find, withdraw, asHost, change } = await startTalk();
    expect(await codeOf(await post(ada, { text: "Who?", name: true }))).toBe("invalid_request");
    await revint.request("PUT", `${path}/user/${ada.uid}/name`, { ...ada, json: { name: "Ada" } });
    const named = await read(LiveQuestion, await post(ada, { text: "Who?", name: true }));
    expect(named.name).toBe("Ada");
    const { id } = await ask(ada, "Who else?");
    await eventually(() => find(ben, "Who?")).toMatchObject({ name: "Ada", mine: false });
    expect(await find(ben, "Who else?")).not.toHaveProperty("name");
    expect((await revint.request("DELETE", `${path}/user/${ada.uid}`, ada)).status).toBe(204);
    await eventually(() => find(ben, "Who?")).not.toHaveProperty("name");
    expect(await find(ada, "Who?")).toMatchObject({ mine: false });
    expect(await codeOf(await withdraw(ada, id))).toBe("question_not_found");
    expect(await codeOf(await change(id, { block: true }))).toBe("invalid_request");
    expect(await find(asHost, "Who?")).toMatchObject({ status: "published" });
  });

  test("two hosts change at once ends in one state, with one pin, everywhere", async () => {
    const { path, ada, ben, eve, ask, change, list, asHost } = await startTalk();
    const invited = await revint.request("POST", `${path}/hosts`, { ...asHost, json: { role: "moderator" } });
    const { token, hostUid } = await read(CoHostAnswer, invited);
    const hosts = [asHost, { token, uid: hostUid }];
    const ids = await Promise.all(
      [ada, ben, eve].map(async (each, index) => (await ask(each, `${index}?`)).id),
    );
    const changes: QuestionChange[] = [{ pinned: true }, { status: "hidden" }, { status: "published" }];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, time) =>
        change(ids[time % 3] ?? "", changes[(time >> 1) % 3] ?? {}, hosts[time % 2]),
      ),
    );
    for (const answer of answers) {
      if (answer.status !== 200) expect(await codeOf(answer)).toBe("invalid_request"); // to pin what is hidden
    }
    const { questions } = await list();
    expect(questions.filter(({ pinned }) => pinned).length).toBeLessThanOrEqual(1);
    const shown = questions
      .filter(({ status }) => status === "published")
      .map(({ id, pinned }) => [id, pinned]);
    await eventually(async () =>
      (await list(eve)).questions
        .filter(({ status }) => status === "published")
        .map(({ id, pinned }) => [id, pinned]),
    ).toEqual(shown);
  });

  test("outlives its room: what was told is there in the next life of each", async () => {
    const { ada, ben, ask, set, list, evict, texts, withdraw } = await startTalk(9);
    const { id } = await ask(ada, "Why?");
    const gone = await ask(ben, "Not this");
    await ask(ben, "How?");
    await set(id, { answer: "Because." });
    await withdraw(ben, gone.id);
    await eventually(() => texts(ben)).toEqual(["How?", "Why?"]);
    const before = await list();
    await Promise.all([0, 1, 2, 3].map(evict));
    expect(await list()).toEqual(before);
    await eventually(() => texts(ben)).toEqual(["How?", "Why?"]);
    await set(id, { status: "hidden" });
    await eventually(() => texts(ben)).toEqual(["How?"]);
  });
});

describe("what is refused", () => {
  test("says why, each with a code of its own", async () => {
    const { path, ada, ben, eve, ask, post, change, set, withdraw, setRules, block, asHost, list } =
      await startTalk();
    for (const text of ["", " \n ", "x".repeat(501), 5, null]) {
      expect(await codeOf(await post(eve, { text }))).toBe("invalid_request");
    }
    expect((await readProblem(await post(eve, { text: "x".repeat(501) }))).detail).toContain(
      "500 characters",
    );
    expect((await ask(eve, "😀".repeat(500))).text.length).toBe(1000);

    const own = [await ask(ada, "1?"), await ask(ada, "2?"), await ask(ada, "3?")] as const;
    expect(await readProblem(await post(ada, { text: "4?" }))).toMatchObject({
      code: "too_many_questions",
      detail: expect.stringContaining("wait for an answer"),
    });
    await set(own[0].id, { status: "answered" });
    await ask(ada, "4?");
    await withdraw(ada, own[1].id);
    await ask(ada, "5?");
    expect(await codeOf(await post(ada, { text: "6?" }))).toBe("too_many_questions");

    expect(await codeOf(await withdraw(ada, own[0].id))).toBe("question_fixed");
    expect(await codeOf(await withdraw(ben, own[2].id))).toBe("question_not_found");
    expect(await codeOf(await change("nothing", { status: "hidden" }))).toBe("question_not_found");
    expect(await codeOf(await change(own[2].id, { status: "hidden" }, ada))).toBe("not_host");
    for (const wrong of [
      { status: "gone" },
      { pinned: "yes" },
      { answer: "" },
      { answer: "x".repeat(1001) },
      { answer: "So.", status: "published" },
      { mergedInto: own[2].id },
      { mergedInto: "nothing" },
      { mergedInto: own[0].id, status: "published" },
      { pinned: true, status: "hidden" },
      { block: "yes" },
    ]) {
      expect([wrong, await codeOf(await change(own[2].id, wrong))]).toEqual([wrong, "invalid_request"]);
    }
    for (const query of ["sort=best", "cursor=1", "cursor=0.0.0.0.-"]) {
      expect(await codeOf(await revint.request("GET", `${path}/questions?${query}`, ada))).toBe(
        "invalid_request",
      );
    }
    const asTheHost = await revint.request("POST", `${path}/user/${asHost.uid}/questions`, {
      ...asHost,
      json: { text: "Me?" },
    });
    expect(await codeOf(asTheHost)).toBe("not_participant");

    await block(ben);
    expect(await codeOf(await post(ben, { text: "Me?" }))).toBe("blocked");
    await setRules({ questions: "off" });
    expect(await codeOf(await post(eve, { text: "Off?" }))).toBe("questions_off");
    expect((await list(eve)).questions.length).toBeGreaterThan(3);
    expect((await revint.request("POST", `${path}/end`, asHost)).status).toBe(200);
    expect(await codeOf(await post(eve, { text: "Late?" }))).toBe("session_ended");
    // What was asked is still read, and hosts still say what becomes of it.
    await set(own[2].id, { answer: "Afterwards." });
    await eventually(async () => JSON.stringify(await list(eve))).toContain("Afterwards.");
  });

  test("are more than a thousand; those are read in pages, each once", async () => {
    const talk = await startTalk(335);
    const { people, ada, ask, post, list, withdraw, texts } = talk;
    const last = people.at(-1) ?? ada;
    const all: string[] = [];
    await Promise.all(
      people.slice(0, -1).map(async (person, index) => {
        for (let each = 0; each < 3 && all.length < LIMITS.questions; each++) {
          const text = `${index} ${each}?`;
          all.push(text);
          await ask(person, text);
        }
      }),
    );
    expect(all.length).toBe(LIMITS.questions);
    expect(await readProblem(await post(last, { text: "One more?" }))).toMatchObject({
      code: "too_many_questions",
      detail: expect.stringContaining("1000 questions"),
    });
    for (const sort of ["votes", "newest"] as const) {
      await eventually(async () => (await list(last)).total).toBe(LIMITS.questions);
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(last, sort, cursor);
        expect(page.questions.length).toBeLessThanOrEqual(LIMITS.questionPage);
        found.push(...page.questions.map(({ text }) => text));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(found.toSorted()).toEqual(all.toSorted());
    }
    const rows = (await (await talk.export()).text()).trim().split("\n");
    expect(rows.map((row) => QuestionRow.parse(JSON.parse(row)).text).sort()).toEqual(all.toSorted());
    const newest = (await list(last)).questions.at(0);
    for (const person of people) {
      if (newest && (await withdraw(person, newest.id)).status === 204) break;
    }
    await ask(last, "One more?");
    await eventually(async () => (await texts(last)).includes("One more?")).toBe(true);
  });
});

/** A page, and what it loads. */
async function readFiles(url: string): Promise<string[]> {
  const page = await (await fetch(url)).text();
  const names = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name = ""]) => new URL(name, url).href);
  return [page, ...(await Promise.all([...new Set(names)].map(async (name) => (await fetch(name)).text())))];
}

test("what waits for a moderator, or was hidden, is in nothing that anybody but its author and hosts can get", async () => {
  const talk = await startTalk(7, "moderated");
  const {
    path,
    token,
    ada,
    ben,
    eve,
    people,
    sessionUid,
    asHost,
    ask,
    set,
    setRules,
    block,
    unblock,
    texts,
  } = talk;
  const late = people[6] ?? eve;
  await revint.request("PUT", `${path}/user/${ada.uid}/name`, { ...ada, json: { name: "Ada Secret" } });
  const pipes = await Promise.all([ben, eve].map(({ uid }) => Pipe.greeted(revint.url, sessionUid, uid)));
  let checks = 0;
  const { id: pending } = await ask(ada, "secret pending");
  const { id: hidden } = await ask(ada, "secret hidden");
  const { id: taken } = await ask(ada, "secret of somebody blocked");
  await set(hidden, { status: "hidden", answer: null });
  const { id: shown } = await ask(ben, "everybody may read this");
  await set(shown, { status: "published" });

  /** Everything that these can read, and were told. */
  const readAll = async (): Promise<string> => {
    const reads = ROUTES.filter(
      (route) => route.method === "GET" && !isPipe(route) && !route.path.endsWith("/events"),
    );
    const answers = [ben, eve, late].flatMap((person) =>
      reads.flatMap((route) => {
        const filled = fillPath(route, {
          sessionUid,
          uid: person.uid,
          activity: "none",
          question: pending,
        });
        return ["", "?sort=newest", "?format=csv"].map(async (query) =>
          (await revint.request("GET", filled + query, person)).text(),
        );
      }),
    );
    const comer = await Pipe.greeted(revint.url, sessionUid, late.uid);
    // Whatever is on its way by now is told before this is answered.
    const listening = [...pipes, comer];
    await Promise.all(listening.map((pipe, index) => pipe.react("0", "👍", `${checks}-${index}`)));
    checks++;
    await comer.close();
    return JSON.stringify([await Promise.all(answers), listening.map(({ heard }) => heard)]);
  };
  /** Its author and hosts read it all the same. */
  const check = async (what: string) => {
    expect([what, await readAll()]).toEqual([what, expect.not.stringMatching(/secret|Ada/)]);
    expect([what, await texts(asHost)]).toEqual([what, expect.arrayContaining(["secret pending"])]);
    expect([what, await texts(ada)]).toEqual([
      what,
      expect.arrayContaining(["secret pending", "secret hidden"]),
    ]);
  };

  await setRules({ questions: "moderated", publicResults: true });
  await eventually(() => texts(eve)).toEqual(["everybody may read this"]);
  await check("moderated");
  await setRules({ questions: "open", publicResults: true });
  await check("open again: what waits goes on waiting");
  await setRules({ questions: "off", publicResults: true });
  await check("off");
  await setRules({ questions: "moderated", publicResults: true });
  await block(ada, { uncount: true });
  await check("its author blocked");
  await unblock(ada);
  await check("and let in again");
  await revint.host(token, { expectedAudience: 80 });
  await check("resumed");
  await Promise.all([0, 1, 2, 3].map(talk.evict));
  await check("every room in its next life");

  // Published, and seen; blocked with what they have sent, gone again, but for them and hosts; and back.
  await set(taken, { status: "published" });
  await eventually(() => texts(eve)).toContain("secret of somebody blocked");
  await block(ada, { uncount: true });
  await eventually(() => texts(eve)).toEqual(["everybody may read this"]);
  const rows = await (await talk.export(eve)).text();
  expect(rows).not.toContain("secret");
  expect(await talk.find(ada, "secret of somebody blocked")).toMatchObject({ status: "hidden", mine: true });
  expect(await talk.find(asHost, "secret of somebody blocked")).toMatchObject({ status: "hidden" });
  await unblock(ada);
  await eventually(() => texts(eve)).toContain("secret of somebody blocked");

  const files = await readFiles(`${revint.url}/join?session=${sessionUid}`);
  expect(files.join("")).not.toContain("secret pending");

  // A restart takes all of them, from everybody.
  await revint.host(token, { restart: true, expectedAudience: 80 });
  for (const person of [asHost, ada, eve]) await eventually(() => texts(person)).toEqual([]);
  await setRules({ questions: "moderated", publicResults: true });
  const again = await ask(ada, "asked anew");
  expect(again.status).toBe("pending");
  await eventually(() => texts(ada)).toEqual(["asked anew"]);
  expect(await texts(eve)).toEqual([]);
});

test("a moderator blocks whoever asked something without learning who that is", async () => {
  const { ada, eve, ask, set, post, texts, list, unblock } = await startTalk();
  const { id } = await ask(ada, "Rubbish");
  await ask(ada, "More rubbish");
  await eventually(() => texts(eve)).toEqual(["More rubbish", "Rubbish"]);
  const set_ = await set(id, { status: "hidden", block: true });
  expect(set_).toMatchObject({ id, status: "hidden" });
  const { participant } = splitUid(ada.uid);
  expect(JSON.stringify([set_, await list()])).not.toContain(participant);
  await eventually(() => texts(eve)).toEqual([]);
  expect(await codeOf(await post(ada, { text: "Again" }))).toBe("blocked");
  await unblock(ada);
  // What the moderator has hidden stays so.
  await eventually(() => texts(eve)).toEqual(["More rubbish"]);
});

test("all of them are exported, oldest first, to hosts and to whom the results are open", async () => {
  const { ada, ben, ask, set, setRules, asHost, ...talk } = await startTalk(6, "moderated");
  const first = await ask(ada, '=HYPERLINK("x")\nsecond line, with a comma');
  const second = await ask(ben, "How?");
  await set(second.id, { answer: "So." });
  const response = await talk.export();
  expect(response.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="questions.ndjson"');
  const rows = (await response.text()).trim().split("\n");
  expect(rows.map((row) => QuestionRow.parse(JSON.parse(row)))).toMatchObject([
    {
      question: first.id,
      text: first.text,
      name: "",
      status: "pending",
      votes: 0,
      pinned: false,
      answer: "",
    },
    { question: second.id, status: "answered", answer: "So." },
  ]);
  const csv = await (await talk.export(asHost, "csv")).text();
  expect(csv.split("\r\n")[0]).toBe("time,question,text,name,status,votes,pinned,answer");
  expect(csv).toContain(`"'=HYPERLINK(""x"")\nsecond line, with a comma"`);
  expect(await codeOf(await talk.export(ben))).toBe("not_public");
  await setRules({ publicResults: true });
  await eventually(async () => (await talk.export(ben)).text()).toContain("So.");
  expect(await (await talk.export(ben)).text()).not.toContain("HYPERLINK");
});
