import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { SessionAnswer } from "../shared/protocol/session.schema.ts";
import { hasSetState, LAN, setScene, type Visit } from "./browser.ts";
import { type Deployment, read, readProblem } from "./deployment.ts";
import { FlakyNetwork } from "./flaky-network.ts";
import { serveDecks } from "./served-decks.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => {
  ({ revint, visit } = scene);
});
const decks = serveDecks(() => revint.url);
const SLIDES = "<section><h2>a</h2></section><section><h2>b</h2></section>";

interface Info {
  readonly sessionUid: string;
  readonly token: string;
  readonly hostUid: string;
}
const getInfo = (deck: Page): Promise<Info> => deck.evaluate("Reveal.getPlugin('revint').session.info");
const lookUp = (sessionUid: string) => revint.request("GET", `/api/v1/session/${sessionUid}`);

test.each([
  ["its own, without query and fragment", LAN, "", (url: string) => `${url}/deck`],
  ["none where only this computer could open it", "127.0.0.1", "", () => undefined],
  ["none where its author says so", LAN, "deckUrl: false", () => undefined],
  ["what its author says", LAN, 'deckUrl: "/talks/1?a=b#/2"', (url: string) => `${url}/talks/1?a=b#/2`],
  [
    "what its author says, also elsewhere",
    "127.0.0.1",
    'deckUrl: "https://example.org/"',
    () => "https://example.org/",
  ],
])("the audience is told where the slides are: %s", async (_, host, options, expected) => {
  decks.put("/deck", { slides: SLIDES, revint: options });
  const url = decks.url.replace("127.0.0.1", host);
  const deck = await visit.open(`${url}/deck?talk=1#/1&token=${await revint.sign()}`);
  await hasSetState(deck);
  const { sessionUid } = await getInfo(deck);
  const { deckUrl } = await read(SessionAnswer, await lookUp(sessionUid));
  expect(deckUrl).toBe(expected(url));
});

test("a session that was deleted is not started anew by the deck that led it, until somebody says so", async () => {
  decks.put("/deck", { slides: SLIDES });
  const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
  await hasSetState(deck);
  const { sessionUid, token } = await getInfo(deck);
  await deck.reload();
  await hasSetState(deck);
  expect((await getInfo(deck)).sessionUid).toBe(sessionUid);

  const deleted = await revint.request("DELETE", `/api/v1/session/${sessionUid}`, { token });
  expect([202, 204]).toContain(deleted.status);
  const isGone = async () =>
    expect((await readProblem(await lookUp(sessionUid))).code).toBe("session_not_found");
  for (let time = 0; time < 2; time++) {
    await deck.reload();
    await deck.getByRole("alert").filter({ hasText: "was deleted" }).waitFor();
    expect(await deck.evaluate("Reveal.getPlugin('revint').role")).toBe("none");
    await isGone();
  }
  await deck.getByRole("button", { name: "Start it anew" }).click();
  await hasSetState(deck);
  expect((await getInfo(deck)).sessionUid).toBe(sessionUid);
  await read(SessionAnswer, await lookUp(sessionUid));
  // And from here on it is led as before.
  await deck.reload();
  await hasSetState(deck);
});

test("the same token, pasted or in the address, starts a deleted session anew", async () => {
  decks.put("/deck", { slides: SLIDES });
  const token = await revint.sign();
  const deck = await visit.open(`${decks.url}/deck#token=${token}`);
  await hasSetState(deck);
  const { sessionUid } = await getInfo(deck);
  await revint.request("DELETE", `/api/v1/session/${sessionUid}`, { token });
  await deck.reload();
  await deck.getByRole("alert").filter({ hasText: "was deleted" }).waitFor();
  await deck.getByLabel("Host token").fill(token);
  await deck.getByRole("button", { name: "Lead", exact: true }).click();
  await hasSetState(deck);
  await revint.request("DELETE", `/api/v1/session/${sessionUid}`, { token });
  await deck.goto(`${decks.url}/deck?again#token=${token}`);
  await hasSetState(deck);
});

test("a deck that was offline while its session was deleted does not start it anew either", async () => {
  const network = await FlakyNetwork.before(revint.url);
  try {
    decks.put("/deck", { slides: SLIDES, revint: `apiUrl: "${network.url}"` });
    const deck = await visit.open(`${decks.url}/deck#token=${await revint.sign()}`);
    await hasSetState(deck);
    const { sessionUid, token } = await getInfo(deck);
    await deck.evaluate(`
      globalThis.away = new Promise((gone) => Reveal.getPlugin("revint").session.on("connection", gone));
      undefined`);
    network.cut();
    expect(await deck.evaluate("away")).toBe("connecting");
    await revint.request("DELETE", `/api/v1/session/${sessionUid}`, { token });
    network.restore();
    await deck.getByRole("alert").filter({ hasText: "was deleted" }).waitFor();
    expect((await readProblem(await lookUp(sessionUid))).code).toBe("session_not_found");
  } finally {
    await network.close();
  }
});
