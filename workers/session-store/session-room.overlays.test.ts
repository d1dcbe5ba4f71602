import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { ServerMessage } from "../../shared/protocol/message.schema.ts";
import type { ClientMessage } from "../../shared/protocol/message.ts";
import { Overlay, Overlays } from "../../shared/protocol/overlay.schema.ts";
import { SessionTotals } from "../../shared/protocol/totals.schema.ts";
import { unwrap } from "../lib/unwrap.ts";
import { call, getRoomOf, host, openSession, takeSeat } from "./test-client.ts";

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close(1000);
});

const addOverlay = async (session: string, name?: string) =>
  Overlay.parse(await getRoomOf(session).addOverlay(host, { name })).participant;
const nameJoined = async (session: string) => unwrap(await takeSeat(session)).participant;
const listOverlays = async (session: string) =>
  Overlays.parse(await getRoomOf(session).listOverlays(host)).overlays;

const ask = (session: string, participant: string) =>
  call(`/session/${session}/participant/${participant}/pipe`, { headers: { Upgrade: "websocket" } });

/** A pipe, and what is heard on it. */
async function open(session: string, participant: string) {
  const { webSocket } = await ask(session, participant);
  if (!webSocket) throw new Error("no pipe");
  sockets.push(webSocket);
  const heard: ServerMessage[] = [];
  webSocket.addEventListener("message", ({ data }) =>
    heard.push(ServerMessage.parse(JSON.parse(String(data)))),
  );
  const closed = new Promise<number>((resolve) =>
    webSocket.addEventListener("close", ({ code }) => resolve(code)),
  );
  webSocket.accept();
  await vi.waitFor(() => expect(heard.map(({ type }) => type)).toContain("presence"));
  return { heard, closed, send: (message: ClientMessage) => webSocket.send(JSON.stringify(message)) };
}

describe("an overlay", () => {
  test("hears what a user hears, to the letter, and reads what a user reads", async () => {
    const session = await openSession({ reactions: ["👍"] });
    const room = getRoomOf(session);
    await room.setRules(host, {
      ...{ paused: false, reactions: null, pages: {}, publicResults: false },
      questions: "moderated",
    });
    const [user, author] = [await nameJoined(session), await nameJoined(session)];
    const overlay = await addOverlay(session);
    const [phone, page] = [await open(session, user), await open(session, overlay)];
    const deck = await open(session, host.participant);
    for (const each of [phone, page, deck]) each.heard.length = 0;

    await room.setState(host, { page: "1", state: "shown" });
    await room.react(author, { page: "1", reaction: "👍", id: "one" });
    const options = [
      { id: "a", text: "A" },
      { id: "b", text: "B" },
    ];
    await room.writeActivity(host, "quiz", {
      ...{ kind: "choice", prompt: "Which?", options, correct: ["a"], show: "closed" },
    } as never);
    await room.setActivity(host, "quiz", { status: "open" });
    await room.answer(author, { id: "answer", activity: "quiz", round: 1, value: ["a"] });
    const waiting = unwrap(await room.ask(author, { id: "secret", text: "Between us?" }));
    const pinned = unwrap(await room.ask(author, { id: "open", text: "Why?" }));
    await room.setQuestion(host, pinned.id, { status: "published", pinned: true });
    await vi.waitFor(() => {
      const told = JSON.stringify(phone.heard);
      expect(told).toContain('"👍":1');
      expect(told).toContain('"pinned":true');
    });
    // The host hears what nobody else may, of the same moment.
    await vi.waitFor(() => expect(JSON.stringify(deck.heard)).toContain("Between us?"));
    expect(JSON.stringify(deck.heard)).toContain('"correct"');
    // A last state closes the comparison: what came before it has come.
    await room.setState(host, { page: "2", state: "shown" });
    const isLast = (message: ServerMessage) => message.type === "state_change" && message.page === "2";
    for (const each of [phone, page]) await vi.waitFor(() => expect(each.heard.some(isLast)).toBe(true));
    expect(page.heard).toEqual(phone.heard);
    expect(JSON.stringify(page.heard)).not.toMatch(/Between us|correct|bursts|door|notice/);

    const read = async (participant: string) => ({
      activities: await room.listActivities(participant, "user", "frequent"),
      questions: await room.listQuestions(participant, "user", { sort: "votes" }),
      ranking: await room.readRanking(participant, "user", "quiz"),
      state: await room.getState(participant),
    });
    expect(await read(overlay)).toEqual(await read(user));
    expect(JSON.stringify(await read(overlay))).not.toContain(waiting.id);
  });

  test("is nobody: it takes no place, is not counted, and comes in where the door is closed and every place taken", async () => {
    const session = await openSession({ maxParticipants: 1 });
    const room = getRoomOf(session);
    const user = await nameJoined(session);
    const phone = await open(session, user);
    await room.setRules(host, {
      ...{ paused: false, reactions: null, pages: {}, publicResults: false, isClosed: true },
    });
    expect(await takeSeat(session)).toMatchObject({ code: "session_full" });
    const overlay = await addOverlay(session);
    const page = await open(session, overlay);
    const presence = (heard: readonly ServerMessage[]) =>
      heard.findLast((message) => message.type === "presence")?.participants;
    expect(presence(page.heard)).toBe(1);
    await room.setState(host, { page: "1", state: "" });
    await vi.waitFor(() => expect(phone.heard.at(-1)).toMatchObject({ page: "1" }));
    expect(presence(phone.heard)).toBe(1);
    expect(SessionTotals.parse(await room.getTotals()).participants).toBe(1);
  });

  test("sends nothing: what it says is refused, and changes nothing", async () => {
    const session = await openSession();
    const room = getRoomOf(session);
    await room.setRules(host, {
      ...{ paused: false, reactions: null, pages: {}, publicResults: false, questions: "open" },
    });
    const question = unwrap(await room.ask(await nameJoined(session), { id: "q", text: "Why?" }));
    await room.writeActivity(host, "word", { kind: "words", prompt: "One word" } as never);
    await room.setActivity(host, "word", { status: "open" });
    const overlay = await addOverlay(session);
    const page = await open(session, overlay);
    page.send({ type: "react", id: "1", page: "0", reaction: "👍" });
    page.send({ type: "answer", id: "2", activity: "word", round: 1, value: ["one"] });
    page.send({ type: "vote", id: "3", question: question.id, vote: true });
    const refused = () =>
      page.heard.flatMap((message) => (message.type === "error" ? [[message.id, message.code]] : []));
    await vi.waitFor(() => expect(refused()).toHaveLength(3));
    expect(refused().sort()).toEqual(["1", "2", "3"].map((id) => [id, "not_participant"]));

    const isRefused = { code: "not_participant" };
    expect(await room.react(overlay, { page: "0", reaction: "👍", id: "4" })).toMatchObject(isRefused);
    expect(await room.ask(overlay, { id: "5", text: "Who?" })).toMatchObject(isRefused);
    expect(await room.keepQuestion(overlay, { id: "5", text: "Who?" })).toMatchObject(isRefused);
    expect(await room.setName(overlay, "Stream")).toMatchObject(isRefused);
    expect(SessionTotals.parse(await room.getTotals())).toMatchObject({ total: 0, participants: 1 });
    // Nor is it a host, or somebody who can be blocked.
    const actor = { participant: overlay, role: "presenter" } as const;
    expect(await room.setState(actor, { page: "1", state: "" })).toMatchObject({ code: "not_host" });
    expect(await room.block(host, overlay, true, false)).toMatchObject({ code: "invalid_request" });
  });
});

describe("its key", () => {
  test("is listed without what it is, and revoked at once: its pipes are closed, and it reads nothing more", async () => {
    const session = await openSession();
    const room = getRoomOf(session);
    const [gone, stays] = [await addOverlay(session, "Main scene"), await addOverlay(session)];
    expect(await listOverlays(session)).toEqual([
      { participant: gone, name: "Main scene", madeAt: expect.any(Number) },
      { participant: stays, madeAt: expect.any(Number) },
    ]);
    const [first, second, other] = [
      await open(session, gone),
      await open(session, gone),
      await open(session, stays),
    ];
    expect(await room.refuseOverlay(gone)).toBeNull();
    expect(await room.removeOverlay(host, gone)).toBeNull();
    for (const { heard, closed } of [first, second]) {
      expect(await closed).toBe(1008);
      expect(heard.at(-1)).toMatchObject({ type: "error", code: "not_participant" });
    }
    expect(await room.refuseOverlay(gone)).toMatchObject({ code: "invalid_token" });
    expect((await ask(session, gone)).status).toBe(403);
    expect(await room.getState(gone)).toMatchObject({ code: "not_participant" });
    expect(await room.listActivities(gone, "user", "frequent")).toMatchObject({ code: "not_participant" });
    expect(await room.listQuestions(gone, "user", { sort: "votes" })).toMatchObject({
      code: "not_participant",
    });
    expect(await room.getTotals(false, gone)).toMatchObject({ code: "not_participant" });
    expect(await room.history(undefined, gone)).toMatchObject({ code: "not_participant" });

    await room.setState(host, { page: "1", state: "" });
    await vi.waitFor(() => expect(other.heard.at(-1)).toMatchObject({ page: "1" }));
    expect((await listOverlays(session)).map(({ participant }) => participant)).toEqual([stays]);
    // Again, it is gone already.
    expect(await room.removeOverlay(host, gone)).toBeNull();
  });

  test("is the host's to make, and nobody else's; so many at a time", async () => {
    const session = await openSession();
    const room = getRoomOf(session);
    for (const role of ["presenter", "moderator"] as const) {
      const { participant } = unwrap(await room.invite(host, { role }));
      const actor = { participant, role };
      expect(await room.addOverlay(actor, {})).toMatchObject({ code: "role_not_allowed" });
      expect(await room.listOverlays(actor)).toMatchObject({ code: "role_not_allowed" });
      expect(await room.removeOverlay(actor, participant)).toMatchObject({ code: "role_not_allowed" });
    }
    const all = await Promise.all(Array.from({ length: LIMITS.overlays }, () => addOverlay(session)));
    expect(await room.addOverlay(host, {})).toMatchObject({ code: "invalid_request" });
    await room.removeOverlay(host, all[0] ?? "");
    await addOverlay(session);
  });

  test("is good after a restart, and when its room has died", async () => {
    const session = await openSession();
    const overlay = await addOverlay(session);
    await openSession({}, true, session);
    await evictDurableObject(getRoomOf(session));
    expect(await getRoomOf(session).refuseOverlay(overlay)).toBeNull();
    await open(session, overlay);
  });

  test("is worth nothing once everybody was sent out", async () => {
    const session = await openSession();
    const overlay = await addOverlay(session);
    const page = await open(session, overlay);
    await getRoomOf(session).revoke();
    expect(await page.closed).toBe(1008);
    expect(await getRoomOf(session).refuseOverlay(overlay)).toMatchObject({ code: "invalid_token" });
    const again = { participant: `${host.participant.slice(0, 5)}B${host.participant.slice(6)}` };
    expect(await getRoomOf(session).listOverlays({ ...again, role: "host" })).toEqual({ overlays: [] });
  });

  test("goes with the session: one that is started anew under its name knows it not", async () => {
    const session = await openSession();
    const overlay = await addOverlay(session);
    const page = await open(session, overlay);
    expect((await call(`/session/${session}`, { method: "DELETE" })).status).toBe(200);
    await page.closed;
    expect(page.heard.at(-1)).toEqual({ type: "end" });
    expect(await getRoomOf(session).refuseOverlay(overlay)).toMatchObject({ code: "session_not_found" });
    await openSession({}, false, session);
    expect(await getRoomOf(session).refuseOverlay(overlay)).toMatchObject({ code: "invalid_token" });
    expect(await listOverlays(session)).toEqual([]);
    expect((await ask(session, overlay)).status).toBe(403);
  });

  test("opens nothing after the end, and can still be revoked", async () => {
    const session = await openSession();
    const room = getRoomOf(session);
    const overlay = await addOverlay(session);
    const page = await open(session, overlay);
    await room.end(host);
    expect(await page.closed).toBe(1000);
    expect((await ask(session, overlay)).status).toBe(410);
    expect(await room.addOverlay(host, {})).toMatchObject({ code: "session_ended" });
    expect(await room.removeOverlay(host, overlay)).toBeNull();
    expect(await listOverlays(session)).toEqual([]);
  });
});
