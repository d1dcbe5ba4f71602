import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  findQuestion,
  hasNote,
  listButtons,
  QUESTIONS,
  type QuestionId,
  questionIds,
  startTalk,
} from "./asked-talk.ts";
import { findBarriers, photograph, type Scene, setScene, TALL_PHONE, Visit } from "./browser.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

/** What a screen reader is told next. */
const announcement = (phone: Page) => phone.locator("#app > [role=status]");

/** How each kind is answered with a thumb. */
const taps: Record<QuestionId, (phone: Page) => Promise<void>> = {
  poll: (phone) => phone.getByRole("button", { name: "Workers" }).tap(),
  async ticks(phone) {
    await phone.getByLabel("Workers").tap();
    await phone.getByLabel("Node").tap();
    expect(await phone.getByLabel("Deno").isDisabled()).toBe(true);
    await phone.getByRole("button", { name: "Send" }).tap();
  },
  pace: (phone) => phone.getByRole("button", { name: "5, too fast" }).tap(),
  async guess(phone) {
    const field = phone.getByLabel("From 0 to 100, a whole number");
    await field.fill("1,000");
    await phone.getByRole("button", { name: "Send" }).tap();
    await phone.getByText("Please type a number: From 0 to 100, a whole number.").waitFor();
    await field.fill("５");
    await phone.getByRole("button", { name: "Send" }).tap();
  },
  async cloud(phone) {
    const add = async (word: string) => {
      await phone.getByLabel("Up to 3 words").fill(word);
      await phone.getByRole("button", { name: "Add" }).tap();
    };
    await add("Café");
    await add("  CAFÉ!");
    await phone.getByText("You have this word already.").waitFor();
    await add("❤️");
  },
  async open(phone) {
    await phone.getByLabel("Your answer").fill("More of it");
    await phone.getByRole("button", { name: "Send" }).tap();
  },
  async ranks(phone) {
    const up = phone.getByRole("button", { name: "Node: one place up" });
    while ((await up.getAttribute("aria-disabled")) === "false") await up.tap();
    await phone.getByRole("button", { name: "Send this order" }).tap();
  },
};

const tallies: Record<QuestionId, object> = {
  poll: { people: 1, counts: { workers: 1 } },
  ticks: { people: 1, counts: { workers: 1, node: 1 } },
  pace: { people: 1, counts: { "5": 1 }, mean: 5 },
  guess: { people: 1, counts: { "5": 1 } },
  cloud: { people: 1, counts: { café: 1, "❤": 1 } },
  open: { people: 1, counts: {} },
  ranks: { people: 1, counts: { node: 1 } },
};

/** Goes on with the tab key until what has the focus is called like this. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    const said = await focused.evaluate((element) => {
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
      return element.getAttribute("aria-label") ?? label ?? element.textContent ?? "";
    });
    if (name.test(said.trim())) return;
  }
  throw new Error(`no key leads to ${name}`);
}

/** The same with keys alone. */
const keys: Record<QuestionId, (page: Page) => Promise<void>> = {
  async poll(page) {
    await tabTo(page, /^Workers/);
    await page.keyboard.press("Enter");
  },
  async ticks(page) {
    await tabTo(page, /^Workers/);
    await page.keyboard.press("Space");
    await tabTo(page, /^Node/);
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
  },
  async pace(page) {
    await tabTo(page, /^5, too fast/);
    await page.keyboard.press("Space");
  },
  async guess(page) {
    await tabTo(page, /^From 0 to 100/);
    await page.keyboard.type("5");
    await page.keyboard.press("Enter");
  },
  async cloud(page) {
    await tabTo(page, /^Up to 3 words/);
    for (const word of ["café", "❤"]) {
      await page.keyboard.type(word);
      await page.keyboard.press("Enter");
    }
  },
  async open(page) {
    await page.keyboard.press("Tab");
    await page.getByLabel("Your answer").focus();
    await page.keyboard.type("More of it");
    await tabTo(page, /^Send/);
    await page.keyboard.press("Enter");
  },
  async ranks(page) {
    await tabTo(page, /^Node: one place up/);
    const up = page.getByRole("button", { name: "Node: one place up" });
    // The focus goes with the line that it moves.
    while ((await up.getAttribute("aria-disabled")) === "false") await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(":focus").getAttribute("aria-label")).toBe("Node: one place up");
    await tabTo(page, /^Send this order/);
    await page.keyboard.press("Enter");
  },
};

describe.each(questionIds)("a question (%s)", (id) => {
  const { prompt } = QUESTIONS[id];

  test("comes to the top, moves nothing under a thumb, is answered, and shows the result once it is over", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    const before = await listButtons(phone);
    await talk.open(id, QUESTIONS[id]);
    await findQuestion(phone, prompt).waitFor();
    await expect.poll(() => announcement(phone).textContent()).toBe(`New question: ${prompt}`);
    expect(await listButtons(phone)).toEqual(before);
    expect(await findBarriers(phone)).toEqual([]);

    await taps[id](phone);
    await hasNote(phone);
    await photograph(phone, `phone-${id}-answered`);
    await expect.poll(() => talk.tally(id)).toMatchObject(tallies[id]);
    expect(await listButtons(phone)).toEqual(before);

    await talk.close(id, { revealed: true });
    const shown = findQuestion(phone, prompt);
    await shown
      .getByText(/^1 person (has )?answered/)
      .first()
      .waitFor();
    await hasNote(phone, "Your answer counts.");
    await photograph(phone, `phone-${id}-result`);
    expect(await findBarriers(phone)).toEqual([]);
    expect(await listButtons(phone)).toEqual(before);
    expect(scene.visit.complaints).toEqual([]);
  });

  test("is answered with the keyboard alone", async () => {
    const talk = await startTalk(scene);
    const page = await talk.openPhone({ viewport: { width: 1024, height: 768 } });
    await talk.open(id, QUESTIONS[id]);
    await findQuestion(page, prompt).waitFor();
    await keys[id](page);
    await hasNote(page);
    await expect.poll(() => talk.tally(id)).toMatchObject(tallies[id]);
  });
});

/** A phone behind a network of its own that is asked something. */
async function openFarPhone() {
  const talk = await startTalk(scene);
  const network = keep(await FlakyNetwork.before(scene.revint.url));
  const visit = new Visit(scene.browser, network.url);
  keep({ close: () => visit.end() });
  const phone = await visit.open(`/join?session=${talk.sessionUid}`, TALL_PHONE);
  await talk.open("poll", QUESTIONS.poll);
  await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
  return { talk, network, phone };
}

describe("an answer", () => {
  test("is changed, taken back, and there again after a reload", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    const node = phone.getByRole("button", { name: "Node" });
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await node.tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 1, counts: { node: 1 } });
    await phone.reload();
    await expect.poll(() => node.getAttribute("aria-pressed")).toBe("true");
    await hasNote(phone);
    await phone.getByRole("button", { name: "Take back" }).tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 0, counts: {} });
    expect(await node.getAttribute("aria-pressed")).toBe("false");
    expect(scene.visit.complaints).toEqual([]);
  });

  test("that may not be changed is chosen first, then sent, and stands", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", { ...QUESTIONS.poll, change: false });
    await phone.getByLabel("Workers").tap();
    await phone.getByLabel("Node").tap();
    expect(await talk.tally("poll")).toMatchObject({ people: 0 });
    await phone.getByRole("button", { name: "Send" }).tap();
    await hasNote(phone, "Sent. It can't be changed.");
    await phone.getByText("Your answer: Node").waitFor();
    expect(await phone.getByRole("radio").count()).toBe(0);
    expect(await phone.getByRole("button", { name: "Take back" }).count()).toBe(0);
  });

  test("that is not sent yet is there again after a reload", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("open", QUESTIONS.open);
    await phone.getByLabel("Your answer").fill("Half a thought");
    await phone.reload();
    await expect.poll(() => phone.getByLabel("Your answer").inputValue()).toBe("Half a thought");
    await phone.getByRole("button", { name: "Send" }).tap();
    await hasNote(phone);
    await expect.poll(() => talk.tally("open")).toMatchObject({ people: 1 });
  });

  test("without a network is kept, said to be, and arrives later", async () => {
    const { talk, network, phone } = await openFarPhone();
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone, "Kept on this phone, and sent once you are back online.");
    await phone.getByRole("button", { name: "Node" }).tap();
    await phone.getByText("1 answer kept, sent once you are back online").waitFor();
    network.restore();
    await hasNote(phone);
    await expect.poll(() => talk.tally("poll")).toMatchObject({ people: 1, counts: { node: 1 } });
  });

  test("that comes too late is told so", async () => {
    const { talk, network, phone } = await openFarPhone();
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await phone.getByRole("button", { name: "Workers" }).tap();
    await talk.close("poll", { revealed: true });
    network.restore();
    await hasNote(phone, "It closed before your answer arrived.");
    expect(await talk.tally("poll")).toMatchObject({ people: 0 });
  });
});

describe("questions", () => {
  test("that are open together are asked one at a time, with a way to the others", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await talk.open("pace", QUESTIONS.pace);
    await findQuestion(phone, QUESTIONS.pace.prompt).waitFor();
    await phone.getByText("2 of 2").waitFor();
    await phone.getByRole("button", { name: "Previous question" }).tap();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    expect(await phone.locator(".question").count()).toBe(1);
    await photograph(phone, "phone-two");
    expect(await findBarriers(phone)).toEqual([]);
  });

  test("wait for whoever is writing: the text, the focus and the place stay as they are", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("open", QUESTIONS.open);
    const field = phone.getByLabel("Your answer");
    await field.fill("I am not done");
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByText("1 of 2").waitFor();
    await expect.poll(() => announcement(phone).textContent()).toBe(`New question: ${QUESTIONS.poll.prompt}`);
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.inputValue()).toBe("I am not done");
    await phone.getByRole("button", { name: "Send" }).tap();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await expect.poll(() => talk.tally("open")).toMatchObject({ people: 1 });
  });

  test("close by themselves, by the service's clock, whatever the phone's says", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await phone.evaluate(() => {
      const now = Date.now;
      Date.now = () => now() + 3_600_000;
    });
    await talk.open("poll", QUESTIONS.poll, { seconds: 5 });
    await phone.getByRole("timer").waitFor();
    expect(await phone.getByRole("timer").textContent()).toMatch(/^0:0[0-5]$/);
    await phone.getByText("Closed", { exact: true }).waitFor();
    await hasNote(phone, "You did not answer.");
  });

  test("begin anew in the next round, and nothing of the last one is left", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await talk.close("poll");
    await phone.getByText("Closed", { exact: true }).waitFor();
    await talk.set("poll", { status: "open", newRound: true });
    await phone.getByText("Question · Round 2").waitFor();
    const workers = phone.getByRole("button", { name: "Workers" });
    expect(await workers.getAttribute("aria-pressed")).toBe("false");
    await workers.tap();
    await expect.poll(() => talk.tally("poll")).toMatchObject({ round: 2, people: 1 });
  });

  test("whose result the host keeps say so, and show it, and what was right, once it is revealed", async () => {
    const talk = await startTalk(scene);
    const [right, wrong] = await Promise.all([talk.openPhone(), talk.openPhone()]);
    const quiz = { ...QUESTIONS.poll, show: "host", correct: ["node"] } as const;
    await talk.open("quiz", quiz);
    await right.getByRole("button", { name: "Node" }).tap();
    await wrong.getByRole("button", { name: "Workers" }).tap();
    await Promise.all([hasNote(right), hasNote(wrong)]);
    await talk.close("quiz");
    await right.getByText("The result comes when the speaker shows it.").waitFor();
    expect(await right.locator(".shares").count()).toBe(0);
    await talk.set("quiz", { status: "closed", revealed: true });
    await hasNote(right, "Your answer is right.");
    await hasNote(wrong, "Your answer is not right.");
    await right.getByText("You have 1,000 points in the quiz: rank 1.").waitFor();
    await wrong.getByText("You have 0 points in the quiz: rank 2.").waitFor();
    await wrong.getByRole("listitem", { name: "Node: 1 person, 50 %, right" }).waitFor();
    await photograph(wrong, "phone-quiz");
    expect(await findBarriers(wrong)).toEqual([]);
  });

  test("that are over are put away by hand, and reactions go on all the time", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await talk.open("poll", QUESTIONS.poll);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    await phone.getByRole("button", { name: "Thumbs up" }).tap();
    await phone.getByRole("button", { name: "Thumbs up, 1" }).waitFor();
    await talk.close("poll");
    await phone.getByRole("button", { name: "Put this away" }).tap();
    await phone.locator(".question").waitFor({ state: "detached" });
    expect(scene.visit.complaints).toEqual([]);
  });

  test("come, change and close without anybody asking for them: a whole room would ask at once", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await phone.waitForTimeout(1100);
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByRole("button", { name: "Workers" }).tap();
    await hasNote(phone);
    await talk.close("poll", { revealed: true });
    await phone.getByText("1 person answered · final result").waitFor();
    expect(scene.visit.requests.filter((url) => url.endsWith("/activities"))).toEqual([]);
  });

  test("are asked although what shows them could not be loaded at first", async () => {
    const talk = await startTalk(scene);
    const phone = await talk.openPhone();
    await phone.route(/audience-desk-/, (route) => route.abort(), { times: 1 });
    await talk.open("poll", QUESTIONS.poll);
    await phone.getByText("A question can't be shown right now. We keep trying.").waitFor();
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
    expect(await phone.locator(".status").textContent()).toBe("");
  });

  test("are found by whoever comes while they are open", async () => {
    const talk = await startTalk(scene);
    await talk.open("poll", QUESTIONS.poll);
    const phone = await talk.openPhone(TALL_PHONE);
    await findQuestion(phone, QUESTIONS.poll.prompt).waitFor();
  });
});
