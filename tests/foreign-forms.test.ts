import { expect, test } from "vitest";
import { type Scene, setScene } from "./browser.ts";
import { uploadDeck } from "./host-deck.ts";
import { serveDecks } from "./served-decks.ts";
import { TalkHost } from "./talk-host.ts";

/*
 * A page of somebody else's on the same computer: another port is another origin and the same site, so that a browser sends
 * the host's cookie along. A form asks nobody before it posts.
 */

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene));
const elsewhere = serveDecks(() => revint.url);

/** A form whose body is JSON, written as a name and a value. */
const writeForm = (action: string) => `<!doctype html><title>Win</title><link rel="icon" href="data:,">
  <form method="post" enctype="text/plain" action="${action}" target="_self">
    <input name='{"name":"Planted","date":"2026-12-01","x":"' value='"}'><button>Win</button></form>`;

test("a form of another page does nothing in its visitor's name, though their cookie comes along", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk } = await host.create({ name: "Mine" });
  const deck = await uploadDeck(host, { title: "Mine", kind: "markdown" }, new TextEncoder().encode("# One"));
  const [name = "", value = ""] = host.cookie.split("=");
  const paths = [
    "talks",
    `talks/${talk.id}/token`,
    "sign-out",
    "sign-in",
    "sign-up",
    "decks",
    `decks/${deck}/done`,
  ];
  const page = await visit.open("/404");
  await page.context().addCookies([{ name, value, url: revint.url, sameSite: "Lax", httpOnly: true }]);
  const cookies: (string | undefined)[] = [];
  for (const path of paths) {
    elsewhere.putText(`/${path}`, writeForm(`${revint.url}/api/v1/host/${path}`));
    await page.goto(`${elsewhere.url}/${path}`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(`${revint.url}/api/v1/host/`)),
      page.getByRole("button", { name: "Win" }).click(),
    ]);
    expect([path, answer.status(), await answer.json()]).toMatchObject([
      path,
      403,
      { code: "foreign_origin" },
    ]);
    expect(answer.headers()["set-cookie"]).toBeUndefined();
    cookies.push((await answer.request().allHeaders()).cookie);
  }
  // Otherwise nothing was tried.
  expect(new Set(cookies)).toEqual(new Set([host.cookie]));
  expect((await host.list()).talks.map(({ name }) => name)).toEqual(["Mine"]);
  expect((await host.request("GET", "me")).status).toBe(200);
});
