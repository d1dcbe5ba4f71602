import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type ClientOptions,
  type HostOptions,
  hostSession,
  joinSession,
  type Session,
  type SessionEvents,
} from "../web/client/index.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await shareDeployment();
});

async function host(token?: string, options: Partial<HostOptions> = {}) {
  const session = hostSession(token ?? (await revint.sign()), {
    apiUrl: revint.url,
    webUiUrl: `${revint.url}/join`,
    ...options,
  });
  keep(session);
  await session.ready;
  return { session, sessionUid: session.info?.sessionUid ?? "" };
}

function join(sessionUid: string, options: Partial<ClientOptions> = {}) {
  return keep(joinSession(sessionUid, { apiUrl: revint.url, ...options }));
}

const EVENTS = [
  "state",
  "totals",
  "participants",
  "connection",
  "kept",
  "refused",
  "unconfirmed",
  "end",
  "error",
] as const satisfies readonly (keyof SessionEvents)[];

/** Resolves as soon as an event makes it true. */
function until(session: Session, check: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!check()) return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = EVENTS.map((name) => session.on(name, look));
    look();
  });
}

/** A storage that outlives the client, as a browser's does a reload. */
function createStorage(): NonNullable<ClientOptions["storage"]> & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** The ids of everything that was kept, from now on. */
function collectKept(session: Session): string[] {
  const ids: string[] = [];
  session.on("kept", ({ id }) => ids.push(id));
  return ids;
}

describe("a session", () => {
  test("is joined, reacted to and counted, and everyone hears it", async () => {
    const deck = await host(undefined, { reactions: ["👍", "❤️"] });
    await deck.session.setState("2.1", "open");
    const ada = join(deck.sessionUid);
    const bob = join(deck.sessionUid);
    await Promise.all([ada.ready, bob.ready]);
    expect(ada.info).toMatchObject({ sessionUid: deck.sessionUid, reactions: ["👍", "❤️"] });
    expect(ada.state).toEqual({ page: "2.1", state: "open", version: 1 });
    expect(ada.connection).toBe("live");

    const kept = collectKept(ada);
    const own = ada.react("👍");
    expect(own.page).toBe("2.1");
    expect(ada.pending).toEqual([own]);
    await until(ada, () => kept.includes(own.id));
    expect(ada.pending).toEqual([]);
    bob.react("0", "❤️");
    const everything = { pages: { "2.1": { "👍": 1 }, "0": { "❤️": 1 } }, total: 2 };
    await Promise.all(
      [deck.session, ada, bob].map((session) => until(session, () => session.totals.total === 2)),
    );
    expect(deck.session.totals).toEqual(everything);
    expect(ada.totals).toEqual(everything);
    await until(deck.session, () => deck.session.participants === 2);
    bob.close();
    await until(deck.session, () => deck.session.participants === 1);
  });

  test("shows a late joiner page, totals and presence at once", async () => {
    const deck = await host();
    await deck.session.setState("7", "{}");
    const early = join(deck.sessionUid);
    const kept = collectKept(early);
    early.react("👏");
    early.react("7", "👏");
    await until(early, () => kept.length === 2);

    const late = join(deck.sessionUid);
    await late.ready;
    expect(late.state).toEqual({ page: "7", state: "{}", version: 1 });
    await until(late, () => late.participants === 2);
    expect(late.totals.total).toBe(2);
    expect(late.totals.pages["7"]?.["👏"]).toBeGreaterThanOrEqual(1);
  });

  test("flipped 50 times in a row leaves everyone on the last page, and no version goes back", async () => {
    const deck = await host();
    const followers = [join(deck.sessionUid), join(deck.sessionUid, { transport: "events" })];
    await Promise.all(followers.map(({ ready }) => ready));
    const seen = followers.map((follower) => {
      const versions: number[] = [];
      follower.on("state", ({ version }) => versions.push(version));
      return versions;
    });
    const versions = await Promise.all(
      Array.from({ length: 50 }, (_, index) => deck.session.setState(`${index + 1}`, "")),
    );
    expect(versions.toSorted((a, b) => a - b)).toEqual(versions);
    // The first was on its way; of the others only the newest went.
    expect(versions.at(-1)).toBeLessThan(10);
    expect(deck.session.state).toEqual({ page: "50", state: "", version: versions.at(-1) });
    await Promise.all(followers.map((follower) => until(follower, () => follower.state?.page === "50")));
    for (const list of seen) expect(list.toSorted((a, b) => a - b)).toEqual(list);
  });

  test("that is restarted shows nothing of before, and its versions keep growing", async () => {
    const token = await revint.sign();
    const deck = await host(token);
    await deck.session.setState("5", "");
    const user = join(deck.sessionUid);
    user.react("👍");
    await until(user, () => user.totals.total === 1);
    const again = await host(token, { restart: true });
    expect(again.session.info).toMatchObject({ resumed: true, sessionUid: deck.sessionUid });
    await until(user, () => user.totals.total === 0);
    expect(user.totals.pages).toEqual({});
    expect(user.state).toEqual({ page: "0", state: "init", version: 2 });
    expect(await again.session.setState("1", "")).toBe(3);
  });
});

describe("a broken network", () => {
  test("loses no reaction and counts none twice", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    const user = join(deck.sessionUid, { apiUrl: network.url });
    await user.ready;
    const kept = collectKept(user);
    const sent = [user.react("👍").id, user.react("👍").id];
    await until(user, () => kept.length === 2);

    // These arrive, and the client does not learn of it.
    network.loseAnswers();
    sent.push(user.react("👍").id, user.react("👍").id);
    await until(deck.session, () => deck.session.totals.total === 4);
    network.cut();
    await until(user, () => user.connection === "connecting");
    for (let taps = 0; taps < 6; taps++) sent.push(user.react("👍").id);
    await deck.session.setState("3", "meanwhile");
    expect(user.pending).toHaveLength(8);

    network.restore();
    await until(user, () => kept.length === 10);
    expect(kept.toSorted()).toEqual(sent.toSorted());
    expect(user.state).toMatchObject({ page: "3", state: "meanwhile" });
    await until(deck.session, () => deck.session.totals.total >= 10);
    const late = join(deck.sessionUid);
    await late.ready;
    await until(late, () => late.totals.total > 0);
    expect(late.totals.total).toBe(10);
  });

  test("that breaks sockets is got around, and left behind when it works again", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    network.refuseSockets();
    const deck = await host();
    await deck.session.setState("4", "x");
    const user = join(deck.sessionUid, { apiUrl: network.url });
    await user.ready;
    expect(user.connection).toBe("fallback");
    expect(user.state).toMatchObject({ page: "4" });
    const kept = collectKept(user);
    user.react("👍");
    user.react("👍");
    await until(user, () => kept.length === 2);
    await deck.session.setState("5", "y");
    await until(user, () => user.state?.page === "5");

    network.restore();
    await until(user, () => user.connection === "live");
    user.react("👍");
    await until(user, () => kept.length === 3);
    await until(deck.session, () => deck.session.totals.total === 3);
    await until(deck.session, () => deck.session.participants === 1);
  });

  test("takes a socket away in the middle, and the session goes on without it", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    const user = join(deck.sessionUid, { apiUrl: network.url });
    await user.ready;
    expect(user.connection).toBe("live");
    network.refuseSockets();
    const kept = collectKept(user);
    await until(user, () => user.connection === "connecting");
    user.react("👍");
    await until(user, () => user.connection === "fallback" && kept.length === 1);
    await until(deck.session, () => deck.session.totals.total === 1);
  });

  test("that lets sockets open and then breaks them is got around too", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    network.cutSocketsShort();
    const deck = await host();
    const user = join(deck.sessionUid, { apiUrl: network.url });
    const kept = collectKept(user);
    const tried: string[] = [];
    user.on("connection", () => {
      if (user.connection !== "fallback" || tried.length > 0) return;
      tried.push(...network.requests.filter((line) => line.startsWith("GET /ws/")));
    });
    await user.ready;
    const { id } = user.react("👍");
    await until(user, () => user.connection === "fallback" && kept.includes(id));
    await until(deck.session, () => deck.session.totals.total === 1);
    expect(tried).toHaveLength(2);
  });

  test("that breaks sockets and holds events back is got around by asking", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    network.refuseSockets();
    network.bufferEvents();
    const deck = await host();
    await deck.session.setState("4", "x");
    const user = join(deck.sessionUid, { apiUrl: network.url });
    const reached: string[] = [];
    user.on("connection", (connection) => reached.push(connection));
    await user.ready;
    expect(user.connection).toBe("fallback");
    expect(user.state).toMatchObject({ page: "4", state: "x" });
    await deck.session.setState("5", "y");
    await until(user, () => user.state?.page === "5");
    const kept = collectKept(user);
    user.react("👍");
    await until(user, () => kept.length === 1);
    await until(user, () => user.totals.total === 1);
    expect(reached).toEqual(["fallback"]);
  });

  test("that swallows sockets is not waited for: the state is there before the first socket is given up", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    network.swallowSockets();
    const deck = await host();
    await deck.session.setState("4", "x");
    const user = join(deck.sessionUid, { apiUrl: network.url });
    await user.ready;
    expect(user.state).toMatchObject({ page: "4", state: "x" });
    expect(network.requests.filter((line) => line.startsWith("GET /ws/"))).toHaveLength(1);
    expect(network.requests.some((line) => /\/events /.test(line))).toBe(false);
    // Then come the events, and nobody has to ask any more.
    await until(deck.session, () => deck.session.participants === 1);
    await deck.session.setState("5", "y");
    await until(user, () => user.state?.page === "5");
    expect(user.connection).toBe("fallback");
  });

  test("that begins to hold events back is got around too, and left behind by itself", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    const user = join(deck.sessionUid, { apiUrl: network.url, transport: "events" });
    await user.ready;
    network.bufferEvents();
    await until(user, () => user.connection === "connecting");
    await deck.session.setState("4", "x");
    await until(user, () => user.state?.page === "4");
    expect(network.requests.some((line) => /^GET \S+\/state /.test(line))).toBe(true);
    network.restore();
    const asked = () => network.requests.filter((line) => /^GET \S+\/events /.test(line)).length;
    const before = asked();
    await expect.poll(asked, { timeout: 60_000 }).toBeGreaterThan(before);
    await deck.session.setState("5", "y");
    await until(user, () => user.state?.page === "5");
  });

  test("holds a host up, and then only its newest state goes out", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host(undefined, { apiUrl: network.url });
    const user = join(deck.sessionUid);
    await user.ready;
    const pages: string[] = [];
    user.on("state", ({ page }) => pages.push(page));
    network.cut();
    await until(deck.session, () => deck.session.connection === "connecting");
    const versions = Promise.all(["1", "2", "3"].map((page) => deck.session.setState(page, "")));
    await network.refusedOne();
    network.restore();
    expect(await versions).toEqual([1, 1, 1]);
    await until(user, () => user.state?.page === "3");
    expect(pages).toEqual(["3"]);
  });

  test("from the start delays ready, and no more", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    network.cut();
    const user = join(deck.sessionUid, { apiUrl: network.url });
    const own = user.react("👍");
    const kept = collectKept(user);
    expect(user.connection).toBe("connecting");
    await network.refusedOne();
    network.restore();
    await user.ready;
    await until(user, () => kept.includes(own.id));
  });

  test("and a backlog of taps drains at the pace that the service allows", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    const user = join(deck.sessionUid, { apiUrl: network.url });
    await user.ready;
    network.cut();
    await until(user, () => user.connection === "connecting");
    for (let taps = 0; taps < 30; taps++) user.react("👍");
    const kept = collectKept(user);
    network.restore();
    await until(user, () => kept.length === 30);
    expect(new Set(kept).size).toBe(30);
    await until(deck.session, () => deck.session.totals.total === 30);
  });
});

describe("a reload", () => {
  test("stays the same participant and sends what was not confirmed", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const deck = await host();
    const storage = createStorage();
    const before = join(deck.sessionUid, { apiUrl: network.url, storage });
    await before.ready;
    network.loseAnswers();
    const arrived = before.react("👍");
    await until(deck.session, () => deck.session.totals.total === 1);
    network.cut();
    await until(before, () => before.connection === "connecting");
    const waiting = before.react("0", "❤️");
    before.close();
    network.restore();

    const after = join(deck.sessionUid, { apiUrl: network.url, storage });
    expect(after.pending).toEqual([arrived, waiting]);
    const kept = collectKept(after);
    await until(after, () => kept.length === 2);
    await until(after, () => after.totals.total === 2);
    expect(after.totals.pages).toEqual({ "0": { "👍": 1, "❤️": 1 } });
    expect(storage.items.size).toBe(1);
    const uids = network.requests.flatMap((line) => /\/user\/([^/]+)\/pipe/.exec(line)?.[1] ?? []);
    expect(new Set(uids).size).toBe(1);
  });

  test("of a deck resumes its session, with the same uid where it has a storage", async () => {
    const token = await revint.sign();
    const storage = createStorage();
    const first = await host(token, { storage });
    await first.session.setState("6", "");
    first.session.close();
    const second = await host(token, { storage });
    expect(second.session.info).toMatchObject({
      resumed: true,
      sessionUid: first.sessionUid,
      hostUid: first.session.info?.hostUid,
    });
    expect(second.session.state).toMatchObject({ page: "6" });
    expect([...storage.items].flat().join()).not.toContain(token);
  });

  test("in a second tab shares the participant, and nothing is counted twice", async () => {
    const deck = await host();
    const storage = createStorage();
    const one = join(deck.sessionUid, { storage });
    await one.ready;
    const two = join(deck.sessionUid, { storage });
    await two.ready;
    const kept = [collectKept(one), collectKept(two)];
    for (let taps = 0; taps < 3; taps++) {
      one.react("👍");
      two.react("👍");
    }
    await Promise.all([until(one, () => kept[0]?.length === 3), until(two, () => kept[1]?.length === 3)]);
    await until(deck.session, () => deck.session.totals.total === 6);
    await until(deck.session, () => deck.session.participants === 1);
    expect(storage.items.size).toBe(1);
  });
});

test("a program without WebSocket, as on Node 20, reacts over server-sent events", async () => {
  const deck = await host();
  const client = new URL("../web/client/index.ts", import.meta.url);
  const program = `
    import { joinSession } from ${JSON.stringify(client)};
    const session = joinSession(${JSON.stringify(deck.sessionUid)}, { apiUrl: ${JSON.stringify(revint.url)} });
    await session.ready;
    session.on("kept", ({ reaction }) => {
      console.log(typeof WebSocket, reaction, session.connection);
      session.close();
    });
    session.react("👍");`;
  const args = ["--no-experimental-websocket", "--input-type=module", "-e", program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe("undefined 👍 fallback");
  expect(stderr).toBe("");
});

test("a program that closes its session ends by itself", async () => {
  const deck = await host();
  const client = new URL("../web/client/index.ts", import.meta.url);
  const program = `
    import { joinSession } from ${JSON.stringify(client)};
    for (const transport of ["auto", "events"]) {
      const session = joinSession(${JSON.stringify(deck.sessionUid)}, { apiUrl: ${JSON.stringify(revint.url)}, transport });
      session.on("kept", ({ reaction }) => {
        console.log(reaction, session.connection);
        session.close();
      });
      session.react("👍");
    }`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "-e",
    program,
  ]);
  expect(stdout.trim().split("\n").sort()).toEqual(["👍 fallback", "👍 live"]);
  expect(stderr).toBe("");
});

describe("secrets", () => {
  test("stay out of every URL: tokens always, and uids but in a pipe's path", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const token = await revint.sign();
    const deck = await host(token, { apiUrl: network.url });
    await deck.session.setState("1", "");
    const user = join(deck.sessionUid, { apiUrl: network.url, transport: "events" });
    await user.ready;
    const kept = collectKept(user);
    user.react("👍");
    await until(user, () => kept.length === 1);
    const lines = network.requests.join("\n");
    for (const secret of [token, user.info?.token ?? token]) expect(lines).not.toContain(secret);
    const withHostUid = network.requests.filter((line) => line.includes(deck.session.info?.hostUid ?? "/"));
    expect(withHostUid.every((line) => line.startsWith("GET /ws/"))).toBe(true);
    expect(lines).not.toContain("?");
  });
});

describe("a full session", () => {
  test("is waited at, and whoever waits comes in by themselves when there is a place", async () => {
    const token = await revint.sign();
    const deck = await host(token, { maxParticipants: 1 });
    await join(deck.sessionUid).ready;
    // Nobody waits a minute in a test: the service's own answer, with a shorter time in it.
    const network = keep(await FlakyNetwork.before(revint.url));
    network.replaceInAnswers(/Retry-After: \d+/i, (found) => "Retry-After: 1".padEnd(found.length));
    const waiting = join(deck.sessionUid, { apiUrl: network.url });
    const codes: string[] = [];
    const refused = new Promise<void>((resolve) =>
      waiting.on("waiting", ({ code }) => {
        codes.push(code);
        resolve();
      }),
    );
    await refused;
    expect(waiting.connection).toBe("connecting");
    await host(token, { maxParticipants: 2 });
    await waiting.ready;
    expect(waiting.connection).toBe("live");
    expect(new Set(codes)).toEqual(new Set(["session_full"]));
    const kept = collectKept(waiting);
    waiting.react("👍");
    await until(waiting, () => kept.length === 1);
  });
});

describe("what can't work", () => {
  test("an unknown session ends with session_not_found", async () => {
    const user = join("nobody");
    const errors: string[] = [];
    user.on("error", ({ code }) => errors.push(code));
    await expect(user.ready).rejects.toMatchObject({ code: "session_not_found", status: 404 });
    expect(errors).toEqual(["session_not_found"]);
    expect(user.connection).toBe("closed");
  });

  test("a token that is none, and one that is no host's, can't host", async () => {
    const webUiUrl = `${revint.url}/join`;
    const options = { apiUrl: revint.url, webUiUrl };
    const forged = keep(hostSession("e30.e30", options));
    await expect(forged.ready).rejects.toMatchObject({ code: "invalid_token", status: 401 });
    await expect(forged.setState("1", "")).rejects.toMatchObject({ code: "invalid_token" });
    const guest = keep(hostSession(await revint.sign({ host: false }), options));
    const early = guest.setState("1", "");
    await expect(guest.ready).rejects.toMatchObject({ code: "not_host" });
    await expect(early).rejects.toMatchObject({ code: "not_host" });
  });

  test("a state that is too long is refused, and the next one goes out", async () => {
    const deck = await host();
    await expect(deck.session.setState("1", "x".repeat(5000))).rejects.toMatchObject({
      code: "invalid_request",
    });
    expect(await deck.session.setState("2", "")).toBe(1);
  });

  test("a reaction that the service refuses is told, and the others are kept", async () => {
    const deck = await host();
    const user = join(deck.sessionUid);
    await user.ready;
    expect(() => user.react("")).toThrow(expect.objectContaining({ code: "invalid_request" }));
    const refused: string[] = [];
    user.on("refused", ({ reaction, error }) => refused.push(`${reaction.reaction} ${error.code}`));
    const kept = collectKept(user);
    user.react("__proto__");
    user.react("👍");
    await until(user, () => refused.length === 1 && kept.length === 1);
    expect(refused).toEqual(["__proto__ invalid_request"]);
    expect(user.pending).toEqual([]);
  });
});
