import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientOptions,
  type ClientStorage,
  type HostSession,
  hostSession,
  joinSession,
  type LiveQuestion,
  type Session,
  type SessionEvents,
  type UserSession,
} from "../web/client/index.ts";
import { keep } from "./keep.ts";
import { problem, ScriptedService } from "./scripted-service.ts";

/* Questions and votes as a service tells and takes them; the real one has its stories in client-questions.test.ts. */

let service: ScriptedService;

beforeEach(async () => {
  service = await ScriptedService.start();
});
afterEach(() => service.close());

const create = (id: string, change: Partial<LiveQuestion> = {}): LiveQuestion => ({
  ...{ id, text: `${id}?`, at: 1000, votes: 0, status: "published", pinned: false },
  ...change,
});
const [first, second] = [create("q1", { votes: 2 }), create("q2", { votes: 1 })];
const mine = create("q3", { status: "pending", mine: true });
const board = { type: "questions", questions: [second, first], total: 2, whole: true };

async function join(options: Partial<ClientOptions> = {}): Promise<UserSession> {
  const session = keep(joinSession("s", { apiUrl: service.url, storage: null, ...options }));
  await session.ready;
  return session;
}

async function host(): Promise<HostSession> {
  const session = keep(hostSession("t", { apiUrl: service.url, webUiUrl: "http://b/join" }));
  await session.ready;
  return session;
}

/** Resolves with what an event tells next. */
const next = <Name extends keyof SessionEvents>(session: Session, name: Name): Promise<SessionEvents[Name]> =>
  new Promise((resolve) => {
    const stop = session.on(name, (value) => {
      stop();
      resolve(value);
    });
  });

function createStorage(): ClientStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** An answer that comes when the test wants it to. */
function holdAnswer(what: string) {
  const { promise, resolve } = Promise.withResolvers<{ body: object }>();
  service.answer(what, promise);
  return resolve;
}

describe("questions", () => {
  test("are told in their order, with how many there are, and change with news and votes", async () => {
    const session = await join();
    const told = next(session, "questions");
    service.say({ ...board, total: 30 });
    expect(await told).toEqual([first, second]);
    expect([session.questions, session.questionCount]).toEqual([[first, second], 30]);
    const counted = next(session, "questions");
    service.say({ type: "votes", votes: { q2: 5, unknown: 1 } });
    expect(await counted).toEqual([{ ...second, votes: 5 }, first]);
    const gone = next(session, "questions");
    service.say({ type: "questions", questions: [], removed: ["q2"], total: 29 });
    expect(await gone).toEqual([first]);
    expect(session.questionCount).toBe(29);
  });

  test("that a service tells in a way we can't read are passed over, and the others are not", async () => {
    const session = await join();
    const told = next(session, "questions");
    const broken = [{ ...first, id: 1 }, { ...first, status: "sleeping" }, { ...first, votes: "3" }, null];
    service.say({ type: "questions", questions: [...broken, second], total: 6 });
    expect(await told).toEqual([second]);
  });

  test("are those of now after a lost connection, and own ones stay until they are told", async () => {
    const session = await join();
    const told = next(session, "questions");
    service.say({ type: "questions", questions: [first, mine], total: 2 });
    await told;
    service.greeting.push({ ...board, questions: [second], total: 2 });
    const again = next(session, "questions");
    service.pipes.at(-1)?.socket.terminate();
    expect(await again).toEqual([second, mine]);
  });

  test("come over server-sent events alike", async () => {
    service.greeting.push(board, { type: "votes", votes: { q2: 9 } });
    const session = keep(joinSession("s", { apiUrl: service.url, storage: null, transport: "events" }));
    await next(session, "questions");
    if (session.questions[0]?.id !== "q2") await next(session, "questions");
    expect(session.questions).toEqual([{ ...second, votes: 9 }, first]);
  });

  test("are listed by page, in the order that is asked for", async () => {
    const session = await join();
    const [asked, unasked] = [
      { ...first, mine: false, voted: true },
      { ...second, mine: false, voted: false },
    ];
    service.answer(
      "GET questions",
      { body: { questions: [asked, { id: "later" }, unasked], total: 3, cursor: "c" } },
      { body: { questions: [], total: 3 } },
      { body: {} },
    );
    expect(await session.listQuestions()).toEqual({ questions: [asked, unasked], total: 3, cursor: "c" });
    expect(await session.listQuestions({ sort: "newest", cursor: "c" })).toEqual({ questions: [], total: 3 });
    await expect(session.listQuestions()).rejects.toMatchObject({ code: "invalid_answer" });
    expect(session.hasVoted("q1")).toBe(true);
    expect(session.hasVoted("q2")).toBe(false);
  });
});

describe("who asks", () => {
  test("hears what the service has made of it, and finds it among the questions", async () => {
    const session = await join();
    const release = holdAnswer("POST questions");
    const own = session.ask("  Why? ", { name: true });
    expect(own).toMatchObject({ text: "Why?", name: true });
    expect([session.pendingQuestions, session.pending]).toEqual([[own], []]);
    const asked = next(session, "asked");
    release({ body: { ...mine, text: "Why?", name: "Ada", mine: true, voted: false } });
    const question = { ...mine, text: "Why?", name: "Ada" };
    expect(await asked).toEqual({ own, question });
    expect([session.pendingQuestions, session.questions]).toEqual([[], [question]]);
    const { id: key } = own;
    expect(service.asked("POST questions")).toMatchObject([
      { key, uid: "u1", body: { text: "Why?", name: true } },
    ]);
    expect(service.heard).toEqual([]);
  });

  test("sends no name that was not wanted", async () => {
    const session = await join();
    service.answer("POST questions", { body: { ...mine, voted: false } });
    const asked = next(session, "asked");
    session.ask("Why?");
    await asked;
    expect(service.asked("POST questions")).toMatchObject([{ body: { text: "Why?" } }]);
    expect(service.asked("POST questions")[0]?.body).not.toHaveProperty("name");
  });

  test("is asked once, however often it is sent", async () => {
    const session = await join();
    service.answer("POST questions", problem("unavailable", 503, 0), { body: { ...mine, voted: false } });
    const asked = next(session, "asked");
    const { id } = session.ask("Why?");
    await asked;
    expect(service.asked("POST questions").map(({ key }) => key)).toEqual([id, id]);
  });

  test("does not hear an older answer after what a message has told", async () => {
    const session = await join();
    const release = holdAnswer("POST questions");
    const asked = next(session, "asked");
    session.ask("Why?");
    const published = { ...mine, status: "published" } as const;
    const told = next(session, "questions");
    service.say({ type: "questions", questions: [published], total: 1 });
    await told;
    release({ body: { ...mine, voted: false } });
    await asked;
    expect(session.questions).toEqual([published]);
  });

  test("is told why not", async () => {
    const session = await join();
    service.answer("POST questions", problem("too_many_questions", 400));
    const refused = next(session, "askRefused");
    const question = session.ask("Why?");
    expect(await refused).toMatchObject({ question, error: { code: "too_many_questions" } });
    expect([session.pendingQuestions, session.questions]).toEqual([[], []]);
  });

  test("finds a question that waits after a reload, and asks it under the same id", async () => {
    const storage = createStorage();
    const before = await join({ storage });
    const never = holdAnswer("POST questions");
    const own = before.ask("Why?");
    await service.until(() => service.asked("POST questions").length === 1);
    before.close();
    service.answer("POST questions", { body: { ...mine, voted: false } });
    const after = keep(joinSession("s", { apiUrl: service.url, storage }));
    expect(after.pendingQuestions).toEqual([own]);
    expect(await next(after, "asked")).toMatchObject({ own });
    expect(service.asked("POST questions").map(({ key }) => key)).toEqual([own.id, own.id]);
    never({ body: {} });
  });

  test("takes a question back, also where it is gone already, and not where it was answered", async () => {
    const session = await join();
    const told = next(session, "questions");
    service.say({ type: "questions", questions: [mine, create("q4", { mine: true })], total: 2 });
    await told;
    service.answer("DELETE q3", problem("question_fixed", 409), { status: 204, body: {} });
    await expect(session.withdrawQuestion("q3")).rejects.toMatchObject({ code: "question_fixed" });
    expect(session.questions).toHaveLength(2);
    await session.withdrawQuestion("q3");
    expect(session.questions.map(({ id }) => id)).toEqual(["q4"]);
    service.answer("DELETE q4", problem("question_not_found", 404));
    await session.withdrawQuestion("q4");
    expect(session.questions).toEqual([]);
  });
});

describe("who votes", () => {
  test("has voted at once, and hears when the vote is kept", async () => {
    const session = await join();
    const own = session.vote("q1", true);
    expect([session.pendingVotes, session.hasVoted("q1")]).toEqual([[own], true]);
    await service.until(() => service.heard.length > 0);
    expect(service.heard).toEqual([{ type: "vote", id: own.id, question: "q1", vote: true }]);
    const voted = next(session, "voted");
    service.say({ type: "ack", ids: [own.id] });
    expect(await voted).toEqual(own);
    expect([session.pendingVotes, session.hasVoted("q1")]).toEqual([[], true]);
  });

  test("has not voted where the vote was refused", async () => {
    const session = await join();
    const refused = next(session, "voteRefused");
    const vote = session.vote("q1", true);
    service.say({ type: "error", id: vote.id, code: "own_question", detail: "no" });
    expect(await refused).toMatchObject({ vote, error: { code: "own_question" } });
    expect([session.pendingVotes, session.hasVoted("q1")]).toEqual([[], false]);
  });

  test("knows after a reload what they have voted for, and as somebody else that they have not", async () => {
    const storage = createStorage();
    const before = await join({ storage });
    const voted = next(before, "voted");
    const own = before.vote("q1", true);
    service.say({ type: "ack", ids: [own.id] });
    await voted;
    before.close();
    const after = await join({ storage });
    expect(after.hasVoted("q1")).toBe(true);
    after.close();
    service.answer("POST login", { body: { uid: "u2", token: "audience" } });
    const other = await join({ storage });
    expect(other.hasVoted("q1")).toBe(false);
  });

  test("is not told by an older answer what they have voted", async () => {
    const session = await join();
    const release = holdAnswer("GET questions");
    const listed = session.listQuestions();
    await service.until(() => service.asked("GET questions").length === 1);
    const voted = next(session, "voted");
    const own = session.vote("q1", true);
    service.say({ type: "ack", ids: [own.id] });
    await voted;
    release({ body: { questions: [{ ...first, mine: false, voted: false }], total: 1 } });
    await listed;
    expect(session.hasVoted("q1")).toBe(true);
  });

  test("over HTTP, a vote that is taken back waits for the one that is on its way, and is heard last", async () => {
    const session = await join({ transport: "events" });
    const release = holdAnswer("PUT vote");
    service.answer("PUT vote", { body: { success: true } });
    session.vote("q1", true);
    await service.until(() => service.asked("PUT vote").length === 1);
    session.vote("q1", false);
    session.vote("q1", true);
    const last = session.vote("q1", false);
    const voted = next(session, "voted");
    release({ body: { success: true } });
    expect(await voted).toEqual(last);
    expect(service.asked("PUT vote").map(({ body }) => body)).toEqual([{ vote: true }, { vote: false }]);
    expect(session.hasVoted("q1")).toBe(false);
  });
});

describe("a host", () => {
  test("publishes, pins and answers, and hears what became of it", async () => {
    const session = await host();
    const answered = { ...first, status: "answered", answer: "Because." } as const;
    service.answer(
      "POST q1",
      { body: { ...answered, mine: false, voted: false } },
      problem("role_not_allowed", 403),
    );
    expect(await session.setQuestion("q1", { answer: "Because." })).toEqual(answered);
    expect(service.asked("POST q1")).toMatchObject([{ body: { answer: "Because." } }]);
    await expect(session.setQuestion("q1", { pinned: true })).rejects.toMatchObject({
      code: "role_not_allowed",
    });
  });

  test("lists all questions, and switches them on", async () => {
    const session = await host();
    const pending = { ...mine, mine: false, voted: false };
    service.answer("GET questions", { body: { questions: [pending], total: 1 } });
    expect((await session.listQuestions({ sort: "newest" })).questions).toEqual([pending]);
    service.answer("PATCH rules", {
      body: { paused: false, reactions: null, pages: {}, questions: "moderated" },
    });
    expect(await session.setRules({ questions: "moderated" })).toMatchObject({ questions: "moderated" });
    expect(service.asked("PATCH rules").map(({ body }) => body)).toEqual([{ questions: "moderated" }]);
  });
});
