import { describe, expect, test } from "vitest";
import {
  type ClientOptions,
  coHostSession,
  type HostSession,
  hostSession,
  joinSession,
  type RevintError,
  type Session,
  type SessionEvents,
  type UserSession,
} from "../web/client/index.ts";
import { keep } from "./keep.ts";
import { problem, ScriptedService } from "./scripted-service.ts";

/*
 * What a service says that is newer than the client, or that sends everybody out. The real one has
 * its stories in client.test.ts and client-hosting.test.ts.
 */

async function start() {
  const service = await ScriptedService.start();
  // What was opened last is closed first.
  const join = (options: Partial<ClientOptions> = {}): UserSession =>
    keepBefore(service, joinSession("s", { apiUrl: service.url, storage: null, ...options }));
  const host = (): HostSession =>
    keepBefore(service, hostSession("token", { apiUrl: service.url, webUiUrl: "http://b/join" }));
  return { service, join, host };
}

/** Clients end before their service: they would only look for it. */
function keepBefore<T extends Session>(service: ScriptedService, session: T): T {
  keep({
    close: async () => {
      session.close();
      await service.close().catch(() => {});
    },
  });
  return session;
}

const next = <Name extends keyof SessionEvents>(session: Session, name: Name): Promise<SessionEvents[Name]> =>
  new Promise((resolve) => {
    const stop = session.on(name, (value) => {
      stop();
      resolve(value);
    });
  });

const INVENTED = "of_a_later_version";

describe("a code of a later version", () => {
  test("that refuses to let in, for good, ends the session with that code", async () => {
    const { service, join } = await start();
    service.answer("POST login", problem(INVENTED, 403));
    await expect(join().ready).rejects.toMatchObject({ code: INVENTED, status: 403, requestId: "r1" });
    expect(service.asked("POST login")).toHaveLength(1);
  });

  test("that refuses to let in for now is tried again", async () => {
    const { service, join, host } = await start();
    service.answer("POST login", problem(INVENTED, 429, 0), problem(INVENTED, 503));
    await join().ready;
    expect(service.asked("POST login")).toHaveLength(3);
    service.answer("POST new", problem(INVENTED, 500));
    await host().ready;
    expect(service.asked("POST new")).toHaveLength(2);
  });

  test("that refuses a reaction over HTTP for good is told, and the reaction is not sent again", async () => {
    const { service, join } = await start();
    const user = join({ transport: "events" });
    await user.ready;
    service.answer("POST react", problem(INVENTED, 409), problem(INVENTED, 503, 0));
    const [refused, kept] = [next(user, "refused"), next(user, "kept")];
    const { id } = user.react("👍");
    expect(await refused).toMatchObject({ reaction: { id }, error: { code: INVENTED, status: 409 } });
    // One that passes is.
    const second = user.react("👍");
    expect(await kept).toMatchObject({ id: second.id });
    expect(service.asked("POST react")).toHaveLength(3);
  });

  test("that refuses a reaction on a pipe is told, and the reaction is not sent again", async () => {
    const { service, join } = await start();
    const user = join();
    await user.ready;
    const refused = next(user, "refused");
    const { id } = user.react("👍");
    await service.until(() => service.heard.length === 1);
    service.say({ type: "error", id, code: INVENTED, detail: "no" });
    expect(await refused).toMatchObject({ reaction: { id }, error: { code: INVENTED } });
    expect(user.pending).toEqual([]);
    // A new pipe brings back whatever has no answer.
    service.pipes.at(-1)?.socket.terminate();
    await service.until(() => service.pipes.length === 2);
    const again = user.react("👍");
    await service.until(() => service.heard.some((message) => message.id === again.id));
    expect(service.heard.map((message) => message.id)).toEqual([id, again.id]);
  });

  test("that asks on a pipe to wait makes the reaction go again", async () => {
    const { service, join } = await start();
    const user = join();
    await user.ready;
    const { id } = user.react("👍");
    await service.until(() => service.heard.length === 1);
    service.say({ type: "error", id, code: INVENTED, detail: "no", retryAfter: 0.1 });
    await service.until(() => service.heard.length === 2);
    const kept = next(user, "kept");
    service.say({ type: "ack", ids: [id] });
    expect(await kept).toMatchObject({ id });
    expect(service.heard.map((message) => message.id)).toEqual([id, id]);
  });

  test("that is about no reaction changes nothing", async () => {
    const { service, join } = await start();
    const user = join();
    await user.ready;
    service.say({ type: "error", code: INVENTED, detail: "no" });
    const presence = next(user, "participants");
    service.say({ type: "presence", participants: 3 });
    expect(await presence).toBe(3);
    expect(user.connection).toBe("live");
  });

  test("rejects a state where it is definite, and lets it wait where it passes", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    service.answer("POST state", problem(INVENTED, 400));
    await expect(deck.setState("1", "")).rejects.toMatchObject({ code: INVENTED, status: 400 });
    expect(service.asked("POST state")).toHaveLength(1);
    service.answer("POST state", problem(INVENTED, 503, 0));
    expect(await deck.setState("2", "")).toBe(6);
    expect(service.asked("POST state")).toHaveLength(3);
  });
});

describe("rules", () => {
  test("that this client does not know keep their value when others are changed", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    const before = { paused: false, reactions: ["👍"], pages: {}, publicResults: true, ofTomorrow: 7 };
    service.answer("PATCH rules", { body: { ...before, paused: true } });
    expect(await deck.setRules({ paused: true })).toEqual({
      ...{ paused: true, reactions: ["👍"], pages: {}, publicResults: true },
      // A service of before says nothing of these.
      ...{ anyReaction: false, isClosed: false, joinsPerMinute: null, names: false, questions: "off" },
    });
    expect(service.asked("PATCH rules")[0]?.body).toEqual({ paused: true });
  });
});

describe("the door", () => {
  test("is told to hosts", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    const door = next(deck, "door");
    service.say({ type: "door", waiting: 12, perMinute: 200, isClosed: false });
    expect(await door).toEqual({ waiting: 12, perMinute: 200, isClosed: false });
  });

  test("that is closed, or too narrow, is waited at: whoever is let in comes in by themselves", async () => {
    const { service, join } = await start();
    service.answer("POST login", problem("session_full", 429, 1), problem("rate_limited", 429, 1));
    const user = join();
    const reasons: RevintError[] = [];
    user.on("waiting", (error) => reasons.push(error));
    await user.ready;
    expect(reasons).toMatchObject([
      { code: "session_full", retryAfter: 1 },
      { code: "rate_limited", retryAfter: 1 },
    ]);
    expect(user.connection).toBe("live");
  });
});

const SENT_OUT = { type: "error", code: "not_participant", detail: "the host has sent everybody out" };

/** What a pipe hears when everybody is sent out. */
function sendOut(service: ScriptedService): void {
  service.say(SENT_OUT);
  service.pipes.at(-1)?.socket.close(1008);
}

describe("whoever is sent out", () => {
  test("stays out, hears why, and their reactions that wait are refused for that reason", async () => {
    const { service, join } = await start();
    const user = join();
    await user.ready;
    const { id } = user.react("👍");
    await service.until(() => service.heard.length === 1);
    const [refused, error] = [next(user, "refused"), next(user, "error")];
    sendOut(service);
    expect(await refused).toMatchObject({ reaction: { id }, error: { code: "not_participant" } });
    expect(await error).toMatchObject({ code: "not_participant" });
    expect(user.connection).toBe("closed");
    expect(user.pending).toEqual([]);
    expect(service.asked("POST login")).toHaveLength(1);
  });

  test("comes in again by joining anew", async () => {
    const { service, join } = await start();
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const before = join({ storage });
    await before.ready;
    const error = next(before, "error");
    sendOut(service);
    await error;
    service.answer("POST login", { body: { uid: "u2", token: "audience" } });
    const after = join({ storage });
    await after.ready;
    expect(service.pipes.at(-1)?.uid).toBe("u2");
  });
});

describe("a host", () => {
  test("sends everybody out and goes on with the uid it gets", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    service.answer("POST revoke", { body: { hostUid: "h9", generation: 1 } });
    await deck.revoke();
    expect(deck.info?.hostUid).toBe("h9");
    await service.until(() => service.pipes.at(-1)?.uid === "h9");
    await deck.setState("2", "");
    expect(service.asked("POST state").at(-1)?.uid).toBe("h9");
    expect(service.asked("POST new")).toHaveLength(1);
  });

  test("that is put out by its own revocation before that is answered waits for the answer", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    const { promise, resolve } = Promise.withResolvers<{ body: object }>();
    service.answer("POST revoke", promise);
    const revoked = deck.revoke();
    await service.until(() => service.asked("POST revoke").length === 1);
    const lost = next(deck, "connection");
    sendOut(service);
    expect(await lost).toBe("connecting");
    resolve({ body: { hostUid: "h9", generation: 1 } });
    await revoked;
    await service.until(() => service.pipes.at(-1)?.uid === "h9");
    expect(service.asked("POST new")).toHaveLength(1);
  });

  test("that somebody else has put out opens its session again, without a restart, and goes on", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    sendOut(service);
    await service.until(() => service.pipes.at(-1)?.uid === "h2");
    expect(service.asked("POST new").at(-1)).toMatchObject({ uid: undefined, body: { restart: false } });
    expect(await deck.setState("2", "")).toBe(6);
  });

  test("that is put out twice in a row comes back twice", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    for (const uid of ["h2", "h3"]) {
      sendOut(service);
      await service.until(() => service.pipes.at(-1)?.uid === uid);
    }
    expect(await deck.setState("2", "")).toBe(6);
    expect(service.asked("POST state").at(-1)?.uid).toBe("h3");
  });

  test.each(["getRules", "takeOver"] as const)(
    "that hears so from a call (%s) opens its session again, and then the call succeeds",
    async (call) => {
      const { service, host } = await start();
      const deck = host();
      await deck.ready;
      const what = call === "getRules" ? "GET rules" : "POST driver";
      service.answer(what, problem("not_participant", 403));
      if (call === "takeOver") service.answer(what, { body: { driver: "host" } });
      await deck[call]();
      expect(service.asked(what).map(({ uid }) => uid)).toEqual(["h1", "h2"]);
    },
  );

  test("whose uid is refused again right after that hears so", async () => {
    const { service, host } = await start();
    const deck = host();
    await deck.ready;
    service.answer("GET rules", problem("not_participant", 403), problem("not_participant", 403));
    await expect(deck.getRules()).rejects.toMatchObject({ code: "not_participant" });
  });

  test("that is a co-host is out for good", async () => {
    const { service } = await start();
    const coHost = keepBefore(
      service,
      coHostSession("s", { apiUrl: service.url, token: "presenter:x:y", hostUid: "h0000x" }),
    );
    await coHost.ready;
    service.answer("POST driver", problem("not_host", 403));
    await expect(coHost.takeOver()).rejects.toMatchObject({ code: "not_host" });
    const error = next(coHost, "error");
    service.say({ type: "error", code: "not_host", detail: "the invitation was taken back" });
    expect(await error).toMatchObject({ code: "not_host" });
    expect(coHost.connection).toBe("closed");
  });
});
