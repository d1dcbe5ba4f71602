import { describe, expect, test } from "vitest";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { HostRules } from "../../../../shared/protocol/rules.schema.ts";
import { QUESTION_CURSOR } from "../../../lib/question-cursor.ts";
import { Totals } from "../../../lib/totals.ts";
import { CoHostList } from "../../co-host-list.ts";
import { beginSession, createFacts, createGate, host, NOW, nameUser } from "../../test-session.ts";
import { MemoryKv } from "../../test-storage.ts";
import { QuestionList } from "./question-list.ts";
import { ada, ben, openBoard } from "./test-questions.ts";

function open({ publicResults = false } = {}) {
  const rules = HostRules.parse({ questions: "open", publicResults });
  const { board, add, set } = openBoard();
  const counts = new Totals();
  const coHosts = new CoHostList(new MemoryKv());
  const standing: Record<string, string> = {};
  const ledger = { waits: Promise.resolve(), isOut: false, asked: [] as (readonly string[])[] };
  const room = { isComplete: true };
  const list = new QuestionList({
    state: beginSession(createFacts({}, { rules })),
    board,
    coHosts,
    counted: () => counts,
    becomeComplete: async () => {
      if (!room.isComplete) throw new Error("knows nothing yet");
    },
    async readStanding(_, topics) {
      ledger.asked.push(topics);
      await ledger.waits;
      if (ledger.isOut) throw new Error("out");
      return standing;
    },
  });
  const vote = (id: string, votes: number) => counts.setTopic(getVoteTopic(id), { [FOR]: votes });
  const read = async (who = ben, sort: "votes" | "newest" = "votes", cursor?: string) => {
    const listed = await list.read(who, who === host.participant ? "host" : "user", { sort, cursor });
    if ("code" in listed) throw new Error(listed.code);
    return listed;
  };
  return { board, add, set, counts, coHosts, standing, ledger, room, list, vote, read };
}

describe("the list of questions", () => {
  test("has what is for all and the reader's own, with votes, and what the reader has voted for", async () => {
    const { add, set, vote, standing, read } = open();
    const [pending, hidden, open_] = [add({ status: "pending" }), add(), add({ name: "Ada" })];
    set(hidden, { status: "hidden" });
    vote(open_, 3);
    standing[getVoteTopic(open_)] = FOR;
    expect(await read(ben)).toMatchObject({
      questions: [{ id: open_, votes: 3, mine: false, voted: true, name: "Ada" }],
      total: 1,
    });
    const own = await read(ada);
    expect(own.questions.map(({ id, mine, status }) => [id, mine, status]).toSorted()).toEqual(
      [
        [pending, true, "pending"],
        [hidden, true, "hidden"],
        [open_, true, "published"],
      ].toSorted(),
    );
    const all = await read(host.participant);
    expect([all.total, all.questions.some(({ mine, voted }) => mine || voted)]).toEqual([3, false]);
  });

  test("is read in pages that each begin where the one before ended, whatever is asked meanwhile", async () => {
    const { add, vote, read } = open();
    const ids = Array.from({ length: 250 }, (_, index) => {
      const id = add({ author: nameUser(`${index}`) }, NOW + index);
      vote(id, index % 7);
      return id;
    });
    for (const sort of ["votes", "newest"] as const) {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await read(ben, sort, cursor);
        expect(page.questions.length).toBeLessThanOrEqual(100);
        found.push(...page.questions.map(({ id }) => id));
        cursor = page.cursor;
        if (cursor !== undefined) expect(cursor).toMatch(QUESTION_CURSOR);
        // It is the newest, and has no votes.
        if (sort === "newest") add({}, NOW + 1000 + found.length);
      } while (cursor !== undefined);
      expect(new Set(found).size).toBe(found.length);
      expect(found).toEqual(expect.arrayContaining(ids));
    }
  });

  test("tells nothing of what was hidden while the ledger was asked", async () => {
    const { add, set, ledger, read } = open();
    const [first, second] = [add(), add()];
    const gate = createGate<void>();
    ledger.waits = gate.promise;
    const reading = read(ben);
    await expect.poll(() => ledger.asked.length).toBe(1);
    set(first, { status: "hidden" });
    gate.open();
    expect(await reading).toMatchObject({ questions: [{ id: second }], total: 1 });
  });

  test("is unavailable while the room knows no votes, or the ledger does not answer; hosts ask no ledger", async () => {
    const { add, room, ledger, list } = open();
    add();
    ledger.isOut = true;
    const page = { sort: "votes" } as const;
    expect(await list.read(ben, "user", page)).toMatchObject({ code: "unavailable" });
    expect(await list.read(host.participant, "host", page)).toMatchObject({ total: 1 });
    room.isComplete = false;
    expect(await list.read(host.participant, "host", page)).toMatchObject({ code: "unavailable" });
    expect(await list.export(host.participant, host)).toMatchObject({ code: "unavailable" });
  });

  test("and the export know a co-host whose invitation was taken back for nobody special", async () => {
    const { add, coHosts, list } = open();
    add({ status: "pending" });
    coHosts.add("cohost", { role: "moderator" });
    coHosts.remove("cohost");
    expect(await list.read("cohost", "host", { sort: "votes" })).toMatchObject({ total: 0 });
    expect(await list.export("cohost", { participant: "cohost", role: "moderator" })).toMatchObject({
      code: "not_host",
    });
  });
});

describe("the rows of the export", () => {
  test("are all of them, oldest first; users have those that they may read, where results are public", async () => {
    const { add, set, vote, list } = open({ publicResults: true });
    const [second, first] = [add({}, NOW + 5), add({ author: ben, status: "pending" }, NOW)];
    set(second, { answer: "So." }, NOW + 6);
    vote(second, 2);
    const rows = await list.export(host.participant, host);
    expect(rows).toMatchObject({
      rows: [
        { question: first, status: "pending", votes: 0, answer: "" },
        { question: second, status: "answered", votes: 2, answer: "So.", name: "" },
      ],
    });
    expect(await list.export(nameUser("eve"), undefined)).toMatchObject({ rows: [{ question: second }] });
    const closed = open();
    closed.add();
    expect(await closed.list.export(ben, undefined)).toMatchObject({ code: "not_public" });
  });
});
