import { expect, test } from "vitest";
import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";
import { RevintError } from "../../../client/error.ts";
import { OPEN_RULES } from "../../../client/rules.ts";
import type { SessionEvents } from "../../../client/session.ts";
import { type Action, act, IDLE } from "../../../ui/action.ts";
import { createStore } from "../../../ui/store.ts";
import type { Spotlight, Stage } from "../../slots.ts";
import { LiveQuestions } from "./live-questions.ts";
import { QuestionDesk } from "./question-desk.ts";

const ask = (id: string, given: Partial<LiveQuestion> = {}): LiveQuestion => ({
  id,
  text: `Question ${id}`,
  at: id.charCodeAt(0),
  votes: 0,
  status: "pending",
  pinned: false,
  ...given,
});

/** A desk over a session that answers when it is told to. */
function open(...first: LiveQuestion[]) {
  let questions: readonly LiveQuestion[] = first;
  let total = first.length;
  let tell = () => {};
  const hearPart = (all: number, ...next: LiveQuestion[]) => {
    questions = next;
    total = all;
    tell();
  };
  const answers: (() => void)[] = [];
  const sent: (readonly [id: string, change: QuestionChange])[] = [];
  const reports: number[] = [];
  let refusal: RevintError | undefined;
  const action = createStore<Action>(IDLE);
  const session = {
    get questions() {
      return questions;
    },
    get questionCount() {
      return total;
    },
    rules: { ...OPEN_RULES, questions: "moderated" },
    on(name: keyof SessionEvents, listener: () => void) {
      if (name === "questions") tell = listener;
      return () => {};
    },
    setQuestion(id: string, change: QuestionChange) {
      sent.push([id, change]);
      return new Promise<void>((resolve, reject) =>
        answers.push(() => (refusal ? reject(refusal) : resolve())),
      );
    },
  };
  const stage: Pick<Stage, "action" | "act" | "ask" | "report" | "spotlight"> = {
    action,
    act: (does) => act(action, () => "not done", does),
    ask: () => {},
    report: ({ due = 0 }) => void reports.push(due),
    spotlight: createStore<Spotlight>({ holder: undefined }),
  };
  // What is not here, a desk does not use.
  const live = new LiveQuestions({ ...stage, session } as unknown as Stage);
  const desk = new QuestionDesk(live);
  return {
    live,
    desk,
    sent,
    reports,
    list: () => desk.view.get().ids.join(""),
    hear: (...next: LiveQuestion[]) => hearPart(next.length, ...next),
    hearPart,
    /** The service answers what was sent first. */
    answer: async (error?: RevintError) => {
      await expect.poll(() => answers.length).toBeGreaterThan(0);
      refusal = error;
      answers.shift()?.();
    },
  };
}

test("what is done is shown at once, sent one after the other, and stays until the news of it is here", async () => {
  const { desk, list, sent, reports, answer, hear } = open(ask("a"), ask("b"), ask("c"));
  desk.select("a");
  const published = desk.change("a", { status: "published" });
  const hidden = desk.change("b", { status: "hidden" });
  expect(list()).toBe("c");
  expect(reports.at(-1)).toBe(1);
  expect(desk.view.get().current).toBe("c");
  await answer();
  await answer();
  await Promise.all([published, hidden]);
  expect(sent).toEqual([
    ["a", { status: "published" }],
    ["b", { status: "hidden" }],
  ]);
  // The answers were faster than the news.
  expect(list()).toBe("c");
  hear(ask("a", { status: "published" }), ask("b", { status: "hidden" }), ask("c"));
  expect(list()).toBe("c");
});

test("what was refused is as it was before", async () => {
  const { live, desk, list, answer } = open(ask("a"), ask("b"));
  const done = desk.change("a", { status: "published" });
  expect(list()).toBe("b");
  await answer(new RevintError("role_not_allowed", "no"));
  expect(await done).toBe(false);
  expect(list()).toBe("ab");
  expect(live.view.get().done).toEqual([]);
});

test("what was done last is taken back first, and stands where it stood, though the list is held", async () => {
  const { desk, list, sent, answer, hear } = open(ask("a"), ask("b"), ask("c"));
  desk.hold(true);
  const hidden = desk.change("b", { status: "hidden" });
  await answer();
  await hidden;
  hear(ask("a"), ask("b", { status: "hidden" }), ask("c"));
  expect(list()).toBe("ac");
  const undone = desk.undo();
  await answer();
  await undone;
  expect(sent.at(-1)).toEqual(["b", { status: "pending" }]);
  expect(list()).toBe("abc");
  expect(desk.view.get().current).toBe("b");
  await desk.undo();
  expect(sent).toHaveLength(2);
});

test("what is taken back while older news is on its way is in the list as soon as it is so", async () => {
  const { desk, list, sent, answer, hear } = open(ask("a"), ask("b"), ask("c"));
  desk.hold(true);
  const published = desk.change("b", { status: "published" });
  await answer();
  await published;
  const undone = desk.undo();
  await expect.poll(() => sent).toHaveLength(2);
  hear(ask("a"), ask("b", { status: "published" }), ask("c"));
  await answer();
  await undone;
  hear(ask("a"), ask("b"), ask("c"));
  expect(list()).toBe("abc");
});

test("held, the list moves for nobody but whoever works at it; let go, it is as it would be", () => {
  const a = ask("a", { status: "published", votes: 2 });
  const b = ask("b", { status: "published", votes: 1 });
  const { desk, list, hear } = open(a, b);
  desk.open("asked");
  desk.hold(true);
  hear({ ...b, votes: 5 }, a, ask("c", { status: "published" }));
  expect(list()).toBe("ab");
  expect(desk.view.get().changes).toBe(2);
  // What is gone for good can't stay.
  hear({ ...b, votes: 5 });
  expect(list()).toBe("b");
  desk.hold(false);
  hear({ ...b, votes: 5 }, a);
  expect(list()).toBe("ba");
  expect(desk.view.get().changes).toBe(0);
});

test("a list that is told anew, in parts, is not shown until it is whole", () => {
  const all = [ask("a"), ask("b"), ask("c")];
  const { list, hear, hearPart } = open(...all);
  hearPart(3, ask("a"));
  hearPart(3, ask("a"), ask("b"));
  expect(list()).toBe("abc");
  hear(...all.slice(0, 2));
  expect(list()).toBe("ab");
});
