import { once } from "node:events";
import { createServer } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  findSession,
  getJoinPath,
  hasSetState,
  LAN,
  PHONE,
  PROJECTOR,
  SMALL_PHONE,
  shareBrowser,
  Visit,
} from "./browser.ts";
import { type Deployment, shareDeployment } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [revint, browser] = await Promise.all([shareDeployment(), shareBrowser()]);
});
beforeEach(() => {
  visit = new Visit(browser, revint.url);
});
afterEach(() => visit.end());

/** A deck that leads, and the path its audience joins with. */
async function openDeck(token: string) {
  const deck = await visit.open(`/demo#token=${token}`, PROJECTOR);
  const join = await getJoinPath(deck);
  await hasSetState(deck);
  return { deck, join };
}

/** The demo's slide, as `h.v`, and its fragment. */
const whereIs = (deck: Page): Promise<string> =>
  deck.evaluate("(({ h, v, f }) => h + '.' + v + (f === undefined ? '' : ' ' + f))(Reveal.getIndices())");

const slide = (deck: Page, h: number, v = 0): Promise<unknown> => deck.evaluate(`Reveal.slide(${h}, ${v})`);
const title = async (phone: Page): Promise<string> => (await phone.locator("h1").textContent()) ?? "";
const button = (phone: Page, name: string) => phone.getByRole("button", { name: new RegExp(`^${name}, `) });
const countOf = (phone: Page, name: string) => button(phone, name).locator(".count");

describe("a room", () => {
  test("three phones see the slide, and every tap on the deck, the stage and the other phones", async () => {
    const token = await revint.sign();
    const { deck, join } = await openDeck(token);
    const session = await findSession(deck);
    const stage = await visit.open(`/stage?session=${session}#token=${token}`, PROJECTOR);
    const phones = await Promise.all([PHONE, PHONE, SMALL_PHONE].map((size) => visit.open(join, size)));
    for (const phone of phones) expect(await title(phone)).toBe("The room answers back");

    await deck.keyboard.press("ArrowRight");
    for (const phone of phones) await expect.poll(() => title(phone)).toBe("Your phone follows");
    await expect.poll(() => stage.locator(".now .title").textContent()).toBe("Your phone follows");

    const [first, second, third] = phones;
    if (!first || !second || !third) throw new Error("three phones");
    for (let tap = 0; tap < 3; tap++) await button(first, "Thumbs up").tap();
    await button(second, "Thumbs up").tap();
    await button(third, "Mind blown").tap();

    for (const phone of phones) {
      await expect.poll(() => countOf(phone, "Thumbs up").textContent()).toBe("4");
      await expect.poll(() => countOf(phone, "Mind blown").textContent()).toBe("1");
    }
    const onDeck = deck.locator(".card .counts");
    await expect.poll(() => onDeck.textContent()).toMatch(/👍\s*4[\s\S]*🤯\s*1/u);
    const onStage = stage.getByRole("listitem", { name: "Thumbs up: 4 reactions" });
    await expect.poll(() => onStage.count()).toBe(1);
    await expect
      .poll(() => stage.locator(".figures").textContent())
      .toMatch(/People\s*3\s*Questions\s*0\s*Reactions\s*5/);
    await expect.poll(() => deck.locator(".card .people").textContent()).toContain("3 people");
    expect(visit.complaints).toEqual([]);
  });

  test("an own tap counts before any answer could have come", async () => {
    const { join } = await openDeck(await revint.sign());
    const phone = await visit.open(join, PHONE);
    const frames = await button(phone, "Applause").evaluate(async (element: HTMLElement) => {
      element.click();
      let frames = 0;
      while (element.querySelector(".count")?.textContent !== "1" && frames < 60) {
        await new Promise(requestAnimationFrame);
        frames++;
      }
      return frames;
    });
    expect(frames).toBeLessThanOrEqual(1);
  });

  test("a reload resumes: the phone finds its slide and counts, the deck its session and place", async () => {
    const { deck, join } = await openDeck(await revint.sign());
    await slide(deck, 2);
    const phone = await visit.open(join, PHONE);
    await expect.poll(() => title(phone)).toBe("How is it going?");
    await button(phone, "Love").tap();
    await deck.reload();
    await deck.locator(".card .people").filter({ hasText: "1 person" }).waitFor();
    expect(await whereIs(deck)).toBe("2.0");
    expect(await getJoinPath(deck)).toBe(join);
    await phone.reload();
    expect(await title(phone)).toBe("How is it going?");
    await expect.poll(() => countOf(phone, "Love").textContent()).toBe("1");
    await expect.poll(() => deck.locator(".card .people").textContent()).toContain("1 person");
  });

  test("taps without a network are kept, said to be, and arrive later exactly once", async () => {
    const { deck, join } = await openDeck(await revint.sign());
    const network = await FlakyNetwork.before(revint.url);
    try {
      const phone = await new Visit(browser, network.url).open(join, PHONE);
      await title(phone);
      network.cut();
      for (let tap = 0; tap < 2; tap++) await button(phone, "Applause").tap();
      await expect.poll(() => countOf(phone, "Applause").textContent()).toBe("2");
      await expect.poll(() => phone.locator(".status").textContent()).toMatch(/^2 reactions kept/);
      network.restore();
      await deck
        .locator('.counts li[aria-label="Applause: 2"]')
        .waitFor({ state: "attached", timeout: 20_000 });
      await expect.poll(() => phone.locator(".status").textContent()).toBe("");
      expect(await countOf(phone, "Applause").textContent()).toBe("2");
      await phone.context().close();
    } finally {
      await network.close();
    }
  });

  test("works over plain http in a local network, where a browser gives a page less", async () => {
    const { join } = await openDeck(await revint.sign());
    const origin = revint.url.replace("127.0.0.1", LAN).replace("localhost", LAN);
    const lan = new Visit(browser, origin);
    const phone = await lan.open(join, PHONE);
    expect(await phone.evaluate("isSecureContext")).toBe(false);
    await button(phone, "Thumbs up").tap();
    await expect.poll(() => countOf(phone, "Thumbs up").textContent()).toBe("1");
    await expect.poll(() => phone.locator(".dot.live").count()).toBe(1);
    expect(lan.complaints).toEqual([]);
    await lan.end();
  });
});

describe("two decks of one host", () => {
  test("twenty slides in five seconds: everyone ends on the same page, and nobody goes back on the way", async () => {
    const token = await revint.sign();
    const { deck, join } = await openDeck(token);
    const other = await visit.open(`/demo#token=${token}`, PROJECTOR);
    await getJoinPath(other);
    const phones = await Promise.all(Array.from({ length: 10 }, () => visit.open(join, PHONE)));
    for (const phone of phones) {
      await title(phone);
      await phone.evaluate(`
        globalThis.seen = [];
        new MutationObserver(() => seen.push(document.querySelector("h1")?.textContent))
          .observe(document.querySelector("#app"), { subtree: true, childList: true, characterData: true });
      `);
    }
    // Titles that tell their order.
    for (const one of [deck, other]) {
      await one.evaluate(`
        for (let n = 0; n < 20; n++) {
          const section = document.createElement("section");
          section.dataset.revintTitle = "slide " + n;
          document.querySelector(".slides").append(section);
        }
        Reveal.sync();
      `);
    }
    const slides = await deck.evaluate(`document.querySelectorAll(".slides > section").length`);
    const first = Number(slides) - 20;
    for (let n = 0; n < 20; n++) {
      // The other deck goes on from where it is, not from where it is about to be taken.
      if (n === 10) await expect.poll(() => whereIs(other)).toBe(`${first + 9}.0`);
      await slide(n < 10 ? deck : other, first + n);
      await deck.waitForTimeout(250);
    }
    for (const phone of phones) await expect.poll(() => title(phone)).toBe("slide 19");
    for (const one of [deck, other]) await expect.poll(() => whereIs(one)).toBe(`${first + 19}.0`);
    for (const phone of phones) {
      const seen = await phone.evaluate<string[]>("seen");
      const order = seen.filter((text) => text.startsWith("slide ")).map((text) => Number(text.slice(6)));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
    expect(visit.complaints).toEqual([]);
  });

  test("a deck that comes second goes where the talk is, and does not take the room back", async () => {
    const token = await revint.sign();
    const { deck, join } = await openDeck(token);
    await slide(deck, 3, 1);
    const phone = await visit.open(join, PHONE);
    await expect.poll(() => title(phone)).toBe("One thing at a time");
    const other = await visit.open(`/demo#token=${token}`, PROJECTOR);
    await expect.poll(() => whereIs(other)).toBe("3.1 -1");
    await other.keyboard.press("ArrowDown");
    await expect.poll(() => whereIs(deck)).toBe("3.1 0");
    expect(await title(phone)).toBe("One thing at a time");
  });
});

describe("a deck without a network", () => {
  test("goes on by itself, and the room catches up once it is back", async () => {
    const token = await revint.sign();
    const { join } = await openDeck(token);
    const network = await FlakyNetwork.before(revint.url);
    const away = new Visit(browser, network.url);
    try {
      const deck = await away.open(`/demo#token=${token}`, PROJECTOR);
      await getJoinPath(deck);
      const phone = await visit.open(join, PHONE);
      await title(phone);
      network.cut();
      await slide(deck, 1);
      await slide(deck, 2);
      await deck.waitForTimeout(500);
      expect(await whereIs(deck)).toBe("2.0");
      expect(await title(phone)).toBe("The room answers back");
      network.restore();
      await expect.poll(() => title(phone)).toBe("How is it going?");
    } finally {
      await away.end();
      await network.close();
    }
  });

  test("comes back to where another deck has driven the room meanwhile", async () => {
    const token = await revint.sign();
    const { deck: other, join } = await openDeck(token);
    const network = await FlakyNetwork.before(revint.url);
    const away = new Visit(browser, network.url);
    try {
      const deck = await away.open(`/demo#token=${token}`, PROJECTOR);
      await getJoinPath(deck);
      const phone = await visit.open(join, PHONE);
      await title(phone);
      network.cut();
      await expect
        .poll(() => deck.evaluate("Reveal.getPlugin('revint').session.connection"))
        .toBe("connecting");
      await slide(deck, 2);
      await slide(other, 5);
      await expect.poll(() => title(phone)).toBe("مرحبا بكم");
      network.restore();
      await expect.poll(() => whereIs(deck)).toBe("5.0");
      expect(await title(phone)).toBe("مرحبا بكم");
    } finally {
      await away.end();
      await network.close();
    }
  });
});

describe("a deck that follows", () => {
  test("starts where the leader is, fragments and all, looks around, and comes back with one key", async () => {
    const { deck } = await openDeck(await revint.sign());
    const session = await findSession(deck);
    await slide(deck, 3, 1);
    await deck.keyboard.press("Space");
    await deck.keyboard.press("Space");
    const follower = await visit.open(`/demo?session=${session}`, PROJECTOR);
    await expect.poll(() => whereIs(follower)).toBe("3.1 1");

    await follower.keyboard.press("ArrowRight");
    await follower.getByRole("button", { name: "Back to the speaker" }).waitFor();
    await slide(deck, 5);
    await follower.waitForTimeout(500);
    expect(await whereIs(follower)).toBe("3.1 2");
    await follower.keyboard.press("t");
    await expect.poll(() => whereIs(follower)).toBe("5.0");
    expect(await follower.getByRole("button", { name: "Back to the speaker" }).count()).toBe(0);
  });

  test("follows on a phone too, where reveal.js would scroll", async () => {
    const { deck } = await openDeck(await revint.sign());
    const session = await findSession(deck);
    const follower = await visit.open(`/demo?session=${session}`, PHONE);
    for (const h of [1, 4, 5]) {
      await slide(deck, h);
      await expect.poll(() => whereIs(follower)).toBe(`${h}.0`);
      expect(await follower.getByRole("button", { name: "Back to the speaker" }).count()).toBe(0);
    }
  });

  test("overview and pause travel, and a follower that is held stays", async () => {
    const { deck } = await openDeck(await revint.sign());
    const session = await findSession(deck);
    const follower = await visit.open(`/demo?session=${session}`, PROJECTOR);
    await slide(deck, 1);
    await expect.poll(() => whereIs(follower)).toBe("1.0");
    await deck.keyboard.press("b");
    await expect.poll(() => follower.evaluate("Reveal.isPaused()")).toBe(true);
    await deck.keyboard.press("b");
    await expect.poll(() => follower.evaluate("Reveal.isPaused()")).toBe(false);
    await deck.keyboard.press("o");
    await expect.poll(() => follower.evaluate("Reveal.isOverview()")).toBe(true);
    await deck.keyboard.press("o");
    await expect.poll(() => follower.evaluate("Reveal.isOverview()")).toBe(false);

    await follower.keyboard.press("ArrowRight");
    expect(await whereIs(follower)).toBe("2.0");
    await deck.keyboard.press("t");
    await expect.poll(() => whereIs(follower)).toBe("1.0");
    await follower.keyboard.press("ArrowRight");
    await expect.poll(() => whereIs(follower)).toBe("1.0");
    const held = follower.getByText("The speaker keeps everyone together");
    await held.waitFor();
    await deck.keyboard.press("t");
    await held.waitFor({ state: "detached" });
    await follower.keyboard.press("ArrowRight");
    expect(await whereIs(follower)).toBe("2.0");
  });
});

describe("the host token", () => {
  test("leaves the address and the history at once, and stands in no page", async () => {
    const token = await revint.sign();
    const { deck } = await openDeck(token);
    const session = await findSession(deck);
    const stage = await visit.open(`/stage?session=${session}#token=${token}`, PROJECTOR);
    await stage.locator(".board").waitFor();
    for (const page of [deck, stage]) {
      expect(page.url()).not.toContain(token);
      expect(await page.evaluate("history.length")).toBeLessThanOrEqual(2);
      expect(await page.content()).not.toContain(token);
      const shadow = "document.querySelector('.layer')?.shadowRoot?.innerHTML ?? ''";
      expect(await page.evaluate(shadow)).not.toContain(token);
      await page.goBack().catch(() => null);
      expect(page.url()).not.toContain(token);
    }
    expect(visit.requests.filter((url) => url.includes(token))).toEqual([]);
  });

  test("keeps the slide that stands beside it in the address", async () => {
    const deck = await visit.open(`/demo#/2&token=${await revint.sign()}`, PROJECTOR);
    await getJoinPath(deck);
    expect(await whereIs(deck)).toBe("2.0");
    expect(deck.url()).toMatch(/#\/2$/);
  });

  test("is pasted into the dialog with the keyboard alone, while the deck stays where it is", async () => {
    const token = await revint.sign();
    const deck = await visit.open("/demo", PROJECTOR);
    await deck.locator(".reveal.ready").waitFor();
    expect(visit.requests.filter((url) => url.includes("/api/"))).toEqual([]);
    await deck.keyboard.press("i");
    await deck.getByRole("dialog", { name: "Lead this deck" }).waitFor();
    await deck.keyboard.type("no token at all");
    await deck.keyboard.press("Enter");
    await deck.getByRole("alert").filter({ hasText: "neither a host token" }).waitFor();
    await deck.keyboard.press("ControlOrMeta+a");
    await deck.keyboard.insertText(token);
    await deck.keyboard.press("Enter");
    await deck.getByRole("dialog", { name: "You lead this deck" }).waitFor();
    expect(await whereIs(deck)).toBe("0.0");
    await deck.keyboard.press("Escape");
    await deck.keyboard.press("ArrowRight");
    expect(await whereIs(deck)).toBe("1.0");
  });

  test("speaker view and PDF export connect nowhere", async () => {
    const token = await revint.sign();
    for (const query of ["?receiver&progress=false", "?print-pdf", "?view=print"]) {
      const deck = await visit.open(`/demo${query}#token=${token}`, PROJECTOR);
      await deck.waitForTimeout(500);
    }
    expect(visit.requests.filter((url) => /\/(api|ws)\//.test(url))).toEqual([]);
  });
});

describe("hostile and foreign words", () => {
  const states = [
    '<img src=x onerror="alert(1)">',
    JSON.stringify({
      h: 1,
      v: 0,
      title: "<img src=x onerror=alert(1)>",
      subtitle: "\u202eevil\u202e \u2066",
    }),
    JSON.stringify({ title: { toString: 1 }, h: "x", f: -7, hold: "yes", subtitle: 5 }),
    "[1,2,3]",
    "null",
    "",
    "x".repeat(4096),
    `{"title":${JSON.stringify("אבג ".repeat(900))}}`,
  ];

  test("any state is shown as text, and no phone gets wider", async () => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token, {
      reactions: [
        "<b>bold</b>",
        "\u202eabc",
        "a long reaction of several words, which is quite something",
        "👍",
      ],
    });
    const phone = await visit.open(`/join?session=${sessionUid}`, SMALL_PHONE);
    const follower = await visit.open(`/demo?session=${sessionUid}`, PROJECTOR);
    const stage = await visit.open(`/stage?session=${sessionUid}#token=${token}`, PROJECTOR);
    for (const [turn, state] of states.entries()) {
      await revint.request("POST", `/api/v1/session/${sessionUid}/state`, {
        token,
        uid: hostUid,
        json: { page: `<i>${turn}</i>`, state },
      });
      await phone.waitForTimeout(250);
      expect(await phone.locator("img, i, b").count()).toBe(0);
      expect(await phone.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
      expect((await title(phone)).trim()).not.toBe("");
      expect(await stage.locator("img, i").count()).toBe(0);
    }
    expect(await follower.evaluate("Reveal.isReady()")).toBe(true);
    await phone.getByRole("button", { name: "<b>bold</b>, 0" }).tap();
    await phone.getByRole("button", { name: "<b>bold</b>, 1" }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});

describe("the phone page", () => {
  test("can be used with the keyboard alone", async () => {
    const { deck, join } = await openDeck(await revint.sign());
    const page = await visit.open(join);
    await button(page, "Thumbs up").waitFor();
    // Before it stands what few people use, and the tabs, which may come a little later.
    const tabOn = async () => {
      await page.keyboard.press("Tab");
      return button(page, "Thumbs up").evaluate((element) => element === document.activeElement);
    };
    await expect.poll(tabOn).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect.poll(() => countOf(page, "Thumbs up").textContent()).toBe("1");
    await expect.poll(() => countOf(page, "Love").textContent()).toBe("1");
    await deck.locator('.counts li[aria-label="Love: 1"]').waitFor({ state: "attached" });
  });

  test("tells a screen reader the new slide once, and not every count", async () => {
    const { deck, join } = await openDeck(await revint.sign());
    const phone = await visit.open(join, PHONE);
    await title(phone);
    const status = phone.getByRole("status");
    await slide(deck, 1);
    await expect.poll(() => status.textContent()).toBe("Now: Your phone follows");
    const other = await visit.open(join, PHONE);
    await button(other, "Thumbs up").tap();
    await expect.poll(() => countOf(phone, "Thumbs up").textContent()).toBe("1");
    expect(await status.textContent()).toBe("Now: Your phone follows");
  });

  test("asks for a session when the link has none, and takes a whole link", async () => {
    const { deck } = await openDeck(await revint.sign());
    const session = await findSession(deck);
    const phone = await visit.open("/join", PHONE);
    await phone.getByRole("heading", { name: "Which session?" }).waitFor();
    await phone.getByLabel("Join code").fill(`${revint.url}/join?session=${session}`);
    await phone.getByRole("button", { name: "Join" }).tap();
    await phone.waitForURL(`**/join?session=${session}`);
    expect(await title(phone)).toBe("The room answers back");
  });

  test("is friendly about a session that is not there, not started, or over", async () => {
    const lost = await visit.open("/join?session=nobody-knows-this-one", PHONE);
    await lost.getByRole("heading", { name: "No such session" }).waitFor();

    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const early = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await early.getByRole("heading", { name: "Not started yet" }).waitFor();

    await revint.request("POST", `/api/v1/session/${sessionUid}/end`, { token, uid: hostUid });
    await early.getByRole("heading", { name: "It's over" }).waitFor();
    const late = await visit.open(`/join?session=${sessionUid}`, PHONE);
    await late.getByRole("heading", { name: "It's over" }).waitFor();
    await late.getByRole("link", { name: "Its recap, once the speaker has published it" }).tap();
    await late.waitForURL(`**/recap?session=${sessionUid}`);
    await late.getByRole("heading", { name: "There is nothing to read yet" }).waitFor();
  });
});

test("two decks on one page of another origin find the deployment by themselves, and keep apart", async () => {
  const { deck: leader, join } = await openDeck(await revint.sign());
  const session = await findSession(leader);
  const deck = (name: string) => `
    <div class="reveal-viewport" style="height: 300px"><div class="reveal" id="${name}"><div class="slides">
      <section><h2>${name}</h2><div data-revint-qr></div></section><section><h2>second</h2></section>
    </div></div></div>`;
  const html = `<!doctype html><html lang="en"><title>two</title>
    <link rel="icon" href="data:," /><link rel="stylesheet" href="${revint.url}/demo/reveal.css">
    ${deck("one")}${deck("two")}
    <script src="${revint.url}/demo/reveal.js"></script><script src="${revint.url}/plugin/revint.js"></script>
    <script type="module">
      import Module from "${revint.url}/plugin/revint.mjs";
      const open = (id, plugin) => new Reveal(document.getElementById(id), { embedded: true, plugins: [plugin] });
      globalThis.decks = [open("one", Revint), open("two", Module)];
      for (const deck of decks) deck.initialize();
    </script></html>`;
  const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(html));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const elsewhere = new Visit(browser, `http://127.0.0.1:${address.port}`);
  try {
    const page = await elsewhere.open(`/?session=${session}`, PROJECTOR);
    const codes = page.locator("[data-revint-qr] svg");
    await expect.poll(() => codes.count()).toBe(2);
    expect(await codes.first().getAttribute("aria-label")).toContain(join);
    const versions = "decks.map((deck) => deck.getPlugin('revint').session.state?.version)";
    await expect.poll(() => page.evaluate(versions)).toEqual([1, 1]);
    await page.evaluate("decks[0].slide(1)");
    expect(await page.evaluate("decks.map((deck) => deck.getIndices().h)")).toEqual([1, 0]);
    expect(await page.getByRole("button", { name: "Back to the speaker" }).count()).toBe(1);
    expect(elsewhere.complaints.filter((complaint) => !complaint.includes(revint.url))).toEqual([]);
  } finally {
    await elsewhere.end();
    server.close();
  }
});

test("the plugin leads a reveal.js 5 deck just the same", async () => {
  const deck = await visit.open("/", PROJECTOR);
  await deck.route("**/demo/reveal.js", (route) =>
    route.fulfill({ path: "node_modules/reveal5/dist/reveal.js" }),
  );
  await deck.goto(`${revint.url}/demo#token=${await revint.sign()}`);
  expect(await deck.evaluate("Reveal.VERSION")).toMatch(/^5\./);
  const join = await getJoinPath(deck);
  const phone = await visit.open(join, PHONE);
  await expect.poll(() => title(phone)).toBe("The room answers back");
  await deck.keyboard.press("ArrowRight");
  await expect.poll(() => title(phone)).toBe("Your phone follows");
  expect(visit.complaints).toEqual([]);
});
