import { describe, expect, test } from "vitest";
import { createParticipant } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { Actor } from "../../../lib/actor.ts";
import { Totals } from "../../../lib/totals.ts";
import { CoHostList } from "../../co-host-list.ts";
import { beginSession, host, NOW } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { ActivityCommands } from "./activity-commands.ts";
import { answered, openBoard, writing } from "./test-activities.ts";

function open() {
  const kv = new MemoryKv();
  const state = beginSession(undefined, kv);
  const coHosts = new CoHostList(kv);
  const { board, read, topicOf } = openBoard(kv);
  const counts = new Totals();
  const announced: (readonly string[])[] = [];
  const commands = new ActivityCommands({
    state,
    coHosts,
    board,
    counted: () => counts,
    announce: ({ changed, removed }) => announced.push([...changed.map(({ id }) => id), ...removed]),
  });
  const invite = (role: "presenter" | "moderator"): Actor => {
    const participant = createParticipant("host", 0, role.padEnd(16, "-"));
    coHosts.add(participant, { name: role, role });
    return { participant, role };
  };
  const write = (given: Record<string, unknown> = {}, id = "poll", actor = host) =>
    commands.write(actor, id, writing(given));
  /** Somebody has answered the round that is open. */
  const answer = (id = "poll") => counts.setTopic(topicOf(id), answered(1, { a: 1 }));
  return { state, coHosts, board, read, counts, announced, commands, invite, write, answer };
}

const codeOf = (result: object | null) => (result && "code" in result ? result.code : undefined);

describe("writing an activity", () => {
  test("again, as it is, changes nothing and tells nobody", () => {
    const { write, announced } = open();
    write();
    write();
    expect(announced).toEqual([["poll"]]);
  });

  test("with other texts leaves its answers", () => {
    const { write, commands, answer, read } = open();
    write();
    commands.setStatus(host, "poll", { status: "open" });
    answer();
    expect(write({ prompt: "Which one?", show: "live" })).toMatchObject({
      prompt: "Which one?",
      status: "open",
    });
    expect(read("poll").rounds).toHaveLength(1);
  });

  test("with other options is a conflict once it has answers, unless they are cleared", () => {
    const { write, commands, answer, read } = open();
    const others = {
      options: [
        { id: "x", text: "X" },
        { id: "y", text: "Y" },
      ],
    };
    write();
    commands.setStatus(host, "poll", { status: "open" });
    answer();
    expect(codeOf(write(others))).toBe("conflict");
    expect(write({ ...others, clear: true })).toMatchObject({ status: "draft", round: 0 });
    expect(read("poll").rounds).toEqual([]);
  });

  test("with other options begins anew where nobody has answered", () => {
    const { write, commands } = open();
    write();
    commands.setStatus(host, "poll", { status: "open" });
    expect(write({ multiple: 2 })).toMatchObject({ status: "draft", round: 0, multiple: 2 });
  });

  test("leaves what is right as it was where nothing is said of it, and null takes it away", () => {
    const { write } = open();
    write({ correct: ["a"] });
    expect(write({ prompt: "Which one?" })).toMatchObject({ correct: ["a"] });
    expect(write({ prompt: "Which one?", correct: null })).toMatchObject({ correct: undefined });
    write({ correct: ["b"] });
    // What was right is no option any more.
    expect(
      write({
        options: [
          { id: "a", text: "A" },
          { id: "c", text: "C" },
        ],
      }),
    ).toMatchObject({ correct: undefined });
  });

  test("is refused where there are too many, or they are too large", () => {
    const { write } = open();
    for (let index = 0; index < LIMITS.activities; index++) write({}, `poll-${index}`);
    expect(codeOf(write({}, "one-more"))).toBe("too_many_activities");
    expect(codeOf(write({ prompt: "Which?" }, "poll-1"))).toBeUndefined();
    const large = open();
    const options = Array.from({ length: 20 }, (_, id) => ({ id: `${id}`, text: "x".repeat(200) }));
    const written = Array.from({ length: 60 }, (_, index) =>
      codeOf(large.write({ options }, `poll-${index}`)),
    );
    expect(written.indexOf("too_many_activities")).toBeGreaterThan(40);
  });
});

describe("opening and closing", () => {
  test("an activity that nobody wrote is not found, and one that was never opened can't be closed", () => {
    const { commands, write } = open();
    expect(codeOf(commands.setStatus(host, "poll", { status: "open" }))).toBe("activity_not_found");
    write();
    expect(codeOf(commands.setStatus(host, "poll", { status: "closed" }))).toBe("conflict");
  });

  test("twice is once", () => {
    const { commands, write, announced } = open();
    write();
    commands.setStatus(host, "poll", { status: "open" });
    commands.setStatus(host, "poll", { status: "open" });
    commands.setStatus(host, "poll", { status: "closed" });
    commands.setStatus(host, "poll", { status: "closed" });
    expect(announced).toHaveLength(3);
  });

  test("so many are open at once", () => {
    const { commands, write } = open();
    for (let index = 0; index <= LIMITS.openActivities; index++) write({}, `poll-${index}`);
    const opened = Array.from({ length: LIMITS.openActivities + 1 }, (_, index) =>
      codeOf(commands.setStatus(host, `poll-${index}`, { status: "open" })),
    );
    expect(opened.slice(0, -1)).toEqual(opened.slice(0, -1).map(() => undefined));
    expect(opened.at(-1)).toBe("too_many_activities");
    expect(codeOf(commands.setStatus(host, "poll-0", { status: "open", newRound: true }))).toBeUndefined();
  });

  test("is for the host and for the presenter who drives; a moderator hides words", () => {
    const { commands, coHosts, invite, write } = open();
    const [presenter, moderator] = [invite("presenter"), invite("moderator")];
    write({}, "poll", presenter);
    expect(codeOf(write({}, "poll", moderator))).toBe("role_not_allowed");
    expect(codeOf(commands.setStatus(presenter, "poll", { status: "open" }))).toBe("not_driving");
    expect(codeOf(commands.setStatus(moderator, "poll", { status: "open" }))).toBe("role_not_allowed");
    coHosts.drive(presenter);
    expect(codeOf(commands.setStatus(presenter, "poll", { status: "open" }))).toBeUndefined();
    expect(codeOf(commands.setStatus(host, "poll", { status: "closed" }))).toBeUndefined();
    write({ kind: "words" }, "cloud");
    expect(codeOf(commands.hide(presenter, "cloud", { value: "word", hidden: true }))).toBe(
      "role_not_allowed",
    );
    expect(commands.hide(moderator, "cloud", { value: "Word!", hidden: true })).toBeNull();
    expect(codeOf(commands.hide(moderator, "poll", { value: "a", hidden: true }))).toBe("invalid_request");
  });

  test("is over when the session is", () => {
    const { commands, state, write } = open();
    write();
    state.change({ endedAt: NOW + 1 }, NOW + 1);
    expect(codeOf(commands.setStatus(host, "poll", { status: "open" }))).toBe("session_ended");
    expect(codeOf(write({ prompt: "Which one?" }))).toBe("session_ended");
    expect(codeOf(commands.remove(host, "poll"))).toBe("session_ended");
  });
});

test("a word is hidden in every spelling, and put back", () => {
  const { commands, read, write } = open();
  write({ kind: "words" }, "cloud");
  commands.hide(host, "cloud", { value: "CAFÉ ", hidden: true });
  expect(read("cloud").hidden).toEqual(["café"]);
  commands.hide(host, "cloud", { value: "café", hidden: false });
  expect(read("cloud").hidden).toEqual([]);
});
