import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMaterial } from "../model/test-material.ts";
import { createDocument } from "./document.ts";
import { renderPage } from "./page.tsx";
import { writeTemplate } from "./template.ts";
import { materials } from "./test-arbitrary.ts";

const render = (material = createMaterial(), options = {}) =>
  renderPage(createDocument(material, writeTemplate(material), { version: "v1", by: "template" }), options);

/** Its tags, without what stands between them. */
const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
const toHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

test("is one whole document, with one script and one style sheet of ours, and is found by no search engine", () => {
  const html = render();
  expect(html).toMatch(/^<!doctype html>\n<html lang="en"><head>.*<\/head><body>.*<\/body><\/html>\n$/s);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('<script type="module" src="/assets/recap.js"></script>');
  expect(html).toContain('<link rel="stylesheet" href="/assets/recap.css"/>');
  expect(html).toContain('<meta name="robots" content="noindex"/>');
  expect(html).toContain('<main id="recap">');
});

test("says to whoever shows a link to it what it is, with whole addresses where it knows them", () => {
  expect(render()).toContain('<meta property="og:image" content="/assets/recap.png"/>');
  expect(render()).not.toContain("og:url");
  const html = render(createMaterial(), { url: "https://talks.example/recap?session=abc" });
  expect(html).toContain('<meta property="og:url" content="https://talks.example/recap?session=abc"/>');
  expect(html).toContain('<meta property="og:image" content="https://talks.example/assets/recap.png"/>');
  expect(html).toContain('<meta property="og:title" content="How tides work"/>');
  expect(html).toContain('<meta property="og:description" content="124 people took part');
});

test("tells readers what whoever serves it wants them to know", () => {
  expect(render()).not.toContain('class="note"');
  expect(render(createMaterial(), { note: "A <better> one comes." })).toContain(
    '<p class="note">A &lt;better&gt; one comes.</p>',
  );
});

test("has every fact of the material, and every sentence", () => {
  const material = createMaterial({ slides: 4, activities: 2, questions: 3 });
  const html = render(material);
  for (const { id } of material.sections) expect(html).toContain(`id="${id}"`);
  for (const { text } of writeTemplate(material)) expect(html).toContain(toHtml(text));
  for (const fact of [
    "124",
    "117",
    "981",
    "Slide 3",
    "Which of the two, 1?",
    "60%",
    "90 votes",
    "Because of the moon.",
  ])
    expect(html).toContain(fact);
});

test("says what it has no room for", () => {
  const material = createMaterial({ questions: 3 });
  const sections = material.sections.map((each) =>
    each.type === "questions" ? { ...each, total: 200 } : each,
  );
  const html = render({ ...material, sections, moreSlides: 1 });
  expect(html).toContain("197 more questions were asked.");
  expect(html).toContain("There was 1 more slide: those on which least happened are left out.");
});

describe("whatever strangers, hosts and models write,", () => {
  test("it is text: no tag, no attribute and no style of theirs is in it", () => {
    const quiet = new Set(tagsOf(render()).map((tag) => tag.match(/^<\/?[!\w]+/)?.[0]));
    fc.assert(
      fc.property(materials, (material) => {
        const html = render(material);
        expect(html.match(/<script/g)).toHaveLength(1);
        for (const tag of tagsOf(html)) {
          expect(tag).not.toMatch(/\s(?:style|on\w+)\s*=\s*"/i);
          const [name = ""] = tag.match(/^<\/?[!\w]+/) ?? [];
          const known =
            /^<\/?(?:ul|li|small|dl|div|dt|dd|ol|table|p|span|bdi|a)$/.test(name) || quiet.has(name);
          expect(known, tag).toBe(true);
        }
        expect(html).toMatch(/<\/main><\/body><\/html>\n$/);
      }),
      { numRuns: 300 },
    );
  });

  test("a host's own words are text, too", () => {
    const material = createMaterial();
    const statements = [{ section: "summary", text: `<img src=x onerror="alert(1)">`, sources: [] }];
    const html = renderPage(createDocument(material, statements, { version: "v1", by: "model" }));
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
  });
});
