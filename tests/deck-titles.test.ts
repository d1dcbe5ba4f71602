import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { readDeckState } from "../web/ui/deck-state.ts";
import { hasSetState, PHONE, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { type RevealVersion, serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});
const decks = serveDecks(() => revint.url);

/** What MathJax 3 and KaTeX make of x². */
const KATEX = `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow>
  <annotation encoding="application/x-tex">x^2</annotation></semantics></math></span><span class="katex-html" aria-hidden="true">
  <span class="base"><span class="mord">x<span class="msupsub">2</span></span></span></span></span>`;
const MATHJAX3 = `<mjx-container class="MathJax" jax="CHTML"><mjx-math aria-hidden="true"><mjx-msup>x2</mjx-msup></mjx-math>
  <mjx-assistive-mml><math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container>`;
const MATHJAX4 = `<mjx-container class="MathJax" jax="SVG"><svg aria-hidden="true"><g data-latex="x^2"><text>x2</text></g></svg>
  <mjx-assistive-mml><math data-latex="x^2"><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container>`;
const MATHJAX2 = `<span class="MathJax_Preview"></span><span class="MathJax"><nobr aria-hidden="true">x2</nobr>
  <span class="MJX_Assistive_MathML"><math><msup><mi>x</mi><mn>2</mn></msup></math></span></span><script type="math/tex">x^2</script>`;

/** [what is written, its title, its subtitle] */
const SLIDES: readonly (readonly [html: string, title?: string, subtitle?: string])[] = [
  ["<h2>Two<br>lines</h2><h3>and<br/>two</h3>", "Two lines", "and two"],
  [`<h2>Why ${KATEX} grows</h2>`, "Why x^2 grows"],
  [`<h2>Why ${MATHJAX3} grows</h2>`, "Why x2 grows"],
  [`<h2>Why ${MATHJAX4} grows</h2>`, "Why x^2 grows"],
  [`<h2>Why ${MATHJAX2} grows</h2>`, "Why x2 grows"],
  ['<h2 class="fragment">Answer: 42</h2><p>What is the answer?</p>', "What is the answer?"],
  ['<h2>Answer: <span class="fragment">42</span></h2>', "Answer:"],
  ['<h2>Answer: <span class="fragment highlight-red">42</span></h2>', "Answer: 42"],
  [
    '<div class="fragment"><h2>Later</h2></div><div style="display: none"><h2>Never</h2></div><h3>Now</h3>',
    "Now",
  ],
  ['<h2>Shown<span aria-hidden="true"> not told</span><span hidden> nor this</span></h2>', "Shown"],
  ['<aside class="notes"><h2>Say hello</h2></aside><p>Hello</p>', "Hello"],
  ['<div class="notes">Say hello</div><ul><li>First</li><li>Second</li></ul>', "First"],
  [
    "<style>p {}</style><div><div><p>The <b>first</b>\n line</p><p>The second</p></div></div>",
    "The first line",
  ],
  ["<h2> </h2><h3>Filled</h3>", "Filled"],
  ["<pre><code>const one = 1;\nconst two = 2;</code></pre>", "const one = 1;"],
  ["<h2><div>A block</div><div>and another</div></h2>", "A block and another"],
  [
    '<svg><text>Drawn</text></svg><div data-revint-totals>Results come here</div><p class="fragment">Later</p>',
  ],
];

async function lead(path: string): Promise<Page> {
  const deck = await visit.open(`${decks.url}${path}#token=${await revint.sign()}`);
  await hasSetState(deck);
  return deck;
}

/** What the deck tells of a slide once it is there. */
async function goTo(deck: Page, h: number, v = 0, f?: number) {
  await deck.evaluate(`Reveal.slide(${h}, ${v}, ${f})`);
  const told = async () =>
    readDeckState(await deck.evaluate<string>("Reveal.getPlugin('revint').session.state.state"));
  await expect.poll(async () => (await told()).h).toBe(h);
  await expect.poll(async () => (await told()).v).toBe(v);
  if (f !== undefined) await expect.poll(async () => (await told()).f).toBe(f);
  return told();
}

test("a title is what people can read of the slide: once, and nothing that it hides or is still to show", async () => {
  const slides = SLIDES.map(([html]) => `<section>${html}</section>`);
  decks.put("/titles", { slides: `${slides.join("")}<section></section>` });
  const deck = await lead("/titles");
  for (const [h, [, title, subtitle]] of SLIDES.entries()) {
    const told = await goTo(deck, h);
    expect([h, told.title, told.subtitle]).toEqual([h, title, subtitle]);
  }
});

test("a fragment is part of the title once it is shown, and no longer than that", async () => {
  decks.put("/fragments", {
    slides: `<section>first</section><section><h2>It is <span class="fragment">forty</span><span class="fragment">-two</span>
      <span class="fragment fade-in-then-out">!</span></h2></section>`,
  });
  const deck = await lead("/fragments");
  expect((await goTo(deck, 1, 0, -1)).title).toBe("It is");
  expect((await goTo(deck, 1, 0, 1)).title).toBe("It is forty-two");
  expect((await goTo(deck, 1, 0, 2)).title).toBe("It is forty-two !");
  expect((await goTo(deck, 1, 0, 0)).title).toBe("It is forty");
});

describe.each<RevealVersion>(["reveal6", "reveal5"])("with %s, a slide without a word on it", (version) => {
  test.each([
    ["true", "Slide 2.2"],
    ['"h/v"', "Slide 2/2"],
    ['"c"', "Slide 3"],
    ['"c/t"', "Slide 3/4"],
    ['(slide) => ["page", "of", 7]', "Slide page of 7"],
  ])("and slideNumber: %s is called %s", async (slideNumber, title) => {
    decks.put("/numbers", {
      version,
      options: `slideNumber: ${slideNumber}`,
      slides:
        "<section>1</section><section><section>2</section><section></section></section><section>4</section>",
    });
    const deck = await lead("/numbers");
    expect((await goTo(deck, 1, 1)).title).toBe(title);
    const shown = await deck.locator(".slide-number").textContent();
    expect(shown?.replace(/\s+/g, "")).toBe(title.slice("Slide ".length).replaceAll(" ", ""));
  });
});

test("where the deck shows no number, a phone counts from one", async () => {
  decks.put("/numbers", {
    slides: "<section>1</section><section><section>2</section><section></section></section>",
  });
  const deck = await lead("/numbers");
  const join = await deck.evaluate<string>("Reveal.getPlugin('revint').joinUrl");
  const phone = await visit.open(join, PHONE);
  expect((await goTo(deck, 1, 1)).title).toBeUndefined();
  await expect.poll(() => phone.locator("h1").textContent()).toBe("Slide 2.2");
});
