import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { HostRules } from "../shared/protocol/rules.schema.ts";
import type { UserSession } from "../web/client/index.ts";
import { type AskingScene, goTo, setAskingScene, WINDOW } from "./asking-deck.ts";
import { findBarriers, PROJECTOR, photograph, type Visit } from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import type { RevealVersion, ServedDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
let browser: Browser;
let decks: ServedDecks;
let holdTalk: AskingScene["holdTalk"];
let lead: AskingScene["lead"];
setAskingScene((scene) => {
  ({ revint, visit, browser, decks, holdTalk, lead } = scene);
});

const writeSlides = (value = "") => `
  <section><h2>Welcome</h2></section>
  <section>
    <h2>Your questions</h2>
    <div data-revint-questions="${value}"><p class="fallback">Ask on your phone.</p></div>
  </section>`;

/** What stands on the board of the slide that is shown, a line each. */
const board = (deck: Page) => deck.locator("section.present .question-board");
const listAsked = (deck: Page) => board(deck).locator(".question-text").allTextContents();

/** Somebody asks, and hears that it is kept. */
const ask = (person: UserSession | undefined, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    if (!person) throw new Error("nobody is there");
    const { id } = person.ask(text);
    person.on("asked", ({ own, question }) => own.id === id && resolve(question.id));
    person.on("askRefused", ({ question, error }) => question.id === id && reject(error));
  });

const vote = (person: UserSession | undefined, question: string): Promise<void> =>
  new Promise((resolve, reject) => {
    person?.on("voted", (voted) => voted.question === question && resolve());
    person?.on("voteRefused", ({ error }) => reject(error));
    person?.vote(question, true);
  });

type Talk = Awaited<ReturnType<AskingScene["holdTalk"]>>;
const asHost = ({ token, sessionUid, hostUid: uid }: Talk) => {
  const path = `/api/v1/session/${sessionUid}/`;
  return {
    post: (to: string, json: object) => revint.request("POST", path + to, { token, uid, json }),
    get: (to: string) => revint.request("GET", path + to, { token, uid }),
  };
};

describe.each<RevealVersion>(["reveal6", "reveal5"])(
  "with %s, a slide with a place for questions",
  (version) => {
    test("lets the room ask, shows what it most wants to know, and the one that is being answered large", async () => {
      const talk = await holdTalk({ slides: writeSlides(), version });
      const { deck, audience, sessionUid } = talk;
      const follower = await visit.open(`${decks.url}/deck?session=${sessionUid}`, WINDOW);
      await goTo(deck, 1);
      for (const page of [deck, follower]) await board(page).getByText("No questions yet.").waitFor();
      const [first, second, third] = audience;
      const texts = [
        "Is it open source?",
        "كيف يعمل هذا دون خادم؟",
        "x".repeat(500),
        "Why?",
        "How?",
        "And now?",
      ];
      const ids: string[] = [];
      for (const [index, text] of texts.entries()) ids.push(await ask(audience[index % 3], text));
      await vote(first, ids[4] ?? "");
      await vote(third, ids[4] ?? "");
      await vote(second, ids[0] ?? "");
      const wanted = [4, 0, 1, 2, 3].map((index) => texts[index]);
      for (const page of [deck, follower]) {
        await expect.poll(() => listAsked(page)).toEqual(wanted);
        await board(page).getByText("and 1 more question on your phone").waitFor();
      }
      await photograph(deck, `deck-questions-${version}`);

      await asHost(talk).post(`questions/${ids[1]}`, { pinned: true });
      for (const page of [deck, follower]) await expect.poll(() => listAsked(page)).toEqual([texts[1]]);
      await photograph(deck, `deck-questions-${version}-pinned`);
      // What is hidden is gone, also where it was large.
      await asHost(talk).post(`questions/${ids[1]}`, { status: "hidden" });
      const left = [4, 0, 2, 3, 5].map((index) => texts[index]);
      for (const page of [deck, follower]) await expect.poll(() => listAsked(page)).toEqual(left);
      // Nothing hangs out of its slide.
      const ends = await deck.evaluate<
        number[]
      >(`[...document.querySelectorAll("section.present, section.present [data-revint-drawn]")]
      .map((element) => element.offsetHeight)`);
      expect(Math.max(...ends)).toBeLessThanOrEqual(720);
      expect(await findBarriers(deck)).toEqual([]);

      // This tab prints what it has seen last, another browser what the service tells.
      await deck.goto(`${decks.url}/deck?print-pdf`);
      const printed = (page: Page) => page.locator(".pdf-page .question-text").allTextContents();
      await expect.poll(() => printed(deck)).toEqual(left);
      const other = await (await browser.newContext()).newPage();
      await visit.watch(other).goto(`${decks.url}/deck?session=${sessionUid}&print-pdf`);
      await expect.poll(() => printed(other)).toEqual(left);
      for (const person of audience) person.close();
      expect(visit.complaints.filter((complaint) => complaint.startsWith("uncaught"))).toEqual([]);
    });
  },
);

test("moderated, nothing is on the slide before a moderator has published it", async () => {
  const talk = await holdTalk({ slides: writeSlides("moderated") });
  const { deck, audience } = talk;
  await goTo(deck, 1);
  await board(deck).getByText("No questions yet.").waitFor();
  const secret = await ask(audience[0], "Who waits?");
  const shown = await ask(audience[1], "Who is published?");
  await asHost(talk).post(`questions/${shown}`, { status: "published" });
  await expect.poll(() => listAsked(deck)).toEqual(["Who is published?"]);
  expect(await deck.content()).not.toContain("Who waits?");
  expect(await deck.evaluate("JSON.stringify({ ...sessionStorage })")).not.toContain("Who waits?");
  await asHost(talk).post(`questions/${secret}`, { status: "published" });
  await expect.poll(() => listAsked(deck)).toEqual(["Who waits?", "Who is published?"]);
  for (const person of audience) person.close();
});

test("a session that was there before is as its host has left it", async () => {
  const talk = await holdTalk({ slides: writeSlides() });
  const { deck, audience } = talk;
  await goTo(deck, 1);
  await board(deck).waitFor();
  const rules = await read(HostRules, await asHost(talk).get("rules"));
  expect(rules.questions).toBe("open");
  await asHost(talk).post("rules", { ...rules, questions: "off" });
  // Nobody can ask, and nobody has: what its author has written stands there.
  await deck.locator("section.present .fallback").waitFor();
  await deck.reload();
  await expect.poll(() => deck.evaluate("Reveal.getPlugin('revint').session?.connection")).toBe("live");
  await deck.locator("section.present .fallback").waitFor();
  expect((await read(HostRules, await asHost(talk).get("rules"))).questions).toBe("off");
  for (const person of audience) person.close();
});

test("the demo ends with the board, and its phones have a place to ask", async () => {
  const { deck, audience } = await lead(`${revint.url}/demo`, 1, PROJECTOR);
  await deck.keyboard.press("End");
  await expect.poll(() => board(deck).textContent()).toContain("No questions yet.");
  await ask(audience[0], "Where can I get it?");
  await expect.poll(() => listAsked(deck)).toEqual(["Where can I get it?"]);
  await photograph(deck, "demo-questions");
  for (const person of audience) person.close();
});
