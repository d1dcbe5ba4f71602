import { expect, test } from "vitest";
import { Activities } from "../shared/interactions/activity/activity.schema.ts";
import { SavedActivities } from "../shared/protocol/host/talk.schema.ts";
import { findBarriers, photograph, type Scene, SMALL_PHONE, setScene, Visit } from "./browser.ts";
import { read, readProblem } from "./deployment.ts";
import { TalkHost } from "./talk-host.ts";

/* What was made during a talk, kept with it for the next time. */

let { revint, browser } = {} as Scene;
setScene((scene) => ({ revint, browser } = scene), {});

/** A talk that is given: with something saved before, something of a slide, and what was made on the stage. */
async function give(host: TalkHost) {
  const { talk, token } = await host.create({ name: "On tea" });
  const saved = { activities: [{ id: "why", kind: "text", prompt: "Why?" }] };
  await host.ask(SavedActivities, "PUT", `talks/${talk.id}/activities`, saved);
  const as = { token, uid: (await revint.host(token)).hostUid };
  const path = `/api/v1/session/${talk.sessionUid}/activities`;
  const write = async (id: string, json: object) => {
    expect((await revint.request("PUT", `${path}/${id}`, { ...as, json })).status).toBe(200);
  };
  const options = [
    { id: "yes", text: "Yes" },
    { id: "no", text: "No" },
  ];
  await write("ask-tea", { kind: "choice", prompt: "Tea?", options, correct: ["yes"] });
  await write("slide", { kind: "words", prompt: "One word", page: "2.0" });
  await write("why", { kind: "text", prompt: "Why, once more?" });
  const open = { ...as, json: { status: "open" } };
  expect((await revint.request("POST", `${path}/ask-tea/status`, open)).status).toBe(200);
  const person = await revint.join(talk.sessionUid);
  const answered = await revint.request(
    "PUT",
    `/api/v1/session/${talk.sessionUid}/user/${person.uid}/answers/ask-tea`,
    { ...person, json: { round: 1, value: ["yes"] } },
  );
  expect(answered.status).toBe(200);
  return { talk, as, options, path };
}

const keep = (talk: { id: string }) => `talks/${talk.id}/activities/from-session`;

test("is what was asked and what is right, and no answer; what stands on a slide comes with the deck", async () => {
  const host = await TalkHost.signUp(revint);
  const { talk, as, options, path } = await give(host);
  const kept = await host.ask(SavedActivities, "POST", keep(talk));
  const shared = { show: "closed", change: true };
  expect(kept).toEqual({
    activities: [
      { id: "why", kind: "text", prompt: "Why, once more?", ...shared },
      { id: "ask-tea", kind: "choice", prompt: "Tea?", options, multiple: 1, correct: ["yes"], ...shared },
    ],
  });
  expect(await host.ask(SavedActivities, "GET", `talks/${talk.id}/activities`)).toEqual(kept);
  // Again, and after the end: the same.
  expect((await revint.request("POST", `/api/v1/session/${talk.sessionUid}/end`, as)).status).toBe(200);
  expect(await host.ask(SavedActivities, "POST", keep(talk))).toEqual(kept);
  // The next time begins with them, as drafts.
  await revint.request("DELETE", `/api/v1/session/${talk.sessionUid}`, as);
  const gone = await readProblem(await host.request("POST", keep(talk)));
  expect([gone.code, gone.status]).toEqual(["session_not_found", 404]);
  const again = { token: as.token, uid: (await revint.host(as.token)).hostUid };
  const { activities } = await read(Activities, await revint.request("GET", path, again));
  expect(activities.map(({ id, status, rounds }) => [id, status, rounds])).toEqual([
    ["why", "draft", []],
    ["ask-tea", "draft", []],
  ]);
});

test("leaves what is saved as it is where there is no session, or no room; and is nobody else's to ask for", async () => {
  const [host, other] = [await TalkHost.signUp(revint), await TalkHost.signUp(revint)];
  const { talk } = await host.create({ name: "Not yet" });
  expect((await readProblem(await host.request("POST", keep(talk)))).code).toBe("session_not_found");
  const given = await give(host);
  expect((await readProblem(await other.request("POST", keep(given.talk)))).code).toBe("talk_not_found");
  const asHost = await revint.request("POST", `/api/v1/host/${keep(given.talk)}`, given.as);
  expect((await readProblem(asHost)).code).toBe("not_signed_in");
  const full = Array.from({ length: 200 }, (_, index) => ({
    ...{ id: `full-${index}`, kind: "text", prompt: "Why?", show: "closed", change: true },
  }));
  const path = `talks/${given.talk.id}/activities`;
  await host.ask(SavedActivities, "PUT", path, { activities: full });
  expect((await readProblem(await host.request("POST", keep(given.talk)))).code).toBe("limit_reached");
  expect((await host.ask(SavedActivities, "GET", path)).activities).toHaveLength(200);
});

test("takes one press in the console, on a talk that was given", async () => {
  const host = await TalkHost.signUp(revint);
  await host.create({ name: "Not given" });
  const { talk } = await give(host);
  const visit = new Visit(browser, revint.url);
  const page = await visit.open("/404", { viewport: { width: 1280, height: 800 } });
  const [name = "", value = ""] = host.cookie.split("=");
  await page.context().addCookies([{ name, value, url: revint.url }]);
  await page.goto(`${revint.url}/host`);
  const dialog = page.getByRole("dialog");
  const openOf = async (name: string) => {
    await page
      .locator("summary")
      .and(page.getByLabel(`More about ${name}`))
      .click();
    await page.getByRole("listitem").filter({ hasText: name }).getByText("Activities…").click();
    await dialog.waitFor();
  };
  const press = dialog.getByRole("button", { name: "Keep it for the next time" });
  await openOf("Not given");
  expect(await press.count()).toBe(0);
  await page.keyboard.press("Escape");

  await openOf("On tea");
  await press.click();
  await dialog.getByText("It is kept: 2 activities are saved with this talk.").waitFor();
  await dialog.getByText("Tea?", { exact: true }).waitFor();
  await dialog.getByText("Why, once more?").waitFor();
  expect(await dialog.getByText("One word", { exact: true }).count()).toBe(0);
  await photograph(page, "host-kept");
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize(SMALL_PHONE.viewport);
  await photograph(page, "host-kept-phone");
  await press.click();
  await dialog.getByText("Nothing was made in the session that is not here already.").waitFor();

  await revint.eraseSession(talk.sessionUid.slice(0, 18));
  await press.click();
  await dialog.getByText("The session of this talk is not there any more").waitFor();
  expect(visit.complaints.filter((complaint) => !/status of 404/.test(complaint))).toEqual([]);
  await visit.end();
});
