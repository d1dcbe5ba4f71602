import { describe, expect, test } from "vitest";
import { findBarriers, PROJECTOR, photograph, setScene, TALL_PHONE, type Visit } from "./browser.ts";
import { type Deployment, readProblem } from "./deployment.ts";

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene));

/** What a browser notes by itself about an answer of 404, or of 403 to a stranger, is no complaint of ours. */
const listComplaints = () => visit.complaints.filter((complaint) => !/status of 40[34]/.test(complaint));

describe("an unknown address", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`is a page for people, who find their way from there, ${colorScheme}`, async () => {
      for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
        const page = await visit.open("/nonsense/of-a-kind", { ...options, colorScheme });
        await page.getByRole("heading", { name: "No such page" }).waitFor();
        await photograph(page, `lost-${size}-${colorScheme}`);
        expect(await findBarriers(page)).toEqual([]);
        await page.getByRole("link", { name: "Join a session" }).click();
        await page.getByRole("heading", { name: "Which session?" }).waitFor();
      }
      expect(listComplaints()).toEqual([]);
    });
  }

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
    ["/stage", "There is no such session", "Open"],
    ["/results", "No such session", "Show its results"],
    ["/join", "No such session", "Join"],
  ])("on %s is said, with a field for the right one", async (path, text, action) => {
    const page = await visit.open(`${path}?session=nobody-knows-this-one`, TALL_PHONE);
    await page.getByText(text).first().waitFor();
    await photograph(page, `lost${path.replace("/", "-")}-phone`);
    expect(await findBarriers(page)).toEqual([]);
    const { sessionUid } = await revint.host();
    await page.getByLabel("Session").fill(`${revint.url}/join?session=${sessionUid}`);
    await page.getByRole("button", { name: action, exact: true }).click();
    await page.waitForURL(`${revint.url}${path}?session=${sessionUid}`);
    await page.getByText(text).first().waitFor({ state: "detached" });
    await page.getByRole("heading").first().waitFor();
    expect(listComplaints()).toEqual([]);
  });

  test("lets the demo deck say so, and its slides work", async () => {
    for (const [size, options] of Object.entries({ phone: TALL_PHONE, projector: PROJECTOR })) {
      const page = await visit.open("/demo?session=nobody-knows-this-one", options);
      await page.getByRole("alert").filter({ hasText: "There is no such session." }).waitFor();
      await photograph(page, `lost-demo-${size}`);
      await page.keyboard.press("ArrowRight");
      await page.getByRole("heading", { name: "Your phone follows" }).waitFor();
    }
    expect(listComplaints()).toEqual([]);
  });
});
