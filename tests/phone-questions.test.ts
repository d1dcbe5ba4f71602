import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { LiveQuestion, Questions } from "../shared/interactions/question/question.schema.ts";
import type { QuestionChange } from "../shared/interactions/question/question.ts";
import { LIMITS } from "../shared/protocol/limits.ts";
import type { QuestionRule } from "../shared/protocol/rules.ts";
import { QUESTIONS as ACTIVITIES } from "./asked-talk.ts";
import {
  findBarriers,
  intercept,
  lookAt,
  PHONE_ON_ITS_SIDE,
  photograph,
  type Scene,
  SMALL_PHONE,
  setScene,
  TALL_PHONE,
  Visit,
} from "./browser.ts";
import { read } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { keep } from "./keep.ts";
import { type Pass, startSession } from "./started-session.ts";

let scene: Scene;
setScene((next) => {
  scene = next;
});

/** A talk on its first slide whose audience may ask. */
async function startTalk(rule: QuestionRule = "open") {
  const session = await startSession(scene.revint);
  const { path, asHost, sessionUid } = session;
  await session.setState("0.0", JSON.stringify({ title: "Ask me anything" }));
  const setRule = async (questions: QuestionRule) => {
    expect((await session.setRules({ questions })).status).toBe(200);
  };
  await setRule(rule);
  const list = async () =>
    (await read(Questions, await scene.revint.request("GET", `${path}/questions`, asHost))).questions;
  return {
    ...session,
    setRule,
    /** As the host reads them. */
    list,
    find: async (text: string) => (await list()).find((question) => question.text === text),
    ask: async ({ token, uid }: Pass, text: string) =>
      read(
        LiveQuestion,
        await scene.revint.request("POST", `${path}/user/${uid}/questions`, { token, uid, json: { text } }),
      ),
    vote: async ({ token, uid }: Pass, question: string) => {
      const what = `${path}/user/${uid}/questions/${question}/vote`;
      const answer = await scene.revint.request("PUT", what, { token, uid, json: { vote: true } });
      expect(answer.status, await answer.text()).toBe(200);
    },
    set: async (question: string, change: QuestionChange) =>
      read(LiveQuestion, await session.post(`questions/${question}`, change)),
    openPhone: async (options: object = TALL_PHONE, visit = scene.visit): Promise<Page> => {
      const phone = await visit.open(`/join?session=${sessionUid}`, options);
      await findTab(phone).waitFor();
      return phone;
    },
    /** A phone that has the tab open. */
    openTab: async (options: object = TALL_PHONE, visit = scene.visit): Promise<Page> => {
      const phone = await visit.open(`/join?session=${sessionUid}`, options);
      await findTab(phone).tap();
      return phone;
    },
  };
}

/** Each asks one question, over HTTP, one after the other. */
async function askAll(talk: Awaited<ReturnType<typeof startTalk>>, texts: readonly string[]) {
  const asked: LiveQuestion[] = [];
  for (const text of texts) asked.push(await talk.ask(await talk.join(), text));
  return asked;
}

const findTab = (phone: Page) => phone.getByRole("tab", { name: /^Questions/ });
const findField = (phone: Page) => phone.getByLabel("Ask the speaker");
const findEntry = (phone: Page, text: string) => phone.locator(".entry").filter({ hasText: text });
const findVote = (phone: Page, text: string) =>
  findEntry(phone, text).getByRole("button", { name: /^I want/ });
const findOwn = (phone: Page, text: string) => phone.locator(".own-question").filter({ hasText: text });
const listTexts = (phone: Page) => phone.locator(".entry .entry-words > .long-text").allTextContents();

async function ask(phone: Page, text: string): Promise<void> {
  await findField(phone).fill(text);
  await phone.getByRole("button", { name: "Send" }).tap();
}

/** Once it says this of an own question. */
const hasState = (phone: Page, text: string, state: string | RegExp) =>
  findOwn(phone, text).getByText(state).waitFor();

/** A phone behind a network of its own. */
async function openFarPhone(talk: Awaited<ReturnType<typeof startTalk>>) {
  const network = keep(await FlakyNetwork.before(scene.revint.url));
  const visit = new Visit(scene.browser, network.url);
  keep({ close: () => visit.end() });
  return { network, phone: await talk.openTab(TALL_PHONE, visit) };
}

describe("the tab", () => {
  test("is there once questions are taken, and says how many are new", async () => {
    const talk = await startTalk("off");
    const phone = await scene.visit.open(`/join?session=${talk.sessionUid}`, TALL_PHONE);
    await phone.locator(".reactions").waitFor();
    expect(await findTab(phone).count()).toBe(0);
    await talk.setRule("open");
    await findTab(phone).waitFor();
    await askAll(talk, ["First?", "Second?"]);
    await phone.getByRole("tab", { name: "Questions 2 new" }).tap();
    await findEntry(phone, "First?").waitFor();
    await phone.getByRole("tab", { name: "Questions", exact: true }).waitFor();
    expect(await phone.locator(".reactions").count()).toBe(0);
    await phone.getByRole("tab", { name: "Live" }).tap();
    await phone.locator(".reactions").waitFor();
    await askAll(talk, ["Third?"]);
    await phone.getByRole("tab", { name: "Questions 1 new" }).waitFor();
    expect(scene.visit.complaints).toEqual([]);
  });

  test("goes when nothing is taken any more and nothing was asked, and stays to read where something was", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    await findField(phone).waitFor();
    await talk.setRule("off");
    await findTab(phone).waitFor({ state: "detached" });
    await phone.locator(".reactions").waitFor();
    await talk.setRule("open");
    await findTab(phone).tap();
    await askAll(talk, ["Can you go on?"]);
    await findVote(phone, "Can you go on?").waitFor();
    await talk.setRule("off");
    await phone.getByText("The host takes no questions at the moment.").waitFor();
    expect(await findVote(phone, "Can you go on?").count()).toBe(0);
    expect(await findEntry(phone, "Can you go on?").count()).toBe(1);
  });

  test("lets nobody miss what the speaker asks meanwhile", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    const { prompt } = ACTIVITIES.poll;
    const put = { ...talk.asHost, json: ACTIVITIES.poll };
    await scene.revint.request("PUT", `${talk.path}/activities/poll`, put);
    await talk.post("activities/poll/status", { status: "open" });
    await phone.getByRole("tab", { name: "Live , something new" }).waitFor();
    await photograph(phone, "phone-questions-missed");
    await phone.getByRole("button", { name: prompt }).tap();
    await phone.getByRole("region", { name: prompt }).waitFor();
    await phone.getByRole("tab", { name: "Live", exact: true }).waitFor();
  });

  test("comes although it could not be loaded at first", async () => {
    const talk = await startTalk("off");
    const phone = await scene.visit.open(`/join?session=${talk.sessionUid}`, TALL_PHONE);
    await phone.locator(".reactions").waitFor();
    await intercept(phone, /audience-tab-/, (route) => route.abort(), { times: 1 });
    await talk.setRule("open");
    await phone.getByText("Questions from the audience can't be shown right now. We keep trying.").waitFor();
    await findTab(phone).waitFor();
  });
});

describe("a question", () => {
  test("is asked, seen by all, voted for, and the vote taken back", async () => {
    const talk = await startTalk();
    const [author, other] = await Promise.all([talk.openTab(), talk.openTab()]);
    const text = "<b>Why</b>?\nSee https://example.org";
    await ask(author, text);
    await hasState(author, "Why", "Sent. Everyone can see it.");
    expect(await findField(author).inputValue()).toBe("");
    const vote = findVote(other, "Why");
    await vote.tap();
    expect(await vote.getAttribute("aria-pressed")).toBe("true");
    expect(await vote.textContent()).toContain("1 vote");
    await expect.poll(async () => (await talk.find(text))?.votes).toBe(1);
    await findEntry(author, "Why").getByText("1 vote", { exact: true }).waitFor();
    expect(await findVote(author, "Why").count()).toBe(0);
    await findEntry(author, "Why").getByText("Yours").waitFor();
    expect(await other.locator(".entry b, .entry a").count()).toBe(0);
    await vote.tap();
    expect(await vote.getAttribute("aria-pressed")).toBe("false");
    await expect.poll(async () => (await talk.find(text))?.votes).toBe(0);
    await expect.poll(() => vote.textContent()).toContain("0 votes");
    expect(scene.visit.complaints).toEqual([]);
  });

  test("that was voted for is known after a reload", async () => {
    const talk = await startTalk();
    await askAll(talk, ["Is it kept?"]);
    const phone = await talk.openTab();
    await findVote(phone, "Is it kept?").tap();
    await expect.poll(async () => (await talk.find("Is it kept?"))?.votes).toBe(1);
    await phone.reload();
    await findTab(phone).tap();
    await expect.poll(() => findVote(phone, "Is it kept?").getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => findVote(phone, "Is it kept?").textContent()).toContain("1 vote");
  });

  test("waits for a moderator, and only its author sees it until then, and when it is hidden", async () => {
    const talk = await startTalk("moderated");
    const [author, other] = await Promise.all([talk.openTab(), talk.openTab()]);
    await author.getByText("A moderator reads it first.").waitFor();
    await ask(author, "May I?");
    await hasState(author, "May I?", /^Waiting for a moderator/);
    const question = await talk.find("May I?");
    if (!question) throw new Error("the host has it");
    expect(await author.locator(".entry").count()).toBe(0);
    await talk.set(question.id, { status: "published" });
    await findEntry(other, "May I?").waitFor();
    await hasState(author, "May I?", "Sent. Everyone can see it.");
    await talk.set(question.id, { status: "hidden" });
    await findEntry(other, "May I?").waitFor({ state: "detached" });
    await hasState(author, "May I?", "Hidden by the host. Nobody else sees it.");
    await talk.setRule("open");
    expect(await findEntry(other, "May I?").count()).toBe(0);
    expect(scene.visit.complaints).toEqual([]);
  });

  test("is pinned, answered in writing, and stands below what waits from then on", async () => {
    const talk = await startTalk();
    const author = await talk.openTab();
    await ask(author, "How much is it?");
    await hasState(author, "How much is it?", /^Sent/);
    await askAll(talk, ["And who pays?"]);
    const other = await talk.openTab();
    const question = await talk.find("How much is it?");
    if (!question) throw new Error("the host has it");
    await talk.set(question.id, { pinned: true });
    await findEntry(other, "How much is it?").getByText("Being answered now").waitFor();
    await talk.set(question.id, { pinned: false, answer: "Nothing.\nIt is free." });
    await findEntry(other, "How much is it?").getByText("It is free.").waitFor();
    await other.getByRole("heading", { name: "Answered" }).waitFor();
    expect(await listTexts(other)).toEqual(["And who pays?", "How much is it?"]);
    expect(await findVote(other, "How much is it?").count()).toBe(0);
    await hasState(author, "How much is it?", "Answered");
    expect(await findOwn(author, "How much is it?").getByRole("button", { name: "Withdraw" }).count()).toBe(
      0,
    );
    await photograph(author, "phone-questions-answered");
  });

  test("bears its author's name where they have one and want it to", async () => {
    const talk = await startTalk();
    const [author, other] = await Promise.all([talk.openTab(), talk.openTab()]);
    await ask(author, "Who asks?");
    await findField(author).fill("And who is that?");
    await author.getByRole("button", { name: "Give a name" }).tap();
    await author.getByLabel("Your name").fill("Grace مرحبا");
    await author.getByRole("button", { name: "Save" }).tap();
    await author.getByLabel("With my name: Grace مرحبا").check();
    await photograph(author, "phone-questions-name");
    expect(await findBarriers(author)).toEqual([]);
    await author.getByRole("button", { name: "Send" }).tap();
    await findEntry(other, "And who is that?").getByText("Grace مرحبا").waitFor();
    expect(await findEntry(other, "Who asks?").locator(".entry-by").count()).toBe(0);
    expect(scene.visit.complaints).toEqual([]);
  });

  test("that asks the same as another one leads there", async () => {
    const talk = await startTalk();
    const author = await talk.openTab();
    await ask(author, "Same again?");
    await hasState(author, "Same again?", /^Sent/);
    const [first] = await askAll(talk, ["Same?"]);
    await findEntry(author, "Same?").waitFor();
    const question = await talk.find("Same again?");
    await talk.set(question?.id ?? "", { mergedInto: first?.id });
    await hasState(author, "Same again?", /^Merged/);
    await author.getByRole("button", { name: "Show that one" }).tap();
    expect(await author.evaluate(() => document.activeElement?.textContent)).toBe("Same?");
  });

  test("is withdrawn by its author, who is asked once more", async () => {
    const talk = await startTalk();
    const [author, other] = await Promise.all([talk.openTab(), talk.openTab()]);
    await ask(author, "Never mind?");
    await findEntry(other, "Never mind?").waitFor();
    const own = findOwn(author, "Never mind?");
    await own.getByRole("button", { name: "Withdraw" }).tap();
    await own.getByRole("button", { name: "Keep it" }).tap();
    await expect.poll(() => author.evaluate(() => document.activeElement?.textContent)).toBe("Withdraw");
    await own.getByRole("button", { name: "Withdraw" }).tap();
    await own.getByRole("button", { name: "Yes, withdraw" }).tap();
    await own.waitFor({ state: "detached" });
    await findEntry(other, "Never mind?").waitFor({ state: "detached" });
    expect(await talk.list()).toEqual([]);
  });

  test("without a network is kept, said to be, and arrives later, and so do votes", async () => {
    const talk = await startTalk();
    await askAll(talk, ["Anybody?"]);
    const { network, phone } = await openFarPhone(talk);
    await findVote(phone, "Anybody?").waitFor();
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await ask(phone, "From the tunnel?");
    await hasState(phone, "From the tunnel?", /^Waiting for a network/);
    await phone.getByText("1 question kept, sent once you are back online").waitFor();
    await findVote(phone, "Anybody?").tap();
    await phone.getByText("1 question and 1 vote kept, sent once you are back online").waitFor();
    await photograph(phone, "phone-questions-offline");
    network.restore();
    await hasState(phone, "From the tunnel?", "Sent. Everyone can see it.");
    await expect.poll(async () => (await talk.find("Anybody?"))?.votes).toBe(1);
    expect((await talk.list()).length).toBe(2);
  });

  test("that is not sent yet is there after a reload, and in another tab meanwhile", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    await findField(phone).fill("Half a thought");
    await phone.getByRole("tab", { name: "Live" }).tap();
    await findTab(phone).tap();
    expect(await findField(phone).inputValue()).toBe("Half a thought");
    // A reload stays where it was.
    await phone.reload();
    await expect.poll(() => findField(phone).inputValue()).toBe("Half a thought");
    await phone.getByRole("button", { name: "Send" }).tap();
    await hasState(phone, "Half a thought", /^Sent/);
    await phone.reload();
    await hasState(phone, "Half a thought", /^Sent/);
    expect(await findField(phone).inputValue()).toBe("");
  });
});

describe("what is not taken is back in the field, with the reason:", () => {
  test("a fourth question", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    for (const text of ["One?", "Two?", "Three?"]) {
      await ask(phone, text);
      await hasState(phone, text, /^Sent/);
    }
    await ask(phone, "Four?");
    await phone
      .getByRole("alert")
      .getByText(/^You have three questions that wait/)
      .waitFor();
    expect(await findField(phone).inputValue()).toBe("Four?");
    await photograph(phone, "phone-questions-fourth");
    expect(await findBarriers(phone)).toEqual([]);
  });

  test("one of somebody who is blocked", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    await ask(phone, "Rude?");
    await hasState(phone, "Rude?", /^Sent/);
    const question = await talk.find("Rude?");
    await talk.set(question?.id ?? "", { block: true });
    await ask(phone, "Ruder?");
    await phone
      .getByRole("alert")
      .getByText(/^The host does not take your questions/)
      .waitFor();
    expect(await findField(phone).inputValue()).toBe("Ruder?");
  });

  test("one that came when none were taken any more, above what was written meanwhile", async () => {
    const talk = await startTalk();
    const { network, phone } = await openFarPhone(talk);
    network.cut();
    await phone.locator(".dot.connecting").waitFor();
    await ask(phone, "Too late?");
    await findField(phone).fill("And next?");
    await talk.setRule("off");
    network.restore();
    await phone
      .getByRole("alert")
      .getByText(/^The host takes no questions/)
      .waitFor();
    expect(await findField(phone).inputValue()).toBe("Too late?\n\nAnd next?");
    await expect.poll(() => phone.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
  });

  test("one that is too long is not sent at all, and says by how much", async () => {
    const talk = await startTalk();
    const phone = await talk.openTab();
    const send = phone.getByRole("button", { name: "Send" });
    await findField(phone).fill("x".repeat(LIMITS.questionLength - 7));
    await phone.locator("#ask-left", { hasText: "7 characters left" }).waitFor();
    await findField(phone).fill(`${"😀".repeat(LIMITS.questionLength)}!`);
    await phone.locator("#ask-left", { hasText: "1 character too many" }).waitFor();
    expect(await send.isDisabled()).toBe(true);
    await findField(phone).fill(" \n ");
    expect(await send.isDisabled()).toBe(true);
    expect(await talk.list()).toEqual([]);
  });
});

describe("the list", () => {
  test("has the twenty that are wanted most, and the others when somebody wants them, also the newest first", async () => {
    const talk = await startTalk();
    const texts = Array.from({ length: 30 }, (_, number) => `Question ${number}?`);
    const early = await talk.openPhone();
    const asked = await askAll(talk, texts);
    // Whoever is there is told of each; whoever comes later is not.
    await early.getByRole("tab", { name: "Questions 30 new" }).waitFor();
    const phone = await talk.openTab();
    await phone.getByRole("button", { name: "Show more (10)" }).waitFor();
    expect(await phone.locator(".entry").count()).toBe(20);
    await phone.getByRole("button", { name: "Newest" }).tap();
    await expect.poll(() => listTexts(phone)).toEqual(texts.toReversed());
    expect(await phone.getByRole("button", { name: /^Show more/ }).count()).toBe(0);
    await phone.getByRole("button", { name: "Most wanted" }).tap();
    expect(await listTexts(phone)).toEqual(texts);
    // Those that were read are heard of like those that were told.
    await talk.vote(await talk.join(), asked[29]?.id ?? "");
    await expect.poll(async () => (await listTexts(phone))[0]).toBe("Question 29?");
    await talk.set(asked[28]?.id ?? "", { status: "hidden" });
    await findEntry(phone, "Question 28?").waitFor({ state: "detached" });
    expect(scene.visit.complaints).toEqual([]);
  });

  test("keeps still under a finger, and shows what has changed to whoever wants to see it", async () => {
    const talk = await startTalk();
    const [first, second] = await askAll(talk, ["First?", "Second?"]);
    const phone = await talk.openTab();
    await findVote(phone, "First?").waitFor();
    // A finger that stays.
    const finger = setInterval(() => {
      void phone
        .locator(".entry")
        .first()
        .dispatchEvent("pointermove")
        .catch(() => undefined);
    }, 300);
    keep({ close: () => clearInterval(finger) });
    await phone.locator(".entry").first().dispatchEvent("pointermove");
    await talk.vote(await talk.join(), second?.id ?? "");
    await phone.getByRole("button", { name: "1 change, show" }).waitFor();
    await findVote(phone, "Second?").getByText("1 vote").waitFor();
    expect(await listTexts(phone)).toEqual(["First?", "Second?"]);
    await talk.set(first?.id ?? "", { status: "hidden" });
    await phone.getByText("This question is not there any more.").waitFor();
    expect(await phone.locator(".entry").count()).toBe(2);
    await photograph(phone, "phone-questions-still");
    await phone.getByRole("button", { name: /changes?, show$/ }).tap();
    expect(await listTexts(phone)).toEqual(["Second?"]);
  });

  test("folds what is long, and opens it", async () => {
    const talk = await startTalk();
    await askAll(talk, ["line\n".repeat(12), "Short?"]);
    const phone = await talk.openTab();
    const text = findEntry(phone, "line").locator(".long-text");
    const height = async () => (await text.boundingBox())?.height ?? 0;
    await phone.getByRole("button", { name: "Show all of it" }).waitFor();
    const folded = await height();
    await phone.getByRole("button", { name: "Show all of it" }).tap();
    await expect.poll(height).toBeGreaterThan(1.8 * folded);
    await phone.getByRole("button", { name: "Show less" }).tap();
    await expect.poll(height).toBe(folded);
  });
});

test("a keyboard alone finds the tab, asks, votes, and takes the vote back", async () => {
  const talk = await startTalk();
  await askAll(talk, ["With a keyboard?"]);
  const phone = await talk.openPhone({ viewport: { width: 1280, height: 800 } });
  const press = (key: string) => phone.keyboard.press(key);
  await phone.getByRole("tab", { name: "Live" }).focus();
  await press("ArrowRight");
  await findField(phone).waitFor();
  expect(await findTab(phone).evaluate((tab) => tab === document.activeElement)).toBe(true);
  await press("Tab");
  await phone.keyboard.type("Typed?");
  await press("Control+Enter");
  await hasState(phone, "Typed?", /^Sent/);
  const vote = findVote(phone, "With a keyboard?");
  for (let tabs = 0; tabs < 12 && !(await vote.evaluate((each) => each === document.activeElement)); tabs++)
    await press("Tab");
  await press("Space");
  expect(await vote.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(async () => (await talk.find("With a keyboard?"))?.votes).toBe(1);
  await press("Space");
  await expect.poll(async () => (await talk.find("With a keyboard?"))?.votes).toBe(0);
  await findTab(phone).focus();
  await press("Home");
  await phone.locator(".reactions").waitFor();
  expect(scene.visit.complaints).toEqual([]);
});

test("the tab has no barrier, fits every phone, and moves no button when it comes", async () => {
  const talk = await startTalk("off");
  const sizes = { tall: TALL_PHONE, small: SMALL_PHONE, side: PHONE_ON_ITS_SIDE };
  const phones = await Promise.all(
    Object.entries(sizes).map(async ([size, options]) => {
      const phone = await scene.visit.open(`/join?session=${talk.sessionUid}`, options);
      await phone.locator(".reactions").waitFor();
      return { size, phone, before: await phone.locator(".reaction").last().boundingBox(), ...options };
    }),
  );
  await talk.setRule("moderated");
  const texts = [
    "كيف تضمنون ألا يُحسب الصوت مرتين؟\nوماذا عن الشبكات الضعيفة (3G)؟",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung ".repeat(7),
    "מה הכי חשוב?",
    "What does it cost?",
    "Does it work offline?",
  ];
  const asked = await askAll(talk, texts);
  for (const { id } of asked) await talk.set(id, { status: "published" });
  await talk.vote(await talk.join(), asked[2]?.id ?? "");
  await talk.set(asked[0]?.id ?? "", { pinned: true });
  await talk.set(asked[3]?.id ?? "", { answer: "About twelve cents an hour.\nمجانًا تقريبًا" });
  for (const { size, phone, before, viewport } of phones) {
    await findTab(phone).waitFor();
    expect(await phone.locator(".reaction").last().boundingBox()).toEqual(before);
    expect(await lookAt(phone, `phone-questions-live-${size}`)).toEqual([]);
    await findTab(phone).tap();
    await ask(phone, `Mine, from a ${size} phone?`);
    await hasState(phone, "Mine, from", /^Waiting for a moderator/);
    await findVote(phone, "Does it work offline?").tap();
    expect(await lookAt(phone, `phone-questions-${size}`)).toEqual([]);
    expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(viewport.width);
    await phone.locator(".entry").last().scrollIntoViewIfNeeded();
    await photograph(phone, `phone-questions-end-${size}`);
  }
  expect(scene.visit.complaints).toEqual([]);
});
