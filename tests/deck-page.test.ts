import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { hasSetState, PHONE, PROJECTOR, photograph, type Scene, setScene, TALL_PHONE } from "./browser.ts";
import { printPdf, uploadDeck } from "./host-deck.ts";
import { makePdf, writePage } from "./made-pdf.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, browser, visit } = {} as Scene;
setScene((scene) => ({ revint, browser, visit } = scene));

const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (char) => char.charCodeAt(0),
);
const encode = (text: string) => new TextEncoder().encode(text);

/** What of a page's canvas has another colour than its corner: nothing, on one that was not drawn. */
const isDrawn = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("section.present canvas");
    const data = canvas?.width
      ? canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data
      : [];
    return new Set(data).size > 3;
  });

test("a PDF is presented, and phones know what page it is", async () => {
  const host = await TalkHost.signUp(revint);
  const pages = ["<h1>Where we are</h1><p>Today</p>", "<h1>Where we go</h1>", "<h1>How</h1>", "<p>4</p>"];
  const pdf = await printPdf(browser, pages);
  const deck = await uploadDeck(host, { title: "Our way", kind: "pdf", pages: 4 }, pdf);
  const { links } = await host.create({ name: "Our way", deck });
  const speaker = await visit.open(links.deck ?? "", PROJECTOR);
  await speaker.locator("section.present canvas[data-drawn]").waitFor();
  await expect.poll(() => isDrawn(speaker)).toBe(true);
  expect(await speaker.title()).toContain("Our way");
  // Each line where the picture has it.
  expect(await speaker.locator("section.present .text > span").allTextContents()).toEqual([
    "Where we are",
    "Today",
  ]);
  await photograph(speaker, "deck-pdf-1920");

  const phone = await visit.open(links.join, TALL_PHONE);
  await phone.getByRole("heading", { name: "Where we are" }).waitFor();
  await speaker.keyboard.press("ArrowRight");
  await phone.getByRole("heading", { name: "Where we go" }).waitFor();
  await expect.poll(() => isDrawn(speaker)).toBe(true);
  // Of a page without words, phones say which one it is.
  await speaker.keyboard.press("ArrowRight");
  await speaker.keyboard.press("ArrowRight");
  await phone.getByRole("heading", { name: "Page 4 of 4" }).waitFor();
  await photograph(phone, "deck-pdf-phone");

  // Who looks at it on a screen of their own follows it there.
  const session = new URL(links.join).searchParams.get("session");
  const follower = await visit.open(`/deck/${deck}?session=${session}`, PHONE);
  await follower.locator("section.present canvas[data-drawn]").waitFor();
  await expect.poll(() => new URL(follower.url()).hash).toBe("#/3");
  await photograph(follower, "deck-pdf-follower");
  expect(visit.complaints).toEqual([]);
});

test("a Markdown deck shows what its author wrote, asks the room, and runs nothing of it", async () => {
  const host = await TalkHost.signUp(revint);
  const text = [
    "# Hello <script>globalThis.hacked = true</script>",
    '<img src=x onerror="globalThis.hacked = true">',
    "[a link](javascript:globalThis.hacked=true) ![a dot](dot.png)",
    "Note: only for me",
    "---",
    "```revint-choice tea\nTea or coffee?\n- Tea\n- [x] Coffee\n```",
    "---",
    "## <svg onload=globalThis.hacked=true>",
  ].join("\n\n");
  const deck = await uploadDeck(host, { title: "Hello", kind: "markdown" }, encode(text), { "dot.png": PNG });
  const { links } = await host.create({ name: "Hello", deck });
  const speaker = await visit.open(links.deck ?? "", { ...PROJECTOR, colorScheme: "dark" });
  await speaker.locator("section.present h1").waitFor();
  await photograph(speaker, "deck-markdown-1920");
  const picture = speaker.locator("section.present img");
  expect(await picture.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(
    1,
  );
  await speaker.getByText("a link", { exact: true }).click();

  const phone = await visit.open(links.join, TALL_PHONE);
  await phone.getByRole("heading", { name: /^Hello/ }).waitFor();
  await speaker.keyboard.press("ArrowRight");
  await phone
    .getByRole("button", { name: "Coffee" })
    .or(phone.getByRole("radio", { name: "Coffee" }))
    .waitFor();
  await photograph(speaker, "deck-markdown-poll-1920");
  await speaker.keyboard.press("ArrowRight");
  for (const page of [speaker, phone]) expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
  expect(await speaker.content()).not.toMatch(/only for me|revint-correct/);
  expect(visit.complaints).toEqual([]);
});

test("what is not there, and what can't be shown, is said in words", async () => {
  const missing = await visit.open(`/deck/${"x".repeat(22)}`, PHONE);
  await missing.getByRole("heading", { name: "There is no such deck" }).waitFor();
  await photograph(missing, "deck-missing");
  // As somebody may have copied it.
  const copied = await visit.open(`/deck/${"y".repeat(22)}/?print-pdf`, PHONE);
  await copied.getByRole("heading", { name: "There is no such deck" }).waitFor();
  expect(new URL(copied.url()).pathname).toBe(`/deck/${"y".repeat(22)}`);
  expect(new URL(copied.url()).search).toBe("?print-pdf");

  const host = await TalkHost.signUp(revint);
  const broken = encode(`%PDF-1.7\n${" ".repeat(500)}\n%%EOF`);
  const deck = await uploadDeck(host, { title: "Broken", kind: "pdf", pages: 1 }, broken);
  const page = await visit.open(`/deck/${deck}`, PHONE);
  await page.getByRole("heading", { name: "This PDF can't be shown" }).waitFor();
  await photograph(page, "deck-broken");
});

test("phones may have the deck itself above their buttons, and it prints page by page", async () => {
  const host = await TalkHost.signUp(revint);
  const pdf = await printPdf(browser, ["<h1>One</h1>", "<h1>Two</h1>", "<h1>Three</h1>"]);
  const deck = await uploadDeck(host, { title: "Framed", kind: "pdf", pages: 3 }, pdf);
  const { links } = await host.create({ name: "Framed", deck });
  const speaker = await visit.open(links.deck ?? "", PROJECTOR);
  await speaker.locator("section.present canvas[data-drawn]").waitFor();
  expect(speaker.url()).not.toContain("token");
  await hasSetState(speaker);
  const phone = await visit.open(links.join, TALL_PHONE);
  await phone.getByRole("heading", { name: "One" }).waitFor();
  await phone.getByRole("link", { name: "See the slides" }).click();
  const framed = phone.frameLocator("iframe").locator("section.present");
  await framed.locator("canvas[data-drawn]").waitFor();
  await speaker.keyboard.press("ArrowRight");
  await expect.poll(() => framed.getAttribute("aria-label")).toBe("Two");
  await framed.locator("canvas[data-drawn]").waitFor();
  await photograph(phone, "deck-pdf-framed-390");
  expect(visit.complaints).toEqual([]);

  const print = await visit.open(`/deck/${deck}?print-pdf`);
  await print.locator(".pdf-page img").first().waitFor();
  expect(await print.locator(".pdf-page").count()).toBe(3);
  expect(await print.locator(".pdf-page img").count()).toBe(3);
  // reveal.js writes two inline styles for print, which no policy without them lets in; the page has its own.
  expect(visit.complaints.filter((complaint) => !complaint.includes("inline style"))).toEqual([]);
  expect(visit.complaints.length).toBeLessThanOrEqual(2);
});

test("a PDF with scripts runs none of them, and its links lead to the web alone", async () => {
  const script = "<< /S /JavaScript /JS (app.alert\\(1\\); globalThis.hacked = 1;) >>";
  const link = (uri: string, y: number) =>
    `<< /Type /Annot /Subtype /Link /Rect [80 ${y} 300 ${y + 30}] /A << /S /URI /URI (${uri}) >> >>`;
  const pdf = makePdf({
    pages: [writePage("Careful", "A PDF with a script"), writePage("Second")],
    catalog: `/OpenAction ${script} /Names << /JavaScript << /Names [(a) ${script}] >> >>`,
    firstPage: `/AA << /O ${script} >> /Annots [${link("javascript:globalThis.hacked=1", 300)}
      ${link("https://example.org/", 100)}]`,
  });
  const host = await TalkHost.signUp(revint);
  const deck = await uploadDeck(host, { title: "Careful", kind: "pdf", pages: 2 }, new Uint8Array(pdf));
  const page = await visit.open(`/deck/${deck}`, { colorScheme: "dark" });
  await page.locator("section.present canvas[data-drawn]").waitFor();
  expect(await page.locator("section.present").getAttribute("aria-label")).toBe("Careful");
  const links = page.locator("section.present .sheet > a");
  expect(await links.count()).toBe(1);
  expect(await links.getAttribute("href")).toBe("https://example.org/");
  expect(await links.getAttribute("rel")).toContain("noopener");
  expect(await page.evaluate("globalThis.hacked ?? null")).toBeNull();
  await photograph(page, "deck-pdf-dark");
  expect(visit.complaints).toEqual([]);
});
