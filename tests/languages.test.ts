import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { ENGLISH, type Language, readLanguages } from "../scripts/languages.ts";
import { findQuestion, QUESTIONS, startTalk } from "./asked-talk.ts";
import { findBarriers, photograph, type Scene, SMALL_PHONE, setScene } from "./browser.ts";
import { buildPseudoPage, PSEUDO } from "./pseudo-language.ts";

let scene: Scene;
setScene((set) => {
  scene = set;
});

const languages: readonly Language[] = await readLanguages();

const readLanguage = (page: Page) =>
  page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);

/** The scripts that a page has loaded at once, by name. */
const listScripts = () =>
  scene.visit.requests
    .map((url) => new URL(url).pathname)
    .filter((path) => /^\/assets\/audience.*js$/.test(path));

/** What has more in it than is seen, or stands beyond the screen's edge. What people wrote may be cut. */
const findCut = (page: Page) =>
  page.evaluate(() => {
    const theirs = "bdi, [dir=auto], .visually-hidden, .language select";
    return [...document.querySelectorAll<HTMLElement>("#app *")].flatMap((element) => {
      const { width, left, right } = element.getBoundingClientRect();
      if (width === 0 || element.closest(theirs) || element.closest("svg")) return [];
      const { overflowX, overflowY } = getComputedStyle(element);
      const isScrolled = /auto|scroll/.test(`${overflowX} ${overflowY}`);
      const isCut = !isScrolled && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
      const isBeyond = (left < -1 || right > innerWidth + 1) && !element.closest(".reactions");
      return isCut || isBeyond ? [`${element.localName}.${element.className} “${element.textContent}”`] : [];
    });
  });

describe.each(languages)("in $name", ({ tag, dir, name }) => {
  const options = { ...SMALL_PHONE, locale: tag };
  const see = async (page: Page, what: string) => {
    expect(await readLanguage(page)).toEqual([tag, dir]);
    await photograph(page, `language-${tag}-${what}`);
    expect(await findCut(page), what).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth"), what).toBeLessThanOrEqual(320);
  };

  test("the phone page fits 320 px, from coming in to a question", async () => {
    const talk = await startTalk(scene);
    const lost = await scene.visit.open("/join?session=nobody-knows-this-one", options);
    await lost.locator("form").waitFor();
    await see(lost, "lost");
    const phone = await talk.openPhone(options);
    await see(phone, "live");
    await talk.open("ticks", QUESTIONS.ticks, { seconds: 600 });
    await findQuestion(phone, QUESTIONS.ticks.prompt).waitFor();
    await see(phone, "asked");
    await talk.set("ticks", { status: "closed" });
    await talk.open("pace", QUESTIONS.pace);
    await findQuestion(phone, QUESTIONS.pace.prompt).waitFor();
    await see(phone, "scale");
    expect(await findBarriers(phone)).toEqual([]);
    if (languages.length > 1) expect(await phone.locator(".language-name").textContent()).toBe(name);
    expect(scene.visit.complaints.filter((complaint) => !complaint.includes("status of 404"))).toEqual([]);
  });

  test("the stage fits 320 px: a host on their way has nothing else in the hand", async () => {
    const talk = await startTalk(scene);
    await talk.open("cloud", QUESTIONS.cloud);
    const stage = await scene.visit.open(`/stage?session=${talk.sessionUid}#token=${talk.token}`, options);
    await stage.locator(".board .spotlight").waitFor();
    await see(stage, "stage");
    await stage.locator(".top button[aria-expanded]").click();
    await stage.locator(".asks").waitFor();
    await see(stage, "controls");
    expect(scene.visit.complaints).toEqual([]);
  });
});

describe("a language that is offered", () => {
  let script: string;
  beforeAll(async () => {
    script = await buildPseudoPage("web/audience/index.tsx");
  });

  /** Offers one more, as if the build had found it. */
  async function offerPseudo(page: Page): Promise<void> {
    await page.route(/\/join(\?|$)/, async (route) => {
      const answer = await route.fetch();
      const more = { name: "⟦Pseudo⟧", dir: "rtl", files: [`/assets/audience.${PSEUDO}.js`] };
      const body = (await answer.text()).replace(
        "}}'>",
        `},${JSON.stringify(PSEUDO)}:${JSON.stringify(more)}}'>`,
      );
      await route.fulfill({ response: answer, body });
    });
    await page.route(`**/assets/audience.${PSEUDO}.js`, (route) =>
      route.fulfill({ body: script, contentType: "text/javascript" }),
    );
  }

  async function openPseudo(locale: string, address: string): Promise<Page> {
    const page = await scene.visit.open("/assets/icon.svg", { ...SMALL_PHONE, locale });
    // A page that a test answers itself counts as one from elsewhere: it may talk to this computer all the same.
    await page.context().grantPermissions(["local-network-access"]);
    await offerPseudo(page);
    await page.goto(new URL(address, scene.revint.url).href);
    return page;
  }

  test("is a visitor's own at once, right to left, and the only one that is loaded", async () => {
    const page = await openPseudo(`${PSEUDO}-IL`, "/join");
    await page.getByRole("heading", { name: "⟦Which session?⟧" }).waitFor();
    expect(await readLanguage(page)).toEqual([PSEUDO, "rtl"]);
    expect(new Set(listScripts())).toEqual(new Set([`/assets/audience.${PSEUDO}.js`]));
    expect(await findBarriers(page)).toEqual([]);
    expect(scene.visit.complaints).toEqual([]);
  });

  test("is chosen by hand, and is this device's from then on", async () => {
    const page = await openPseudo("fi", "/join");
    await page.getByRole("heading", { name: "Which session?" }).waitFor();
    expect(await readLanguage(page)).toEqual([ENGLISH, "ltr"]);
    await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "⟦Pseudo⟧" });
    await page.getByRole("heading", { name: "⟦Which session?⟧" }).waitFor();
    expect(await readLanguage(page)).toEqual([PSEUDO, "rtl"]);
    await page.goto(new URL("/join?session=nobody", scene.revint.url).href);
    await page.getByRole("heading", { name: "⟦No such session⟧" }).waitFor();
    await page.getByRole("combobox", { name: "⟦Language⟧" }).selectOption({ label: "English" });
    await page.getByRole("heading", { name: "No such session", exact: true }).waitFor();
    expect(await readLanguage(page)).toEqual([ENGLISH, "ltr"]);
  });

  test("may be named by an address, until another one is chosen", async () => {
    const page = await openPseudo("en", `/join?language=${PSEUDO}`);
    await page.getByRole("heading", { name: "⟦Which session?⟧" }).waitFor();
    await page.getByRole("combobox").selectOption({ label: "English" });
    await page.getByRole("heading", { name: "Which session?", exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  });

  test("has every text that the phone page shows or speaks: none is written into the page itself", async () => {
    const talk = await startTalk(scene);
    const page = await openPseudo(PSEUDO, `/join?session=${talk.sessionUid}`);
    await page.locator(".reactions").waitFor();
    const see = async (what: string) => {
      await photograph(page, `language-pseudo-${what}`);
      expect(await findUnmarked(page), what).toEqual([]);
      expect(await findCut(page).then((cut) => cut.filter((one) => !one.includes("⟦⟦"))), what).toEqual([]);
    };
    await see("live");
    for (const id of ["ticks", "pace", "cloud", "ranks"] as const) {
      await talk.open(id, QUESTIONS[id], { seconds: 600 });
      await findQuestion(page, QUESTIONS[id].prompt).waitFor();
      await see(id);
      await talk.close(id);
    }
    expect(scene.visit.complaints).toEqual([]);
  });
});

/** Texts and names with letters outside of brackets. What people wrote is theirs, and so are the languages' own names. */
const findUnmarked = (page: Page) =>
  page.evaluate(() => {
    const THEIRS = "bdi, [dir=auto], option, script, style, .emoji";
    const strip = (text: string): string => {
      const inner = text.replace(/⟦[^⟦⟧]*⟧/g, "");
      return inner === text ? text : strip(inner);
    };
    const found: string[] = [];
    const look = (text: string | null, element: Element, what: string) => {
      if (text !== null && /\p{L}{2,}/u.test(strip(text)))
        found.push(`${what} of ${element.localName}: ${text}`);
    };
    for (const element of document.querySelectorAll("body, body *")) {
      if (element.closest(THEIRS)) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"])
        look(element.getAttribute(name), element, name);
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE && !element.closest("noscript"))
          look(child.textContent, element, "text");
      }
    }
    return found;
  });
