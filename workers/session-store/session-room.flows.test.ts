import { abortAllDurableObjects, env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { createParticipant } from "../../shared/protocol/identity.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import { Problem } from "../../shared/protocol/problem.schema.ts";
import { FinalTotals } from "../lib/final-totals.ts";
import { RoomEvents } from "../lib/room-event.ts";
import { WATCHED_HEADER } from "../lib/watched.ts";
import { call, getLedgerOf, getRoomOf, host, join, nameUser, openSession } from "./test-client.ts";

const query = `role=host&participant=${host.participant}`;
const send = (method: string, path: string, body: object) =>
  call(path, { method, body: JSON.stringify(body) });

const watch = async (session: string, watched = true) =>
  (await send("PUT", `/session/${session}/watch`, { watched })).json();
const read = async (session: string, after = 0, limit = 500, more = "") =>
  RoomEvents.parse(
    await (await call(`/session/${session}/events?after=${after}&limit=${limit}${more}`)).json(),
  );
/** All up to this number have been worked off. */
const acknowledge = (session: string, epoch: number, number: number) =>
  read(session, number, 1, `&worked=${epoch}`);
const act = async (session: string, id: string, action: object, more: object = {}) =>
  (await send("POST", `/session/${session}/actions`, { id, depth: 1, action, ...more })).json();
const show = (session: string, page: string) => getRoomOf(session).setState(host, { page, state: "" });
const react = (session: string, participant: string, id: string, page = "1") =>
  getRoomOf(session, Number.parseInt(participant.slice(1, 5), 36)).react(participant, {
    page,
    reaction: "x",
    id,
  });

/** What is kept, without when it happened. */
const list = async (session: string) => (await read(session)).events.map(({ at: _, ...event }) => event);

/** Everything that a pipe is told. */
async function listen(session: string, participant: string) {
  const response = await call(`/session/${session}/participant/${participant}/pipe`, {
    headers: { Upgrade: "websocket" },
  });
  const socket = response.webSocket;
  if (!socket) throw new Error(`no pipe: ${response.status}`);
  const heard: ServerMessage[] = [];
  socket.addEventListener("message", ({ data }) => {
    heard.push(ServerMessage.parse(JSON.parse(`${data}`)));
  });
  socket.accept();
  return { heard, socket };
}

describe("a session that is watched", () => {
  test("keeps what happens, numbered without gaps, through eviction", async () => {
    const session = await openSession();
    await watch(session);
    await show(session, "1");
    await evictDurableObject(getRoomOf(session));
    await show(session, "2");
    await abortAllDurableObjects();
    await show(session, "2");
    await show(session, "3");
    expect(await list(session)).toEqual([
      { number: 1, depth: 0, event: "page", page: "1" },
      { number: 2, depth: 0, event: "page", page: "2" },
      { number: 3, depth: 0, event: "page", page: "3" },
    ]);
    expect(await read(session, 1, 1)).toMatchObject({
      events: [{ number: 2 }],
      more: true,
      now: { page: "3" },
    });
  });

  test("erases what is acknowledged with what it keeps next, and numbers go on in its next life", async () => {
    const session = await openSession();
    await watch(session);
    for (const page of ["1", "2", "3"]) await show(session, page);
    const { epoch } = await read(session);
    expect(await acknowledge(session, epoch, 2)).toMatchObject({ events: [{ number: 3 }], more: false });
    await show(session, "4");
    await evictDurableObject(getRoomOf(session));
    expect((await list(session)).map(({ number }) => number)).toEqual([3, 4]);
    await acknowledge(session, epoch, 4);
    await show(session, "5");
    expect((await list(session)).map(({ number }) => number)).toEqual([5]);
  });

  test("goes on being watched when it begins again, with numbers anew and nothing of before", async () => {
    const session = await openSession();
    await watch(session);
    await show(session, "1");
    await act(session, "run.0", { do: "state", page: "2", state: "" });
    const { epoch } = await read(session);
    await openSession({}, true, session);
    await show(session, "5");
    const anew = await read(session);
    expect(anew.epoch).toBeGreaterThan(epoch);
    expect(anew.events).toMatchObject([{ number: 1, event: "page", page: "5" }]);
    await acknowledge(session, epoch, 1);
    expect(await list(session)).toHaveLength(1);
    // What flows had done before is of another life: its ids are free, and its actions do nothing.
    expect(await act(session, "run.0", { do: "state", page: "6", state: "" }, { epoch })).toEqual({
      done: false,
    });
    expect(await act(session, "run.0", { do: "state", page: "6", state: "" })).toEqual({ done: true });
  });

  test("is not watched any more once it was deleted, and nothing is left", async () => {
    const session = await openSession();
    await watch(session);
    await show(session, "1");
    await act(session, "run.0", { do: "message", text: "Hello." });
    await call(`/session/${session}`, { method: "DELETE" });
    await runInDurableObject(getRoomOf(session), (_, { storage }) =>
      expect(
        storage.sql
          .exec("SELECT name FROM sqlite_master WHERE name IN ('events', 'told', 'actions')")
          .toArray(),
      ).toEqual([]),
    );
    const gone = await call(`/session/${session}/events`);
    expect(Problem.parse(await gone.json())).toMatchObject({ code: "session_not_found" });
    await openSession({}, false, session);
    await show(session, "1");
    expect(await list(session)).toEqual([]);
  });

  test("tells of reactions in every room, as so many so far, and of people", async () => {
    const session = await openSession({ expectedAudience: 15 });
    await watch(session);
    const people = await Promise.all(Array.from({ length: 7 }, () => join(session)));
    await Promise.all(people.map((person, index) => person.react("1", "x", `${index}`)));
    await expect
      .poll(async () => (await list(session)).filter(({ event }) => event === "reactions").at(-1))
      .toMatchObject({ page: "1", reaction: "x", count: 7 });
    await expect
      .poll(async () => (await list(session)).filter(({ event }) => event === "people").at(-1))
      .toMatchObject({ people: 7 });
    const events = await list(session);
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
    expect((await read(session)).now.people).toBe(7);
  });

  test("tells of reactions that nobody but their ledger knew when the room died", async () => {
    const session = await openSession();
    await watch(session);
    const ada = nameUser();
    await react(session, ada, "1");
    await expect.poll(() => list(session)).toHaveLength(1);
    // Kept a moment before the room dies: its next life finds them in the ledger.
    await react(session, ada, "2");
    await abortAllDurableObjects();
    expect((await getLedgerOf(session).list({ interaction: "reaction", limit: 9 })).entries).toHaveLength(2);
    await react(session, ada, "3");
    await expect.poll(async () => (await list(session)).at(-1)).toMatchObject({ count: 3 });
  });

  test("says so to whoever may have made an event, and only then", async () => {
    const session = await openSession();
    const ada = nameUser();
    const isSaid = async () => {
      const path = `/session/${session}/participant/${host.participant}/pipe`;
      const { headers, webSocket } = await call(path, { headers: { Upgrade: "websocket" } });
      webSocket?.accept();
      webSocket?.close();
      const answers = [await show(session, `${Math.random()}`), await getRoomOf(session).join()];
      return [headers.has(WATCHED_HEADER), ...answers.map((answer) => "isWatched" in answer)];
    };
    expect(await isSaid()).toEqual([false, false, false]);
    expect(await react(session, ada, "1")).toBeNull();
    await watch(session);
    expect(await isSaid()).toEqual([true, true, true]);
    expect(await react(session, ada, "2")).toEqual({ isWatched: true });
    await watch(session, false);
    expect(await isSaid()).toEqual([false, false, false]);
  });
});

describe("what a flow has a session do", () => {
  test("is done once, though it is sent again after an eviction", async () => {
    const session = await openSession();
    await watch(session);
    const action = { do: "state", page: "9", state: "" };
    expect(await act(session, "run.0", action)).toEqual({ done: true });
    await evictDurableObject(getRoomOf(session));
    await show(session, "1");
    expect(await act(session, "run.0", action)).toEqual({ done: false });
    expect((await read(session)).now.page).toBe("1");
  });

  test("carries how many flows have caused it", async () => {
    const session = await openSession();
    await watch(session);
    await send("PUT", `/session/${session}/activities/poll?${query}`, {
      kind: "choice",
      prompt: "Which?",
      options: [
        { id: "a", text: "A" },
        { id: "b", text: "B" },
      ],
    });
    await act(session, "1", { do: "activity", activity: "poll", status: "open" }, { depth: 2 });
    await act(session, "2", { do: "end" }, { depth: 3 });
    expect(await list(session)).toMatchObject([
      { event: "activity", activity: "poll", status: "open", depth: 2 },
      { event: "ended", depth: 3 },
      { event: "activity", activity: "poll", status: "closed", depth: 3 },
    ]);
    expect((await read(session)).now).toMatchObject({ hasEnded: true });
    expect(await act(session, "2", { do: "end" }, { depth: 3 })).toEqual({ done: false });
    // Its last counts are kept, as where a host has ended it.
    const { REACTION_STORE } = env as unknown as SessionStoreEnv;
    const kept = await REACTION_STORE.fetch(`http://reaction-store/session/${session}/results`);
    expect(FinalTotals.parse(await kept.json())).toMatchObject({ endedAt: expect.any(Number) });
  });

  test("a message is heard on hosts' pipes, and on no user's", async () => {
    const session = await openSession();
    const ada = await join(session);
    const user = await listen(session, ada.participant);
    const [one, other] = [
      await listen(session, host.participant),
      await listen(session, createParticipant("host", 0, "1".repeat(16))),
    ];
    expect(await act(session, "run.0", { do: "message", text: "Ten questions wait." })).toEqual({
      done: true,
    });
    await act(session, "run.1", { do: "state", page: "2", state: "" });
    const notices = ({ heard }: typeof user) => heard.filter(({ type }) => type === "notice");
    for (const pipe of [one, other, user]) {
      await vi.waitFor(() =>
        expect(pipe.heard).toContainEqual(expect.objectContaining({ type: "state_change", page: "2" })),
      );
    }
    for (const pipe of [one, other]) {
      expect(notices(pipe)).toEqual([
        { type: "notice", text: "Ten questions wait.", at: expect.any(Number) },
      ]);
    }
    expect(notices(user)).toEqual([]);
    for (const { socket } of [one, other, user]) socket.close();
  });

  test.each([
    {},
    { id: "", depth: 1, action: { do: "end" } },
    { id: "a", depth: 0, action: { do: "end" } },
    { id: "a", depth: 1, action: { do: "webhook", url: "https://a.example" } },
    { id: "a", depth: 1, action: { do: "message", text: "" } },
  ])("is refused where it is none: %j", async (body) => {
    const session = await openSession();
    const answer = await send("POST", `/session/${session}/actions`, body);
    expect(answer.status).toBe(400);
  });
});
