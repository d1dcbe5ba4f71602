import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { NOW } from "../../test-session.ts";
import { QuestionBoard as Board, type QuestionBoard } from "./question-board.ts";
import { ada, ben, openBoard } from "./test-questions.ts";

const toMap = (board: QuestionBoard) => new Map(board.all.map((question) => [question.id, question]));
const idsOf = (questions: readonly { readonly id: string }[]) => questions.map(({ id }) => id);

describe("questions of a session", () => {
  test("are as they were in the next life of the room, to the last field", () => {
    const { board, sql, storage, add, set } = openBoard();
    const first = add({ name: "Ada", text: "Why?\nReally?" });
    const second = add({ author: ben, status: "pending" });
    const third = add();
    set(first, { pinned: true, answer: "Because." });
    set(third, { mergedInto: first });
    board.setExcluded(ben, true, NOW);
    const next = new Board(sql, storage);
    next.load();
    expect(toMap(next)).toEqual(toMap(board));
    expect(next.revision).toBe(board.revision);
    expect(next.get(second)).toMatchObject({ author: ben, status: "pending", isExcluded: true });
    expect(next.get(first)).toMatchObject({ text: "Why?\nReally?", pinned: true, answer: "Because." });
  });

  test("have ids that never come again: not when one is withdrawn, nor when the clock steps back", () => {
    const { board, sql, storage, add } = openBoard();
    const ids = [add(), add(), add({}, NOW - 60_000)];
    const last = ids.at(-1) ?? "";
    board.remove(last, NOW - 60_000);
    const next = openBoard(sql, storage);
    ids.push(next.add({}, NOW - 60_000), next.add({}, NOW + 60_000));
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{1,16}$/);
  });

  test("nobody ever asked write nothing", () => {
    const { board, storage } = openBoard();
    expect(board.reset(NOW)).toEqual({ changed: [], removed: [], withdrawn: [] });
    expect(board.drop()).toEqual({ changed: [], removed: [], withdrawn: [] });
    expect(board.getUpdate(0)).toBeUndefined();
    expect(storage.toJSON()).toEqual({});
  });
});

describe("what a host does with a question", () => {
  test("that changes nothing is no change", () => {
    const { board, add, set } = openBoard();
    const id = add();
    const { revision } = board;
    for (const change of [{}, { status: "published" }, { pinned: false }, { answer: null }] as const) {
      expect(set(id, change).changed).toEqual([]);
    }
    expect(board.revision).toBe(revision);
  });

  test("pinning one takes the pin from another, and hiding takes it away", () => {
    const { read, add, set } = openBoard();
    const [first, second] = [add(), add()];
    set(first, { pinned: true });
    expect(idsOf(set(second, { pinned: true }).changed)).toEqual([second, first]);
    expect(read(first).pinned).toBe(false);
    set(second, { status: "hidden" });
    set(second, { status: "published" });
    expect(read(second).pinned).toBe(false);
  });

  test("an answer in writing answers it; published again it waits, and the answer is kept", () => {
    const { read, add, set } = openBoard();
    const id = add({ status: "pending" });
    set(id, { answer: "Because." });
    expect(read(id)).toMatchObject({ status: "answered", answer: "Because." });
    set(id, { status: "published" });
    expect(read(id)).toMatchObject({ status: "published", answer: "Because." });
    set(id, { status: "answered", answer: null });
    expect(read(id)).toMatchObject({ status: "answered" });
    expect(read(id).answer).toBeUndefined();
  });

  test("merging hides it and leads to the other one; what was merged into it follows; publishing undoes it", () => {
    const { board, read, add, set } = openBoard();
    const [first, second, third] = [add(), add(), add()];
    set(first, { pinned: true });
    const change = set(first, { mergedInto: second });
    expect(read(first)).toMatchObject({ status: "hidden", pinned: false, mergedInto: second });
    expect(idsOf(change.withdrawn)).toEqual([first]);
    set(second, { mergedInto: third });
    expect(read(first).mergedInto).toBe(third);
    set(first, { status: "published" });
    expect(read(first).mergedInto).toBeUndefined();
    expect(read(second).mergedInto).toBe(third);
    board.remove(third, NOW);
    expect(read(second).status).toBe("hidden");
    expect(read(second).mergedInto).toBeUndefined();
  });

  test("it goes back to those that wait, and is merged into none", () => {
    const { read, add, set } = openBoard();
    const [first, second] = [add(), add()];
    set(first, { pinned: true });
    set(first, { mergedInto: second });
    set(first, { status: "pending" });
    expect(read(first)).toMatchObject({ status: "pending", pinned: false });
    expect(read(first).mergedInto).toBeUndefined();
  });

  test("what is withdrawn from the audience is what it could read before, and can't now", () => {
    const { board, add, set } = openBoard();
    const [open, pending] = [add(), add({ status: "pending", author: ben })];
    expect(set(pending, { status: "hidden" }).withdrawn).toEqual([]);
    expect(set(pending, { status: "published" }).withdrawn).toEqual([]);
    expect(set(open, { status: "answered" }).withdrawn).toEqual([]);
    expect(idsOf(set(open, { status: "hidden" }).withdrawn)).toEqual([open]);
    expect(idsOf(board.setExcluded(ben, true, NOW).withdrawn)).toEqual([pending]);
    const gone = board.remove(pending, NOW);
    expect([idsOf(gone.removed), gone.withdrawn]).toEqual([[pending], []]);
  });
});

describe("whose author is blocked", () => {
  test("goes and comes back as it was; one that a host publishes meanwhile is back at once", () => {
    const { board, read, add, set } = openBoard();
    const [first, second, other] = [add(), add(), add({ author: ben })];
    set(first, { pinned: true });
    expect(idsOf(board.setExcluded(ada, true, NOW).changed)).toEqual([first, second]);
    set(second, { status: "published" });
    expect([first, second, other].map((id) => read(id).isExcluded)).toEqual([true, false, false]);
    expect(idsOf(board.setExcluded(ada, false, NOW).changed)).toEqual([first]);
    expect(read(first)).toMatchObject({ pinned: true, isExcluded: false, status: "published" });
    expect(board.setExcluded(ada, false, NOW).changed).toEqual([]);
  });

  test("and is forgotten has asked nothing, and nothing names them", () => {
    const { board, sql, add } = openBoard();
    const id = add({ name: "Ada" });
    board.forgetAuthor(ada, NOW);
    expect(board.get(id)).toMatchObject({ text: "Why?", status: "published" });
    const rows = JSON.stringify([board.all, sql.exec("SELECT * FROM questions").toArray()]);
    for (const word of [ada, "Ada"]) expect(rows).not.toContain(word);
  });
});

describe("a room below", () => {
  test("takes over what is new, and once; an older update changes nothing", () => {
    const root = openBoard();
    const child = openBoard();
    const first = root.add();
    const early = root.board.getUpdate(0);
    const second = root.add();
    const late = root.board.getUpdate(child.board.revision);
    if (!early || !late) throw new Error("no update");
    expect(idsOf(child.board.adopt(late).changed)).toEqual([first, second]);
    expect(child.board.adopt(late).changed).toEqual([]);
    expect(child.board.adopt(early)).toEqual({ changed: [], removed: [], withdrawn: [] });
    root.board.remove(first, NOW);
    const update = root.board.getUpdate(child.board.revision);
    expect(update).toMatchObject({ changed: [], removed: [first] });
    if (update) expect(idsOf(child.board.adopt(update).withdrawn)).toEqual([first]);
    expect(toMap(child.board)).toEqual(toMap(root.board));
  });

  test("that has missed something says so, and is told everything", () => {
    const root = openBoard();
    const child = openBoard();
    const [first, second] = [root.add(), root.add()];
    const update = root.board.getUpdate(root.board.revision - 1);
    if (!update) throw new Error("no update");
    expect(() => child.board.adopt(update)).toThrow("missed");
    const whole = root.board.getUpdate(0);
    if (whole) expect(idsOf(child.board.adopt(whole).changed)).toEqual([first, second]);
  });

  test("is told everything where nobody knows any more what is gone", () => {
    const root = openBoard();
    const child = openBoard();
    const kept = root.add();
    const before = root.board.getUpdate(0);
    if (before) child.board.adopt(before);
    const since = child.board.revision;
    for (let each = 0; each <= LIMITS.questions; each++) root.board.remove(root.add(), NOW);
    expect(root.board.getUpdate(since)).toMatchObject({ since: 0, removed: [] });
    expect(root.board.getUpdate(root.board.revision - 1)).toMatchObject({ since: root.board.revision - 1 });
    // So is one whose parent has just begun: what was gone before it does not know.
    const next = openBoard(root.sql, root.storage);
    expect(next.board.getUpdate(since)).toMatchObject({ since: 0 });
    const update = next.board.getUpdate(since);
    if (update) child.board.adopt(update);
    expect(idsOf(child.board.all)).toEqual([kept]);
  });

  test("ends with what the root has, whatever is lost, late or repeated on the way, and whoever dies", () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant("add" as const), who: fc.nat(3) }),
      fc.record({ type: fc.constant("remove" as const), which: fc.nat(9) }),
      fc.record({
        type: fc.constant("set" as const),
        which: fc.nat(9),
        change: fc.constantFrom(
          { status: "hidden" } as const,
          { status: "published" } as const,
          { pinned: true },
          { answer: "So." },
        ),
      }),
      fc.record({ type: fc.constant("exclude" as const), who: fc.nat(3), is: fc.boolean() }),
      fc.record({ type: fc.constant("restart" as const) }),
      fc.record({ type: fc.constantFrom("tell", "lose", "late", "forget", "die", "root dies") }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let root = openBoard();
        let child = openBoard();
        let confirmed = 0;
        let now = NOW;
        const sent: NonNullable<ReturnType<QuestionBoard["getUpdate"]>>[] = [];
        const send = (isLost: boolean) => {
          const update = root.board.getUpdate(confirmed);
          if (!update) return;
          sent.push(update);
          const { revision } = root.board;
          try {
            if (!isLost) child.board.adopt(update);
            confirmed = isLost ? 0 : revision;
          } catch {
            confirmed = 0;
          }
        };
        const pick = (which: number) => root.board.all[which % Math.max(1, root.board.size)]?.id;
        for (const each of steps) {
          now++;
          const id = "which" in each ? pick(each.which) : undefined;
          if (each.type === "add") root.add({ author: `${each.who}` }, now);
          else if (each.type === "remove" && id) root.board.remove(id, now);
          else if (each.type === "set" && id) root.set(id, each.change, now);
          else if (each.type === "exclude") root.board.setExcluded(`${each.who}`, each.is, now);
          else if (each.type === "restart") {
            root.board.reset(now);
            child.board.drop();
            confirmed = 0;
          } else if (each.type === "tell") send(false);
          else if (each.type === "lose") send(true);
          else if (each.type === "forget") confirmed = 0;
          else if (each.type === "die") child = openBoard(child.sql, child.storage);
          else if (each.type === "root dies") {
            root = openBoard(root.sql, root.storage);
            confirmed = 0;
          } else if (each.type === "late") {
            for (const update of sent) {
              try {
                child.board.adopt(update);
              } catch {
                confirmed = 0;
              }
            }
          }
          expect(root.board.all.filter(({ pinned }) => pinned).length).toBeLessThanOrEqual(1);
        }
        send(false);
        if (confirmed === 0) send(false);
        expect(toMap(child.board)).toEqual(toMap(root.board));
      }),
    );
  });
});
