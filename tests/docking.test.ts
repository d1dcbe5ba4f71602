import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { photograph } from "./browser.ts";
import {
  DARK,
  type DeckParts,
  type DeckServer,
  isInside,
  listOverlaps,
  measure,
  setDeckScene,
} from "./decks.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
let decks: DeckServer;
setDeckScene((scene) => ({ revint, browser, decks } = scene));

/** Opens a deck that leads, with its overlay. */
async function lead(parts: DeckParts, viewport: { width: number; height: number }): Promise<Page> {
  const page = await decks.open(browser, parts, `#token=${await revint.sign()}`, { viewport });
  await page.locator(".card .qr").waitFor();
  await settle(page);
  return page;
}

/** Reveal.js lays itself out anew in its own time. */
const settle = (page: Page) =>
  page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

/** Width by height of the slides, as they are on the screen. */
async function getAspect(page: Page): Promise<number> {
  const [slides] = await measure(page, [".slides"]);
  return slides ? (slides.right - slides.left) / (slides.bottom - slides.top) : 0;
}

/** Nothing of a theme, no slide and no reaction shares a pixel with the overlay, and none leaves the screen. */
async function expectFree(page: Page, fixed: readonly string[]): Promise<void> {
  const boxes = await measure(page, [".card", ".slides", ...fixed]);
  expect(boxes).toHaveLength(2 + fixed.length);
  const [card, ...others] = boxes;
  if (!card) throw new Error("no overlay");
  expect(others.flatMap((other) => listOverlaps([card, other]))).toEqual([]);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const screen = { name: "screen", left: 0, top: 0, right: width, bottom: height };
  expect([card, ...others.slice(1)].filter((box) => !isInside(box, screen))).toEqual([]);
}

const WIDE = { width: 1280, height: 720 };
const HD = { width: 1280, height: 720 };

describe("what a theme keeps at an edge stays uncovered", () => {
  const quarto: DeckParts = {
    style: `${DARK}
      .footer { position: fixed; bottom: 18px; left: 0; width: 100%; font-size: 18px; z-index: 2; }
      .slide-logo { position: fixed; bottom: 0; right: 12px; height: 40px; width: 80px; background: #46a; z-index: 2; }
      .slide-menu-button { position: fixed; left: 6px; bottom: 6px; width: 36px; height: 36px; background: #a64; z-index: 30; }`,
    inside: `<div class="footer">A footer of the theme</div><div class="slide-logo"></div><div class="slide-menu-button"></div>`,
  };

  test("a menu button, a footer and a logo that are fixed inside the deck move up with it", async () => {
    for (const size of [WIDE, { width: 800, height: 600 }, { width: 1920, height: 1080 }]) {
      const page = await lead({ ...quarto, options: { ...HD, revint: { overlay: "bar" } } }, size);
      await expectFree(page, [".footer", ".slide-logo", ".slide-menu-button"]);
      expect(await getAspect(page)).toBeCloseTo(1280 / 720, 2);
      await photograph(page, `dock-quarto-${size.width}`);
      // Without the overlay they are where the theme wants them.
      await page.keyboard.press("q");
      await settle(page);
      const [button] = await measure(page, [".slide-menu-button"]);
      expect(button?.bottom).toBe(size.height - 6);
      expect(await page.locator(".reveal").getAttribute("style")).not.toMatch(/height|contain/);
    }
    expect(decks.complaints).toEqual([]);
  });

  const bar = (name: string, edge: string) =>
    `.${name} { position: fixed; ${edge}: 0; left: 0; right: 0; height: 44px; background: #46a; z-index: 30; }`;

  test("a bar below sends the overlay to the top; one above and one below send it between", async () => {
    const options = { ...HD, revint: { overlay: "bar" } };
    const below = { style: bar("menubar", "bottom"), body: `{deck}<div class="menubar"></div>`, options };
    const page = await lead(below, WIDE);
    await expectFree(page, [".menubar"]);
    expect((await measure(page, [".card"]))[0]?.top).toBe(0);
    expect(await getAspect(page)).toBeCloseTo(1280 / 720, 2);
    await photograph(page, "dock-top");

    const style = `${bar("menubar", "bottom")} ${bar("header", "top")}`;
    const body = `<div class="header"></div>{deck}<div class="menubar"></div>`;
    const both = await lead({ style, body, options }, WIDE);
    const [card, menubar] = await measure(both, [".card", ".menubar"]);
    expect(card?.bottom).toBe(menubar?.top);
    // The theme's own header lies over its slides, as it does without the overlay.
    await expectFree(both, [".menubar", ".header"]);
    await photograph(both, "dock-between");
    expect(decks.complaints).toEqual([]);
  });

  test("a logo where the card would stand sends it to the other side, and two of them below", async () => {
    const logo = (side: string) =>
      `.logo-${side} { position: fixed; top: 10px; ${side}: 10px; width: 90px; height: 60px; background: #46a; z-index: 9; }`;
    const options = { width: 960, height: 700 };
    const right = { style: logo("right"), inside: `<div class="logo-right"></div>`, options };
    const page = await lead(right, { width: 1400, height: 720 });
    await expectFree(page, [".logo-right"]);
    const [card, slides] = await measure(page, [".card", ".slides"]);
    expect(card?.right).toBeLessThan(slides?.left ?? 0);
    await photograph(page, "dock-left");

    const inside = `<div class="logo-right"></div><div class="logo-left"></div>`;
    const both = await lead(
      { style: logo("right") + logo("left"), inside, options },
      { width: 1400, height: 720 },
    );
    await expectFree(both, [".logo-right", ".logo-left"]);
    await photograph(both, "dock-below");
    expect(decks.complaints).toEqual([]);
  });
});

describe("an embedded deck without a viewport around it", () => {
  const body = `<main style="font: 18px sans-serif; max-width: 1000px; margin: 20px auto">
    <p class="before">A page with a deck in it.</p>{deck}<p class="after">And what follows it.</p></main>`;

  test("keeps its place on the page, its aspect, and a strip for the overlay", async () => {
    for (const [name, height, width] of [
      ["wide", 500, 1280],
      ["narrow", 360, 480],
    ] as const) {
      const style = `.reveal { height: ${height}px; background: #eef; outline: 3px solid #46a; }`;
      const options = { embedded: true, ...HD, revint: { overlay: "bar" } };
      const page = await lead({ style, body, options }, { width, height: 800 });
      await photograph(page, `dock-embedded-${name}`);
      await expectFree(page, [".before", ".after"]);
      const [before, after, link] = await measure(page, [".before", ".after", ".card .url"]);
      const [reveal, card] = await measure(page, [".reveal", ".card"]);
      // As far apart as without the plugin: the deck, and the margins of the two lines.
      expect(Math.round((after?.top ?? 0) - (before?.bottom ?? 0))).toBe(height + 2 * 18);
      expect(card?.top).toBeCloseTo(reveal?.bottom ?? 0, 0);
      expect(await getAspect(page)).toBeCloseTo(1280 / 720, 2);
      // Its link is a line or three, or left to the code.
      expect((link?.bottom ?? 0) - (link?.top ?? 0)).toBeLessThan(60);
      await page.keyboard.press("q");
      await settle(page);
      const [whole] = await measure(page, [".reveal"]);
      expect((whole?.bottom ?? 0) - (whole?.top ?? 0)).toBe(height);
    }
    expect(decks.complaints).toEqual([]);
  });

  test("follows a page that moves it, and is led in full screen", async () => {
    const style = ".reveal { height: 500px; background: #eef; }";
    const options = { embedded: true, ...HD, revint: { overlay: "bar" } };
    const page = await lead({ style, body, options }, { width: 1280, height: 900 });
    await page.locator(".before").evaluate((line) => {
      line.style.height = "90px";
    });
    await expect
      .poll(async () => {
        const [reveal, card] = await measure(page, [".reveal", ".card"]);
        return Math.abs((card?.top ?? 0) - (reveal?.bottom ?? 0)) < 1;
      })
      .toBe(true);
    await page.locator(".reveal").evaluate((reveal) => reveal.requestFullscreen());
    await page.waitForFunction("document.fullscreenElement !== null");
    // No room beside the slides, and no strip that such a deck could give up.
    await expect.poll(() => page.locator(".card:visible").count()).toBe(0);
    await page.keyboard.press("i");
    await page.getByRole("dialog", { name: "You lead this deck" }).waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate("document.exitFullscreen()");
    await page.waitForFunction("document.fullscreenElement === null");
    await settle(page);
    await expectFree(page, [".before", ".after"]);
    expect(decks.complaints).toEqual([]);
  });
});
