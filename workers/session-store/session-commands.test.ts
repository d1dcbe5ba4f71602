import { afterEach, describe, expect, test, vi } from "vitest";
import { createParticipant, createRandom, LAST_GENERATION } from "../../shared/protocol/identity.ts";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import type { OpenSession } from "../lib/session.ts";
import { markRandom } from "../lib/token-mark.ts";
import { CoHostList } from "./co-host-list.ts";
import { SessionCommands } from "./session-commands.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { SessionHistory } from "./session-history.ts";
import { SessionState, type StateChange } from "./session-state.ts";
import { TalkTokens } from "./talk-tokens.ts";
import { createDoor, host, NOW, nameUser } from "./test-session.ts";
import { MemoryStorage } from "./test-storage.ts";

afterEach(() => {
  vi.useRealTimers();
});

const GIVEN = {
  name: "a talk",
  date: "2026-11-20",
  apiUrl: "https://api.example",
  webUiUrl: "https://api.example/join",
};

/** A root over real parts. What it announces is noted with what was in storage at that moment. */
function create(storage = new MemoryStorage()) {
  const { kv, sql } = storage;
  const state = new SessionState(kv);
  state.load(() => []);
  const announced: (StateChange & { facts: unknown; live: unknown })[] = [];
  const [drivers, dismissed]: [string[], string[]] = [[], []];
  const [coHosts, history, expiry] = [new CoHostList(kv), new SessionHistory(sql), new SessionExpiry(kv)];
  const sentOut: string[] = [];
  const tokens = new TalkTokens({
    kv,
    coHosts,
    dismiss: (isOut) => sentOut.push(...[...pipes].filter(isOut)),
  });
  const pipes = new Set<string>();
  const door = createDoor(storage, state);
  if (state.deck) door.load();
  const commands = new SessionCommands({
    state,
    door,
    coHosts,
    tokens,
    history,
    expiry,
    announce: (change) => announced.push({ ...change, facts: kv.get("facts"), live: kv.get("live") }),
    note: () => {},
    sayDriver: (driver) => drivers.push(driver),
    dismiss: (coHost) => dismissed.push(coHost),
  });
  const open = (session: Partial<OpenSession["session"]> = {}, more: Partial<OpenSession> = {}) =>
    commands.open({ session: { ...GIVEN, ...session }, restart: false, mustExist: false, ...more });
  const invite = (role: "presenter" | "moderator") => {
    const invited = commands.invite(host, { role });
    if ("code" in invited) throw new Error(invited.code);
    return { participant: invited.participant, role };
  };
  return {
    storage,
    state,
    commands,
    coHosts,
    history,
    expiry,
    door,
    announced,
    drivers,
    dismissed,
    pipes,
    sentOut,
    open,
    invite,
  };
}

/** A root whose session has begun. */
function begin(session: Partial<OpenSession["session"]> = {}) {
  const root = create();
  root.open(session);
  return root;
}

/** Everything that is announced was in storage first, as memory has it. */
const expectKept = ({ announced, state }: ReturnType<typeof create>) => {
  expect(announced.at(-1)).toMatchObject({ facts: state.facts, live: state.deck });
};

describe("opening", () => {
  test("begins a session with defaults for what is left out, and has nobody to tell", () => {
    const { open, state, history, announced, door } = create();
    expect(open()).toMatchObject({
      session: {
        reactions: [],
        anyReaction: false,
        expectedAudience: 1,
        retentionDays: LIMITS.retentionDays,
      },
      resumed: false,
      endedAt: null,
      generation: 0,
    });
    expect(state.deck).toMatchObject({ page: "0", state: "init", version: 0, epoch: state.facts?.revision });
    expect(history.read().states).toHaveLength(1);
    expect([announced, door.joined, door.rooms]).toEqual([[], 0, 1]);
  });

  test("one that must exist, and does not, creates nothing", () => {
    const { open, storage } = create();
    expect(open({}, { mustExist: true })).toMatchObject({ code: "session_not_found" });
    expect(storage.kv.toJSON()).toEqual({});
  });

  test("again resumes it: what is left out stays, what is said is new, and everybody hears it", () => {
    const root = begin({ reactions: ["x"], retentionDays: 5 });
    root.commands.setState(host, { page: "7", state: "" });
    const before = root.state.facts;
    expect(root.open({ expectedAudience: 12 })).toMatchObject({
      session: { reactions: ["x"], retentionDays: 5, expectedAudience: 12 },
      resumed: true,
    });
    expect(root.announced.at(-1)).toMatchObject({ before, isNewDeck: false, isRestart: false });
    expectKept(root);
    expect([root.state.deck?.page, root.door.rooms]).toEqual(["7", 3]);
  });

  test("again in the root's next life finds all of it", () => {
    const { storage, commands, state } = begin();
    commands.setState(host, { page: "7", state: "" });
    const next = create(storage);
    expect(next.open()).toMatchObject({ resumed: true });
    expect(next.state.deck).toEqual(state.deck);
  });

  test("again without a userToken takes the last one back, unless the session is named", () => {
    const { open } = begin({ userTokenHash: "hash" });
    expect(open({}, { mustExist: true })).toMatchObject({ session: { userTokenHash: "hash" } });
    expect(open()).not.toHaveProperty("session.userTokenHash");
  });

  test("puts the end off: so many days from now", () => {
    const { expiry, open } = begin();
    open({ retentionDays: 3 });
    expect(Math.abs((expiry.at ?? 0) - Date.now() - 3 * DAY_MS)).toBeLessThan(5000);
  });

  test("with a restart empties it: rules, blocks, end and course are gone, the generation stays", () => {
    const root = begin();
    const { commands, state, history, open } = root;
    const { epoch } = state;
    commands.block(host, nameUser(), true);
    commands.setRules(host, HostRules.parse({ paused: true }));
    commands.setState(host, { page: "7", state: "" });
    commands.end(host);
    commands.revoke();
    expect(state.facts).toMatchObject({ rules: { paused: true }, blocked: [nameUser()], generation: 1 });
    expect(history.read().states).toHaveLength(2);
    expect(open({}, { restart: true })).toMatchObject({ resumed: true, endedAt: null, generation: 1 });
    expect(state.epoch).toBeGreaterThan(epoch);
    expect(state.facts).toMatchObject({
      rules: HostRules.parse({}),
      blocked: [],
      endedAt: null,
      generation: 1,
    });
    expect(history.read().states).toMatchObject([{ page: "0" }]);
    expect(root.announced.at(-1)).toMatchObject({ isRestart: true });
    expectKept(root);
  });
});

describe("joining", () => {
  test("keeps the name that somebody has, as long as it is good", () => {
    const { commands, door } = begin();
    expect(commands.join(nameUser("a"))).toEqual({ participant: nameUser("a") });
    expect(door.joined).toBe(0);
    commands.revoke();
    expect(commands.join(nameUser("a"))).not.toEqual({ participant: nameUser("a") });
    expect(door.joined).toBe(1);
  });

  test("keeps the session alive; who is refused does not", () => {
    const { commands, storage } = begin();
    storage.kv.put("activeAt", 0);
    commands.setRules(host, HostRules.parse({ isClosed: true }));
    expect(commands.join()).toMatchObject({ code: "session_full" });
    expect(storage.kv.get("activeAt")).toBe(0);
    commands.setRules(host, HostRules.parse({ isClosed: false }));
    commands.join();
    expect(storage.kv.get("activeAt")).not.toBe(0);
  });

  test("there is no session: nobody joins, and nobody has a place", () => {
    const { commands } = create();
    expect(commands.join()).toMatchObject({ code: "session_not_found" });
    expect(commands.claimPlaces([nameUser()])).toMatchObject({
      placed: [],
      refusal: { code: "session_not_found" },
    });
  });
});

describe("driving", () => {
  test("sets the state for everybody: kept, and in the course, before it is announced", () => {
    const root = begin();
    expect(root.commands.setState(host, { page: "1", state: "a" })).toEqual({ version: 1 });
    expect(root.commands.setState(host, { page: "1", state: "b" })).toEqual({ version: 2 });
    expect(root.announced.at(-1)).toMatchObject({ isNewDeck: true, isRestart: false });
    expectKept(root);
    expect(root.history.read().states.map(({ page }) => page)).toEqual(["0", "1", "1"]);
  });

  test("only one presenter drives; whoever takes over is told to every host", () => {
    const { commands, invite, drivers } = begin();
    const presenter = invite("presenter");
    expect(commands.setState(presenter, { page: "1", state: "" })).toMatchObject({ code: "not_driving" });
    expect(commands.drive(presenter)).toEqual({ driver: presenter.participant });
    expect(commands.setState(presenter, { page: "1", state: "" })).toEqual({ version: 1 });
    expect(commands.setState(host, { page: "2", state: "" })).toMatchObject({ code: "not_driving" });
    expect(commands.drive(host)).toEqual({ driver: "host" });
    expect(drivers).toEqual([presenter.participant, "host"]);
  });

  test("is no moderator's, nobody's who was never invited, and nobody's after the end", () => {
    const { commands, invite } = begin();
    const moderator = invite("moderator");
    expect(commands.drive(moderator)).toMatchObject({ code: "role_not_allowed" });
    const stranger = { participant: nameUser(), role: "presenter" } as const;
    expect(commands.drive(stranger)).toMatchObject({ code: "not_host" });
    expect(commands.drive({ ...moderator, role: "presenter" })).toMatchObject({ code: "not_host" });
    commands.end(host);
    expect(commands.setState(host, { page: "1", state: "" })).toMatchObject({ code: "session_ended" });
  });
});

describe("co-hosts", () => {
  test("are the host's alone to invite, to list and to remove", () => {
    const { commands, invite, coHosts } = begin();
    const presenter = invite("presenter");
    for (const refusal of [
      commands.invite(presenter, { role: "presenter" }),
      commands.listCoHosts(presenter),
      commands.uninvite(presenter, presenter.participant),
    ]) {
      expect(refusal).toMatchObject({ code: "role_not_allowed" });
    }
    expect(commands.listCoHosts(host)).toEqual({ coHosts: coHosts.all });
  });

  test("whose invitation is taken back are sent out, and drive no longer", () => {
    const { commands, invite, drivers, dismissed } = begin();
    const [presenter, other] = [invite("presenter"), invite("presenter")];
    commands.drive(presenter);
    expect(commands.uninvite(host, other.participant)).toBeNull();
    expect(drivers).toHaveLength(1);
    expect(commands.uninvite(host, presenter.participant)).toBeNull();
    expect(dismissed).toEqual([other.participant, presenter.participant]);
    expect(drivers).toEqual([presenter.participant, "host"]);
    expect(commands.drive(presenter)).toMatchObject({ code: "not_host" });
  });

  test("are so many at one time", () => {
    const { commands, invite } = begin();
    const [first] = Array.from({ length: LIMITS.coHosts }, () => invite("presenter"));
    expect(commands.invite(host, { role: "moderator" })).toMatchObject({ code: "invalid_request" });
    commands.uninvite(host, first?.participant ?? "");
    expect(commands.invite(host, { role: "moderator" })).toHaveProperty("participant");
  });
});

describe("rules", () => {
  const change = HostRules.parse({ paused: true, publicResults: true });

  test("are a moderator's to set, are kept and then said to everybody; presenters may read them", () => {
    const root = begin();
    const { commands, invite } = root;
    expect(commands.setRules(invite("presenter"), change)).toMatchObject({ code: "role_not_allowed" });
    expect(commands.setRules(invite("moderator"), change)).toMatchObject({ paused: true });
    expectKept(root);
    expect(commands.getRules(invite("presenter"))).toEqual(root.state.facts?.rules);
  });

  test("that a client of before leaves out keep their value", () => {
    const { commands } = begin();
    commands.setRules(host, HostRules.parse({ isClosed: true, joinsPerMinute: 9, anyReaction: true }));
    const { isClosed: _, joinsPerMinute: __, anyReaction: ___, ...older } = HostRules.parse({ paused: true });
    expect(commands.setRules(host, older)).toMatchObject({
      paused: true,
      isClosed: true,
      joinsPerMinute: 9,
      anyReaction: true,
    });
  });

  test("change one at a time, and the others stay", () => {
    const { commands } = begin();
    const all: HostRules = {
      ...{ paused: true, reactions: ["👍"], pages: { vote: ["A"] }, anyReaction: true },
      ...{ questions: "open", names: false, publicResults: true, isClosed: true, joinsPerMinute: 9 },
    };
    expect(commands.setRules(host, all)).toEqual(all);
    const others: HostRules = {
      ...{ paused: false, reactions: null, pages: {}, anyReaction: false },
      ...{ questions: "moderated", names: true, publicResults: false, isClosed: false, joinsPerMinute: null },
    };
    for (const [rule, value] of Object.entries(others)) {
      expect(commands.setRules(host, { [rule]: value })).toEqual({ ...all, [rule]: value });
      commands.setRules(host, all);
    }
    expect(commands.setRules(host, {})).toEqual(all);
  });

  test("after the end are about reading the results alone", () => {
    const { commands } = begin();
    commands.end(host);
    expect(commands.setRules(host, change)).toMatchObject({ paused: false, publicResults: true });
    expect(commands.setRules(host, { paused: true })).toMatchObject({ paused: false, publicResults: true });
  });

  test("there is no session: there are none", () => {
    const { commands } = create();
    expect(commands.setRules(host, change)).toMatchObject({ code: "session_not_found" });
    expect(commands.getRules(host)).toMatchObject({ code: "session_not_found" });
  });
});

describe("blocking", () => {
  test("is kept, then said to everybody; once, however often it is said, and taken back", () => {
    const root = begin();
    const { commands, state } = root;
    for (let i = 0; i < 2; i++) expect(commands.block(host, nameUser("a"), true)).toBeUndefined();
    expect(state.facts?.blocked).toEqual([nameUser("a")]);
    expectKept(root);
    commands.block(host, nameUser("a"), false);
    expect(state.facts?.blocked).toEqual([]);
  });

  test("is a moderator's, and hits no host and nobody of a room that is none of the session's", () => {
    const { commands, invite } = begin();
    expect(commands.block(invite("moderator"), nameUser(), true)).toBeUndefined();
    expect(commands.block(invite("presenter"), nameUser(), true)).toMatchObject({ code: "role_not_allowed" });
    expect(commands.block(host, host.participant, true)).toMatchObject({ code: "invalid_request" });
    expect(commands.block(host, nameUser("", 1), true)).toMatchObject({ code: "invalid_request" });
  });

  test("is so many at most, and letting one in again makes room", () => {
    const { commands, state } = begin();
    const blocked = Array.from({ length: LIMITS.blocked }, (_, who) => nameUser(`${who}`));
    state.change({ blocked }, Date.now());
    expect(commands.block(host, nameUser("more"), true)).toMatchObject({ code: "invalid_request" });
    expect(commands.block(host, nameUser("7"), true)).toBeUndefined();
    expect(commands.block(host, nameUser("7"), false)).toBeUndefined();
    expect(commands.block(host, nameUser("more"), true)).toBeUndefined();
  });
});

describe("the end", () => {
  test("is the host's, and is said once, however often it is asked for, by whomever", () => {
    const root = begin();
    const { commands, invite, state, announced } = root;
    const presenter = invite("presenter");
    expect(commands.end(presenter)).toMatchObject({ code: "role_not_allowed" });
    expect(commands.end(host)).toBeUndefined();
    expectKept(root);
    const endedAt = state.facts?.endedAt;
    const before = announced.length;
    expect(commands.end(presenter)).toBeUndefined();
    expect([state.facts?.endedAt, announced.length]).toEqual([endedAt, before]);
  });

  test("of no session is none", () => {
    expect(create().commands.end(host)).toMatchObject({ code: "session_not_found" });
  });
});

describe("sending everybody out", () => {
  test("takes back names, places, invitations and the userToken, before it is announced", () => {
    const root = begin({ userTokenHash: "hash", maxParticipants: 1 });
    const { commands, invite, coHosts, state } = root;
    const presenter = invite("presenter");
    commands.drive(presenter);
    commands.claimPlaces([nameUser("a")]);
    expect(commands.revoke()).toEqual({ generation: 1 });
    expectKept(root);
    expect(state.facts?.session).not.toHaveProperty("userTokenHash");
    expect(coHosts.driver).toBe("host");
    expect(commands.drive(presenter)).toMatchObject({ code: "not_host" });
    expect(commands.claimPlaces([nameUser("b", 0, 1)])).toMatchObject({ placed: [nameUser("b", 0, 1)] });
  });

  test("voids the host's own uid too, whoever it was given to", () => {
    const { commands } = begin();
    commands.revoke();
    expect(commands.getRules(host)).toMatchObject({ code: "not_participant" });
  });

  test("goes so often, and not where there is no session", () => {
    const { commands, state } = begin();
    state.change({ generation: LAST_GENERATION }, Date.now());
    expect(commands.revoke()).toMatchObject({ code: "invalid_request" });
    expect(create().commands.revoke()).toMatchObject({ code: "session_not_found" });
  });
});

describe("the results", () => {
  test("are every host's to read, and the users' where the host lets them", () => {
    const { commands, invite } = begin();
    expect(commands.readHistory(invite("moderator"))).toMatchObject({ rooms: 1, endedAt: null });
    expect(commands.readHistory(undefined, nameUser())).toMatchObject({ code: "not_public" });
    expect(commands.takeExport(nameUser())).toMatchObject({ code: "not_public" });
    commands.setRules(host, HostRules.parse({ publicResults: true }));
    expect(commands.readHistory(undefined, nameUser())).toHaveProperty("states");
    expect(commands.takeExport(nameUser())).toHaveProperty("lease");
  });

  test("are nobody's whose name is void", () => {
    const { commands } = begin();
    commands.setRules(host, HostRules.parse({ publicResults: true }));
    commands.revoke();
    expect(commands.readHistory(undefined, nameUser())).toMatchObject({ code: "not_participant" });
    expect(commands.takeExport(nameUser())).toMatchObject({ code: "not_participant" });
  });

  test("are read whole by a few at a time; who has ended makes room", () => {
    const { commands } = begin();
    commands.setRules(host, HostRules.parse({ publicResults: true }));
    const leases = Array.from({ length: LIMITS.userExports }, () => commands.takeExport(nameUser()));
    expect(commands.takeExport(nameUser())).toMatchObject({ code: "rate_limited" });
    const [lease] = leases;
    if (!lease || "code" in lease) throw new Error("there was room");
    expect(commands.renewExport(lease.lease)).toBeNull();
    commands.endExport(lease.lease);
    expect(commands.takeExport(nameUser())).toHaveProperty("lease");
  });

  test("begin anew with a restart: nobody reads a snapshot of the time before", () => {
    vi.useFakeTimers({ now: NOW });
    const { commands, open } = begin();
    commands.setRules(host, HostRules.parse({ publicResults: true }));
    const before = commands.takeExport(nameUser());
    vi.setSystemTime(NOW + 1000);
    open({}, { restart: true });
    commands.setRules(host, HostRules.parse({ publicResults: true }));
    const after = commands.takeExport(nameUser());
    expect([before, after]).toMatchObject([{ until: NOW }, { until: NOW + 1000 }]);
  });
});

describe("the token of a talk", () => {
  const token = (number: number) => ({ id: `${number}`.repeat(22), number });
  const nameHost = (of: { id: string }) => createParticipant("host", 0, markRandom(createRandom(), of.id), 0);
  const nothing = { code: "invalid_token" };

  test("the one that the session was opened with is good, and no other", () => {
    const { open, commands } = create();
    open({}, { token: token(1) });
    expect(commands.refuseToken(token(1).id)).toBeUndefined();
    expect(commands.refuseToken(token(2).id)).toMatchObject(nothing);
  });

  test("a later one takes its place for good, in whatever order they come", () => {
    const { storage, open, commands } = create();
    open({}, { token: token(1) });
    expect(commands.setToken(token(3))).toBeUndefined();
    expect(commands.setToken(token(2))).toMatchObject(nothing);
    expect(open({}, { token: token(1) })).toMatchObject(nothing);
    for (const root of [commands, create(storage).commands]) {
      expect([token(1), token(2)].map(({ id }) => root.refuseToken(id)?.code)).toEqual(
        Array(2).fill("invalid_token"),
      );
      expect(root.refuseToken(token(3).id)).toBeUndefined();
    }
  });

  test("a restart keeps it; who opens the session with a newer one says so, too", () => {
    const { open, commands } = create();
    open({}, { token: token(1) });
    open({}, { token: token(2), restart: true });
    expect(commands.refuseToken(token(1).id)).toMatchObject(nothing);
    expect(commands.refuseToken(token(2).id)).toBeUndefined();
  });

  test("hosts who came with one of before are sent out; co-hosts and users are not", () => {
    const { open, commands, invite, pipes, sentOut } = create();
    open({}, { token: token(1) });
    const coHost = invite("presenter").participant;
    const [before, after, user] = [nameHost(token(1)), nameHost(token(2)), nameUser("a")];
    for (const participant of [before, after, user, coHost]) pipes.add(participant);
    commands.setToken(token(2));
    expect(sentOut).toEqual([before]);
  });

  test("where there is no session, nothing is kept", () => {
    const { storage, commands } = create();
    expect([commands.setToken(token(1)), commands.refuseToken(token(1).id)]).toEqual([undefined, undefined]);
    expect(storage.kv.toJSON()).toEqual({});
  });
});
