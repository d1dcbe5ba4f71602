import { beforeAll, describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import {
  type Burst,
  coHostSession,
  type Door,
  getCount,
  type HostOptions,
  type HostSession,
  hostSession,
  isAllowed,
  joinSession,
  offeredReactions,
  type RevintError,
  type Session,
} from "../web/client/index.ts";
import { type Deployment, read, shareDeployment } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let revint: Deployment;

beforeAll(async () => {
  revint = await shareDeployment();
});

/** A host in its session, and how others come into it. */
async function start(options: Partial<HostOptions> = {}) {
  const apiUrl = revint.url;
  const token = await revint.sign();
  const host = keep(hostSession(token, { apiUrl, webUiUrl: `${apiUrl}/join`, ...options }));
  await host.ready;
  const { sessionUid = "", hostUid = "" } = host.info ?? {};
  const join = async (url = apiUrl) => {
    const user = keep(joinSession(sessionUid, { apiUrl: url, storage: null }));
    await user.ready;
    return user;
  };
  const invite = async (role: "presenter" | "moderator") => {
    const path = `/api/v1/session/${sessionUid}/hosts`;
    const answer = await revint.request("POST", path, { token, uid: hostUid, json: { role } });
    const invitation = await read(CoHostAnswer, answer);
    const coHost = keep(coHostSession(sessionUid, { apiUrl, ...invitation }));
    await coHost.ready;
    return coHost;
  };
  return { host, token, sessionUid, join, invite };
}

/** The code of what is refused next. */
const nextRefusal = (user: Session): Promise<string> =>
  new Promise((resolve) => {
    const stop = user.on("refused", ({ error }) => {
      stop();
      resolve(error.code);
    });
  });

describe("rules", () => {
  test("reach everyone, late joiners too, and what they forbid is refused with its code", async () => {
    const { host, join } = await start();
    const early = await join();
    expect(early.rules).toEqual({
      paused: false,
      reactions: null,
      pages: {},
      anyReaction: false,
      questions: "off",
      names: true,
    });
    await host.setRules({ reactions: ["👍"], pages: { vote: ["A", "B"] } });
    const late = await join();
    for (const one of [host, early, late]) {
      await expect.poll(() => one.rules.pages).toEqual({ vote: ["A", "B"] });
    }
    const refused = nextRefusal(late);
    late.react("vote", "👍");
    expect(await refused).toBe("reaction_not_allowed");

    // What is not named stays.
    expect(await host.setRules({ paused: true })).toEqual({
      paused: true,
      reactions: ["👍"],
      pages: { vote: ["A", "B"] },
      anyReaction: false,
      publicResults: false,
      isClosed: false,
      joinsPerMinute: null,
      names: true,
      questions: "off",
    });
    await expect.poll(() => early.rules.paused).toBe(true);
    const paused = nextRefusal(early);
    early.react("1", "👍");
    expect(await paused).toBe("reactions_paused");
    expect(early.connection).toBe("live");
  });

  test("that are changed at the same time all hold", async () => {
    const { host } = await start();
    await Promise.all([
      host.setRules({ paused: true }),
      host.setRules({ names: false }),
      host.setRules({ questions: "open" }),
      host.setRules({ pages: { vote: ["A", "B"] } }),
    ]);
    expect(await host.getRules()).toMatchObject({
      paused: true,
      names: false,
      questions: "open",
      pages: { vote: ["A", "B"] },
    });
  });

  test("that were lifted while somebody was away hold no longer when they are back", async () => {
    const network = keep(await FlakyNetwork.before(revint.url));
    const { host, join } = await start();
    const user = await join(network.url);
    await host.setRules({ paused: true });
    await expect.poll(() => user.rules.paused).toBe(true);
    network.cut();
    await expect.poll(() => user.connection).toBe("connecting");
    await host.setRules({ paused: false });
    network.restore();
    await expect.poll(() => user.connection).toBe("live");
    await expect.poll(() => user.rules.paused).toBe(false);
  });
});

describe("what a session takes", () => {
  test("is what it offers, on pages that the deck has shown, unless its host opens it", async () => {
    const deckUrl = "https://talks.example.org/deck";
    const { host, join } = await start({ reactions: ["❤️", "👍"], deckUrl });
    await host.setState("1", "");
    const user = await join();
    expect(user.info).toMatchObject({ reactions: ["❤️", "👍"], anyReaction: false, deckUrl });
    expect(offeredReactions(user.info, user.rules, "1")).toEqual(["❤️", "👍"]);
    const isTaken = (page: string, reaction: string) => isAllowed(user.rules, page, reaction, user.info);
    const answer = async (page: string, reaction: string) => {
      const answered = new Promise<string>((resolve) => {
        const { id } = user.react(page, reaction);
        user.on("kept", (kept) => kept.id === id && resolve("kept"));
        user.on("refused", (refused) => refused.reaction.id === id && resolve(refused.error.code));
      });
      return answered;
    };
    expect([isTaken("1", "❤"), await answer("1", "❤")]).toEqual([true, "kept"]);
    expect([isTaken("1", "own words"), await answer("1", "own words")]).toEqual([
      false,
      "reaction_not_allowed",
    ]);

    expect(await host.setRules({ anyReaction: true })).toMatchObject({ anyReaction: true });
    await expect.poll(() => user.rules.anyReaction).toBe(true);
    expect([isTaken("1", "own words"), await answer("1", "own words")]).toEqual([true, "kept"]);
    await expect.poll(() => getCount(user.totals.pages["1"], "❤️")).toBe(1);
  });
});

describe("the door", () => {
  test("is closed and opened by the host, who hears of it; whoever waits comes in by themselves", async () => {
    const { host, join, sessionUid } = await start();
    await join();
    const doors: Door[] = [];
    host.on("door", (door) => doors.push(door));
    expect(await host.setRules({ isClosed: true })).toMatchObject({ isClosed: true });
    await expect.poll(() => doors.at(-1)?.isClosed).toBe(true);

    const network = keep(await FlakyNetwork.before(revint.url));
    network.replaceInAnswers(/Retry-After: \d+/i, (found) => "Retry-After: 1".padEnd(found.length));
    const waiting = keep(joinSession(sessionUid, { apiUrl: network.url, storage: null }));
    const refusal = await new Promise<RevintError>((resolve) => waiting.on("waiting", resolve));
    expect(refusal.code).toBe("session_full");

    await host.setRules({ isClosed: false });
    await waiting.ready;
    await expect.poll(() => doors.at(-1)?.isClosed).toBe(false);
  });
});

describe("a burst", () => {
  test("names somebody whom the host blocks, takes out of the counts, and lets in again", async () => {
    const { host, join } = await start();
    const user = await join();
    const bursts: Burst[] = [];
    host.on("bursts", (all) => bursts.push(...all));
    for (let n = 0; n < 5; n++) user.react("1", "😡");
    await expect.poll(() => host.totals.total).toBe(5);
    await expect.poll(() => bursts.length).toBeGreaterThan(0);
    const participant = bursts[0]?.participant ?? "";

    await host.block(participant, { uncount: true });
    await expect.poll(() => host.totals.total).toBe(0);
    const refused = nextRefusal(user);
    user.react("1", "😡");
    expect(await refused).toBe("blocked");

    await host.unblock(participant);
    await expect.poll(() => host.totals.total).toBe(5);
    user.react("1", "👍");
    await expect.poll(() => host.totals.total).toBe(6);
  });

  test("is where names come from: any other is refused", async () => {
    const { host } = await start();
    await expect(host.block("nobody")).rejects.toMatchObject({ code: "invalid_request", status: 400 });
  });
});

describe("co-hosts", () => {
  const drives = (one: HostSession) => expect.poll(() => one.isDriving);

  test("come in by invitation and drive one at a time: who does not hears so, and is not tried again", async () => {
    const { host, invite } = await start();
    const presenter = await invite("presenter");
    expect(presenter.info?.joinUrl).toBe(host.info?.joinUrl);
    await host.setState("1", "");
    const refused: string[] = [];
    presenter.on("stateRefused", ({ page, error }) => refused.push(`${page} ${error.code}`));
    await expect(presenter.setState("2", "")).rejects.toMatchObject({ code: "not_driving", status: 409 });
    expect(refused).toEqual(["2 not_driving"]);
    expect([host.isDriving, presenter.isDriving]).toEqual([true, false]);

    const drivers: string[] = [];
    host.on("driver", (driver) => drivers.push(driver));
    await presenter.takeOver();
    expect(presenter.isDriving).toBe(true);
    await drives(host).toBe(false);
    expect(drivers).toEqual([presenter.driver]);
    await presenter.setState("3", "");
    await expect.poll(() => host.state?.page).toBe("3");
    // A deck that does not wait for it hears the event alone.
    const event = new Promise((resolve) => host.on("stateRefused", ({ error }) => resolve(error.code)));
    void host.setState("4", "");
    expect(await event).toBe("not_driving");

    await host.takeOver();
    await drives(presenter).toBe(false);
    await host.setState("5", "");
    await expect.poll(() => presenter.state?.page).toBe("5");
  });

  test("moderate where their role allows it, and can't end the session", async () => {
    const { invite } = await start();
    const moderator = await invite("moderator");
    expect(await moderator.setRules({ paused: true })).toMatchObject({ paused: true });
    for (const act of [
      () => moderator.takeOver(),
      () => moderator.end(),
      () => moderator.setState("1", ""),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "role_not_allowed", status: 403 });
    }
    const presenter = await invite("presenter");
    await expect(presenter.setRules({ paused: false })).rejects.toMatchObject({ code: "role_not_allowed" });
    expect(presenter.connection).toBe("live");
  });
});

describe("sending everybody out", () => {
  test("is for the host, who goes on, and so does their other window; everybody else is out", async () => {
    const { host, token, sessionUid, join, invite } = await start();
    await host.setState("1", "");
    const [user, listening] = [await join(), await join()];
    user.react("👍");
    await expect.poll(() => host.totals.total).toBe(1);
    const moderator = await invite("moderator");
    await expect(moderator.revoke()).rejects.toMatchObject({ status: 403 });
    const deck = keep(hostSession(token, { apiUrl: revint.url, webUiUrl: `${revint.url}/join` }));
    await deck.ready;

    const out = [user, listening, moderator].map(
      (session) => new Promise<string>((resolve) => session.on("error", ({ code }) => resolve(code))),
    );
    const before = host.info?.hostUid;
    await host.revoke();
    expect(await Promise.all(out)).toEqual(["not_participant", "not_participant", "not_host"]);
    for (const session of [user, listening, moderator]) expect(session.connection).toBe("closed");

    expect(host.info?.hostUid).not.toBe(before);
    await host.setState("2", "");
    await expect.poll(() => deck.state?.page).toBe("2");
    expect(await deck.setRules({ paused: false })).toMatchObject({ paused: false });
    await expect.poll(() => [host.connection, deck.connection]).toEqual(["live", "live"]);

    // The join link stays, and whoever follows it once more is somebody new.
    const again = keep(joinSession(sessionUid, { apiUrl: revint.url, storage: null }));
    await again.ready;
    await expect.poll(() => again.totals.total).toBe(1);
    again.react("👍");
    await expect.poll(() => host.totals.total).toBe(2);
  });

  test("refuses what waits, and joining anew in the same browser works", async () => {
    const { host, sessionUid } = await start();
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    };
    const network = keep(await FlakyNetwork.before(revint.url));
    const before = keep(joinSession(sessionUid, { apiUrl: network.url, storage }));
    await before.ready;
    const uid = [...items.values()];
    network.dropRequests();
    const { id } = before.react("👍");
    const refused = new Promise((resolve) => before.on("refused", resolve));
    await host.revoke();
    expect(await refused).toMatchObject({ reaction: { id }, error: { code: "not_participant" } });
    network.restore();
    const after = keep(joinSession(sessionUid, { apiUrl: network.url, storage }));
    await after.ready;
    expect([...items.values()]).not.toEqual(uid);
    expect(after.pending).toEqual([]);
    const kept = new Promise((resolve) => after.on("kept", resolve));
    after.react("👍");
    await kept;
  });
});

describe("the end", () => {
  test("is the host's to say, everyone hears it once, and who opens the session again hears it too", async () => {
    const { host, token, join } = await start();
    const user = await join();
    const heard: string[] = [];
    host.on("end", () => heard.push("host"));
    user.on("end", () => heard.push("user"));
    await host.end();
    await expect.poll(() => heard.toSorted()).toEqual(["host", "user"]);
    expect([host.connection, user.connection]).toEqual(["closed", "closed"]);
    await host.end();
    expect(heard).toHaveLength(2);

    const again = keep(hostSession(token, { apiUrl: revint.url, webUiUrl: `${revint.url}/join` }));
    await expect(again.ready).rejects.toMatchObject({ code: "session_ended" });
    expect(again.info?.endedAt).toEqual(expect.any(Number));
  });
});
