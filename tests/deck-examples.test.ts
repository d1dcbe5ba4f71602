import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type AskingScene, answer, drawing, goTo, setAskingScene } from "./asking-deck.ts";
import { photograph } from "./browser.ts";

let holdTalk: AskingScene["holdTalk"];
let lead: AskingScene["lead"];
let revint: AskingScene["revint"];
let visit: AskingScene["visit"];
let decks: AskingScene["decks"];
setAskingScene((scene) => {
  ({ holdTalk, lead, revint, visit, decks } = scene);
});

describe("what docs/activities.md has to copy", () => {
  /** The examples below a heading. */
  const readExamples = async (heading: string, language: string): Promise<string[]> => {
    const page = await readFile("docs/activities.md", "utf8");
    let below = "";
    // An example is taken as a whole: it has headings of its own.
    return [...page.matchAll(/^## (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(
      ([, title, name, text = ""]) => {
        if (title !== undefined) below = title;
        return below === heading && name === language ? [text] : [];
      },
    );
  };
  const list = (deck: Page) =>
    deck.evaluate(
      `Reveal.getPlugin("revint").session.activities.map(({ id, kind, options }) => [id, kind, ...(options ?? []).map(({ id }) => id)].join(" "))`,
    );
  const ALL = [
    "runtime choice 1 2 3",
    "tools choice 1 2 3 4",
    "sum choice 1 2 3",
    "pace scale",
    "moons number",
    "one-word words",
    "next text",
    "steps order measure guess fix",
  ];

  test("is taken in plain HTML", async () => {
    const slides = [
      ...(await readExamples("A poll, ready to copy", "html")),
      ...(await readExamples("Every kind", "html")),
    ].join("");
    const { deck } = await holdTalk({ slides }, 0);
    await expect.poll(() => list(deck)).toEqual(ALL);
    expect(await deck.locator("[part=mark]:not(:empty)").count()).toBe(0);
  });

  test.each([
    ["reveal6", "reveal.js/dist/plugin/markdown.js"],
    ["reveal5", "reveal5/plugin/markdown/markdown.js"],
  ] as const)("is taken in the Markdown of %s", async (version, markdown) => {
    const [text = ""] = await readExamples("Markdown", "markdown");
    const { deck, audience } = await holdTalk(
      {
        version,
        slides: `<section data-markdown><textarea data-template>${text}</textarea></section>`,
        head: `<script src="/${markdown}"></script>`,
        options: "plugins: [RevealMarkdown, Revint]",
      },
      2,
    );
    await answer(audience, "runtime", ["node"], ["3"]);
    await drawing(deck).getByText("2 people answered").waitFor();
    expect(await deck.locator("section.present ul[data-revint-choice]").isVisible()).toBe(false);
    await expect.poll(() => list(deck)).toEqual(["runtime choice 1 node 3", "pace scale", "one-word words"]);
    await deck.evaluate("location.search = 'print-pdf'");
    await deck.locator(".pdf-page .share-value").first().waitFor();
    expect(await deck.locator(".pdf-page .share-value").count()).toBe(3);
    for (const person of audience) person.close();
  });

  test("is taken as Quarto writes it into its page", async () => {
    const slides = `
      <section id="runtime" class="slide level2"><h2>Which runtime do you use?</h2>
        <div data-revint-choice="runtime" data-revint-show="live"><ul><li>Workers</li><li>Node</li></ul></div></section>
      <section id="sum" class="slide level2"><h2>What is 0.1 + 0.2, to a computer?</h2>
        <div data-revint-choice="sum" data-revint-seconds="30"><ol type="1"><li>0.3</li>
          <li><span data-revint-correct="">0.30000000000000004</span></li></ol></div>
        <div class="fragment" data-revint-reveal=""><p>Binary has no tenths.</p></div></section>`;
    const { deck, audience } = await holdTalk({ slides }, 2);
    await answer(audience, "runtime", ["1"], ["2"]);
    await drawing(deck).getByText("2 people answered").waitFor();
    expect(await deck.locator("section.present [data-revint-choice] > ul > li").first().isVisible()).toBe(
      false,
    );
    await goTo(deck, 1);
    await answer(audience, "sum", ["1"], ["2"]);
    await deck.keyboard.press("ArrowRight");
    await drawing(deck).locator(".right-mark").waitFor();
    for (const person of audience) person.close();
  });
});

describe("examples/quarto", () => {
  test("leads as Quarto writes it, with the plugin beside it", async () => {
    const [source, page] = await Promise.all([
      readFile("examples/quarto/slides.qmd", "utf8"),
      // Quarto is not on npm: this page is written by hand, and holds what Quarto would have to take over.
      readFile("tests/examples/quarto.html", "utf8"),
    ]);
    const written = source.match(/data-[\w-]+="[^"]*"|(?<=^## )[^{\n]+(?= |$)/gm) ?? [];
    expect(written.length).toBeGreaterThan(8);
    for (const part of written) expect(page).toContain(part);
    decks.putText(
      "/slides.html",
      page
        .replaceAll("slides_files/libs/revealjs/", "/")
        .replaceAll("https://revint-api.example.workers.dev", revint.url),
    );
    for (const file of ["revint.js", "revint-activities.js"]) {
      const script = await fetch(`${revint.url}/plugin/${file}`);
      decks.putText(`/plugin/revint/${file}`, await script.text());
    }
    const { deck, audience } = await lead(`${decks.url}/slides.html`, 2);
    await goTo(deck, 1);
    await deck.locator("[data-revint-qr] svg").waitFor();
    await goTo(deck, 3);
    await answer(audience, "pull", ["1"], ["sun"]);
    await drawing(deck).getByText("2 people answered").waitFor();
    await photograph(deck, "activity-quarto");
    const [person] = audience;
    expect(JSON.parse(person?.state?.state ?? "")).toMatchObject({
      ...{ h: 3, id: "what-pulls-at-the-sea", title: "What pulls at the sea?" },
    });
    expect(visit.requests.filter((url) => url.startsWith(`${revint.url}/plugin/`))).toEqual([]);
    expect(visit.complaints.filter((complaint) => complaint.startsWith("uncaught"))).toEqual([]);
    for (const person of audience) person.close();
  });
});
