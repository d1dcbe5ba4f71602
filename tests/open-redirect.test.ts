import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import { hasSetState, LAN, type Scene, setScene, Visit } from "./browser.ts";
import { read } from "./deployment.ts";
import { uploadDeck } from "./host-deck.ts";
import { TalkHost } from "./talk-host.ts";

/* No address of ours leads anybody to somebody else's page, whatever is written into it. */

let { revint, browser, visit } = {} as Scene;
setScene((scene) => ({ revint, browser, visit } = scene));

const EVIL = ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"];
const PAGES = [
  "/",
  "/host",
  "/join",
  "/stage",
  "/results",
  "/recap",
  "/demo",
  "/404",
  `/deck/${"x".repeat(22)}`,
];

/** A path as it is written: whatever speaks of URLs would put it right before it is sent. */
async function get(path: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(revint.url);
  const asked = request({ hostname, port, path }).end();
  const [answer]: IncomingMessage[] = await once(asked, "response");
  if (!answer) throw new Error(`no answer to ${path}`);
  answer.resume();
  return answer;
}

test("what is redirected stays here", async () => {
  const places = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2f%2fevil.example",
  ];
  const paths = [
    ...places.flatMap((place) => ["", "/", "/index.html", "/..", "/host/"].map((end) => place + end)),
    ...places.flatMap((place) =>
      ["/deck", "/recap", "/api", "/ws/v1", "/deck/.."].map((begin) => `${begin}${place}/`),
    ),
    ...PAGES.flatMap((page) => EVIL.map((evil) => `${page}/?next=${evil}`)),
    ...PAGES.flatMap((page) => [`${page}//`, `/.${page}/`, `/${page}.html`]),
  ];
  let redirected = 0;
  for (const path of paths) {
    const { headers, statusCode = 0 } = await get(path);
    expect([path, statusCode < 500]).toEqual([path, true]);
    const { location } = headers;
    if (location === undefined) continue;
    redirected++;
    const from = new URL(revint.url);
    expect([path, location, new URL(location, from).origin]).toEqual([path, location, from.origin]);
    // As a browser reads it that knows nothing of where it came from.
    expect(location).not.toMatch(/^[/\\]{2}/);
  }
  expect(redirected).toBeGreaterThan(20);
});

const KEYS = [
  "next",
  "return",
  "returnTo",
  "url",
  "redirect",
  "redirect_uri",
  "continue",
  "to",
  "what",
  "talk",
  "session",
];

/** Where anything on a page leads away to. */
const findWaysOut = (page: Page) =>
  page.locator("[href], [action], [src], [formaction]").evaluateAll((all) =>
    all
      .flatMap((one) => ["href", "action", "src", "formaction"].map((name) => one.getAttribute(name) ?? ""))
      .map((link) => new URL(link, location.href))
      .filter(({ hostname, protocol }) => hostname.includes("evil") || protocol === "javascript:")
      .map(({ href }) => href),
  );

test("no page goes where its address says, or links there", async () => {
  for (const evil of ["//evil.example/", "javascript:alert(1)"]) {
    const query = new URLSearchParams([...KEYS.map((key) => [key, evil]), ["view", "open"]]);
    for (const path of PAGES) {
      const page = await visit.open(`${path}?${query}#link=${encodeURIComponent(evil)}`);
      await page.locator(":is(a, button, h1, h2):visible").first().waitFor();
      expect([path, new URL(page.url()).origin]).toEqual([path, revint.url]);
      expect([path, await findWaysOut(page)]).toEqual([path, []]);
      await page.context().close();
    }
  }
  expect(visit.complaints.filter((one) => !/status of 40\d/.test(one))).toEqual([]);
});

test("whoever signs in gets to the console, whatever the link said", async () => {
  const host = await TalkHost.signUp(revint);
  const [name = "", value = ""] = host.cookie.split("=");
  for (const evil of EVIL) {
    const query = new URLSearchParams({ view: "open", what: evil, talk: evil, next: evil });
    const page = await visit.open("/404");
    await page.context().addCookies([{ name, value, url: revint.url }]);
    await page.goto(`${revint.url}/host?${query}`);
    await page.getByRole("link", { name: "Back to your talks" }).click();
    await page.getByRole("heading", { name: "Talks", exact: true }).waitFor();
    expect(new URL(page.url()).origin).toBe(revint.url);
  }
});

test("a link to a deck does not say where its audience joins, but for a deck on this very computer", async () => {
  const host = await TalkHost.signUp(revint);
  const id = await uploadDeck(host, { title: "Deck", kind: "markdown" }, new TextEncoder().encode("# One"));
  const lan = `http://${LAN}:${new URL(revint.url).port}`;
  const places = new Visit(browser, lan);
  for (const [at, to] of [
    [lan, `${lan}/join`],
    [revint.url, "https://evil.example/join"],
  ] as const) {
    for (const path of [`/deck/${id}`, "/demo"]) {
      const join = encodeURIComponent("https://evil.example/join");
      const deck = await places.open(`${at}${path}?join=${join}#token=${await revint.sign()}`);
      await deck.locator("section.present").waitFor();
      await hasSetState(deck);
      const session: string = await deck.evaluate("Reveal.getPlugin('revint').session.info.sessionUid");
      const { webUiUrl } = await read(
        SessionAnswer,
        await revint.request("GET", `/api/v1/session/${session}`),
      );
      expect([at, path, webUiUrl]).toEqual([at, path, to]);
      await deck.context().close();
    }
  }
  await places.end();
});
