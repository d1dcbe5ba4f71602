import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import { findBarriers, hasSetState, PHONE, photograph, type Visit } from "./browser.ts";
import { DARK, type DeckParts, type DeckServer, LIGHT, measure, setDeckScene } from "./decks.ts";
import { type Deployment, read } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";

let revint: Deployment;
let browser: Browser;
let visit: Visit;
let decks: DeckServer;
setDeckScene((scene) => ({ revint, browser, visit, decks } = scene));

const VIEWPORT = { viewport: { width: 1280, height: 720 } };

/** Opens a deck that leads, with its overlay. */
async function lead(parts: DeckParts = {}, token?: string): Promise<Page> {
  const page = await decks.open(browser, parts, `#token=${token ?? (await revint.sign())}`, VIEWPORT);
  await page.locator(".card .qr").waitFor();
  await hasSetState(page);
  return page;
}

const BAR = { width: 1280, height: 720, revint: { overlay: "bar" } };

/** Everything that anybody could see of what lies over the deck. */
const visible = ":visible:not(:empty)";

describe("the overlay has the deck's own colours", () => {
  const colours = (page: Page) =>
    page.locator(".card").evaluate((card) => {
      const { backgroundColor, color } = getComputedStyle(card);
      return `${color} on ${backgroundColor}`;
    });
  const slide = (attributes: string) => `<section ${attributes}><h2>A slide</h2></section>`;
  const slides = [
    slide(""),
    slide('data-background-color="#8b0000"'),
    slide('data-background-color="gold"'),
    slide('data-background="hsl(150 60% 15%)"'),
    slide('data-background-gradient="linear-gradient(red, blue)"'),
  ].join("");
  const style = `${LIGHT} .reveal section.has-dark-background { color: #fff; } .reveal section.has-light-background { color: #111; }`;

  test("and a slide's, where it has its own", async () => {
    const page = await lead({ style, slides, options: BAR });
    const seen: string[] = [];
    for (let h = 0; h < 5; h++) {
      await page.evaluate(`Reveal.slide(${h})`);
      seen.push(await colours(page));
      await photograph(page, `colours-${h}`);
      expect(await findBarriers(page)).toEqual([]);
    }
    expect(seen).toEqual([
      "rgb(34, 34, 34) on rgb(255, 255, 255)",
      "rgb(255, 255, 255) on rgb(139, 0, 0)",
      "rgb(17, 17, 17) on rgb(255, 215, 0)",
      "rgb(255, 255, 255) on rgb(15, 61, 38)",
      "rgb(34, 34, 34) on rgb(255, 255, 255)",
    ]);
    expect(decks.complaints).toEqual([]);
  });

  test("unless its author has chosen others, or nobody could read them", async () => {
    const own = `${DARK} :root { --revint-background: #fffbe6; --revint-color: #403000; }`;
    expect(await colours(await lead({ style: own, options: BAR }))).toBe(
      "rgb(64, 48, 0) on rgb(255, 251, 230)",
    );
    const faint = ".reveal-viewport { background: #777; } .reveal { color: #888; }";
    expect(await colours(await lead({ style: faint, options: BAR }))).toBe(
      "rgb(0, 0, 0) on rgb(119, 119, 119)",
    );
  });
});

test("a blackout leaves nothing of the overlay, and the strip is black too", async () => {
  for (const overlay of ["bar", "side"]) {
    const page = await lead({ options: { ...BAR, revint: { overlay } } });
    await page.keyboard.press("t");
    await page.locator(".card").getByText("Held together").waitFor();
    await page.keyboard.press("b");
    await expect.poll(() => page.locator(`.card *${visible}, .mark${visible}`).count()).toBe(0);
    await expect
      .poll(() => page.locator(".pause-overlay").evaluate((black) => getComputedStyle(black).opacity))
      .toBe("1");
    const picture = await page.screenshot();
    await photograph(page, `blackout-${overlay}`);
    // Every pixel, but for reveal.js's own button at its bottom right.
    const bright = await page.evaluate(
      async (source) => {
        const bitmap = await createImageBitmap(await (await fetch(source)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext("2d");
        context?.drawImage(bitmap, 0, 0);
        const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
        const isButton = (at: number) => (at / 4) % bitmap.width > 1000 && at / 4 / bitmap.width > 500;
        return Array.from(data).filter((value, at) => at % 4 !== 3 && value > 0 && !isButton(at)).length;
      },
      `data:image/png;base64,${picture.toString("base64")}`,
    );
    expect(bright).toBe(0);
    await page.keyboard.press("b");
    await page.locator(".card .qr").waitFor();
  }
});

/** Gone from the page, and not only from sight: until then the key means its end. */
const isGone = (page: Page) => expect.poll(() => page.locator("dialog").count()).toBe(0);

describe("a key fills the screen with the join code", () => {
  test("with the talk's name and the link, until it is pressed again, or Escape, or the talk goes on", async () => {
    for (const [theme, style] of Object.entries({ light: LIGHT, dark: DARK })) {
      const token = await revint.sign({ name: "Bäume & Wälder", date: theme });
      const page = await lead({ style, options: BAR }, token);
      const welcome = page.getByRole("dialog", { name: "Bäume & Wälder" });
      await page.keyboard.press("w");
      await welcome.waitFor();
      const [code] = await measure(page, [".welcome .qr"]);
      expect((code?.bottom ?? 0) - (code?.top ?? 0)).toBeGreaterThan(0.6 * VIEWPORT.viewport.height);
      expect(await welcome.locator(".address").textContent()).toMatch(/\/\s*\d/);
      await photograph(page, `welcome-${theme}`);
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.press("w");
      await isGone(page);
      await page.keyboard.press("w");
      await welcome.waitFor();
      await page.keyboard.press("Escape");
      await isGone(page);
      expect(await page.evaluate("Reveal.isOverview()")).toBe(false);
      await page.keyboard.press("i");
      await page.getByRole("button", { name: "Fill the screen with the join code" }).click();
      await welcome.waitFor();
      await page.keyboard.press("ArrowRight");
      await isGone(page);
      expect(await page.evaluate("Reveal.getIndices().h")).toBe(1);
      await page.keyboard.press("w");
      await welcome.getByRole("button", { name: "Close" }).click();
      await isGone(page);
      await page.setViewportSize({ width: 3840, height: 2160 });
      await page.keyboard.press("w");
      await welcome.waitFor();
      await photograph(page, `welcome-${theme}-3840`);
    }
    expect(decks.complaints).toEqual([]);
  });

  test("which is the deck's to choose, and does nothing before there is a session", async () => {
    const options = { ...BAR, revint: { keys: { welcome: "Y" } } };
    const page = await decks.open(browser, { options }, "", VIEWPORT);
    await page.waitForFunction("globalThis.Reveal?.isReady()");
    await page.keyboard.press("y");
    await page.evaluate(
      `Reveal.getPlugin("revint").lead(${JSON.stringify(await revint.sign({ name: "Named" }))})`,
    );
    await page.locator(".card .qr").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("y");
    await page.getByRole("dialog", { name: "Named" }).waitFor();
  });
});

describe("the speaker reads on the deck what is wrong", () => {
  const mark = (page: Page, text: string) => page.locator(".mark", { hasText: text });

  test("that reactions are paused, for as long as they are", async () => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const page = await lead({ options: BAR }, token);
    const post = (paused: boolean) =>
      revint.request("POST", `/api/v1/session/${sessionUid}/rules`, {
        token,
        uid: hostUid,
        json: { paused },
      });
    await post(true);
    await mark(page, "Reactions are paused").waitFor();
    await photograph(page, "mark-paused");
    expect(await findBarriers(page)).toEqual([]);
    await post(false);
    await expect.poll(() => mark(page, "Reactions are paused").count()).toBe(0);
  });

  test("how many wait to come in, until nobody does, and that the door is closed", async () => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const page = await lead({ options: BAR }, token);
    const post = (json: object) =>
      revint.request("POST", `/api/v1/session/${sessionUid}/rules`, { token, uid: hostUid, json });
    await post({ joinsPerMinute: 5 });
    const { token: audience } = await read(
      SessionAnswer,
      await revint.request("GET", `/api/v1/session/${sessionUid}`),
    );
    const login = () => revint.request("POST", `/api/v1/session/${sessionUid}/login`, { token: audience });
    for (let person = 0; person < 12; person++) await login();
    await mark(page, "7 people are waiting to join: open the stage").waitFor();
    await photograph(page, "mark-waiting");
    expect(await findBarriers(page)).toEqual([]);
    await post({ isClosed: true, joinsPerMinute: null });
    await mark(page, "The door is closed").waitFor();
    await post({ isClosed: false });
    await expect.poll(() => mark(page, "The door is closed").count()).toBe(0);
  });

  test("that it is not connected any more, with or without the overlay, and no longer than that", async () => {
    const network = await FlakyNetwork.before(revint.url);
    try {
      const options = { ...BAR, revint: { overlay: "bar", apiUrl: network.url } };
      const page = await lead({ options });
      network.cut();
      await mark(page, "Not connected").waitFor();
      await photograph(page, "mark-lost");
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.press("q");
      await page.locator(".mark.alone", { hasText: "Not connected" }).waitFor();
      await photograph(page, "mark-lost-alone");
      network.restore();
      await expect.poll(() => mark(page, "Not connected").count()).toBe(0);
    } finally {
      await network.close();
    }
  });

  test("that its service has never answered, in the overlay and in the dialog", async () => {
    // Takes every call and says nothing.
    const silent = createServer(() => {});
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = silent.address();
    const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    try {
      const options = { ...BAR, revint: { apiUrl: `http://${host}` } };
      const page = await decks.open(browser, { options }, `#token=${await revint.sign()}`, VIEWPORT);
      await mark(page, `No answer from ${host}`).waitFor();
      await photograph(page, "mark-silent");
      expect(await findBarriers(page)).toEqual([]);
      await page.keyboard.press("i");
      await page
        .getByRole("alert")
        .filter({ hasText: `No answer from ${host}` })
        .waitFor();
      await photograph(page, "mark-silent-dialog");
    } finally {
      silent.close();
    }
  });
});

describe("the dialog says which talk it leads", () => {
  test("and its date, to the host and to a presenter, and never the token", async () => {
    const token = await revint.sign({ name: "Bäume & Wälder", date: "2026-12-24" });
    const { sessionUid, hostUid } = await revint.host(token);
    const json = { role: "presenter" };
    const invited = await read(
      CoHostAnswer,
      await revint.request("POST", `/api/v1/session/${sessionUid}/hosts`, { token, uid: hostUid, json }),
    );
    const invitation = `?session=${sessionUid}#token=${invited.token}&uid=${invited.hostUid}`;
    for (const end of [`#token=${token}`, invitation]) {
      const page = await decks.open(browser, { options: BAR }, end, VIEWPORT);
      await page.locator(".card .qr").waitFor();
      await page.keyboard.press("i");
      await page.getByRole("dialog").locator(".talk", { hasText: "Bäume & Wälder · 2026-12-24" }).waitFor();
      await photograph(page, `dialog-${end === invitation ? "presenter" : "host"}`);
      expect(await findBarriers(page)).toEqual([]);
      expect(
        await page.locator("[data-revint-layer]").evaluate((layer) => layer.shadowRoot?.innerHTML),
      ).not.toContain(token);
    }
    expect(decks.complaints).toEqual([]);
  });
});

describe("a deck whose options are wrong", () => {
  test("and does not know its service says so with its key, and leaves a token in the address", async () => {
    const script = await readFile("dist/site/plugin/revint.js", "utf8");
    const copied = {
      script: `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`,
      options: { hash: true },
    };
    const token = await revint.sign();
    const page = await decks.open(browser, copied, `#token=${token}`, VIEWPORT);
    const dialog = page.getByRole("dialog");
    await dialog.getByText("set `apiUrl`").waitFor();
    expect(page.url()).toContain(`#token=${token}`);
    await photograph(page, "no-api-url");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => dialog.count()).toBe(0);

    const other = await decks.open(browser, copied, "", VIEWPORT);
    await other.waitForFunction("globalThis.Reveal?.isReady()");
    expect(await other.getByRole("dialog").count()).toBe(0);
    await other.keyboard.press("ArrowRight");
    await other.keyboard.press("i");
    await other.getByText("set `apiUrl`").waitFor();
    expect(await other.evaluate("Reveal.getIndices().h")).toBe(1);
    expect(decks.complaints).toEqual([]);
  });

  test("and has thirteen reactions, or one twice, leads with those that fit, and advises its author", async () => {
    const reactions = ["👍", "👍", ..."abcdefghijkl"];
    const page = await lead({ options: { ...BAR, revint: { reactions } } });
    expect(await page.locator(".counts li").count()).toBe(12);
    await page.keyboard.press("i");
    const dialog = page.getByRole("dialog", { name: "You lead this deck" });
    await dialog.getByText("has 13 reactions, and a session takes up to 12").waitFor();
    await dialog.getByText("More than once in this deck's `reactions`, and offered once: 👍").waitFor();
    await photograph(page, "advice");
    expect(await findBarriers(page)).toEqual([]);
  });

  test("and follows a session that does not exist says so, until that is put away", async () => {
    const page = await decks.open(browser, { options: BAR }, "?session=nobody-knows-this-one", VIEWPORT);
    const notice = page.getByText("There is no such session. The link may be incomplete");
    await notice.waitFor();
    await photograph(page, "follow-unknown");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("ArrowRight");
    expect(await page.evaluate("Reveal.getIndices().h")).toBe(1);
    await page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => notice.count()).toBe(0);
  });
});

test("a deck's session takes what the deck offers and nothing else, unless the deck says so", async () => {
  for (const anyReaction of [undefined, true]) {
    const page = await lead({ options: { ...BAR, revint: { overlay: "bar", anyReaction } } });
    const session = await page.evaluate("Reveal.getPlugin('revint').session.info.sessionUid");
    const { reactions, anyReaction: isAny } = await read(
      SessionAnswer,
      await revint.request("GET", `/api/v1/session/${session}`),
    );
    expect(reactions).toEqual(["👍", "❤️", "😂", "🤯", "👏", "❓"]);
    expect(isAny).toBe(anyReaction ?? false);
  }
});

test("twelve result bars fit onto their slide, long labels shortened and said in a title", async () => {
  const long = "A very long answer that nobody would ever read";
  const many = [long, ..."bcdefghijkl"];
  const slides = `<section><h2>How is it going?</h2><div data-revint-totals></div></section>
    <section><h2>In a corner</h2><div data-revint-totals="0.0" style="width: 300px"></div><p>and more below</p></section>`;
  for (const [name, reactions] of Object.entries({ six: many.slice(0, 6), twelve: many })) {
    const options = { width: 960, height: 700, revint: { reactions } };
    const page = await lead({ slides, options });
    const phone = await visit.open(
      `/join?session=${await page.evaluate("Reveal.getPlugin('revint').session.info.sessionUid")}`,
      PHONE,
    );
    await phone.getByRole("button", { name: /^b, / }).tap();
    await page.locator('section.present .bars li[aria-label="b: 1 reaction"]').waitFor();
    for (const h of [0, 1]) {
      await page.evaluate(`Reveal.slide(${h})`);
      await expect
        .poll(async () => {
          const [frame] = await measure(page, [".slides"]);
          const bars = await page
            .locator("section.present .bars li")
            .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().bottom));
          return (
            bars.length === reactions.length && bars.every((bottom) => bottom <= (frame?.bottom ?? 0) + 0.5)
          );
        })
        .toBe(true);
      await photograph(page, `bars-${name}-${h}`);
    }
    const label = page.locator("section.present .bar-name").first();
    expect(await label.getAttribute("title")).toBe(long);
    expect(await label.evaluate((element) => getComputedStyle(element).textOverflow)).toBe("ellipsis");
    expect(await findBarriers(page)).toEqual([]);
  }
  expect(decks.complaints).toEqual([]);
});

test("four light modules surround every code: on the deck, large and in print, and on the stage", async () => {
  const token = await revint.sign();
  const slides = `<section><h2>Join</h2><div data-revint-qr style="width: 300px; margin: auto"></div></section><section></section>`;
  const page = await lead({ slides, options: BAR }, token);
  const session = await page.evaluate("Reveal.getPlugin('revint').session.info.sessionUid");
  await page.keyboard.press("w");
  await page.locator(".welcome .qr").waitFor();
  const printed = await decks.open(browser, { slides }, `?session=${session}&print-pdf`, VIEWPORT);
  await printed.locator("[data-revint-qr] .qr").waitFor();
  const stage = await visit.open(`/stage?session=${session}#token=${token}`, VIEWPORT);
  await stage.locator(".qr").waitFor();
  for (const [window, count] of [
    [page, 3],
    [printed, 1],
    [stage, 1],
  ] as const) {
    const codes = await window.locator("svg.qr").evaluateAll((all) =>
      all.map((svg) => {
        const [, , size = 0] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
        const { x, y, width, height } = (svg.querySelector("path") as SVGPathElement).getBBox();
        return [x, y, size - x - width, size - y - height];
      }),
    );
    expect(codes).toEqual(Array.from({ length: count }, () => [4, 4, 4, 4]));
  }
});
