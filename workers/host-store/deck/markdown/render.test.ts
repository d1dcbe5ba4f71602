import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { renderDeck } from "./render.ts";

const pictures: Readonly<Record<string, string>> = { "cat.png": "/files/cat.png" };
const render = (text: string, isOwn = false) => {
  const { own, open, pages } = renderDeck(text, { findPicture: (name) => pictures[name] });
  return { html: isOwn ? own : open, pages };
};

describe("slides", () => {
  test("--- between empty lines begins the next one, -- the next one below", () => {
    const { html, pages } = render("# One\n\n---\n\n# Two\n\n--\n\n# Three\n\n---\n\n# Four\n");
    expect(html).toBe(
      [
        "<section><h1>One</h1></section>",
        "<section><section><h1>Two</h1></section><section><h1>Three</h1></section></section>",
        "<section><h1>Four</h1></section>",
      ].join("\n"),
    );
    expect(pages).toBe(4);
  });

  test("--- in a code fence is code, and under a line of text it makes a heading", () => {
    const { html, pages } = render("Title\n---\n\n```\n\n---\n\n```\n");
    expect(pages).toBe(1);
    expect(html).toContain("<h2>Title</h2>");
    expect(html).toContain("<pre><code>\n---\n\n</code></pre>");
  });

  test("front matter and empty slides are none, and line ends of every system are read", () => {
    expect(render("---\ntitle: My talk\n---\r\n\r\n# One\r\n\r\n---\r\n\r\n---\r\n\r\n# Two").pages).toBe(2);
    expect(render("").pages).toBe(0);
  });

  test("a footnote stands at the end of its slide: it is no slide of its own, and no title", () => {
    const { html, pages } = render(
      "Text[^1] and[^b], again[^1]\n\n[^1]: First\n[^b]: [Second](https://example.org)\n",
    );
    expect(pages).toBe(1);
    expect(html.match(/<section/g)?.length).toBe(1);
    expect(html).toMatch(
      /^<section><p>Text<sup>1<\/sup> and<sup>2<\/sup>, again<sup>1<\/sup><\/p>\n<div class="footnotes">/,
    );
    expect(html).toContain("<li>\n<p>First</p>\n</li>");
    expect(html).toContain(
      '<p><a href="https://example.org" target="_blank" rel="noopener noreferrer">Second</a></p>',
    );
    expect(html).not.toMatch(/<h\d|\sid=|href="#/);
  });

  test("speaker notes are for the owner alone", () => {
    const text = "# One\n\nNote: say *hello*\nand wait\n";
    expect(render(text, true).html).toContain(
      '<aside class="notes"><p>say <em>hello</em>\nand wait</p></aside>',
    );
    expect(render(text).html).toBe("<section><h1>One</h1></section>");
  });
});

describe("what its author wrote is never HTML", () => {
  test.each([
    ["a script", "<script>alert(1)</script>"],
    ["a handler", '<img src=x onerror="alert(1)">'],
    ["a frame inside text", "a <iframe srcdoc='<script>alert(1)</script>'> b"],
    ["an SVG", "<svg onload=alert(1)></svg>"],
    ["a comment that reveal.js would read", '<!-- .element: onclick="alert(1)" -->'],
  ])("%s is text", (_, text) => {
    const { html } = render(text);
    expect(html).not.toMatch(/<(script|img|iframe|svg|!--)/);
    expect(html).toContain("&lt;");
  });

  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:x)",
    "[x](/api/v1/host/me)",
    "[x](//evil.example)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
  ])("%s leads nowhere", (text) => {
    expect(render(text).html).not.toMatch(/(href|src)="(?!#)/);
  });

  test("links lead to the web in a tab of their own, and to slides", () => {
    const { html } = render('[a](https://example.org/?a=1&b="2) [b](#/2) <https://example.org>');
    expect(html).toContain(
      '<a href="https://example.org/?a=1&amp;b=%222" target="_blank" rel="noopener noreferrer">a</a>',
    );
    expect(html).toContain('<a href="#/2">b</a>');
  });

  test("pictures are those that came along; another server's becomes a link", () => {
    expect(render('![A cat](cat.png "its name")').html).toContain('<img src="/files/cat.png" alt="A cat">');
    const { html } = render("![Far](https://example.org/far.png) ![Lost](lost.png)");
    expect(html).not.toContain("<img");
    expect(html).toContain(
      '<a href="https://example.org/far.png" target="_blank" rel="noopener noreferrer">Far</a>',
    );
    expect(html).toContain("<em>Lost</em>");
  });
});

describe("activities", () => {
  test("a choice is the list that the plugin reads, and who is not the owner reads no right answer", () => {
    const text =
      "```revint-choice sum\nWhat is\n1 + 1?\nseconds: 30\n- 1\n- [x] 2 {#two goto=#/3}\n- <b>3</b>\n```";
    expect(render(text, true).html).toBe(
      '<section><ul data-revint-choice="sum" data-revint-prompt="What is 1 + 1?" data-revint-seconds="30"><li>1</li>' +
        '<li data-revint-id="two" data-revint-goto="#/3" data-revint-correct>2</li><li>&lt;b&gt;3&lt;/b&gt;</li></ul></section>',
    );
    expect(render(text).html).not.toContain("correct");
  });

  test.each([
    [
      "scale",
      "from: slow\nto: fast",
      '<div data-revint-scale="a" data-revint-from="slow" data-revint-to="fast"></div>',
    ],
    ["number", "min: 0", '<div data-revint-number="a" data-revint-min="0"></div>'],
    ["words", "multiple: 3", '<div data-revint-words="a" data-revint-multiple="3"></div>'],
    ["text", "", '<div data-revint-text="a"></div>'],
    ["order", "- x\n- y", '<ul data-revint-order="a"><li>x</li><li>y</li></ul>'],
  ])("a %s stands between what comes before and after it", (kind, lines, markup) => {
    const { html } = render(`# Before\n\n\`\`\`revint-${kind} a\n${lines}\n\`\`\`\n\nAfter`);
    expect(html).toBe(`<section><h1>Before</h1>${markup}<p>After</p></section>`);
  });

  test("what is right on a number is told to nobody but the owner", () => {
    const text = "```revint-number moons\ncorrect: 146\n```";
    expect(render(text, true).html).toContain('data-revint-correct="146"');
    expect(render(text).html).not.toContain("146");
  });

  test.each([
    ["# One\n\n```revint-poll a\n```", "line 3: revint-poll is no activity; there are choice, order"],
    ["# One\n\n---\n\n```revint-text A b\n```", "line 5: revint-text takes a name"],
    ["```revint-choice a\n- one\n```", "line 1: a list of 2 to 20 lines"],
    ["```revint-text a\n- one\n```", "line 2: only a choice and an order have a list"],
    ["```revint-choice a\n- one\n- two\nthree\n```", "line 4: behind the list, only lines such as"],
    ["```revint-text a\n```\n\n---\n\n```revint-text a\n```", "line 6: there is another activity called a"],
    ["```revint-text a\n", "line 1: ``` is missing at its end"],
    ["```revint-constructor a\n```", "line 1: revint-constructor is no activity"],
    ["```revint-words a\nmultiple: many\n```", "line 1: a: multiple: “many” is no number"],
    ["```revint-words a\nmultiple: 11\n```", "line 1: a: words: "],
    ["```revint-text a\nseconds: 1\n```", "line 1: a: seconds: "],
    ["```revint-text a\nopen: later\n```", "line 1: a: open is slide or key"],
    ["```revint-text a\nshow: never\n```", "line 1: a: show: "],
    ["```revint-scale a\nsteps: 12\n```", "line 1: a: max: from min to max it is 2 to 11 steps"],
    ["```revint-number a\ncorrect: 45..40\n```", "line 1: a: correct: "],
    ["```revint-number a\ncorrect: some\n```", "line 1: a: correct: "],
    [
      "```revint-order a\ncorrect: 1\n- x\n- y\n```",
      "line 1: a: correct: the right order names every option once",
    ],
    ["```revint-choice a\n- [x] x\n- [x] y\n```", "line 1: a: correct: no more are right than may be ticked"],
    ["```revint-choice a\n- x {#one}\n- y {#one}\n```", "line 1: a: options: each option's id once"],
    [
      "```revint-choice a\n- x {goto=https://example.org}\n- y\n```",
      "line 1: a: goto=https://example.org leads to no slide",
    ],
  ])("a mistake is named with its line: %j", (text, problem) => {
    expect(() => render(text)).toThrow(problem);
  });
});

describe("a file made to keep its reader busy", () => {
  test.each([
    ["quotes in each other", ">".repeat(100_000)],
    ["lists in each other", "- ".repeat(10_000)],
    [
      "a list that goes deeper with each line",
      Array.from({ length: 500 }, (_, i) => `${"  ".repeat(i)}- x`).join("\n"),
    ],
    ["emphasis in emphasis", "*a_".repeat(1_000)],
    ["links in links", "[a](b".repeat(1_000)],
    [
      "a table that is as wide as it is long",
      `${"a|".repeat(700)}\n${"-|".repeat(700)}\n${"a\n".repeat(1_500)}`,
    ],
    ["a table of a thousand columns", "|a".repeat(1_000)],
    ["definitions without an end", "[a]: b\n".repeat(500)],
    ["a slide without an end", "word ".repeat(100_000)],
    ["a fence with a name behind a desert", `\`\`\`x${" ".repeat(900_000)}y\na\n\`\`\``],
    [
      "a fence over what ends a line elsewhere",
      `\`\`\`${" ".repeat(9_000)}x${" ".repeat(9_000)}\u2028y\na\n\`\`\``,
    ],
    ["an option in two parts", `\`\`\`revint-choice a\n- x${" ".repeat(900_000)}y\n- z\n\`\`\``],
    [
      "an option in two parts that is just short enough",
      `\`\`\`revint-choice a\n- x${" ".repeat(25_000)}y\n- z\n\`\`\``,
    ],
  ])("%s: it is refused with words", (_, text) => {
    expect(() => render(text)).toThrow(/line 1: /);
  });

  test("slides without an end are refused before any is read", () => {
    const begin = performance.now();
    expect(() => render("a\n\n---\n\n".repeat(LIMITS.deckPages + 1))).toThrow(
      `line ${4 * LIMITS.deckPages}: a deck has up to ${LIMITS.deckPages} slides, and here begins the next one`,
    );
    expect(() => render("a\n\n---\n\n".repeat(100_000))).toThrow("a deck has up to");
    // Reading them all took half a minute.
    expect(performance.now() - begin).toBeLessThan(5_000);
    expect(render("a\n\n---\n\n".repeat(LIMITS.deckPages)).pages).toBe(LIMITS.deckPages);
  });

  test("an address that is used over and over, slide after slide, is refused before it fills the memory", () => {
    const slide = `[a]: https://example.org/${"x".repeat(4_000)}\n\n${"[a] ".repeat(399)}`;
    const text = Array.from({ length: 150 }, () => slide).join("\n\n---\n\n");
    expect(() => render(text)).toThrow("up to here, the deck is too large to be shown");
  });

  test.each([
    ["`` ` ``", "`` ` "],
    ["<", "<"],
    ["a link in a link", "[a](b              "],
    ["brackets", "![               "],
    ["a table", "|a\n"],
    ["entities", "&#x41;"],
    ["html", "<a b='"],
  ])("many of %s are read, slide after slide", (_, piece) => {
    const slide = piece.repeat(Math.floor(5_900 / piece.length));
    const text = Array.from({ length: 20 }, () => slide).join("\n\n---\n\n");
    expect(render(text).pages).toBe(20);
  });
});
