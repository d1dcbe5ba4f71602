import { readFile } from "node:fs/promises";
import type { BrowserContextOptions, Page } from "playwright-core";
import { readSheet } from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { LiveQuestion } from "../shared/interactions/question/question.schema.ts";
import type { QuestionChange } from "../shared/interactions/question/question.ts";
import type { QuestionRule } from "../shared/protocol/rules.ts";
import {
  findBarriers,
  lookAt,
  nextChange,
  openControls,
  PROJECTOR,
  photograph,
  setScene,
  TALL_PHONE,
  type Visit,
} from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import { type Pass, startSession } from "./started-session.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene), {
  rooms: { REACTIONS_PER_SECOND: "1000", REACTIONS_BURST: "1000" },
});

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;

const LONG =
  "How much does it cost for a conference with two thousand people who tap every ten seconds, and what happens to the bill when the session is left open over night by mistake, as we did last year?";
const ARABIC = "كيف يعمل هذا دون خادم؟";
const UNBROKEN = "donaudampfschifffahrtsgesellschaft".repeat(6);

/** A session in which questions are taken, and people who ask and vote over HTTP. */
async function startTalk(questions: QuestionRule, size = 4) {
  const session = await startSession(revint, { reactions: ["👍", "👏"], expectedAudience: 1000 });
  const { path, asHost } = session;
  const setRule = (rule: QuestionRule, publicResults = false) =>
    session.setRules({ paused: false, reactions: null, pages: {}, publicResults, questions: rule });
  await setRule(questions);
  const people = await Promise.all(Array.from({ length: size }, session.join));
  const getPerson = (index: number): Pass => people[index % people.length] ?? { token: "", uid: "" };
  return {
    ...session,
    setRule,
    /** @param by the number of who asks */
    ask: async (text: string, by = 0) => {
      const { token, uid } = getPerson(by);
      const answer = await revint.request("POST", `${path}/user/${uid}/questions`, {
        ...{ token, uid, json: { text } },
      });
      expect(answer.status).toBe(201);
      return (await read(LiveQuestion, answer)).id;
    },
    vote: async (question: string, ...voters: readonly number[]) => {
      for (const by of voters) {
        const { token, uid } = getPerson(by);
        const what = `${path}/user/${uid}/questions/${question}/vote`;
        const { status } = await revint.request("PUT", what, { token, uid, json: { vote: true } });
        expect(status).toBe(200);
      }
    },
    change: async (question: string, json: QuestionChange) => {
      const answer = await revint.request("POST", `${path}/questions/${question}`, { ...asHost, json });
      expect(answer.status).toBe(200);
    },
    /** What one of the audience hears of. */
    list: async (by = 0) => {
      const answer = await revint.request("GET", `${path}/questions`, getPerson(by));
      return (await answer.json()) as { questions: { text: string }[] };
    },
    openStage: async (options: BrowserContextOptions = LAPTOP, pass?: Pass) => {
      const secret = pass ? `#token=${pass.token}&uid=${pass.uid}` : `#token=${session.token}`;
      const stage = await visit.open(`/stage?session=${session.sessionUid}${secret}`, options);
      await openControls(stage);
      return stage;
    },
  };
}

const section = (stage: Page) => stage.getByRole("region", { name: "Questions" }).last();
const button = (stage: Page, name: string | RegExp) =>
  stage.locator(".panel").getByRole("button", { name }).first();
const board = (stage: Page) => stage.locator(".board .questions");
const row = (stage: Page, text: string) => stage.locator(".question-row", { hasText: text });
const texts = (stage: Page) => stage.locator(".question-row .question-says").allTextContents();
const openTab = (stage: Page, name: string) => button(stage, new RegExp(`^${name} \\d`)).click();
const told = (stage: Page, text: string) => section(stage).getByRole("status").filter({ hasText: text });

describe("the queue", () => {
  test("questions are switched on; what waits is published and hidden with one key each, and taken back with another", async () => {
    const { ask, list, openStage } = await startTalk("off", 3);
    const stage = await openStage();
    await section(stage).getByText("Nobody can ask or vote.").waitFor();
    const set = nextChange(stage, "/rules");
    await button(stage, "Moderated").click();
    await set;
    await section(stage).getByText("Everybody can ask. The room sees what you publish.").waitFor();
    await section(stage).getByText("Nothing waits to be published.").waitFor();
    await ask("First?", 0);
    await ask("Second?", 1);
    await ask(ARABIC, 2);
    await row(stage, ARABIC).waitFor();
    expect(await texts(stage)).toEqual(["First?", "Second?", ARABIC]);
    // How much waits is all that the button tells the room.
    expect(await stage.getByRole("button", { name: /^Controls 3/ }).count()).toBe(1);
    await button(stage, "Show questions").click();
    await board(stage).getByText("No questions yet.").waitFor();

    await row(stage, "First?").focus();
    await stage.keyboard.press("ArrowDown");
    await stage.keyboard.press("p");
    await board(stage).getByText("Second?").waitFor();
    // It has left the queue, and the next one has the focus.
    expect(await texts(stage)).toEqual(["First?", ARABIC]);
    await expect.poll(() => stage.evaluate("document.activeElement.textContent")).toContain(ARABIC);
    await told(stage, "Published: Second?").waitFor();
    await stage.keyboard.press("h");
    await told(stage, `Hidden: ${ARABIC}`).waitFor();
    await expect.poll(() => texts(stage)).toEqual(["First?"]);
    await stage.keyboard.press("u");
    await expect.poll(() => texts(stage)).toEqual(["First?", ARABIC]);
    await stage.keyboard.press("u");
    await expect.poll(() => texts(stage)).toEqual(["First?", "Second?", ARABIC]);
    await expect.poll(async () => (await list(0)).questions.map(({ text }) => text)).toEqual(["First?"]);
    await board(stage).getByText("No questions yet.").waitFor();
    expect(await findBarriers(stage)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test("three keys in a row are three things, whatever the network does", async () => {
    const { ask, list, openStage } = await startTalk("moderated", 6);
    for (const number of [1, 2, 3, 4]) await ask(`Question ${number}`, number - 1);
    const stage = await openStage();
    await row(stage, "Question 4").waitFor();
    await row(stage, "Question 1").focus();
    for (const key of ["p", "h", "p"]) await stage.keyboard.press(key);
    await expect.poll(() => texts(stage)).toEqual(["Question 4"]);
    // The last one too, and back: the keyboard never loses its place.
    await stage.keyboard.press("h");
    await section(stage).getByText("Nothing waits to be published.").waitFor();
    await told(stage, "Hidden: Question 4").waitFor();
    await stage.keyboard.press("u");
    await expect.poll(() => texts(stage)).toEqual(["Question 4"]);
    await expect.poll(() => stage.evaluate("document.activeElement.textContent")).toContain("Question 4");
    await expect
      .poll(async () => (await list(5)).questions.map(({ text }) => text))
      .toEqual(["Question 1", "Question 3"]);
    await openTab(stage, "Hidden");
    await row(stage, "Question 2").waitFor();
    await button(stage, "Put back: Question 2").click();
    await expect.poll(async () => (await list(5)).questions.length).toBe(3);
    expect(visit.complaints).toEqual([]);
  });

  test("a moderator works at it, a presenter only reads", async () => {
    const { ask, invite, openStage } = await startTalk("moderated", 2);
    await ask("Who may?", 0);
    const moderator = await openStage(LAPTOP, await invite("moderator"));
    await button(moderator, "Publish: Who may?").waitFor();
    const presenter = await openStage(LAPTOP, await invite("presenter"));
    await row(presenter, "Who may?").waitFor();
    expect(
      await section(presenter)
        .getByRole("button", { name: /^(Publish:|Hide:|Moderated)/ })
        .count(),
    ).toBe(0);
    await button(moderator, "Publish: Who may?").click();
    await button(presenter, "Show questions").click();
    await board(presenter).getByText("Who may?").waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe("what the room sees", () => {
  test("the five that most want answered; the pinned one large, answered, with what was written", async () => {
    const { ask, vote, openStage } = await startTalk("open", 4);
    const ids = [];
    for (let number = 0; number < 7; number++) ids.push(await ask(`Question ${number}`, number));
    await vote(ids[6] ?? "", 0, 1, 3);
    await vote(ids[3] ?? "", 0, 1);
    const stage = await openStage();
    await openTab(stage, "Published");
    await button(stage, "Show questions").click();
    const top = board(stage).getByRole("listitem");
    await expect
      .poll(async () => (await top.allTextContents()).map((text) => /Question \d/.exec(text)?.[0]))
      .toEqual([6, 3, 0, 1, 2].map((number) => `Question ${number}`));
    await board(stage).getByText("and 2 more questions on your phone").waitFor();

    await button(stage, "Pin: Question 1").click();
    await expect.poll(() => top.count()).toBe(0);
    await board(stage).getByText("Question 1").waitFor();
    await button(stage, "More: Question 1").click();
    await button(stage, "Answer in writing…: Question 1").click();
    const dialog = stage.getByRole("dialog", { name: "Answer in writing" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Please write an answer.").waitFor();
    await dialog.getByLabel("Everybody who sees").fill("Because of the tree.\nAnd of the ledgers.");
    expect(await findBarriers(stage)).toEqual([]);
    await stage.keyboard.press("Control+Enter");
    await board(stage).getByText("Because of the tree.").waitFor();
    await board(stage).getByText("Answered").waitFor();
    await told(stage, "Answered in writing: Question 1").waitFor();
    await button(stage, "Undo").click();
    await expect.poll(() => board(stage).getByText("Because of the tree.").count()).toBe(0);
    await button(stage, "Undo").click();
    await expect.poll(() => top.count()).toBe(5);
    await button(stage, "Mark answered: Question 6").click();
    await expect
      .poll(async () => (await top.allTextContents()).map((text) => /Question \d/.exec(text)?.[0]))
      .toEqual([3, 0, 1, 2, 4].map((number) => `Question ${number}`));
    await button(stage, "Questions off the board").click();
    await expect.poll(() => board(stage).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  test("one that asks the same is merged, its author may be blocked, and a mistake is taken back", async () => {
    const { ask, list, openStage } = await startTalk("open", 3);
    await ask("What does storage cost?", 0);
    await ask("Why?", 0);
    await ask("How much is the storage?", 1);
    const stage = await openStage();
    await openTab(stage, "Published");
    await row(stage, "How much is the storage?").focus();
    await stage.keyboard.press("m");
    const dialog = stage.getByRole("dialog", { name: "Merge it into which one?" });
    await dialog.waitFor();
    // Most alike comes first.
    expect(await dialog.getByRole("listitem").first().textContent()).toContain("What does storage cost?");
    await dialog.getByLabel("Find").fill("nothing like it");
    await dialog.getByText("There is none.").waitFor();
    await dialog.getByLabel("Find").fill("stor");
    expect(await findBarriers(stage)).toEqual([]);
    await dialog.getByRole("button", { name: /^What does storage cost/ }).click();
    await expect.poll(async () => (await list(2)).questions.length).toBe(2);
    await openTab(stage, "Hidden");
    await row(stage, "How much is the storage?").getByText("merged into “What does storage cost?”").waitFor();
    await button(stage, "Undo").click();
    await expect.poll(async () => (await list(2)).questions.length).toBe(3);

    await openTab(stage, "Published");
    await row(stage, "Why?").focus();
    await stage.keyboard.press("b");
    const ask2 = stage.getByRole("dialog", { name: "Block whoever asked this?" });
    await ask2.getByRole("button", { name: "Block them" }).click();
    await expect
      .poll(async () => (await list(2)).questions.map(({ text }) => text))
      .toEqual(["How much is the storage?"]);
    await openTab(stage, "Published");
    await expect.poll(() => texts(stage)).toEqual(["How much is the storage?"]);
    await button(stage, "Undo").click();
    await expect.poll(async () => (await list(2)).questions.length).toBe(3);
    expect(visit.complaints).toEqual([]);
  });

  test("what was put on the board last has it: an activity that opens, or a question that is pinned", async () => {
    const { ask, change, path, asHost, openStage } = await startTalk("open", 2);
    const id = await ask("Is it live?", 0);
    const stage = await openStage(PROJECTOR);
    await button(stage, "Show questions").click();
    await board(stage).getByText("Is it live?").waitFor();
    const poll = {
      kind: "choice",
      prompt: "Yes?",
      options: [
        { id: "a", text: "A" },
        { id: "b", text: "B" },
      ],
    };
    await revint.request("PUT", `${path}/activities/poll`, { ...asHost, json: poll });
    await revint.request("POST", `${path}/activities/poll/status`, { ...asHost, json: { status: "open" } });
    await stage.locator(".board .activity").getByText("Yes?").waitFor();
    expect(await board(stage).count()).toBe(0);
    await change(id, { pinned: true });
    await board(stage).getByText("Is it live?").waitFor();
    expect(await stage.locator(".board .activity").count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });
});

/** Rows that come into sight take the room that they need, within a few frames. */
async function settle(stage: Page, read: () => Promise<unknown>): Promise<void> {
  let last: string | undefined;
  let same = 0;
  await expect
    .poll(async () => {
      await stage.evaluate("new Promise(requestAnimationFrame)");
      const now = JSON.stringify(await read());
      same = now === last ? same + 1 : 0;
      last = now;
      return same;
    })
    .toBeGreaterThan(5);
}

test("nothing moves while somebody points at the list: counts go on, and the order waits behind a button", async () => {
  const { ask, vote, openStage } = await startTalk("open", 12);
  const ids = [];
  for (let number = 0; number < 30; number++) ids.push(await ask(`Question ${number}.`, number));
  const stage = await openStage();
  await openTab(stage, "Published");
  await row(stage, "Question 29.").waitFor({ state: "attached" });
  const before = await texts(stage);
  await row(stage, "Question 12.").hover();
  const place = () => row(stage, "Question 12.").evaluate((one) => one.getBoundingClientRect().top);
  await settle(stage, place);
  const stood = await place();
  await vote(ids[12] ?? "", 1, 2, 3);
  await row(stage, "Question 12.").getByText("3 votes").waitFor();
  await vote(ids[25] ?? "", 2, 3);
  await button(stage, "2 changes, show").waitFor();
  expect(await texts(stage)).toEqual(before);
  expect(await place()).toBe(stood);
  await button(stage, "2 changes, show").click();
  await expect
    .poll(async () => (await texts(stage)).slice(0, 3))
    .toEqual(["Question 12.", "Question 25.", "Question 0."]);
  // Nobody is there any more: from now on it moves by itself.
  await vote(ids[8] ?? "", 1, 2, 3, 4);
  await expect.poll(async () => (await texts(stage))[0]).toBe("Question 8.");
  await button(stage, "Newest").click();
  await expect.poll(async () => (await texts(stage))[0]).toBe("Question 29.");
  expect(visit.complaints).toEqual([]);
});

test("a thousand questions are listed, and where somebody reads, everything stays while votes come in", async () => {
  const { ask, vote, openStage } = await startTalk("open", 334);
  const ids: string[] = [];
  for (let from = 0; from < 1000; from += 50) {
    const some = Array.from({ length: 50 }, (_, index) => from + index);
    ids.push(...(await Promise.all(some.map((number) => ask(`Question ${number}.`, number)))));
  }
  const stage = await openStage();
  await openTab(stage, "Published");
  await expect.poll(() => stage.locator(".question-row").count()).toBe(1000);
  const list = stage.locator(".question-list");
  await list.evaluate((one) => one.scrollTo({ top: one.scrollHeight / 2 }));
  const find = () =>
    list.evaluate((one) => {
      const { top } = one.getBoundingClientRect();
      const rows = [...one.querySelectorAll(".question-row")];
      const first = rows.find((row) => row.getBoundingClientRect().top >= top);
      return [
        first?.textContent?.match(/Question \d+/)?.[0],
        (first?.getBoundingClientRect().top ?? 0) - top,
      ];
    });
  await settle(stage, find);
  const seen = await find();
  await Promise.all([990, 995, 999].map((number, index) => vote(ids[number] ?? "", index + 1, index + 2)));
  await button(stage, "3 changes, show").waitFor();
  expect(await find()).toEqual(seen);
  await button(stage, "3 changes, show").click();
  await expect.poll(async () => (await texts(stage)).length).toBe(1000);
  expect((await texts(stage)).slice(0, 3).sort()).toEqual([
    "Question 990.",
    "Question 995.",
    "Question 999.",
  ]);
  expect(visit.complaints).toEqual([]);
});

describe("the results", () => {
  test("a host reads everything, the audience what it may see, on paper and as a file", async () => {
    const { ask, vote, change, setRule, openStage: _, sessionUid, token } = await startTalk("moderated", 4);
    const [most, next, hidden] = [await ask("Most wanted?", 0), await ask(LONG, 1), await ask("Rude!", 2)];
    await ask("Still waiting?", 3);
    for (const id of [most, next]) await change(id, { status: "published" });
    await change(hidden, { status: "hidden" });
    await vote(most, 1, 2, 3);
    await change(next, { answer: "It depends." });
    await setRule("off", true);
    const page = await visit.open(`/results?session=${sessionUid}#token=${token}`, LAPTOP);
    const asked = page.getByRole("region", { name: "What the room asked" });
    await asked.getByText("Most wanted?").waitFor();
    await asked.getByText("It depends.").waitFor();
    expect(await asked.getByRole("listitem").first().textContent()).toMatch(/^3 votes.*not answered/s);
    expect(
      await page.locator(".figures div", { hasText: "Asked by the room" }).locator("dd").textContent(),
    ).toBe("2");
    expect(await asked.getByText("Rude!").count()).toBe(0);
    await asked.getByText("2 questions that the room did not see").click();
    await asked.getByText("Rude!").waitFor();
    await asked.getByText("Still waiting?").waitFor();
    expect(await findBarriers(page)).toEqual([]);
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Questions (CSV)" }).click(),
    ]);
    expect(saved.suggestedFilename()).toMatch(/questions.*\.csv$/);
    const rows = (await readFile(await saved.path(), "utf8")).trimEnd().split("\r\n");
    expect(rows[0]).toMatch(/^\uFEFF?time,question,text/);
    expect(rows).toHaveLength(5);
    await page.getByText("Saved.").waitFor();
    const [workbook] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Questions (Excel)" }).click(),
    ]);
    expect(workbook.suggestedFilename()).toMatch(/questions.*\.xlsx$/);
    const [heading, ...cells] = await readSheet(await workbook.path());
    expect(heading?.slice(0, 3)).toEqual(["time (UTC)", "question", "text"]);
    expect(cells.map(([, , text]) => text)).toContain("Most wanted?");
    expect(cells).toHaveLength(4);
    await page.getByText("Saved.").waitFor();

    const reader = await visit.open(`/results?session=${sessionUid}`, LAPTOP);
    const read = reader.getByRole("region", { name: "What the room asked" });
    await read.getByText("Most wanted?").waitFor();
    expect(await reader.content()).not.toMatch(/Rude!|Still waiting|did not see/);
    await read.getByRole("button", { name: "As they were asked" }).click();
    expect(await read.getByRole("listitem").count()).toBe(2);
    expect(await findBarriers(reader)).toEqual([]);

    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 794, height: 1123 });
    await photograph(page, "results-questions-paper", { fullPage: true });
    // What the room did not see is on no paper that is handed on.
    expect(await asked.getByText("Rude!").isVisible()).toBe(false);
    expect(await asked.getByText("Most wanted?").isVisible()).toBe(true);
    expect(visit.complaints).toEqual([]);
  });
});

describe("drawings, for people to look at", () => {
  const sizes = { phone: TALL_PHONE, laptop: LAPTOP, projector: PROJECTOR };

  test("stage and results have no barrier and fit", async () => {
    const talk = await startTalk("open", 8);
    const asked = [
      "Is it open source?",
      ARABIC,
      LONG,
      UNBROKEN,
      "速い？",
      "Why not\na database?",
      "<b>Bold?</b>",
      "Last",
    ];
    const ids = [];
    for (const [index, text] of asked.entries()) ids.push(await talk.ask(text, index));
    for (const [index, id] of ids.entries()) {
      const voters = [0, 1, 2, 3, 4, 5, 6, 7].filter((by) => by !== index).slice(index);
      await talk.vote(id, ...voters);
    }
    await talk.change(ids[7] ?? "", { answer: "Because a room has one place that knows everything." });
    await talk.setRule("moderated");
    await talk.ask("Waits to be published", 4);
    for (const [size, options] of Object.entries(sizes)) {
      const stage = await talk.openStage(options);
      await row(stage, "Waits to be published").waitFor();
      await section(stage).scrollIntoViewIfNeeded();
      await look(stage, `questions-queue-${size}`, options);
      await openTab(stage, "Published");
      await button(stage, "Show questions").click();
      await button(stage, /^More: How much/).click();
      await look(stage, `questions-desk-${size}`, options);
      await stage.keyboard.press("Escape");
      await board(stage).getByText("Is it open source?").waitFor();
      await look(stage, `questions-board-${size}`, options);
      for (const [name, id] of [
        ["long", ids[2]],
        ["answered", ids[7]],
        ["rtl", ids[1]],
      ] as const) {
        await talk.change(id ?? "", { pinned: true });
        await board(stage).locator(".pinned").waitFor();
        await look(stage, `questions-pinned-${name}-${size}`, options);
      }
      await talk.change(ids[1] ?? "", { pinned: false });
      const viewport = { width: options.viewport.width, height: 2600 };
      const results = await visit.open(`/results?session=${talk.sessionUid}#token=${talk.token}`, {
        ...options,
        viewport,
      });
      await results.getByRole("region", { name: "What the room asked" }).waitFor();
      await look(results, `results-questions-${size}`, options);
    }
    expect(visit.complaints).toEqual([]);
  });

  async function look(page: Page, name: string, { viewport }: { viewport: { width: number } }) {
    expect(await lookAt(page, name)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
  }
});
