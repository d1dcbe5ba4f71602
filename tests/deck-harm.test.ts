import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { hasSetState, PHONE, PROJECTOR, type Scene, setScene } from "./browser.ts";
import { uploadDeck } from "./host-deck.ts";
import { makePdf, writePage } from "./made-pdf.ts";
import { TalkHost } from "./talk-host.ts";

/* What is brought along is text and pictures, whatever is in it: nothing of it runs, on any page that shows it. */

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene));
const pages: Page[] = [];
afterEach(() => {
  pages.length = 0;
});

const encode = (text: string) => new TextEncoder().encode(text);
const HACK = "globalThis.hacked=true";

/** Opens it, and remembers it for {@link expectHarmless}. */
async function open(address: string, options: Parameters<typeof visit.open>[1] = {}): Promise<Page> {
  const page = await visit.open(address, options);
  pages.push(page);
  return page;
}

/** Nothing ran, tried to run, or asked another server; not in a frame either. */
async function expectHarmless(): Promise<void> {
  for (const page of pages) {
    for (const frame of page.frames()) {
      expect([frame.url(), await frame.evaluate("globalThis.hacked ?? null")]).toEqual([frame.url(), null]);
    }
  }
  expect(visit.complaints).toEqual([]);
}

/** Elements that nobody may make, wherever slides and notes stand. */
const MADE = [".reveal section", ".text-of-notes"]
  .flatMap((place) =>
    ["script", "iframe", "svg[onload]", "form", "base", "style", "math"].map((name) => `${place} ${name}`),
  )
  .join();

const MARKUP = [
  `<script>${HACK}</script>`,
  `<img src=x onerror="${HACK}">`,
  `<svg onload="${HACK}"><script>${HACK}</script></svg>`,
  `<iframe srcdoc="<script>parent.hacked=true</script>"></iframe>`,
  `<a href="javascript:${HACK}">raw</a>`,
  `<style>* { display: none }</style><base href="https://evil.example/">`,
  `<form action="https://evil.example/"><input autofocus onfocus="${HACK}"></form>`,
  `<math><mtext></form><mglyph><style></math><img src onerror=${HACK}>`,
].join("\n");

const LINKS = [
  `[plain](javascript:${HACK})`,
  `[case](JaVaScRiPt:${HACK})`,
  `[entity](&#106;avascript:${HACK})`,
  `[tab](<java\tscript:${HACK}>)`,
  `[data](data:text/html,<script>${HACK}</script>)`,
  `[vb](vbscript:${HACK})`,
  `[blob](blob:https://evil.example/x) [file](file:///etc/passwd)`,
  "[reference][there]",
  `<javascript:${HACK}>`,
  `![picture](javascript:${HACK}) ![far](https://evil.example/a.png) ![svg](data:image/svg+xml,<svg/onload=${HACK}>)`,
  `[title](https://example.org "x\\" onmouseover=\\"${HACK}")`,
  "",
  `[there]: javascript:${HACK}`,
].join("\n");

test("Markdown runs nothing: not on the deck, its copies, print, phones or stage, and not in what only its owner sees", async () => {
  const host = await TalkHost.signUp(revint);
  const text = [
    `# Title ${MARKUP.split("\n")[0]}\n\n${MARKUP}\n\nNote: ${MARKUP}`,
    LINKS,
    `\`\`\`revint-choice harm\nWhich ${MARKUP.split("\n")[1]}\n- ${MARKUP.split("\n")[2]}\n- [x] <b>B</b>\n\`\`\``,
  ].join("\n\n---\n\n");
  const title = `Harm ${MARKUP.split("\n")[1]}`;
  const id = await uploadDeck(host, { title, kind: "markdown" }, encode(text));
  const { links } = await host.create({ name: title, deck: id });

  const deck = await open("/404", PROJECTOR);
  visit.complaints.length = 0;
  const [name = "", value = ""] = host.cookie.split("=");
  await deck.context().addCookies([{ name, value, url: revint.url }]);
  await deck.goto(links.deck ?? "");
  await deck.locator("section.present").waitFor();
  await hasSetState(deck);
  const popup = deck.waitForEvent("popup");
  await deck.keyboard.press("s");
  const speaker = visit.watch(await popup);
  pages.push(speaker);
  await speaker.getByRole("region", { name: "Notes" }).getByText("<svg onload=").waitFor();
  const phone = await open(links.join, PHONE);
  await phone.getByRole("heading", { name: /^Title/ }).waitFor();
  const stage = await open(links.stage, PROJECTOR);
  await stage.locator(".board").waitFor();

  await deck.keyboard.press("ArrowRight");
  const present = deck.locator("section.present");
  await present.getByText("plain").waitFor();
  // Whatever leads anywhere leads to the web, in a window of its own.
  const hrefs = await present.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  expect(hrefs.filter((href) => !href?.startsWith("https://"))).toEqual([]);
  expect(await present.locator("img").count()).toBe(0);
  for (const dead of ["plain", "case", "entity", "data", "vb", "reference"]) {
    await present.getByText(dead, { exact: true }).click();
  }
  await present.getByText("title", { exact: true }).hover();
  await deck.keyboard.press("ArrowRight");
  await phone.getByText("<img src=x onerror=").first().waitFor();
  await phone.getByText("<svg onload=").first().waitFor();
  // No element that anybody wrote, and no attribute that would run.
  for (const page of pages) {
    for (const frame of page.frames()) {
      const made = await frame.locator(MADE).count();
      expect([frame.url(), made]).toEqual([frame.url(), 0]);
    }
  }
  await expectHarmless();
  const print = await open(`/deck/${id}?print-pdf`);
  await print.locator(".pdf-page").last().waitFor();
  // reveal.js writes a style of its own there, which the policy of the page lets nobody do.
  visit.complaints.splice(
    0,
    visit.complaints.length,
    ...visit.complaints.filter((one) => !/inline style/.test(one)),
  );
  await expectHarmless();
});

test("a link bomb makes no page that nobody can open", async () => {
  const host = await TalkHost.signUp(revint);
  // One address of some length, used as often as a slide allows.
  const bomb = `# Bomb\n\n${"[a] ".repeat(390)}\n\n[a]: https://example.org/${"x".repeat(3000)}`;
  const id = await uploadDeck(host, { title: "Bomb", kind: "markdown" }, encode(bomb));
  const page = await open(`/deck/${id}`);
  await page.getByRole("heading", { name: "Bomb" }).waitFor();
  expect(await page.locator("section.present a").count()).toBe(390);
  // As many slides of it are refused, and told where it begins to be too much.
  const many = Array.from({ length: 290 }, () => bomb).join("\n\n---\n\n");
  await expect(uploadDeck(host, { title: "Bombs", kind: "markdown" }, encode(many))).rejects.toThrow(
    /deck_not_valid|too large/,
  );
  const nested = `${"> ".repeat(500)}deep\n\n${"[".repeat(5000)}${"*".repeat(900)}`;
  await expect(uploadDeck(host, { title: "Nest", kind: "markdown" }, encode(nested))).rejects.toThrow(
    /deck_not_valid/,
  );
  await expectHarmless();
});

test("a file that is a page as well is none, also when somebody opens it", async () => {
  const host = await TalkHost.signUp(revint);
  const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const page = `<html><script>${HACK}</script></html>`;
  const polyglot = new Uint8Array([...PNG, ...encode(page)]);
  const id = await uploadDeck(host, { title: "Page", kind: "markdown" }, encode("# One"), {
    "page.html": polyglot,
  });
  const picture = await open(`/api/v1/decks/${id}/files/page.html`);
  expect(await picture.locator("body > img").count()).toBe(1);
  // The page that a browser makes around a picture has styles, which the policy of our files lets nothing have.
  visit.complaints.length = 0;
  const pdf = makePdf({ pages: [`${writePage("Page")}\n% ${page}`] });
  const both = await uploadDeck(host, { title: "Both", kind: "pdf", pages: 1 }, new Uint8Array(pdf));
  const served = await revint.request("GET", `/api/v1/decks/${both}/file`);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "application/pdf",
    "x-content-type-options": "nosniff",
  });
  await served.body?.cancel();
  const shown = await open(`/deck/${both}`);
  await shown.locator("section.present canvas[data-drawn]").waitFor();
  await expectHarmless();
});
