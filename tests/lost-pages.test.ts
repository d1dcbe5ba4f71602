import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CoHostAnswer } from "../shared/protocol/co-host.schema.ts";
import { findBarriers, lookAt, PROJECTOR, photograph, setScene, TALL_PHONE, type Visit } from "./browser.ts";
import { type Deployment, read, readProblem } from "./deployment.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

/** Where a session is asked for: phones have its code. */
const FIELD = /session|join code/i;

/** What a browser notes by itself about an answer of 404, or of 403 to a stranger, is no complaint of ours. */
const listComplaints = () => visit.complaints.filter((complaint) => !/status of 40[34]/.test(complaint));

describe("an unknown address", () => {
  test("is a page for people, who find their way from there", async () => {
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const page = await visit.open("/nonsense/of-a-kind", options);
      await page.getByRole("heading", { name: "No such page" }).waitFor();
      expect(await lookAt(page, `lost-${size}`)).toEqual([]);
      await page.getByRole("link", { name: "Join a session" }).click();
      await page.getByRole("heading", { name: "Which session?" }).waitFor();
    }
    expect(listComplaints()).toEqual([]);
  });

  test("below the API is a problem, for programs and for people", async () => {
    for (const path of ["/api/nonsense", "/ws/nonsense"]) {
      expect((await readProblem(await revint.request("GET", path))).code).toBe("not_found");
    }
    const page = await visit.open("/", PROJECTOR);
    const answer = await page.goto(`${revint.url}/api/nonsense`);
    expect(answer?.status()).toBe(404);
    expect(answer?.headers()["content-type"]).toBe("application/problem+json");
  });
});

describe("a session that does not exist", () => {
  test.each([
    ["/stage", "There is no such session", "Open", "Paste the host token of this session"],
    ["/results", "No such session", "Show its results", "These results are not open"],
    ["/recap", "There is no such recap", "Open its recap", "There is nothing to read yet"],
    ["/join", "No such session", "Join", "Not started yet"],
  ])("on %s is said, with a field for the right one", async (path, text, action, found) => {
    const page = await visit.open(`${path}?session=nobody-knows-this-one`, TALL_PHONE);
    await page.getByText(text).first().waitFor();
    await photograph(page, `lost${path.replace("/", "-")}-phone`);
    expect(await findBarriers(page)).toEqual([]);
    const { sessionUid } = await revint.host();
    await page.getByLabel(FIELD).fill(`${revint.url}/join?session=${sessionUid}`);
    await page.getByRole("button", { name: action, exact: true }).click();
    await page.waitForURL(`${revint.url}${path}?session=${sessionUid}`);
    await page.getByText(found).waitFor();
    expect(await page.getByText(text).count()).toBe(0);
    expect(listComplaints()).toEqual([]);
  });

  test("lets the demo deck say so, and its slides work", async () => {
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const page = await visit.open("/demo?session=nobody-knows-this-one", options);
      await page.getByRole("status").getByText("There is no such session.").waitFor();
      await photograph(page, `lost-demo-${size}`);
      await page.keyboard.press("ArrowRight");
      await page.getByRole("heading", { name: "Your phone follows" }).waitFor();
    }
    expect(listComplaints()).toEqual([]);
  });

  test("is not said by the demo deck to who leads, or tries to", async () => {
    const lost = (page: Page) => page.getByText("There is no such session.");
    const paste = async (page: Page, text: string) => {
      await page.getByLabel("Host token").fill(text);
      await page.keyboard.press("Enter");
    };
    const token = await revint.sign();
    const page = await visit.open("/demo?session=nobody-knows-this-one", PROJECTOR);
    await lost(page).waitFor();
    await page.keyboard.press("i");
    await paste(page, `${token.slice(0, -8)}AAAAAAAA`);
    await page.getByRole("alert").filter({ hasText: "not accepted here" }).waitFor();
    expect(await lost(page).count()).toBe(0);
    await paste(page, token);
    await page.getByRole("dialog", { name: "You lead this deck" }).waitFor();
    expect(await lost(page).count()).toBe(0);
  });
});

describe("on a deployment", () => {
  test("the landing page names its address, and how to come by a host token", async () => {
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const page = await visit.open("/", options);
      await page.getByText(`<script src="${revint.url}/plugin/revint.js">`).waitFor();
      await page.getByText("npm run token").scrollIntoViewIfNeeded();
      await photograph(page, `landing-own-${size}`);
      expect(await findBarriers(page)).toEqual([]);
    }
    expect(visit.complaints).toEqual([]);
  });

  test("a session's link that has lost its path leads to joining it", async () => {
    const { sessionUid } = await revint.host();
    const page = await visit.open(`/?session=${sessionUid}`, TALL_PHONE);
    await page.getByRole("heading", { name: "Not started yet" }).waitFor();
    expect(page.url()).toBe(`${revint.url}/join?session=${sessionUid}`);
    const lost = await visit.open("/?session=foo", TALL_PHONE);
    await lost.getByRole("heading", { name: "No such session" }).waitFor();
  });

  test("the demo deck asks for no token that only a laptop prints", async () => {
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const page = await visit.open("/demo", options);
      await page.getByText("Nothing to scan yet").first().waitFor();
      await photograph(page, `demo-unled-${size}`);
      expect(await page.locator(".slides").textContent()).not.toContain("npm start");
    }
  });
});

describe("what is pasted where a session is asked for", () => {
  const ask = async (page: Page, text: string, action: string) => {
    await page.getByLabel(FIELD).fill(text);
    await page.getByRole("button", { name: action, exact: true }).click();
  };
  /** A secret never stands in an address that is asked for. */
  const listLeaks = (...secrets: string[]) =>
    visit.requests.filter((url) => secrets.some((secret) => decodeURIComponent(url).includes(secret)));

  test.each([
    ["/stage", "Open", ".board"],
    ["/results", "Show its results", ".results .host"],
    ["/recap", "Open its recap", "text=This talk has no recap yet"],
  ])("on %s lets a host in, and no secret into an address", async (path, action, inside) => {
    const token = await revint.sign();
    const { sessionUid, hostUid } = await revint.host(token);
    const page = await visit.open(path, PROJECTOR);
    const before = page.url();
    for (const wrong of ["my talk", "deck.html", `${revint.url}/demo`]) {
      await ask(page, wrong, action);
      await page.getByRole("alert").filter({ hasText: "neither a session's name" }).waitFor();
    }
    await photograph(page, `session-form${path.replace("/", "-")}`);
    expect(await findBarriers(page)).toEqual([]);
    expect(page.url()).toBe(before);
    // As a mail has broken it into lines: a field makes spaces of them.
    await ask(page, token.replaceAll(/.{60}/g, "$& "), action);
    await page.locator(inside).waitFor();
    expect(page.url()).toBe(`${revint.url}${path}?session=${sessionUid}`);
    expect(await page.content()).not.toContain(token);

    const json = { role: "moderator" };
    const hosts = `/api/v1/session/${sessionUid}/hosts`;
    const answer = await revint.request("POST", hosts, { token, uid: hostUid, json });
    const invited = await read(CoHostAnswer, answer);
    const secrets = `#token=${invited.token}&uid=${invited.hostUid}`;
    for (const end of [`?session=${sessionUid}#token=${token}`, `?session=${sessionUid}${secrets}`]) {
      const other = await visit.open(`${path}?session=nobody-knows-this-one`, PROJECTOR);
      await ask(other, `https://talks.example.org/deck.html${end}`, action);
      await other.locator(inside).waitFor();
      expect(other.url()).toBe(`${revint.url}${path}?session=${sessionUid}`);
    }
    expect(listLeaks(token, invited.token)).toEqual([]);
  });

  test.each([
    ["/stage", "Open", ".board"],
    ["/results", "Show its results", ".results .host"],
    ["/recap", "Open its recap", "text=This talk has no recap yet"],
  ])(
    "on %s, or in its address, a host token finds its session, and says so when there is none",
    async (path, action, inside) => {
      const token = await revint.sign();
      const page = await visit.open(`${path}#token=${token}`, PROJECTOR);
      await page.getByRole("alert").filter({ hasText: "was not started yet" }).waitFor();
      await photograph(page, `not-started${path.replace("/", "-")}`);
      expect(page.url()).toBe(`${revint.url}${path}`);

      await ask(page, `${token.slice(0, -8)}AAAAAAAA`, action);
      await page.getByRole("alert").filter({ hasText: "not accepted here" }).waitFor();
      expect(await page.getByLabel("Session").inputValue()).toBe("");

      const { sessionUid } = await revint.host(token);
      const link = await visit.open(`${path}#token=${token}`, PROJECTOR);
      await link.locator(inside).waitFor();
      expect(link.url()).toBe(`${revint.url}${path}?session=${sessionUid}`);
      await link.reload();
      await link.locator(inside).waitFor();
      // The tab knows it from then on.
      await link.goto(`${revint.url}${path}`);
      await link.waitForURL(`${revint.url}${path}?session=${sessionUid}`);
      await link.locator(inside).waitFor();
      expect(listLeaks(token)).toEqual([]);
      expect(visit.complaints.filter((complaint) => !/status of 40[14]/.test(complaint))).toEqual([]);
    },
  );

  test("on /join is a session, or is said to be none", async () => {
    const token = await revint.sign();
    const { sessionUid } = await revint.host(token);
    const page = await visit.open("/join", TALL_PHONE);
    await ask(page, token, "Join");
    await page.getByRole("alert").filter({ hasText: "a host's secret" }).waitFor();
    expect(page.url()).toBe(`${revint.url}/join`);
    await ask(page, `${revint.url}/demo?session=${sessionUid}#token=${token}`, "Join");
    await page.getByRole("heading", { name: "Not started yet" }).waitFor();
    expect(listLeaks(token)).toEqual([]);
    expect(await page.evaluate("Object.keys(sessionStorage)")).toEqual([]);
  });
});
