import { expect, test } from "vitest";
import type { StatusChange } from "../../../shared/interactions/activity/activity.ts";
import { createParticipant } from "../../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../../shared/protocol/message.ts";
import { HostRules } from "../../../shared/protocol/rules.schema.ts";
import { changeRules, type RulesChange } from "../../../shared/protocol/rules.ts";
import type { Actor } from "../../lib/actor.ts";
import type { IdentifiedAction } from "../../lib/room-event.ts";
import { CoHostList } from "../co-host-list.ts";
import { toLive } from "../interactions/activity/stored-activity.ts";
import { openBoard } from "../interactions/activity/test-activities.ts";
import { NO_ACTIVITY, UNAVAILABLE } from "../refusals.ts";
import { beginSession, createFacts, NOW } from "../test-session.ts";
import { MemoryStorage } from "../test-storage.ts";
import { DoneActions } from "./done-actions.ts";
import { RoomActions } from "./room-actions.ts";

const FINAL = { pages: {}, total: 0, participants: 0, endedAt: NOW + 1, expiresAt: NOW + 2 };

/** A session that notes what it is to do, by whom, and how deep that was. */
function create(storage = new MemoryStorage()) {
  const state = beginSession(
    createFacts({}, { rules: { ...HostRules.parse({}), names: false } }),
    storage.kv,
  );
  const coHosts = new CoHostList(storage.kv);
  const activities = openBoard();
  activities.write("poll");
  const calls: unknown[][] = [];
  const told: ServerMessage[] = [];
  const room = { depth: 0, isOut: false, hasActivity: true };
  const actions = new RoomActions({
    state,
    done: new DoneActions(storage.sql),
    coHosts,
    events: {
      causedBy(depth, work) {
        room.depth = Number(depth);
        try {
          return work();
        } finally {
          room.depth = 0;
        }
      },
    },
    commands: {
      setState(actor: Actor, { page, state: text }) {
        calls.push(["state", actor.role, page, text, room.depth]);
        return { version: 1 };
      },
      setRules(actor: Actor, change: RulesChange) {
        const rules = changeRules(state.facts?.rules ?? HostRules.parse({}), change);
        calls.push(["rules", actor.role, rules, room.depth]);
        return rules;
      },
    },
    setActivity(actor: Actor, id: string, change: StatusChange) {
      calls.push(["activity", actor.role, id, change, room.depth]);
      return room.hasActivity ? toLive(activities.read("poll"), "host") : NO_ACTIVITY;
    },
    async end(actor: Actor) {
      calls.push(["end", actor.role, room.depth]);
      if (state.facts?.endedAt === null) state.change({ endedAt: NOW + 1 }, NOW + 1);
      return room.isOut ? UNAVAILABLE : FINAL;
    },
    tellHosts: (message) => told.push(message),
  });
  const act = (action: IdentifiedAction["action"], more: Partial<IdentifiedAction> = {}) =>
    actions.do({ id: "run.0", depth: 1, action, ...more });
  return { actions, act, calls, told, room, state, coHosts, storage };
}

test("an action with one id is done once, also by the room's next life", async () => {
  const { act, calls, storage } = create();
  const show = { do: "state", page: "2", state: "" } as const;
  expect(await act(show)).toEqual({ done: true });
  expect(await act(show)).toEqual({ done: false });
  const next = create(storage);
  expect(await next.act(show)).toEqual({ done: false });
  expect(await next.act(show, { id: "run.1" })).toEqual({ done: true });
  expect([calls.length, next.calls.length]).toEqual([1, 1]);
});

test("each is done in the host's name, and as deep as it is", async () => {
  const { act, calls } = create();
  await act({ do: "activity", activity: "poll", status: "open", seconds: 30 }, { id: "1", depth: 2 });
  await act({ do: "activity", activity: "poll", status: "closed", seconds: 30 }, { id: "2" });
  await act({ do: "activity", activity: "poll", status: "revealed" }, { id: "3" });
  await act({ do: "end" }, { id: "4", depth: 3 });
  expect(calls).toEqual([
    ["activity", "host", "poll", { status: "open", seconds: 30 }, 2],
    ["activity", "host", "poll", { status: "closed" }, 1],
    ["activity", "host", "poll", { status: "closed", revealed: true }, 1],
    ["end", "host", 3],
  ]);
});

test("rules that a flow does not name stay as they are", async () => {
  const { act, calls } = create();
  await act({ do: "rules", questions: "open" });
  expect(calls).toMatchObject([["rules", "host", { paused: false, questions: "open", names: false }, 1]]);
});

test("the deck is moved in the name of whoever drives", async () => {
  const { act, calls, coHosts } = create();
  const presenter: Actor = { role: "presenter", participant: createParticipant("host", 0, "p".repeat(16)) };
  coHosts.add(presenter.participant, { role: "presenter" });
  coHosts.drive(presenter);
  await act({ do: "state", page: "2", state: "" });
  expect(calls).toMatchObject([["state", "presenter", "2", "", 1]]);
});

test("a message is told the hosts", async () => {
  const { act, told } = create();
  expect(await act({ do: "message", text: "Ten questions wait." })).toEqual({ done: true });
  expect(told).toMatchObject([{ type: "notice", text: "Ten questions wait." }]);
});

test("what is refused was not done, and may be sent again", async () => {
  const { act, room } = create();
  room.hasActivity = false;
  const open = { do: "activity", activity: "poll", status: "open" } as const;
  expect(await act(open)).toMatchObject({ code: "activity_not_found" });
  room.hasActivity = true;
  expect(await act(open)).toEqual({ done: true });
});

test("after the end nothing is done but ending, which is safe to repeat", async () => {
  const { act, room, calls } = create();
  room.isOut = true;
  expect(await act({ do: "end" })).toMatchObject({ code: "unavailable" });
  room.isOut = false;
  expect(await act({ do: "end" })).toEqual({ done: false, final: FINAL });
  expect(calls).toHaveLength(2);
  for (const action of [
    { do: "message", text: "Bye." },
    { do: "rules", paused: true },
    { do: "state", page: "1", state: "" },
  ] as const)
    expect(await act(action, { id: action.do })).toMatchObject({ code: "session_ended" });
});

test("what an earlier life of the session has caused does nothing in this one", async () => {
  const { act, calls } = create();
  expect(await act({ do: "end" }, { epoch: NOW - 1 })).toEqual({ done: false });
  expect(calls).toEqual([]);
  expect(await act({ do: "end" }, { epoch: NOW })).toEqual({ done: true, final: FINAL });
});

test("where there is no session nothing is done, and nothing stored", async () => {
  const { act, state, storage } = create();
  state.clear();
  expect(await act({ do: "end" })).toMatchObject({ code: "session_not_found" });
  expect(storage.sql.exec("SELECT name FROM sqlite_master").toArray()).toEqual([]);
});

test("the last two thousand ids are remembered", () => {
  const done = new DoneActions(new MemoryStorage().sql);
  for (let id = 0; id < 2001; id++) done.add(`${id}`);
  expect([done.has("0"), done.has("1"), done.has("2000")]).toEqual([false, true, true]);
  done.startOver();
  expect(done.has("2000")).toBe(false);
});
