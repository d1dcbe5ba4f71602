import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasSetState, PHONE, PROJECTOR, setScene, type Visit } from "./browser.ts";
import type { Deployment } from "./deployment.ts";
import { type DeckOptions, type RevealVersion, serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});
const decks = serveDecks(() => revint.url);

const DIFFERENT = "This copy of the deck differs from the presenter's";
const IN_ORDER = "This deck is not shuffled";

/** The slide that a deck shows, by what is written on it, and its fragment. */
const shows = (deck: Page): Promise<string> =>
  deck.evaluate(`(({ f }, slide) => slide.querySelector("h2").textContent + (f === undefined ? "" : " " + f))(
    Reveal.getIndices(), Reveal.getCurrentSlide())`);

const session = (deck: Page): Promise<string> =>
  deck.evaluate("Reveal.getPlugin('revint').session.info.sessionUid");

async function lead(path: string, token?: string): Promise<Page> {
  const deck = await visit.open(`${decks.url}${path}#token=${token ?? (await revint.sign())}`);
  await hasSetState(deck);
  return deck;
}

async function follow(leader: Page, path: string, options = {}): Promise<Page> {
  const deck = await visit.open(`${decks.url}${path}?session=${await session(leader)}`, options);
  await deck.locator(".reveal.ready").waitFor();
  return deck;
}

const notice = (deck: Page, text: string) => deck.locator(".layer [part=notice]").filter({ hasText: text });
const goTo = (deck: Page, h: number, v = 0): Promise<unknown> => deck.evaluate(`Reveal.slide(${h}, ${v})`);
const slide = (name: string, id?: string) => `<section${id ? ` id="${id}"` : ""}><h2>${name}</h2></section>`;

const VERSIONS: readonly RevealVersion[] = ["reveal6", "reveal5"];

describe.each(VERSIONS)("with %s, a copy that was edited", (version) => {
  const put = (path: string, ...slides: string[]) => decks.put(path, { version, slides: slides.join("") });

  test("shows the slide of that name, wherever it stands, and says nothing", async () => {
    put("/leader", slide("a"), slide("b", "bee"), `<section>${slide("c")}${slide("d", "dee")}</section>`);
    put("/follower", slide("a"), slide("new"), slide("d", "dee"), slide("b", "bee"));
    const leader = await lead("/leader");
    const follower = await follow(leader, "/follower");
    for (const [h, v, name] of [
      [1, 0, "b"],
      [2, 1, "d"],
      [1, 0, "b"],
    ] as const) {
      await goTo(leader, h, v);
      await expect.poll(() => shows(follower)).toBe(name);
      expect(await notice(follower, DIFFERENT).count()).toBe(0);
      expect(await follower.getByRole("button", { name: "Back to the speaker" }).count()).toBe(0);
    }
  });

  test("says that it differs where it can't be sure, and stays where the leader's place is none of its own", async () => {
    put("/leader", slide("a"), slide("b"), slide("c"), slide("d", "dee"));
    put("/follower", slide("a"), slide("b"), slide("d", "dee"));
    const leader = await lead("/leader");
    const follower = await follow(leader, "/follower");
    await goTo(leader, 1);
    await expect.poll(() => shows(follower)).toBe("b");
    await notice(follower, DIFFERENT).waitFor();
    await goTo(leader, 3);
    await expect.poll(() => shows(follower)).toBe("d");
    await notice(follower, DIFFERENT).waitFor({ state: "detached" });
    await leader.evaluate(
      "document.querySelector('.slides').insertAdjacentHTML('beforeend', '<section><h2>e</h2>'); Reveal.sync()",
    );
    await goTo(leader, 4);
    await notice(follower, DIFFERENT).waitFor();
    expect(await shows(follower)).toBe("d");
  });

  test("says so too where it lacks the name, although it has as many slides", async () => {
    put("/leader", slide("a"), slide("b", "bee"));
    put("/follower", slide("a"), slide("b", "bumblebee"));
    const leader = await lead("/leader");
    const follower = await follow(leader, "/follower");
    await goTo(leader, 1);
    await notice(follower, DIFFERENT).waitFor();
    expect(await shows(follower)).toBe("b");
  });

  test("leads together with another copy: both go to the slide of that name", async () => {
    put("/one", slide("a"), slide("b", "bee"), slide("c", "sea"));
    put("/other", slide("new"), slide("a"), slide("b", "bee"), slide("c", "sea"));
    const token = await revint.sign();
    const one = await lead("/one", token);
    const other = await lead("/other", token);
    await goTo(one, 1);
    await expect.poll(() => shows(other)).toBe("b");
    await goTo(other, 3);
    await expect.poll(() => shows(one)).toBe("c");
    expect(await shows(other)).toBe("c");
  });
});

test("what an older plugin says is followed, and what it hears of ours is as before", async () => {
  decks.put("/deck", { slides: slide("a", "aye") + slide("b", "bee") });
  const leader = await lead("/deck");
  const follower = await follow(leader, "/deck");
  const { page, state } = await leader.evaluate<{ page: string; state: string }>(
    "Reveal.getPlugin('revint').session.state",
  );
  expect(page).toBe("0.0");
  expect(JSON.parse(state)).toMatchObject({ h: 0, v: 0, title: "a", id: "aye", slides: 2 });
  await leader.evaluate(`Reveal.getPlugin('revint').session.setState("1.0", '{"h":1,"v":0,"title":"b"}')`);
  await expect.poll(() => shows(follower)).toBe("b");
  expect(await notice(follower, DIFFERENT).count()).toBe(0);
});

describe.each(VERSIONS)("with %s, a deck whose author wants it otherwise", (version) => {
  const slides = Array.from({ length: 30 }, (_, n) => slide(`${n}`)).join("");
  const put = (path: string, options: string, more: Partial<DeckOptions> = {}) =>
    decks.put(path, { version, options, slides, ...more });
  const order = (deck: Page): Promise<string> =>
    deck.evaluate(
      "[...document.querySelectorAll('.slides > section h2')].map((slide) => slide.textContent).join()",
    );
  const inOrder = Array.from({ length: 30 }, (_, n) => n).join();

  test("is shuffled by itself, and in order while it leads or follows, which it says", async () => {
    put("/shuffled", "shuffle: true");
    const alone = await visit.open(`${decks.url}/shuffled`);
    await alone.locator(".reveal.ready").waitFor();
    expect(await order(alone)).not.toBe(inOrder);
    // Pasted later, too.
    await alone.evaluate(`Reveal.getPlugin('revint').lead(${JSON.stringify(await revint.sign())})`);
    await notice(alone, IN_ORDER).waitFor();
    expect(await order(alone)).toBe(inOrder);

    const warnings: string[] = [];
    const leader = await visit.open(`${decks.url}/none`);
    leader.on("console", (message) => warnings.push(message.text()));
    await leader.goto(`${decks.url}/shuffled#token=${await revint.sign()}`);
    await hasSetState(leader);
    await notice(leader, IN_ORDER).waitFor();
    expect(warnings.join()).toContain(IN_ORDER);
    expect(await order(leader)).toBe(inOrder);
    const follower = await follow(leader, "/shuffled");
    await goTo(leader, 17);
    await expect.poll(() => shows(follower)).toBe("17");
    expect(await notice(leader, IN_ORDER).count()).toBe(0);
    expect(await order(follower)).toBe(inOrder);
  });

  test("slides by itself only where it drives, and again where it was left", async () => {
    // Waits for us, not for a clock: an hour is as good as for ever, and nothing but the switch is looked at.
    put("/timed", "autoSlide: 3600000", {
      slides: `${slide("a")}<section data-autoslide="7200000"><h2>b</h2></section>`,
    });
    const leader = await lead("/timed");
    const follower = await follow(leader, "/timed");
    const isOn = (deck: Page) =>
      deck.evaluate("Reveal.getConfig().autoSlide !== false && Reveal.isAutoSliding()");
    await expect.poll(() => isOn(follower)).toBe(false);
    expect(await isOn(leader)).toBe(true);
    await goTo(leader, 1);
    await expect.poll(() => shows(follower)).toBe("b");
    expect(await isOn(follower)).toBe(false);
    await follower.evaluate("Reveal.getPlugin('revint').leave()");
    expect(await isOn(follower)).toBe(true);

    const [sessionUid, token, uid] = await leader.evaluate<[string, string, string]>(
      "(({ sessionUid, token, hostUid }) => [sessionUid, token, hostUid])(Reveal.getPlugin('revint').session.info)",
    );
    const path = `/api/v1/session/${sessionUid}/hosts`;
    const invited = await revint.request("POST", path, { token, uid, json: { role: "presenter" } });
    const guest = (await invited.json()) as { token: string; hostUid: string };
    const second = await visit.open(
      `${decks.url}/timed?session=${sessionUid}#token=${guest.token}&uid=${guest.hostUid}`,
    );
    await expect.poll(() => second.evaluate("Reveal.getPlugin('revint').role")).toBe("lead");
    expect(await isOn(second)).toBe(false);
    await second.evaluate("Reveal.getPlugin('revint').takeOver()");
    await expect.poll(() => isOn(second)).toBe(true);
    await expect.poll(() => isOn(leader)).toBe(false);
    await leader.evaluate("Reveal.destroy()");
    expect(visit.complaints.filter((complaint) => complaint.startsWith("uncaught"))).toEqual([]);
  });

  test.each([
    ["scroll", 'view: "scroll"', PROJECTOR],
    ["hash", "hash: true", PROJECTOR],
    ["hash and fragments in it", "hash: true, fragmentInURL: true", PROJECTOR],
    ["history", "history: true", PROJECTOR],
    ["a narrow window", "", PHONE],
  ])("lands exactly where the leader is: %s", async (_, options, size) => {
    const stack = `<section>${slide("c")}<section id="dee"><h2>d</h2><p class="fragment">1</p><p class="fragment">2</p></section></section>`;
    put("/deck", options, { slides: slide("a") + slide("b") + stack + slide("e", "last") });
    const leader = await lead("/deck");
    await leader.evaluate("Reveal.slide(2, 1, 0)");
    const follower = await visit.open(`${decks.url}/deck?session=${await session(leader)}#/1`, size);
    await expect.poll(() => shows(follower)).toBe("d 0");
    await leader.evaluate("Reveal.next()");
    await expect.poll(() => shows(follower)).toBe("d 1");
    await goTo(leader, 3);
    await expect.poll(() => shows(follower)).toBe("e");
    await goTo(leader, 0);
    await expect.poll(() => shows(follower)).toBe("a");
    for (const h of [1, 2, 3, 0, 3, 1]) await goTo(leader, h);
    await expect.poll(() => shows(follower)).toBe("b");
    expect(await shows(leader)).toBe("b");
    expect(await follower.getByRole("button", { name: "Back to the speaker" }).count()).toBe(0);
    expect(await follower.evaluate("Reveal.isScrollView()")).toBe(false);
  });

  test("which is one long page until it leads keeps its slots when it does", async () => {
    const slot = "<section><h2>join</h2><div data-revint-qr></div></section>";
    for (const [path, options, size] of [
      ["/scroll", 'view: "scroll"', PROJECTOR],
      ["/narrow", "", PHONE],
    ] as const) {
      put(path, options, { slides: slot + slide("b") });
      const deck = await visit.open(`${decks.url}${path}`, size);
      await expect.poll(() => deck.evaluate("Reveal.isReady() && Reveal.isScrollView()")).toBe(true);
      await deck.evaluate(`Reveal.getPlugin('revint').lead(${JSON.stringify(await revint.sign())})`);
      await deck.locator("[data-revint-qr] svg").waitFor({ state: "attached" });
      expect(await deck.evaluate("Reveal.isScrollView()")).toBe(false);
    }
  });
});

describe.each(VERSIONS)("with %s, a lightbox of the leader", (version) => {
  const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const boxes = `<img id="image" data-preview-image="${PIXEL}" src="${PIXEL}" alt="">
    <button id="video" data-preview-video="/none.mp4">video</button>
    <a id="link" data-preview-link href="/plain">link</a>
    <a id="script" data-preview-link href="javascript:parent.isHacked = true">script</a>`;
  const open = (deck: Page): Promise<unknown> =>
    deck.evaluate(
      "(({ previewImage, previewVideo, previewIframe }) => previewImage ?? previewVideo ?? previewIframe ?? null)(Reveal.getState())",
    );

  test("is followed: images, videos and links, opened and closed", async () => {
    decks.put("/plain", { version, slides: slide("plain") });
    decks.put("/deck", { version, slides: `<section><h2>a</h2>${boxes}</section>${slide("b")}` });
    const leader = await lead("/deck");
    const follower = await follow(leader, "/deck");
    for (const [id, url] of [
      ["image", PIXEL],
      ["video", "/none.mp4"],
      ["link", "/plain"],
    ]) {
      await leader.evaluate(`document.getElementById("${id}").click()`);
      await expect.poll(() => open(follower)).toBe(url);
      await leader.evaluate("document.querySelector('.r-overlay-close').click()");
      await expect.poll(() => open(follower)).toBe(null);
    }
    await leader.evaluate('document.getElementById("image").click()');
    await expect.poll(() => open(follower)).toBe(PIXEL);
    const late = await follow(leader, "/deck");
    await expect.poll(() => open(late)).toBe(PIXEL);
    // Its help is an overlay as well, and stays the reader's own.
    await leader.evaluate("document.querySelector('.r-overlay-close').click()");
    await expect.poll(() => open(follower)).toBe(null);
    await follower.evaluate("Reveal.toggleHelp(true)");
    await goTo(leader, 1);
    await expect.poll(() => shows(follower)).toBe("b");
    expect(await follower.evaluate("Reveal.isOverlayOpen()")).toBe(true);
  });

  test("is left alone by a copy that has none, and nothing is opened that the copy does not name itself", async () => {
    decks.put("/deck", { version, slides: `<section><h2>a</h2>${boxes}</section>${slide("b")}` });
    decks.put("/bare", { version, slides: slide("a") + slide("b") });
    const leader = await lead("/deck");
    const [follower, bare] = [await follow(leader, "/deck"), await follow(leader, "/bare")];
    await leader.evaluate('document.getElementById("image").click()');
    await expect.poll(() => open(follower)).toBe(PIXEL);
    await leader.evaluate("Reveal.previewIframe('/of-no-slide')");
    await expect.poll(() => open(follower)).toBe(null);
    expect(await open(leader)).toBe("/of-no-slide");
    const state = JSON.stringify({
      h: 0,
      v: 0,
      lightbox: 3,
      previewIframe: "javascript:parent.isHacked = true",
    });
    await leader.evaluate(`Reveal.getPlugin('revint').session.setState("0.0", ${JSON.stringify(state)})`);
    await leader.evaluate("Reveal.hidePreview()");
    await goTo(leader, 1);
    await expect.poll(() => shows(bare)).toBe("b");
    await expect.poll(() => shows(follower)).toBe("b");
    expect(await open(bare)).toBe(null);
    expect(await follower.evaluate("globalThis.isHacked")).toBeUndefined();
    expect(visit.complaints.filter((complaint) => complaint.startsWith("uncaught"))).toEqual([]);
  });
});
