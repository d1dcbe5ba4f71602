import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { photograph } from "./browser.ts";
import {
  DARK,
  type DeckServer,
  fillRoom,
  isInside,
  LIGHT,
  listOverlaps,
  measure,
  setDeckScene,
} from "./decks.ts";
import type { Deployment } from "./deployment.ts";

let revint: Deployment;
let browser: Browser;
let decks: DeckServer;
setDeckScene((scene) => ({ revint, browser, decks } = scene));

const SIZES = [
  [800, 600],
  [1024, 768],
  [1280, 720],
  [1920, 1080],
  [3840, 2160],
] as const;

const SIX = ["👍", "❤️", "😂", "🤯", "👏", "❓"];
const TWELVE = [...SIX, "🎉", "🔥", "🤔", "👎", "🐢", "🚀"];
const WORDS = [
  "Yes, absolutely and without any doubt",
  "No",
  "I did not understand the question at all, say it once more",
  "Maybe",
  "Später",
  "你好世界",
  "One more example, please",
  "constructor",
  "Slower",
  "Faster",
  "👩‍👩‍👧‍👦",
  "Coffee!",
];

/** Four-digit counts, and one that is larger. */
const count = (reactions: readonly string[]) =>
  Object.fromEntries(
    reactions.map((reaction, index) => [reaction, index === 0 ? 123_456 : 1234 + 777 * index]),
  );

/** Opens a deck that leads a room of 312 people, and waits for what they say. */
async function lead(reactions: readonly string[], style: string, overlay: "bar" | "auto"): Promise<Page> {
  const options = { revint: { reactions, overlay } };
  const token = await revint.sign();
  const prepare = fillRoom(312, count(reactions));
  const page = await decks.open(browser, { style, options }, `#token=${token}`, { prepare });
  await page.locator(".card").getByText("312 people").waitFor();
  await page.locator(".counts b", { hasText: "123.5K" }).waitFor();
  return page;
}

/** What of the overlay a room has to see, and what must not be below it. */
async function look(page: Page, most: number) {
  // Reveal.js lays itself out anew in its own time.
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  const boxes = await measure(page, [
    ".card",
    ".slides",
    ".card .qr",
    ".invite strong",
    ".people",
    ".url",
    ".counts li",
  ]);
  const [card, slides, ...parts] = boxes;
  if (!card || !slides) throw new Error("no overlay");
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const screen = { name: "screen", left: 0, top: 0, right: width, bottom: height };
  expect(parts).toHaveLength(4 + most);
  expect([card, ...parts].filter((part) => !isInside(part, screen))).toEqual([]);
  expect(parts.filter((part) => !isInside(part, card))).toEqual([]);
  expect(listOverlaps(parts)).toEqual([]);
  expect(listOverlaps([card, slides])).toEqual([]);
  return parts;
}

/** Texts that are cut off inside what has them. */
const listCut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const overlay = document.querySelector("[data-revint-layer]")?.shadowRoot;
    const parts = [...(overlay?.querySelectorAll(".counts bdi, .counts b, .url, .people, .invite") ?? [])];
    const cut = parts.filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0);
    const over = [...(overlay?.querySelectorAll(".counts li") ?? [])].filter((item) => {
      const last = item.querySelector("b")?.getBoundingClientRect().right ?? 0;
      return last > item.getBoundingClientRect().right + 0.5;
    });
    return [...cut, ...over].map((part) => part.textContent ?? "");
  });

/** The contrast of every text of the card with its background, where it is too little to read. */
const listFaint = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const read = (css: string) => (css.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
    const getLuminance = (css: string) => {
      const [r = 0, g = 0, b = 0] = read(css).map((c) =>
        c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const card = document.querySelector("[data-revint-layer]")?.shadowRoot?.querySelector(".card");
    if (!card) return ["no card"];
    const ground = getLuminance(getComputedStyle(card).backgroundColor);
    return [...card.querySelectorAll("strong, .people, .url, .counts b, .counts bdi, .held, .mark")].flatMap(
      (part) => {
        const ink = getLuminance(getComputedStyle(part).color);
        const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
        return contrast < 4.5 ? [`${part.className || part.tagName} ${contrast}`] : [];
      },
    );
  });

describe.each(Object.entries({ light: LIGHT, dark: DARK }))(
  "on a %s deck, nothing of the overlay is cut off",
  (theme, style) => {
    test.each([
      ["six", SIX],
      ["twelve", TWELVE],
    ] as const)("with %s reactions, at any size", async (name, reactions) => {
      for (const overlay of ["bar", "auto"] as const) {
        const page = await lead(reactions, style, overlay);
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          const parts = await look(page, reactions.length);
          await photograph(page, `${overlay}-${theme}-${name}-${width}x${height}`);
          expect({ width, cut: await listCut(page), faint: await listFaint(page) }).toEqual({
            width,
            cut: [],
            faint: [],
          });
          // As readable on the largest screen as on a small one.
          const [, , , , reaction] = parts;
          expect(((reaction?.bottom ?? 0) - (reaction?.top ?? 0)) / height).toBeGreaterThan(0.02);
        }
        expect(decks.complaints).toEqual([]);
      }
    });

    test("with texts of any length, which end in an ellipsis and say all of it in a title", async () => {
      const page = await lead(WORDS, style, "bar");
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await look(page, WORDS.length);
        await photograph(page, `bar-${theme}-words-${width}x${height}`);
      }
      const titles = await page
        .locator(".counts li")
        .evaluateAll((items) => items.map((item) => item.getAttribute("title")));
      expect(titles).toEqual(WORDS);
    });
  },
);
