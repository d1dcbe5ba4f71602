import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Activity,
  type ClientOptions,
  type HostSession,
  hostSession,
  joinSession,
  type LiveActivity,
  type OwnAnswer,
  type Session,
  type SessionEvents,
  type UserSession,
} from "../web/client/index.ts";
import { keep } from "./keep.ts";
import { problem, ScriptedService } from "./scripted-service.ts";

let service: ScriptedService;

beforeEach(async () => {
  service = await ScriptedService.start();
});
afterEach(() => service.close());

const poll: LiveActivity = {
  ...{ id: "poll", kind: "choice", prompt: "Which?", show: "closed", change: true, multiple: 1 },
  options: [
    { id: "a", text: "A" },
    { id: "b", text: "B" },
  ],
  ...{ status: "open", round: 1, revealed: false, openedAt: 1000 },
};
const closed: LiveActivity = { ...poll, status: "closed" };
const tally = { round: 1, people: 3, counts: { a: 2, b: 1 } };

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

/** Once the open poll is known. */
async function joinAsked(options: Partial<ClientOptions> = {}): Promise<UserSession> {
  service.greeting.push({ type: "activities", activities: [poll], whole: true });
  const session = keep(joinSession("s", { apiUrl: service.url, storage: null, ...options }));
  await next(session, "activities");
  return session;
}

describe("a participant", () => {
  test("hears what is asked, and what the room has answered", async () => {
    const session = await join();
    const asked = next(session, "activities");
    service.say({ type: "activities", activities: [poll] });
    expect(await asked).toEqual([poll]);
    const counted = next(session, "tallies");
    service.say({ type: "activities", activities: [closed] }, { type: "tallies", tallies: { poll: tally } });
    expect(await counted).toEqual({ poll: tally });
    expect([session.activities, session.tallies]).toEqual([[closed], { poll: tally }]);
  });

  test("that comes back has the picture of now, and not that of before", async () => {
    const session = await joinAsked();
    const gone = next(session, "activities");
    service.greeting.splice(1, 1, { type: "activities", activities: [], whole: true });
    service.pipes.at(-1)?.socket.terminate();
    expect(await gone).toEqual([]);
  });

  test("hears how they stand in the quiz, and knows nothing of it where a new connection does not say so", async () => {
    const session = await join();
    const scored = next(session, "score");
    service.say({ type: "score", points: 1980, rank: 2 });
    expect(await scored).toEqual({ points: 1980, rank: 2 });
    expect(session.score).toEqual({ points: 1980, rank: 2 });
    const lost = next(session, "score");
    service.say({ type: "score", points: 0, rank: 0 });
    expect(await lost).toBeUndefined();
    const again = next(session, "score");
    service.say({ type: "score", points: 500, rank: 3 });
    await again;
    const gone = next(session, "score");
    service.pipes.at(-1)?.socket.terminate();
    expect(await gone).toBeUndefined();
  });

  test("reads the ranking, and takes a name for it", async () => {
    const session = await join();
    const top = [
      { name: "Ada", points: 1980, rank: 1 },
      { points: 0, rank: 2 },
    ];
    const answer = { top, people: 2, mine: { points: 0, rank: 2 } };
    service.answer(
      "GET ranking",
      { body: answer },
      { body: { top: [{ name: "Ada" }], people: 2 } },
      { body: {} },
    );
    expect(await session.readRanking("poll")).toEqual(answer);
    expect(await session.readRanking("poll")).toEqual({ top: [], people: 2 });
    await expect(session.readRanking("poll")).rejects.toMatchObject({ code: "invalid_answer" });
    service.answer("PUT name", { body: { success: true } }, problem("name_taken", 409));
    await session.setName("Ada");
    expect(service.asked("PUT name")[0]?.body).toEqual({ name: "Ada" });
    await expect(session.setName("Ada")).rejects.toMatchObject({ code: "name_taken" });
  });

  test("answers what is open, and hears when the answer is kept", async () => {
    const session = await joinAsked();
    const own = session.answer("poll", ["a"]);
    expect(own).toMatchObject({ activity: "poll", round: 1, value: ["a"] });
    expect([session.pendingAnswers, session.pending]).toEqual([[own], []]);
    await service.until(() => service.heard.length > 0);
    const { id } = own;
    const { round, openedAt } = poll;
    expect(service.heard).toEqual([{ type: "answer", id, activity: "poll", round, openedAt, value: ["a"] }]);
    const answered = next(session, "answered");
    service.say({ type: "ack", ids: [id] });
    expect(await answered).toEqual(own);
    expect(session.pendingAnswers).toEqual([]);
  });

  test("answers nothing that is not open", async () => {
    const session = await joinAsked();
    expect(() => session.answer("other", ["a"])).toThrow(/activity_not_found/);
    const told = next(session, "activities");
    service.say({ type: "activities", activities: [closed] });
    await told;
    expect(() => session.answer("poll", ["a"])).toThrow(/activity_not_found/);
  });

  test("hears why an answer came too late", async () => {
    const session = await joinAsked();
    const refused = next(session, "answerRefused");
    const answer = session.answer("poll", ["a"]);
    service.say({ type: "error", id: answer.id, code: "activity_closed", detail: "it is over" });
    expect(await refused).toMatchObject({ answer, error: { code: "activity_closed" } });
    expect(session.pendingAnswers).toEqual([]);
  });

  test("has all activities told, with the own answer, but for those of a later version", async () => {
    const session = await join();
    const mine = { ...poll, tally, rounds: [tally], mine: ["b"] };
    const later = { ...poll, kind: "drawing" };
    service.answer("GET activities", { body: { activities: [later, mine] } });
    expect(await session.listActivities()).toEqual([mine]);
    service.answer("GET activities", { body: {} });
    await expect(session.listActivities()).rejects.toMatchObject({ code: "invalid_answer" });
  });
});

describe("over HTTP", () => {
  test("an answer is put under its id, until it is kept", async () => {
    const session = await joinAsked({ transport: "events" });
    const answered = next(session, "answered");
    service.answer("PUT poll", problem("unavailable", 503, 0), { body: { success: true } });
    const own = session.answer("poll", ["b"]);
    expect(await answered).toEqual(own);
    const body = { round: 1, value: ["b"] };
    expect(service.asked("PUT poll")).toMatchObject([{ body }, { body }]);
  });

  test("a changed mind waits for the answer that is on its way, and is heard last", async () => {
    const session = await joinAsked({ transport: "events" });
    const kept: OwnAnswer[] = [];
    session.on("answered", (own) => kept.push(own));
    const first = Promise.withResolvers<{ body: object }>();
    service.answer("PUT poll", first.promise, { body: { success: true } });
    session.answer("poll", ["a"]);
    await service.until(() => service.asked("PUT poll").length === 1);
    session.answer("poll", null);
    const last = session.answer("poll", ["b"]);
    const answered = next(session, "answered");
    first.resolve({ body: { success: true } });
    await answered;
    expect(service.asked("PUT poll").map(({ body }) => body)).toEqual([
      { round: 1, openedAt: 1000, value: ["a"] },
      { round: 1, openedAt: 1000, value: ["b"] },
    ]);
    expect(kept).toEqual([last]);
  });
});

describe("a host", () => {
  const answer: Activity = { ...poll, tally, rounds: [] };

  test("writes, opens and deletes an activity, and takes a word out", async () => {
    const session = await host();
    service.answer("PUT poll", { body: answer });
    const definition = {
      kind: "choice",
      prompt: "Which?",
      options: poll.kind === "choice" ? poll.options : [],
    } as const;
    expect(await session.putActivity("poll", definition)).toEqual(answer);
    expect(service.asked("PUT poll")).toMatchObject([{ body: definition }]);
    service.answer("POST status", { body: answer });
    expect(await session.setActivity("poll", { status: "open", seconds: 20 })).toEqual(answer);
    expect(service.asked("POST status")).toMatchObject([{ body: { status: "open", seconds: 20 } }]);
    service.answer("POST hidden", { body: { success: true } });
    await session.hideWord("poll", "café", true);
    expect(service.asked("POST hidden")).toMatchObject([{ body: { value: "café", hidden: true } }]);
    service.answer("POST hidden", { body: { success: true } });
    await session.hideText("poll", 5, true, { block: true });
    expect(service.asked("POST hidden").at(-1)).toMatchObject({
      body: { number: 5, hidden: true, block: true },
    });
    service.answer("DELETE poll", { status: 204, body: {} });
    await session.deleteActivity("poll");
  });

  test("is told why not", async () => {
    const session = await host();
    service.answer("POST status", problem("not_driving", 409));
    await expect(session.setActivity("poll", { status: "open" })).rejects.toMatchObject({
      code: "not_driving",
    });
  });
});
