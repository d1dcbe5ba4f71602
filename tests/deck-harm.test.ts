import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { DeckUpload } from "../shared/protocol/host/deck.schema.ts";
import { hasSetState, PHONE, PROJECTOR, type Scene, setScene } from "./browser.ts";
import { read, readProblem } from "./deployment.ts";
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

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="${HACK}"><script>${HACK}</script></svg>`;

test("an SVG is no picture, however it begins and whatever it is called; nor is a page or a script", async () => {
  const host = await TalkHost.signUp(revint);
  const json = { title: "Harm", kind: "markdown", bytes: 5 };
  const { deck } = await read(DeckUpload, await host.request("POST", "decks", { json }));
  const put = (name: string, body: Uint8Array<ArrayBuffer>) =>
    host.request("PUT", `decks/${deck.id}/files/${name}`, { body, headers: { "content-type": "image/png" } });
  const contents: Record<string, Uint8Array<ArrayBuffer>> = {
    svg: encode(SVG),
    "after a mark": encode(`\ufeff${SVG}`),
    "after a head": encode(`<?xml version="1.0"?><!DOCTYPE svg>${SVG}`),
    "after a comment that looks like a picture": encode(`<!-- GIF89a \x89PNG\r\n\x1a\n -->${SVG}`),
    "after blanks": encode(`\n\n  ${SVG}`),
    "in UTF-16": new Uint8Array(Buffer.from(`\ufeff${SVG}`, "utf16le")),
    compressed: new Uint8Array(gzipSync(SVG)),
    "a page": encode(`<!doctype html><script>${HACK}</script>`),
    "a script": encode(HACK),
    "a PDF": new Uint8Array(makePdf({ pages: [""] })),
    nothing: new Uint8Array(0),
  };
  for (const [what, content] of Object.entries(contents)) {
    for (const name of ["a.png", "a.svg", "a.gif"]) {
      const { code } = await readProblem(await put(name, content));
      expect([what, name, code]).toEqual([what, name, "deck_not_valid"]);
    }
  }
  // A name leads nowhere, whatever it holds.
  const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const names = [
    "..%2f..%2fa.png",
    "..",
    "%2e%2e",
    "a%2fb.png",
    "..%5ca.png",
    "a%00.png",
    "%0d%0aa.png",
    "a.png%3f",
    "-a.png",
  ];
  for (const name of [...names, "x".repeat(200), "%ff"]) {
    const answer = await put(name, PNG);
    expect([name, answer.status >= 400 && answer.status < 500]).toEqual([name, true]);
    await answer.body?.cancel();
  }
  const { files } = await read(DeckUpload, await host.request("GET", `decks/${deck.id}`));
  expect(files).toEqual([]);
});

test("a picture that came along is never taken for an SVG or a script, by whoever asks for it as one", async () => {
  const host = await TalkHost.signUp(revint);
  const gif = encode(`GIF89a/*\x01\0*/=1;${HACK}//`);
  const id = await uploadDeck(host, { title: "Script", kind: "markdown" }, encode("![A](a.gif)"), {
    "a.gif": gif,
    "a.svg": Uint8Array.from([0xff, 0xd8, 0xff, ...encode(SVG)]),
  });
  const page = await open(`/deck/${id}`);
  await page.locator("section.present").waitFor();
  for (const name of ["a.gif", "a.svg"]) {
    const address = `/api/v1/decks/${id}/files/${name}`;
    const answer = await revint.request("GET", address);
    expect(answer.headers.get("content-type")).toMatch(/^image\/(gif|jpeg)$/);
    await answer.body?.cancel();
    const ran = await page.evaluate(
      (src) =>
        new Promise<string>((resolve) => {
          const script = Object.assign(document.createElement("script"), { src });
          script.onload = () => resolve("ran");
          script.onerror = () => resolve("refused");
          document.head.append(script);
        }),
      address,
    );
    expect([name, ran]).toEqual([name, "refused"]);
  }
  expect(await page.evaluate("globalThis.hacked ?? null")).toBeNull();
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
