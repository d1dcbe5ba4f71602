import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createDocument } from "../workers/recap/document/document.ts";
import { renderPage } from "../workers/recap/document/page.tsx";
import { writeTemplate } from "../workers/recap/document/template.ts";
import { toMaterial } from "../workers/recap/material/to-material.ts";
import { lookAt, PROJECTOR, photograph, setScene, TALL_PHONE, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { createLongStory } from "./long-story.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

const { story, buckets } = createLongStory();

function render(): string {
  const material = toMaterial(story, buckets);
  return renderPage(createDocument(material, writeTemplate(material), { version: "v", by: "template" }));
}

/** The page as the site serves it: with the site's policy, style and script. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await visit.open("/join", options);
  const shell = await fetch(new URL("/results", revint.url));
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": shell.headers.get("content-security-policy") ?? "none",
  };
  await page.route("**/recap?**", (route) => route.fulfill({ body: render(), headers }));
  await page.goto(`${revint.url}/recap?session=none`);
  await page.locator("main#recap").waitFor();
  return page;
}

const SIZES = { laptop: { viewport: { width: 1280, height: 800 } }, projector: PROJECTOR, phone: TALL_PHONE };

describe("a long talk", () => {
  for (const [size, options] of Object.entries(SIZES)) {
    test(`is read by everybody on a ${size}, and fits it`, async () => {
      const page = await open(options);
      await photograph(page, `recap-page-${size}`, { fullPage: true });
      expect(await lookAt(page, `recap-page-${size}-top`)).toEqual([]);
      const [width, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(width).toBeLessThanOrEqual(inner ?? 0);
      expect(visit.complaints).toEqual([]);
    });
  }

  test("has headings in order, and every link leads to a part of it", async () => {
    const page = await open();
    const levels = await page
      .locator("main :is(h1, h2, h3, h4)")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
    expect(levels[0]).toBe(1);
    levels.forEach((level, i) => void expect(level - (levels[i - 1] ?? level)).toBeLessThanOrEqual(1));
    const lost = await page
      .locator('main a[href^="#"]')
      .evaluateAll((all) =>
        all
          .map((link) => link.getAttribute("href") ?? "")
          .filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))),
      );
    expect(lost).toEqual([]);
    await page.locator('main a[href^="#"]').first().click();
    expect(await page.locator(":target").count()).toBe(1);
  });

  test("is printed on light pages, whatever the screen is", async () => {
    const page = await open({ viewport: { width: 794, height: 1123 }, colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const ink = await page.locator("main").evaluate((main) => getComputedStyle(main).color);
    expect(ink).toBe("rgb(22, 24, 29)");
    await photograph(page, "recap-page-print", { fullPage: true });
  });
});

test("facts, sentences and page of a long talk are made within a second", () => {
  const steps = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    const material = toMaterial(story, buckets);
    const described = performance.now();
    const statements = writeTemplate(material);
    const written = performance.now();
    const html = renderPage(createDocument(material, statements, { version: "v", by: "template" }));
    const rendered = performance.now();
    return {
      material: described - startedAt,
      template: written - described,
      page: rendered - written,
      whole: rendered - startedAt,
      kilobytes: html.length / 1024,
    };
  });
  const best = steps.toSorted((a, b) => a.whole - b.whole)[0];
  console.log("the recap of a long talk, in milliseconds", steps[0], best);
  expect(best?.whole).toBeLessThan(1000);
});
