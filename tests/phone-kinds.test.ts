import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  findAnnouncement,
  findQuestion,
  hasNote,
  listButtons,
  QUESTIONS,
  type QuestionId,
  questionIds,
  startTalk,
} from "./asked-talk.ts";
import { findBarriers, photograph, type Scene, setScene } from "./browser.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

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
    await expect.poll(() => findAnnouncement(phone).textContent()).toBe(`New question: ${prompt}`);
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

test("an order is also dragged by its grips, and the page stays where it is meanwhile", async () => {
  const talk = await startTalk(scene);
  const phone = await talk.openPhone();
  await talk.open("ranks", QUESTIONS.ranks);
  const lines = phone.getByRole("list", { name: "Your order" }).getByRole("listitem");
  const grips = phone.locator(".order-grip");
  // Once it takes what a hand does.
  await grips.first().hover();
  const texts = await lines.allInnerTexts();
  const place = await phone.evaluate("scrollY");
  const [from, to] = await Promise.all([grips.first().boundingBox(), grips.last().boundingBox()]);
  if (!from || !to) throw new Error("nothing to drag");
  await phone.mouse.move(from.x + 20, from.y + 20);
  await phone.mouse.down();
  await phone.mouse.move(to.x + 20, to.y + to.height - 2, { steps: 20 });
  await phone.mouse.up();
  const words = (text: string | undefined) => text?.replace(/^\d+\s*/, "");
  await expect
    .poll(async () => (await lines.allInnerTexts()).map(words))
    .toEqual([texts[1], texts[2], texts[0]].map(words));
  await expect.poll(() => findAnnouncement(phone).textContent()).toMatch(/now place 3 of 3$/);
  expect(await phone.evaluate("scrollY")).toBe(place);
});
