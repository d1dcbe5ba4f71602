import type { Frame, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasSetState, PHONE, photograph, setScene, type Visit } from "./browser.ts";
import { DARK } from "./decks.ts";
import type { Deployment } from "./deployment.ts";
import { type RevealVersion, serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});
const decks = serveDecks(() => revint.url);

const SLIDES = `<section><h2>a</h2><div data-revint-qr style="width: 6em"></div><aside class="notes">Say hello</aside></section>
  <section><h2>b</h2><div data-revint-totals></div></section><section><h2>c</h2></section>`;

/** reveal.js's own speaker view of a deck, and its two frames. */
async function openSpeakerView(deck: Page): Promise<{ view: Page; current: Frame; upcoming: Frame }> {
  const popup = deck.waitForEvent("popup");
  await deck.keyboard.press("s");
  const view = visit.watch(await popup);
  const frame = async (place: string): Promise<Frame> => {
    const found = await (await view.waitForSelector(`#${place} iframe`)).contentFrame();
    if (!found) throw new Error(`no frame in ${place}`);
    await found.waitForFunction("globalThis.Reveal?.isReady()");
    return found;
  };
  return { view, current: await frame("current-slide"), upcoming: await frame("upcoming-slide") };
}

const isDialogOpen = (deck: Page) => deck.getByRole("dialog").count();
const card = (deck: Page) => deck.locator(".layer .card");
const h = (place: Page | Frame): Promise<number> => place.evaluate("Reveal.getIndices().h");

describe.each<RevealVersion>(["reveal6", "reveal5"])("the speaker view of %s", (version) => {
  test("has the keys of the deck, wherever in it they are pressed", async () => {
    decks.put("/deck", { version, slides: SLIDES, revint: 'keys: { overlay: "Y" }' });
    const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
    await hasSetState(deck);
    const { view, current } = await openSpeakerView(deck);
    await card(deck).waitFor();
    // In its outer window, which hands them on; y is what this deck has for q.
    await view.locator("#speaker-controls").click({ position: { x: 5, y: 5 } });
    await view.keyboard.press("y");
    await card(deck).waitFor({ state: "detached" });
    await view.keyboard.press("y");
    await card(deck).waitFor();
    await view.keyboard.press("i");
    await expect.poll(() => isDialogOpen(deck)).toBe(1);
    await view.keyboard.press("i");
    await expect.poll(() => isDialogOpen(deck)).toBe(0);
    // In the frame of the slide.
    await current.locator("h2").first().click();
    await view.keyboard.press("t");
    await card(deck).getByText("Held together").waitFor();
    await current.locator(".speaker").getByText("Held together").waitFor();
    await view.keyboard.press("t");
    await card(deck).getByText("Held together").waitFor({ state: "detached" });
    // And the keys of the slides still do what they did.
    await view.keyboard.press("ArrowRight");
    await expect.poll(() => h(deck)).toBe(1);
  });

  test("shows people, connection and the reactions of the slide, and opens no connection for it", async () => {
    decks.put("/deck", { version, slides: SLIDES });
    const token = await revint.sign();
    const deck = await visit.open(`${decks.url}/deck#token=${token}`);
    await hasSetState(deck);
    const before = visit.requests.filter((url) => /\/(api|ws)\//.test(url)).length;
    const { view, current, upcoming } = await openSpeakerView(deck);
    const strip = current.locator(".speaker");
    await strip.getByText("Connected · 0 people").waitFor();
    expect(visit.requests.filter((url) => /\/(api|ws)\//.test(url)).length).toBe(before);
    await current.locator("[data-revint-qr] svg").waitFor({ state: "attached" });

    const phone = await visit.open(await deck.evaluate<string>("Reveal.getPlugin('revint').joinUrl"), PHONE);
    await strip.getByText("Connected · 1 person").waitFor();
    await deck.evaluate("Reveal.slide(1)");
    await phone.getByRole("heading", { name: "b" }).waitFor();
    await phone.getByRole("button", { name: /^Applause, / }).tap();
    await strip.locator('li[aria-label="Applause: 1"]').waitFor();
    await current.locator('[data-revint-totals] .bar[aria-label="Applause: 1 reaction"]').waitFor();
    await deck.evaluate("Reveal.slide(0)");
    await strip.locator('li[aria-label="Applause: 0"]').waitFor();
    await upcoming.locator('[data-revint-totals] .bar[aria-label="Applause: 1 reaction"]').waitFor();
    expect(await upcoming.locator(".speaker").count()).toBe(0);
    await photograph(view, `speaker-view-${version}`);
    // Nothing of the slide lies below the strip.
    const [stripTop, slidesBottom] = await current.evaluate<[number, number]>(`[
      document.querySelector(".layer").shadowRoot.querySelector(".speaker").getBoundingClientRect().top,
      document.querySelector(".reveal").getBoundingClientRect().bottom]`);
    expect(slidesBottom).toBeLessThanOrEqual(stripTop + 1);
    for (const frame of [view.mainFrame(), current, upcoming])
      expect(await frame.content()).not.toContain(token);
    expect(visit.complaints.filter((complaint) => !complaint.startsWith("foreign"))).toEqual([]);
  });

  test("goes on when the deck is loaded anew, and falls silent when it stops leading", async () => {
    decks.put("/deck", { version, slides: SLIDES, head: `<style>${DARK}</style>` });
    const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
    await hasSetState(deck);
    const { view, current } = await openSpeakerView(deck);
    await current.locator(".speaker").getByText("Connected").waitFor();
    await deck.reload();
    await hasSetState(deck);
    const phone = await visit.open(await deck.evaluate<string>("Reveal.getPlugin('revint').joinUrl"), PHONE);
    await phone.getByRole("heading", { name: "a" }).waitFor();
    await current.locator(".speaker").getByText("1 person").waitFor();
    await photograph(view, `speaker-view-dark-${version}`);
    await view.keyboard.press("q");
    await card(deck).waitFor({ state: "detached" });
    await deck.evaluate("Reveal.getPlugin('revint').leave()");
    await current.locator(".speaker").waitFor({ state: "hidden" });
  });
});

test("a window that the deck has not opened presses no keys", async () => {
  decks.put("/deck", { slides: SLIDES });
  const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
  await hasSetState(deck);
  await deck.evaluate(`new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<script>parent.postMessage({ revint: 'key', deck: 0, key: 'overlay' }, '*')</" + "script>";
    addEventListener("message", () => setTimeout(resolve));
    document.body.append(frame);
  })`);
  expect(await card(deck).count()).toBe(1);
});
