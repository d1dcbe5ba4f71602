import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { Flows } from "../shared/protocol/flow.schema.ts";
import { SavedActivities } from "../shared/protocol/host/talk.schema.ts";
import { findBarriers, photograph, type Scene, SMALL_PHONE, setScene } from "./browser.ts";
import { TalkHost } from "./talk-host.ts";

let { revint, visit } = {} as Scene;
setScene((scene) => ({ revint, visit } = scene));

const WIDE = { viewport: { width: 1280, height: 800 } } as const;

/** Their console, with its talks. */
async function openConsole(host: TalkHost, options: object = WIDE): Promise<Page> {
  const page = await visit.open("/404", options);
  visit.complaints.length = 0;
  const [name = "", value = ""] = host.cookie.split("=");
  await page.context().addCookies([{ name, value, url: revint.url }]);
  await page.goto(`${revint.url}/host`);
  await page.getByRole("heading", { name: "Talks", exact: true }).waitFor();
  return page;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function open(page: Page, name: string, what: string): Promise<void> {
  const row = page.locator(".row").filter({ hasText: name });
  await row.waitFor();
  if ((await row.locator("details[open]").count()) === 0) await row.locator("summary").click();
  await row.getByRole("button", { name: what, exact: true }).click();
}

const STARTS = Date.UTC(2031, 4, 7, 10, 30);

/** A talk with a poll that is saved to be asked. */
async function createTalk(host: TalkHost, more: object = {}) {
  const made = await host.create({ name: "Rivers", date: "2031-05-07", startsAt: STARTS, ...more });
  await host.ask(SavedActivities, "PUT", `talks/${made.talk.id}/activities`, {
    activities: [{ id: "where", kind: "text", prompt: "Where are you from?" }],
  });
  return made;
}

test("a host says when a session opens by itself, and what happens then", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk } = await createTalk(host);
  const page = await openConsole(host);
  await open(page, "Rivers", "Change…");
  await page.getByLabel("Opens by itself").selectOption({ label: "10 minutes before" });
  await photograph(page, "talk-opens-by-itself");
  expect(await findBarriers(page)).toEqual([]);
  await button(page, "Save").click();
  await page.getByText("opens by itself 10 minutes before").waitFor();
  expect((await host.open(talk)).talk).toMatchObject({ startsAt: STARTS, opensBefore: 10 });

  await open(page, "Rivers", "Automations…");
  await button(page, /^Something for those who come early/).click();
  await page.getByLabel("what is asked").selectOption({ label: "Where are you from?" });
  await photograph(page, "talk-flow-recipe");
  expect(await findBarriers(page)).toEqual([]);
  await button(page, "Save").click();
  await page.getByText("5 minutes before the talk starts: open “Where are you from?”.").waitFor();
  await photograph(page, "talk-flows");
  expect(await findBarriers(page)).toEqual([]);
  // There is nothing to look at yet that it did.
  expect(await button(page, /What it did/).count()).toBe(0);
  const { flows } = await host.ask(Flows, "GET", `talks/${talk.id}/flows`);
  expect(flows).toMatchObject([{ on: { event: "schedule", minutes: -5, from: "start" }, enabled: true }]);
  // It is found again by its recipe, with what stands in its blanks.
  await button(page, /^Change/)
    .last()
    .click();
  expect(await page.getByLabel("minutes").inputValue()).toBe("5");
  expect(visit.complaints).toEqual([]);
});

test("a hook's address is told at home, once, and what the deployment can't do is said there", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, token } = await createTalk(host);
  const page = await openConsole(host);
  await open(page, "Rivers", "Automations…");
  await button(page, /^A key opens it/).click();
  await page.getByLabel("what is asked").selectOption({ label: "Where are you from?" });
  await button(page, "Save").click();
  await page.getByRole("heading", { name: "Keep this now" }).waitFor();
  const address = page.getByLabel("Address of the hook");
  const hookUrl = await address.inputValue();
  expect(hookUrl).toContain(`${revint.url}/api/v1/hook/${talk.sessionUid}/`);
  await photograph(page, "talk-flow-hook");
  await button(page, "I have kept it").click();
  await revint.host(token);
  expect((await fetch(hookUrl, { method: "POST" })).status).toBe(202);

  await button(page, "Write or import…").click();
  const flow = { name: "Lights", on: { event: "page" }, do: [{ do: "queue", topic: "lights" }] };
  await page.getByRole("textbox", { name: "JSON" }).fill(JSON.stringify([flow]));
  await button(page, "Save").click();
  await page.getByText("This deployment has no queue").waitFor();
  visit.complaints.splice(
    0,
    visit.complaints.length,
    ...visit.complaints.filter((each) => !/400/.test(each)),
  );
  await page.getByRole("textbox", { name: "JSON" }).fill(
    JSON.stringify([
      { ...flow, do: [{ do: "end" }] },
      { ...flow, name: "" },
    ]),
  );
  await button(page, "Save").click();
  await page.getByText(/name is empty/).waitFor();
  expect((await host.ask(Flows, "GET", `talks/${talk.id}/flows`)).flows).toHaveLength(1);
});

test("what a session does by itself is kept for the next time, by whoever has given the talk", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, token } = await createTalk(host);
  const { hostUid: uid } = await revint.host(token);
  const json = { name: "Recap at the end", on: { event: "ended" }, do: [{ do: "recap" }] };
  const path = `/api/v1/session/${talk.sessionUid}`;
  expect((await revint.request("PUT", `${path}/flows/recap`, { token, uid, json })).status).toBe(200);
  const page = await openConsole(host, { ...SMALL_PHONE, colorScheme: "dark" });
  await open(page, "Rivers", "Automations…");
  await page.getByText("There are none yet.").waitFor();
  await button(page, "Keep those of its session").click();
  await page.getByText("When the session has ended: make the recap.").waitFor();
  await photograph(page, "talk-flows-small-dark");
  expect(await findBarriers(page)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  expect(visit.complaints).toEqual([]);
});

test("a stage whose talk came without its automations says so, and is whole when it is loaded again", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, token, links } = await createTalk(host);
  const flow = { name: "a", on: { event: "ended" }, do: [{ do: "recap" }] };
  await host.request("PUT", `talks/${talk.id}/flows/a`, { json: flow });
  for (let row = 0; row < 20; row++) {
    await revint.changeHosts(
      "INSERT INTO talk_flows SELECT talk, ?2, flow, NULL, NULL, created_at FROM talk_flows WHERE talk = ?1 AND id = 'a'",
      ...[talk.id, `more${row}`],
    );
  }
  await revint.host(token);
  const stage = await visit.open(links.stage);
  await stage.getByText("The automations of this talk are not here yet.").waitFor();
  await photograph(stage, "stage-without-flows");
  await revint.changeHosts("DELETE FROM talk_flows WHERE talk = ?1 AND id <> 'a'", talk.id);
  await stage.reload();
  const list = () => revint.request("GET", `/api/v1/session/${talk.sessionUid}/flows`, { token });
  await expect.poll(async () => (await (await list()).json()).flows.length).toBe(1);
  await stage.locator(".board").waitFor();
  expect(await stage.getByText("The automations of this talk are not here yet.").count()).toBe(0);
});
