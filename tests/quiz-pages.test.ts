import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { Ranking } from "../shared/interactions/activity/ranking.schema.ts";
import { findAnnouncement, findQuestion, hasNote, QUESTIONS, startTalk } from "./asked-talk.ts";
import {
  findBarriers,
  intercept,
  lookAt,
  openControls,
  PROJECTOR,
  photograph,
  type Scene,
  setScene,
  TALL_PHONE,
} from "./browser.ts";
import { read } from "./deployment.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;
const QUIZ = { ...QUESTIONS.poll, show: "host", correct: ["node"] } as const;

type Talk = Awaited<ReturnType<typeof startTalk>>;

/** One answer over HTTP, of somebody new. @returns who it is */
async function answer(talk: Talk, id: string, value: unknown) {
  const person = await talk.join();
  const path = `${talk.path}/user/${person.uid}/answers/${id}`;
  const { status } = await scene.revint.request("PUT", path, { ...person, json: { round: 1, value } });
  expect(status).toBe(200);
  return person;
}

async function setName({ path }: Talk, person: { token: string; uid: string }, name: string) {
  const answer = await scene.revint.request("PUT", `${path}/user/${person.uid}/name`, {
    ...person,
    json: { name },
  });
  expect(answer.status).toBe(200);
}

async function openStage(talk: Talk, options: object = LAPTOP): Promise<Page> {
  const stage = await scene.visit.open(`/stage?session=${talk.sessionUid}#token=${talk.token}`, options);
  await openControls(stage);
  return stage;
}

const controls = (stage: Page) => stage.getByRole("complementary", { name: "Controls" });
const button = (page: Page, name: string | RegExp) => controls(page).getByRole("button", { name });
const board = (stage: Page) => stage.locator(".board .activity");

/** In both schemes: it is to be looked at, and nobody is kept from using it. */
async function look(page: Page, name: string): Promise<void> {
  expect(await lookAt(page, name)).toEqual([]);
  const isWider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
  expect(await page.evaluate(isWider)).toBe(false);
}

describe("a name on the phone", () => {
  /** A phone whose person has answered the one question of the quiz, which is revealed. */
  async function openRanked(options: object = TALL_PHONE) {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone(options);
    await talk.open("quiz", QUIZ);
    await phone.getByRole("button", { name: "Node" }).click();
    await hasNote(phone);
    return { talk, phone, reveal: () => talk.close("quiz", { revealed: true }) };
  }
  const save = async (phone: Page, name: string) => {
    await phone.getByLabel("Your name").fill(name);
    await phone.getByRole("button", { name: "Save" }).click();
  };
  const said = (phone: Page) => phone.locator(".own-name-said").textContent();

  test("is asked for where a rank is told, kept over a reload, changed, and nobody else's", async () => {
    const { talk, phone, reveal } = await openRanked();
    await reveal();
    await phone.locator(".own-score:not(:empty)").waitFor();
    await phone.getByText("You have no name in rankings.").waitFor();
    await phone.getByRole("button", { name: "Give a name" }).tap();
    await expect
      .poll(() => phone.locator("#own-name").evaluate((field) => field === document.activeElement))
      .toBe(true);
    await look(phone, "phone-name-form");

    const other = await talk.join();
    await setName(talk, other, "Ada");
    await save(phone, "ＡＤＡ");
    await phone.getByText("Somebody else here has this name. Please take another one.").waitFor();
    await photograph(phone, "phone-name-taken");
    expect(await findBarriers(phone)).toEqual([]);
    await save(phone, "a\u202eb");
    await phone.getByText("This can't be a name").waitFor();
    await save(phone, " Grace مرحبا ");
    await expect.poll(() => said(phone)).toBe("Grace مرحبا");
    await expect
      .poll(() => findAnnouncement(phone).textContent())
      .toBe("You are Grace مرحبا in rankings now.");
    await look(phone, "phone-named");

    await phone.reload();
    await findQuestion(phone, QUIZ.prompt).waitFor();
    await expect.poll(() => said(phone)).toBe("Grace مرحبا");
    await phone.getByRole("button", { name: "Change it" }).tap();
    await save(phone, "");
    await phone.getByText("A name that was given can be changed, and not taken away.").waitFor();
    await save(phone, "Lin");
    await expect.poll(() => said(phone)).toBe("Lin");
    const complaints = scene.visit.complaints.filter((line) => !/status of 4(00|09)/.test(line));
    expect(complaints).toEqual([]);
  });

  test("can be given as soon as a question of the quiz is open, and what is typed stays when it is revealed", async () => {
    const { talk, phone, reveal } = await openRanked();
    await phone.getByRole("button", { name: "Give a name" }).tap();
    await look(phone, "phone-name-early");
    await save(phone, "Ada");
    await expect.poll(() => said(phone)).toBe("Ada");
    await phone.getByRole("button", { name: "Change it" }).tap();
    await phone.getByLabel("Your name").fill("Grace");
    await reveal();
    await phone.locator(".own-score:not(:empty)").waitFor();
    expect(await phone.getByLabel("Your name").inputValue()).toBe("Grace");
    await phone.getByRole("button", { name: "Save" }).tap();
    await expect.poll(() => said(phone)).toBe("Grace");
    const path = `${talk.path}/activities/quiz/ranking`;
    const { top } = await read(Ranking, await scene.revint.request("GET", path, talk.asHost));
    expect(top).toMatchObject([{ name: "Grace" }]);
  });

  test("is not asked for where nothing is right or wrong, nor where the host takes none", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone(TALL_PHONE);
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    expect(await phone.locator(".own-name").count()).toBe(0);
    // What is right is said while people answer: nothing comes under their thumbs by that.
    await talk.put("poll", { ...QUESTIONS.poll, correct: ["node"] });
    await talk.open("quiz", { ...QUIZ, prompt: "And which is oldest?" });
    await findQuestion(phone, "And which is oldest?").waitFor();
    await phone.locator(".own-name").waitFor();

    const rules = { paused: false, reactions: null, pages: {}, publicResults: false, names: false };
    expect((await talk.setRules(rules)).status).toBe(200);
    const late = await talk.openPhone(TALL_PHONE);
    await findQuestion(late, "And which is oldest?").waitFor();
    expect(await late.locator(".own-name").count()).toBe(0);
  });

  test("is nobody's duty: who leaves it empty stays unnamed, by keyboard too", async () => {
    const { phone, reveal } = await openRanked(LAPTOP);
    await reveal();
    const give = phone.getByRole("button", { name: "Give a name" });
    await give.focus();
    await phone.keyboard.press("Enter");
    await expect
      .poll(() => phone.locator("#own-name").evaluate((field) => field === document.activeElement))
      .toBe(true);
    await phone.keyboard.press("Enter");
    await phone.getByText("You have no name in rankings.").waitFor();
    await expect.poll(() => give.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test("is refused in words where the host takes none, or the network is away", async () => {
    const { talk, phone, reveal } = await openRanked();
    await reveal();
    await phone.getByRole("button", { name: "Give a name" }).tap();
    await intercept(phone, "**/name", (route) => route.abort(), { times: 1 });
    await save(phone, "Ada");
    await phone.getByText("Your name could not be sent. Please try again once you are online.").waitFor();
    const rules = { paused: false, reactions: null, pages: {}, publicResults: false, names: false };
    expect((await talk.setRules(rules)).status).toBe(200);
    await save(phone, "Ada");
    await phone.getByText("The host takes no names in this session.").waitFor();
    expect(await phone.getByLabel("Your name").count()).toBe(0);
    expect(await findBarriers(phone)).toEqual([]);
  });
});

describe("what is right", () => {
  test("is said by hand, of every kind that can be a question, and the room does not see it before it is shown", async () => {
    const talk = await startTalk(scene);
    await talk.put("poll", { ...QUESTIONS.poll, show: "live" });
    await talk.put("ticks", QUESTIONS.ticks);
    await talk.put("guess", QUESTIONS.guess);
    await talk.put("ranks", QUESTIONS.ranks);
    const stage = await openStage(talk);
    const item = (prompt: string) =>
      controls(stage).getByRole("listitem").filter({ hasText: prompt }).first();
    const form = (prompt: string) => controls(stage).getByRole("form", { name: `What is right: ${prompt}` });
    const isKept = () => controls(stage).getByText("What is right is kept.").waitFor();

    const { poll, ticks, guess, ranks } = QUESTIONS;
    await item(poll.prompt).getByText("Say what is right…").click();
    await form(poll.prompt).getByRole("button", { name: "Save" }).click();
    await form(poll.prompt).getByText("Please tick what is right.").waitFor();
    await form(poll.prompt).getByLabel("Node").check();
    await form(poll.prompt).getByRole("button", { name: "Save" }).click();
    await isKept();
    await item(ticks.prompt).getByText("Say what is right…").click();
    for (const name of ["Workers", "Node", "Deno"]) await form(ticks.prompt).getByLabel(name).check();
    await form(ticks.prompt).getByRole("button", { name: "Save" }).click();
    await form(ticks.prompt).getByText("People may tick 2 options: no more can be right.").waitFor();
    await form(ticks.prompt).getByLabel("Deno").uncheck();
    await form(ticks.prompt).getByRole("button", { name: "Save" }).click();
    await expect.poll(() => talk.find("ticks")).toMatchObject({ correct: ["workers", "node"] });
    await item(guess.prompt).getByText("Say what is right…").click();
    await form(guess.prompt).getByLabel("Right is, or is from").fill("50");
    await form(guess.prompt).getByLabel("up to").fill("40");
    await form(guess.prompt).getByRole("button", { name: "Save" }).click();
    await form(guess.prompt).getByText("Please type the smaller number first.").waitFor();
    await form(guess.prompt).getByLabel("Right is, or is from").fill("4.0");
    await form(guess.prompt).getByLabel("up to").fill("");
    await form(guess.prompt).getByRole("button", { name: "Save" }).click();
    await expect.poll(() => talk.find("guess")).toMatchObject({ correct: 4 });
    await item(ranks.prompt).getByText("Say what is right…").click();
    await form(ranks.prompt).getByLabel("Place 1").selectOption("Node");
    await form(ranks.prompt).getByRole("button", { name: "Save" }).click();
    await form(ranks.prompt).getByText("Please put each option in one place.").waitFor();
    await form(ranks.prompt).getByLabel("Place 2").selectOption("Workers");
    await form(ranks.prompt).getByRole("button", { name: "Save" }).click();
    await expect.poll(() => talk.find("ranks")).toMatchObject({ correct: ["node", "workers", "deno"] });
    await look(stage, "stage-solutions");

    await button(stage, `Open: ${poll.prompt}`).click();
    await answer(talk, "poll", ["node"]);
    await board(stage).getByRole("listitem", { name: "Node: 1 person, 100 %" }).waitFor();
    await button(stage, `Close: ${poll.prompt}`).click();
    await board(stage).getByText("Poll · closed").waitFor();
    expect(await board(stage).locator(".right").count()).toBe(0);
    await button(stage, `Show what is right: ${poll.prompt}`).click();
    await board(stage).getByRole("listitem", { name: "Node: 1 person, 100 %, right" }).waitFor();
    // It may be corrected, and taken back.
    await form(poll.prompt).getByRole("button", { name: "Nothing is right or wrong" }).click();
    await controls(stage).getByText("Nothing is right or wrong in it any more.").waitFor();
    await expect.poll(() => talk.find("poll")).not.toHaveProperty("correct");
    expect(scene.visit.complaints).toEqual([]);
  });
});

describe("the ranking", () => {
  /** Two questions, and so many people, the first few of whom have names. */
  async function play(talk: Talk, names: readonly string[], unnamed: number) {
    await talk.open("q1", QUIZ);
    const people = await Promise.all([
      ...names.map(() => answer(talk, "q1", ["node"])),
      ...Array.from({ length: unnamed }, (_, index) =>
        answer(talk, "q1", [index % 2 === 0 ? "node" : "deno"]),
      ),
    ]);
    for (const [index, name] of names.entries()) {
      const person = people[index];
      if (person) await setName(talk, person, name);
    }
    await talk.close("q1", { revealed: true });
  }
  const NAMES = ["Ada", "مرحبا بالعالم", "Donaudampfschifffahrtsgesellscha", "🚀", "Lin"];

  test.each([
    ["laptop", LAPTOP],
    ["projector", PROJECTOR],
    ["phone", TALL_PHONE],
  ] as const)("is drawn large on the board: by a button, by a key (%s)", async (size, options) => {
    const talk = await startTalk(scene);
    const stage = await openStage(talk, options);
    expect(await button(stage, "Put the ranking on the board").count()).toBe(0);
    await play(talk, NAMES, 9);
    await button(stage, "Put the ranking on the board").click();
    const lines = board(stage).getByRole("list", { name: "Ranking" }).getByRole("listitem");
    await expect.poll(() => lines.count()).toBe(10);
    expect(await lines.first().getAttribute("aria-label")).toMatch(/^Rank 1: .+, 1,000 points$/);
    await board(stage).getByText("The best 10 of 14 people who took part").waitFor();
    expect(await board(stage).getByText("Unnamed").count()).toBeGreaterThan(0);
    await stage.keyboard.press("Escape");
    await look(stage, `stage-ranking-${size}`);
    const box = await board(stage).boundingBox();
    expect(box?.width).toBeLessThanOrEqual(options.viewport.width);
    await stage.keyboard.press("r");
    await expect.poll(() => board(stage).count()).toBe(0);
    await stage.keyboard.press("r");
    await board(stage).getByRole("heading", { name: "Ranking" }).waitFor();
    // What is asked next takes its place.
    await talk.open("q2", { ...QUIZ, prompt: "And now?" });
    await board(stage).getByRole("heading", { name: "And now?" }).waitFor();
    expect(await board(stage).count()).toBe(1);
    expect(scene.visit.complaints).toEqual([]);
  });

  test("follows while it is looked at: a name that somebody gives, a question that is taken back", async () => {
    const talk = await startTalk(scene);
    const stage = await openStage(talk);
    await talk.open("q1", QUIZ);
    const person = await answer(talk, "q1", ["node"]);
    await talk.close("q1", { revealed: true });
    await button(stage, "Put the ranking on the board").click();
    await board(stage).getByRole("listitem", { name: "Rank 1: Unnamed, 1,000 points" }).waitFor();
    await setName(talk, person, "Ada");
    await board(stage).getByRole("listitem", { name: "Rank 1: Ada, 1,000 points" }).waitFor();
    await talk.close("q1", { revealed: false });
    await expect.poll(() => board(stage).count()).toBe(0);
    expect(await button(stage, "Put the ranking on the board").count()).toBe(0);
  });

  test("is a table in the results, on paper too", async () => {
    const talk = await startTalk(scene);
    await play(talk, NAMES, 2);
    const results = await scene.visit.open(`/results?session=${talk.sessionUid}#token=${talk.token}`, LAPTOP);
    const table = results.getByRole("region", { name: "Ranking of the quiz" });
    await table.getByText("7 people took part").waitFor();
    expect(await table.getByRole("row").count()).toBe(8);
    await table.getByRole("row", { name: "1 Ada 1,000" }).waitFor();
    await table.getByRole("row", { name: "7 Unnamed 0" }).waitFor();
    await table.scrollIntoViewIfNeeded();
    await look(results, "results-ranking");
    await results.emulateMedia({ media: "print", colorScheme: "light" });
    await results.setViewportSize({ width: 718, height: 1047 });
    expect(await table.isVisible()).toBe(true);
    await photograph(results, "results-ranking-paper", { fullPage: true });
    expect(scene.visit.complaints).toEqual([]);
  });
});

describe("a device whose clock is wrong by an hour", () => {
  const WRONG = (ms: number) => `{
    const { now } = Date;
    Date.now = () => now() + ${ms};
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length > 0 ? given : [Date.now()])); }
    };
  }`;

  test.each([3_600_000, -3_600_000])("counts down right, phone and stage (%d ms)", async (ms) => {
    const talk = await startTalk(scene);
    const open = async (address: string, options: object) => {
      const page = await scene.visit.open("/", options);
      await page.addInitScript(WRONG(ms));
      await page.goto(new URL(address, scene.revint.url).href);
      return page;
    };
    const stage = await open(`/stage?session=${talk.sessionUid}#token=${talk.token}`, LAPTOP);
    const phone = await open(`/join?session=${talk.sessionUid}`, TALL_PHONE);
    await stage.locator(".board").waitFor();
    await phone.locator(".reactions").waitFor();
    expect(Math.abs(Number(await phone.evaluate("Date.now()")) - Date.now() - ms)).toBeLessThan(60_000);
    await talk.open("poll", QUESTIONS.poll, { seconds: 3600 });
    // Where a busy machine takes its time, less is left; never more, and never nothing.
    await expect
      .poll(() => board(stage).getByRole("timer").textContent())
      .toMatch(/closes in (60:00|59:\d\d|58:\d\d)/);
    await expect.poll(() => phone.getByRole("timer").textContent()).toMatch(/^(60:00|59:\d\d|58:\d\d)$/);
    // Whoever comes later is told the most that may be left, and it goes down.
    await stage.reload();
    await openControls(stage);
    const row = controls(stage).getByRole("timer");
    await expect.poll(() => row.textContent()).toMatch(/closes in (60:00|5\d:\d\d)/);
  });
});
