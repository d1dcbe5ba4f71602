import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { type AskingScene, answer, drawing, goTo, setAskingScene, until, WINDOW } from "./asking-deck.ts";
import { findBarriers, PROJECTOR, photograph, type Visit } from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";
import type { DeckOptions, RevealVersion, ServedDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
let browser: Browser;
let decks: ServedDecks;
let lead: AskingScene["lead"];
let hold: AskingScene["holdTalk"];
setAskingScene((scene) => {
  ({ revint, visit, browser, decks, lead, holdTalk: hold } = scene);
});

/** A slide for every kind, as its author writes it. */
const SLIDES = `
  <section><h2>Welcome</h2></section>
  <section>
    <h2>Which runtime do you use?</h2>
    <ul data-revint-choice="runtime" data-revint-multiple="2" data-revint-show="live">
      <li>Workers</li> <li>Node</li> <li>Deno</li>
    </ul>
  </section>
  <section>
    <h2>What does 0.1 + 0.2 make?</h2>
    <ol data-revint-choice="quiz">
      <li>0.3</li> <li data-revint-correct>0.30000000000000004</li> <li>It depends</li>
    </ol>
    <p class="fragment" data-revint-reveal>It is how computers count.</p>
  </section>
  <section><h2>Too fast?</h2>
    <div data-revint-scale="pace" data-revint-from="too slow" data-revint-to="too fast" data-revint-show="live"></div>
  </section>
  <section><h2>How many moons has Saturn?</h2>
    <div data-revint-number="moons" data-revint-min="0" data-revint-correct="270..280" data-revint-show="live"></div>
  </section>
  <section><div data-revint-words="first-thought" data-revint-prompt="One word for today" data-revint-multiple="3" data-revint-show="live"></div></section>
  <section><h2>What should we do next?</h2><div data-revint-text="wish" data-revint-show="live"></div></section>
  <section><h2>What comes first?</h2>
    <ol data-revint-order="steps" data-revint-show="live"><li>Measure</li> <li>Guess</li> <li>Fix</li></ol>
  </section>
  <section><h2>Thanks</h2></section>`;

const holdTalk = (parts: Partial<DeckOptions> = {}, people = 3) => hold({ slides: SLIDES, ...parts }, people);

/** Errors that nobody caught; that decks talk to the deployment is right. */
const uncaught = () => visit.complaints.filter((complaint) => complaint.startsWith("uncaught"));

describe.each<RevealVersion>(["reveal6", "reveal5"])("with %s, a deck of every kind", (version) => {
  test("leads: every slide opens its activity, and draws what people answer in its place", async () => {
    const { deck, audience, sessionUid } = await holdTalk({ version });
    const follower = await visit.open(`${decks.url}/deck?session=${sessionUid}`, WINDOW);
    const rounds: readonly [id: string, values: readonly (string[] | number | string)[]][] = [
      ["runtime", [["1"], ["1", "2"], ["3"]]],
      ["quiz", [["1"], ["2"], ["2"]]],
      ["pace", [3, 4, 4]],
      ["moons", [146, 274, 12]],
      ["first-thought", [["curious", "tired"], ["Curious!"], ["好奇"]]],
      ["wish", ["More of it", "A break", "Lunch"]],
      [
        "steps",
        [
          ["1", "2", "3"],
          ["2", "1", "3"],
          ["1", "3", "2"],
        ],
      ],
    ];
    for (const [index, [id, values]] of rounds.entries()) {
      await goTo(deck, index + 1);
      await answer(audience, id, ...values);
      if (id === "quiz") {
        await drawing(deck).getByText("people have answered").waitFor();
        if (version === "reveal6") await photograph(deck, `activity-${id}-hidden`);
        expect(await deck.locator("section.present ol").isVisible()).toBe(true);
        // A fragment reveals it.
        await deck.keyboard.press("ArrowRight");
      }
      for (const page of [deck, follower]) {
        await expect.poll(() => drawing(page).textContent()).toMatch(/3 ?people/);
        if (version === "reveal6")
          await photograph(page, `activity-${id}-${page === deck ? "leads" : "follows"}`);
      }
      if (index > 0)
        await Promise.all(audience.map((person) => until(person, rounds[index - 1]?.[0] ?? "", "closed")));
    }
    for (const person of audience) person.close();
    expect(uncaught()).toEqual([]);
  });

  test("prints what its tab has seen last, and in another browser what the service tells", async () => {
    const { deck, audience, sessionUid } = await holdTalk({ version });
    await goTo(deck, 1);
    await answer(audience, "runtime", ["1"], ["1", "2"], ["3"]);
    await goTo(deck, 2);
    await answer(audience, "quiz", ["1"], ["2"], ["2"]);
    // Of what is still asked, nothing is printed.
    await goTo(deck, 5);
    await answer(audience, "first-thought", ["a"], ["b"], ["c"]);
    await drawing(deck).getByText("3 people answered").waitFor();
    const texts = async (page: Page) =>
      (await page.locator(".pdf-page .share-value").allTextContents()).map((text) => text.trim());
    await deck.goto(`${decks.url}/deck?print-pdf`);
    await expect.poll(() => texts(deck)).toEqual(["67 % 2", "33 % 1", "33 % 1", "33 % 1", "67 % 2", "0 % 0"]);
    await photograph(deck, `activities-${version}-print`);
    const other = await (await browser.newContext()).newPage();
    await visit.watch(other).goto(`${decks.url}/deck?session=${sessionUid}&print-pdf`);
    await expect.poll(() => texts(other)).toEqual(await texts(deck));
    // Nothing hangs out of its page.
    const countHanging = () =>
      other.evaluate(`[...document.querySelectorAll(".pdf-page")].filter((paper) =>
        [...paper.querySelectorAll("[data-revint-drawn]")].some((slot) =>
          slot.getBoundingClientRect().bottom > paper.getBoundingClientRect().bottom)).length`);
    await expect.poll(countHanging).toBe(0);
    // What is right was not revealed, and stands on no page.
    expect(await other.locator(".right-mark").count()).toBe(0);
    for (const person of audience) person.close();
  });
});

describe("a speaker", () => {
  const FORK = `
    <section><h2>Where to?</h2>
      <ul data-revint-choice="way" data-revint-show="host">
        <li data-revint-goto="#/depths">Deeper</li> <li data-revint-goto="#/2">Onwards</li>
      </ul>
    </section>
    <section id="depths"><h2>The depths</h2></section>
    <section><h2>The end</h2></section>`;

  test("closes, reveals, asks once more and goes where the room wants, by a key each", async () => {
    const { deck, audience } = await holdTalk({ slides: FORK });
    await answer(audience, "way", ["1"], ["1"], ["2"]);
    await drawing(deck).getByText("people have answered").waitFor();
    const [first] = audience;
    if (!first) throw new Error("nobody is there");
    await deck.keyboard.press("1");
    await until(first, "way", "closed");
    // Only the speaker may show it.
    expect(await drawing(deck).textContent()).not.toMatch(/%/);
    expect(await deck.locator("section.present ul").isVisible()).toBe(true);
    await deck.keyboard.press("2");
    await drawing(deck).getByText("67 %").waitFor();
    expect(await deck.locator("section.present ul[data-revint-choice]").isVisible()).toBe(false);
    await deck.keyboard.press("2");
    await drawing(deck).getByText("67 %").waitFor({ state: "detached" });
    await deck.keyboard.press("3");
    await Promise.all(audience.map((person) => until(person, "way", "open", 2)));
    await answer(audience, "way", ["2"], ["2"], ["1"]);
    await deck.keyboard.press("2");
    for (const text of ["Round 1", "Round 2"]) await drawing(deck).getByText(text).waitFor();
    await photograph(deck, "activity-two-rounds");
    expect(await findBarriers(deck)).toEqual([]);
    await deck.keyboard.press("4");
    await expect.poll(() => deck.evaluate("Reveal.getIndices().h")).toBe(2);
    for (const person of audience) person.close();
    expect(uncaught()).toEqual([]);
  });

  test("who reloads the deck finds what is open, and both rounds", async () => {
    const { deck, audience } = await holdTalk({ slides: FORK });
    await answer(audience, "way", ["1"], ["1"], ["2"]);
    await deck.keyboard.press("3");
    await Promise.all(audience.map((person) => until(person, "way", "open", 2)));
    await answer(audience, "way", ["2"], ["2"], ["2"]);
    await deck.reload();
    await drawing(deck).getByText("people have answered").waitFor();
    expect(audience[0]?.activities[0]).toMatchObject({ status: "open", round: 2 });
    await deck.keyboard.press("2");
    for (const text of ["Round 1", "67 %", "100 %"]) await drawing(deck).getByText(text).first().waitFor();
    for (const person of audience) person.close();
  });

  test("who takes over leads the activities, and the one before asks no more", async () => {
    const { deck, audience, sessionUid, token, hostUid } = await holdTalk();
    const path = `/api/v1/session/${sessionUid}/hosts`;
    const invited = await read(
      CoHostAnswer,
      await revint.request("POST", path, { token, uid: hostUid, json: { role: "presenter" } }),
    );
    await goTo(deck, 1);
    const [first] = audience;
    if (!first) throw new Error("nobody is there");
    await until(first, "runtime", "open");
    const guest = await visit.open(
      `${decks.url}/deck?session=${sessionUid}#token=${invited.token}&uid=${invited.hostUid}`,
      WINDOW,
    );
    await expect.poll(() => guest.evaluate("Reveal.getIndices().h")).toBe(1);
    await guest.evaluate("Reveal.slide(3)");
    await guest.keyboard.press("t");
    await until(first, "runtime", "closed");
    await until(first, "pace", "open");
    await deck.keyboard.press("1");
    await guest.keyboard.press("1");
    await until(first, "pace", "closed");
    expect(first.activities.filter(({ status }) => status === "open")).toEqual([]);
    for (const person of audience) person.close();
  });

  test("has the same keys and the same drawing in the speaker view, which asks nobody", async () => {
    const { deck, audience } = await holdTalk();
    await goTo(deck, 2);
    await answer(audience, "quiz", ["1"], ["2"], ["2"]);
    const popup = deck.waitForEvent("popup");
    await deck.keyboard.press("s");
    const view = visit.watch(await popup);
    const frame = await (await view.waitForSelector("#current-slide iframe")).contentFrame();
    const result = frame?.locator("section.present [data-revint-drawn] .result");
    await result?.getByText("people have answered").waitFor();
    await view.locator("#speaker-controls").click({ position: { x: 5, y: 5 } });
    await view.keyboard.press("2");
    await result?.locator(".right-mark").waitFor();
    await drawing(deck).locator(".right-mark").waitFor();
    for (const person of audience) person.close();
  });

  test("is told what is wrong with a slide, where they look, and the other slides work", async () => {
    const slides = `
      <section><h2>Hm?</h2><ul data-revint-choice="lonely"><li>Only this</li></ul></section>
      <section><h2>Good?</h2><ul data-revint-choice="good"><li>Yes</li><li>No</li></ul></section>`;
    const { deck, audience } = await holdTalk({ slides }, 1);
    const problem = "“lonely”: it needs a list of 2 to 20 options, and has 1.";
    await deck.locator("[part=mark]").filter({ hasText: problem }).first().waitFor();
    await photograph(deck, "activity-mistake");
    await deck.keyboard.press("i");
    await deck.getByRole("dialog").getByText(problem).waitFor();
    await deck.keyboard.press("Escape");
    await goTo(deck, 1);
    await answer(audience, "good", ["1"]);
    await expect.poll(() => deck.locator("[part=mark]").filter({ hasText: problem }).count()).toBe(0);
    expect(await deck.locator("section ul[data-revint-choice=lonely]").textContent()).toBe("Only this");
    for (const person of audience) person.close();
  });
});

describe("the ranking", () => {
  const QUIZ = `
    <section><h2>What does 0.1 + 0.2 make?</h2>
      <ol data-revint-choice="sum"><li>0.3</li> <li data-revint-correct>0.30000000000000004</li></ol></section>
    <section><h2>Which came first?</h2>
      <ol data-revint-choice="first"><li data-revint-correct>ALGOL</li> <li>Smalltalk</li></ol></section>
    <section><h2>Who knows most?</h2>
      <div data-revint-ranking><p class="own">Wait for it.</p></div>
      <ul data-revint-choice="last" data-revint-open="key"><li>Yes</li> <li data-revint-correct>No</li></ul></section>`;
  const lines = (page: Page) => page.locator("section.present [data-revint-ranking] .ranked");
  /** In any order of those who have equal points. */
  const listed = async (page: Page) =>
    (await lines(page).evaluateAll((all) => all.map((line) => line.getAttribute("aria-label")))).sort();

  test("is drawn on its slide, once it is reached and when something is revealed there, for all who see it", async () => {
    const { deck, audience, sessionUid } = await holdTalk({ slides: QUIZ }, 12);
    const follower = await visit.open(`${decks.url}/deck?session=${sessionUid}`, PROJECTOR);
    await audience[0]?.setName("Ada Lovelace");
    await audience[3]?.setName("גרייס הופר");
    await goTo(deck, 2);
    await deck.locator("section.present .own").waitFor();
    expect(await lines(deck).count()).toBe(0);
    await goTo(deck, 0);
    // All but the last one are right.
    await answer(audience, "sum", ...audience.map((_, index) => [index === 11 ? "1" : "2"]));
    await deck.keyboard.press("2");
    await drawing(deck).locator(".right-mark").waitFor();
    await goTo(deck, 1);
    await answer(audience, "first", ["1"], ["2"], ["2"]);
    await deck.keyboard.press("2");
    await drawing(deck).locator(".right-mark").waitFor();
    await goTo(deck, 2);
    for (const page of [deck, follower]) {
      await page.getByText("The best 10 of 12 people who took part").waitFor();
      // Those who got both right share the first rank, and the next one counts on.
      expect(await listed(page)).toEqual([
        "Rank 1: Ada Lovelace, 2,000 points",
        ...["Unnamed", "Unnamed", "גרייס הופר"].map((name) => `Rank 1: ${name}, 2,000 points`),
        ...Array.from({ length: 6 }, () => "Rank 5: Unnamed, 1,000 points"),
      ]);
    }
    await photograph(deck, "ranking-leads");
    await photograph(follower, "ranking-follows");
    expect(await findBarriers(deck)).toEqual([]);
    await deck.keyboard.press("1");
    await answer(audience, "last", ["1"], ["2"]);
    await deck.keyboard.press("2");
    // Now there are only two who have everything right.
    for (const page of [deck, follower]) {
      await page.getByLabel("Rank 1: גרייס הופר, 3,000 points").waitFor();
      expect((await listed(page)).filter((text) => text?.startsWith("Rank 1:"))).toHaveLength(2);
    }
    const popup = deck.waitForEvent("popup");
    await deck.keyboard.press("s");
    const speaker = await popup;
    const frame = await (await speaker.waitForSelector("#current-slide iframe")).contentFrame();
    await frame?.locator("section.present [data-revint-ranking] .ranked").first().waitFor();
    // Its heartbeat would reach the next page before reveal.js there has a slide to tell of.
    await speaker.close();
    const other = await (await browser.newContext()).newPage();
    for (const [page, address] of [
      [deck, "/deck?print-pdf"],
      [visit.watch(other), `/deck?session=${sessionUid}&print-pdf`],
    ] as const) {
      await page.goto(`${decks.url}${address}`);
      await page.locator(".pdf-page .ranked").first().waitFor();
      expect(await page.locator(".pdf-page .ranked").count()).toBe(10);
    }
    await photograph(other, "ranking-print");
    for (const person of audience) person.close();
    expect(uncaught()).toEqual([]);
  });
});

describe("a slide", () => {
  test("shows who follows later what was closed before, and after a restart what its author wrote", async () => {
    const { deck, audience, sessionUid, token, hostUid } = await holdTalk();
    await goTo(deck, 1);
    await answer(audience, "runtime", ["1"], ["1", "2"], ["3"]);
    await goTo(deck, 8);
    const [first] = audience;
    if (!first) throw new Error("nobody is there");
    await until(first, "runtime", "closed");
    const late = await visit.open(`${decks.url}/deck?session=${sessionUid}`, WINDOW);
    await expect.poll(() => late.evaluate("Reveal.getIndices().h")).toBe(8);
    // Whoever looks around.
    await goTo(late, 1);
    await drawing(late).getByText("67 %").waitFor();
    await revint.request("POST", "/api/v1/session/new", {
      token,
      json: { apiUrl: revint.url, webUiUrl: `${revint.url}/join`, hostUid, restart: true },
    });
    await expect.poll(() => late.locator("[data-revint-drawn] .share-value").count()).toBe(0);
    expect(await late.locator("ul[data-revint-choice=runtime]").evaluate((list) => list.style.display)).toBe(
      "",
    );
    for (const person of audience) person.close();
  });

  test.each([
    ["side", WINDOW],
    ["bar", PROJECTOR],
  ] as const)(
    "holds twenty long options with the overlay at its %s, and everything else below each other",
    async (place, size) => {
      const options = Array.from(
        { length: 20 },
        (_, n) => `<li>Option ${n} ${"and more of it ".repeat(n % 4)}</li>`,
      );
      decks.put("/full", {
        slides: `<section><h2>Which of them?</h2><ul data-revint-choice="many" data-revint-show="live">${options.join("")}</ul></section>`,
        head: "<style>.reveal { font: 40px/1.3 sans-serif; } .reveal ul { display: inline-block; }</style>",
        revint: `overlay: "${place}"`,
      });
      const { deck, audience } = await lead(`${decks.url}/full`, 2, size);
      await answer(audience, "many", ["1"], ["20"]);
      await drawing(deck).getByText("2 people answered").waitFor();
      const isFit = () =>
        deck.evaluate("Reveal.getCurrentSlide().scrollHeight <= Math.max(Reveal.getConfig().height, 0)");
      await expect.poll(isFit).toBe(true);
      await photograph(deck, `activity-twenty-${place}`);
      for (const person of audience) person.close();
    },
  );
});

describe.each([
  ["light", WINDOW],
  ["dark", PROJECTOR],
] as const)("the demo, in its %s colours", (colorScheme, size) => {
  test("asks a poll, a cloud and a quiz question under our own policy", async () => {
    const { deck, audience } = await lead(`${revint.url}/demo`, 5, { ...size, colorScheme });
    const look = async (name: string) => {
      // Every bar and word has come to rest.
      await deck.evaluate(`Promise.all([...document.querySelectorAll("section.present [data-revint-drawn]")]
        .flatMap(({ shadowRoot }) => shadowRoot.getAnimations().map(({ finished }) => finished)))`);
      await photograph(deck, `demo-${name}-${colorScheme}`);
      expect(await findBarriers(deck)).toEqual([]);
    };
    await goTo(deck, 6, 1);
    await answer(
      audience,
      "slides",
      ["html"],
      ["html", "markdown"],
      ["quarto"],
      ["markdown"],
      ["html", "elsewhere"],
    );
    await drawing(deck).getByText("5 people answered").waitFor();
    await look("poll");
    await goTo(deck, 6, 2);
    await answer(
      audience,
      "one-word",
      ["curious", "awake"],
      ["Curious"],
      ["你好", "مرحبا"],
      ["curious", "coffee"],
      ["coffee"],
    );
    await drawing(deck).locator(".cloud-picture").waitFor();
    await drawing(deck).getByText("5 people answered").waitFor();
    await look("cloud");
    await goTo(deck, 6, 3);
    await answer(audience, "sum", ["1"], ["2"], ["2"], ["2"], ["3"]);
    await drawing(deck).getByText("people have answered").waitFor();
    await look("quiz");
    await deck.keyboard.press("ArrowRight");
    await drawing(deck).getByText("5 people answered").waitFor();
    await drawing(deck).locator(".right-mark").waitFor();
    await look("solved");
    for (const person of audience) person.close();
    expect(visit.complaints).toEqual([]);
  });
});
