import type { Frame, Page } from "playwright-core";
import { expect, test } from "vitest";
import { findBarriers, hasSetState, PHONE, PROJECTOR, photograph, type Scene, setScene } from "./browser.ts";
import { printPdf, uploadDeck } from "./host-deck.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, browser, visit } = {} as Scene;
setScene((scene) => ({ revint, browser, visit } = scene));

const MARKDOWN = [
  "# One\n\nNote: Say **hello**, and <b>wait</b>.",
  "# Two\n\n--\n\n## Below\n\nNote:\n\n- slowly\n- [the web](https://example.org)",
  "# Three",
].join("\n\n---\n\n");

const encode = (text: string) => new TextEncoder().encode(text);

/** The speaker's window of a deck, and the copies in it. */
async function openSpeakerWindow(deck: Page): Promise<{ speaker: Page; current: Frame; upcoming: Frame }> {
  const popup = deck.waitForEvent("popup");
  await deck.keyboard.press("s");
  const speaker = visit.watch(await popup);
  const find = async (name: string): Promise<Frame> => {
    const frame = await (await speaker.waitForSelector(`iframe[data-copy=${name}]`)).contentFrame();
    if (!frame) throw new Error(`no frame for ${name}`);
    await frame.locator(".reveal.ready").waitFor();
    return frame;
  };
  return { speaker, current: await find("current"), upcoming: await find("next") };
}

const heading = (frame: Frame, name: string) =>
  frame.locator("section.present").getByText(name, { exact: true }).last().waitFor();
const notes = (speaker: Page) => speaker.getByRole("region", { name: "Notes" });
const indices = (deck: Page) => deck.evaluate("(({ h, v }) => [h, v])(Reveal.getIndices())");

/** The owner's browser has their cookie. */
async function openAsOwner(host: TalkHost, address: string): Promise<Page> {
  const [name = "", value = ""] = host.cookie.split("=");
  const page = await visit.open("/deck/none", PROJECTOR);
  await page.context().addCookies([{ name, value, url: revint.url }]);
  visit.complaints.length = 0;
  await page.goto(new URL(address, revint.url).href);
  await page.locator("section.present").waitFor();
  return page;
}

test("the speaker of a Markdown deck has notes, the next slide, the time and the counts in a window of their own", async () => {
  const host = await TalkHost.signUp(revint);
  const id = await uploadDeck(host, { title: "Notes", kind: "markdown" }, encode(MARKDOWN));
  const { links } = await host.create({ name: "Notes", deck: id });
  const deck = await openAsOwner(host, links.deck ?? "");
  await hasSetState(deck);
  const { speaker, current, upcoming } = await openSpeakerWindow(deck);
  await notes(speaker).getByText("Say hello, and <b>wait</b>.").waitFor();
  await speaker.getByText("Slide 1 of 4").waitFor();
  await heading(current, "One");
  await heading(upcoming, "Two");
  // The plugin's line, as in every speaker view.
  await current.locator(".speaker").getByText("Connected · 0 people").waitFor();
  const phone = await visit.open(links.join, PHONE);
  await phone.getByRole("button", { name: /^Applause, / }).tap();
  await current.locator('.speaker li[aria-label="Applause: 1"]').waitFor();
  await photograph(speaker, "speaker-window-1100");
  expect(await findBarriers(speaker)).toEqual([]);

  // Keys are the deck's, wherever in the window they are pressed.
  await speaker.keyboard.press("ArrowRight");
  await heading(current, "Two");
  await heading(upcoming, "Below");
  await notes(speaker).getByText("None for this slide.").waitFor();
  await speaker.keyboard.press(" ");
  await notes(speaker).getByText("slowly").waitFor();
  expect(await indices(deck)).toEqual([1, 1]);
  await phone.getByRole("heading", { name: "Below" }).waitFor();
  const link = notes(speaker).getByRole("link", { name: "the web" });
  expect([await link.getAttribute("target"), await link.getAttribute("rel")]).toEqual([
    "_blank",
    "noopener noreferrer",
  ]);
  await speaker.getByRole("button", { name: "Next" }).click();
  await speaker.getByText("This is the last slide.").waitFor();
  await speaker.getByRole("button", { name: "Previous" }).press("Enter");
  await notes(speaker).getByText("slowly").waitFor();
  // The plugin's, too.
  await speaker.keyboard.press("t");
  await current.locator(".speaker").getByText("Held together").waitFor();
  // Moved in the deck itself, and however fast.
  await deck.evaluate("Reveal.slide(0)");
  await deck.evaluate("Reveal.slide(2)");
  await deck.evaluate("Reveal.slide(0)");
  await heading(current, "One");
  await heading(upcoming, "Two");
  expect(await indices(deck)).toEqual([0, 0]);
  expect(visit.complaints).toEqual([]);
  expect(await speaker.content()).not.toContain("token=");
});

test("it goes on when the deck is loaded anew, keeps its time, and says when the deck is closed", async () => {
  const host = await TalkHost.signUp(revint);
  const id = await uploadDeck(host, { title: "Again", kind: "markdown" }, encode(MARKDOWN));
  const deck = await openAsOwner(host, `/deck/${id}`);
  const { speaker, current } = await openSpeakerWindow(deck);
  await heading(current, "One");
  await expect.poll(() => speaker.getByRole("timer").textContent()).toMatch(/^0:0[1-9]/);
  await deck.reload();
  await deck.locator("section.present").waitFor();
  await deck.evaluate("Reveal.slide(2)");
  await heading(current, "Three");
  // S finds the window that is there.
  await deck.keyboard.press("s");
  await speaker.reload();
  await speaker.getByText("Slide 4 of 4").waitFor();
  expect(deck.context().pages()).toHaveLength(2);
  await expect.poll(() => speaker.getByRole("timer").textContent()).not.toBe("0:00");
  await speaker.getByRole("button", { name: "Start again" }).click();
  await expect.poll(() => speaker.getByRole("timer").textContent()).toBe("0:00");
  await deck.close();
  await speaker.getByRole("alert").getByText("The deck's window does not answer.").waitFor();
  expect(visit.complaints).toEqual([]);
});

test("whoever is not its owner sees no notes, and is told how to; keys are named in the deck's help", async () => {
  const host = await TalkHost.signUp(revint);
  const id = await uploadDeck(host, { title: "Notes", kind: "markdown" }, encode(MARKDOWN));
  const deck = await visit.open(`/deck/${id}`, PROJECTOR);
  await deck.locator("section.present").waitFor();
  await deck.keyboard.press("Shift+Slash");
  await deck.getByText("Speaker view").first().waitFor();
  await deck.keyboard.press("Escape");
  const { speaker } = await openSpeakerWindow(deck);
  await notes(speaker).getByText("Only the deck's owner sees its notes.").waitFor();
  expect(await speaker.content()).not.toContain("hello");
  const [name = "", value = ""] = host.cookie.split("=");
  await deck.context().addCookies([{ name, value, url: revint.url }]);
  await notes(speaker).getByRole("button", { name: "Look again" }).click();
  await notes(speaker).getByText("Say hello").waitFor();
  await speaker.setViewportSize({ width: 390, height: 844 });
  await photograph(speaker, "speaker-window-390");
  expect(await findBarriers(speaker)).toEqual([]);
  expect(visit.complaints).toEqual([]);
});

test("of a PDF there are the slides, and no notes; a window that no deck has opened says what it is", async () => {
  const host = await TalkHost.signUp(revint);
  const pdf = await printPdf(browser, ["<h1>Here</h1>", "<h1>There</h1>"]);
  const id = await uploadDeck(host, { title: "Pages", kind: "pdf", pages: 2 }, pdf);
  const deck = await visit.open(`/deck/${id}`, { ...PROJECTOR, colorScheme: "dark" });
  await deck.locator("section.present canvas[data-drawn]").waitFor();
  const { speaker, current, upcoming } = await openSpeakerWindow(deck);
  await notes(speaker).getByText("A PDF brings no notes along.").waitFor();
  await current.locator("section.present canvas[data-drawn]").waitFor();
  await upcoming.locator("section.present canvas[data-drawn]").waitFor();
  await expect.poll(() => upcoming.locator("section.present").textContent()).toBe("There");
  await photograph(speaker, "speaker-window-pdf-dark");
  expect(await findBarriers(speaker)).toEqual([]);
  await speaker.keyboard.press("ArrowRight");
  await expect.poll(() => current.locator("section.present").textContent()).toBe("There");

  const alone = await visit.open(`/deck/${id}?speaker`, PHONE);
  await alone.getByRole("heading", { name: "This is the speaker's window of a deck" }).waitFor();
  expect(await alone.getByRole("link", { name: "Open the deck" }).getAttribute("href")).toBe(`/deck/${id}`);
  expect(visit.complaints).toEqual([]);
});

test("a window that the deck has not opened presses no keys", async () => {
  const host = await TalkHost.signUp(revint);
  const id = await uploadDeck(host, { title: "Quiet", kind: "markdown" }, encode(MARKDOWN));
  const deck = await visit.open(`/deck/${id}`, PROJECTOR);
  await deck.locator("section.present").waitFor();
  // Of the same origin, which is the most that anybody could have.
  await deck.evaluate(`new Promise((resolve) => {
    addEventListener("message", () => setTimeout(resolve));
    postMessage({ speaker: "key", keyCode: 39 }, origin);
  })`);
  expect(await indices(deck)).toEqual([0, 0]);
});
