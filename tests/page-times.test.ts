import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { getRoom, splitSessionUid } from "../shared/protocol/identity.ts";
import { TimelineAnswer } from "../shared/protocol/timeline.schema.ts";
import { SessionTotals } from "../shared/protocol/totals.schema.ts";
import { getJoinPath, PHONE, PROJECTOR, photograph, setScene, shortest, type Visit } from "./browser.ts";
import { type Deployment, read } from "./deployment.ts";

// What people are promised in seconds.

let revint: Deployment;
let visit: Visit;
setScene((scene) => ({ revint, visit } = scene), { rooms: { ROOM_CAPACITY: "5", ROOM_FANOUT: "2" } });

test("the demo shows a tap within three seconds of its opening", async () => {
  const took = await shortest(3000, async () => {
    const begin = Date.now();
    const deck = await visit.open(`/demo#token=${await revint.sign()}`, PROJECTOR);
    const phone = await visit.open(await getJoinPath(deck), PHONE);
    await phone.getByRole("button", { name: /^Thumbs up, / }).tap();
    await deck.locator('.counts li[aria-label="Thumbs up: 1"]').waitFor({ state: "attached" });
    return Date.now() - begin;
  });
  expect(took).toBeLessThan(3000);
});

test("100,000 reactions of 5,000 people on 40 pages are drawn within two seconds, and downloaded to the last", {
  timeout: 300_000,
}, async () => {
  const token = await revint.sign({ name: "A large room" });
  const { sessionUid, hostUid } = await revint.host(token, { expectedAudience: 20 });
  const path = `/api/v1/session/${sessionUid}`;
  for (let slide = 0; slide < 40; slide++) {
    await revint.request("POST", `${path}/state`, {
      token,
      uid: hostUid,
      json: { page: `${slide}.0`, state: JSON.stringify({ title: `Slide number ${slide}` }) },
    });
  }
  const asHost = { token, uid: hostUid };
  // A session's epoch is the moment it began: what is put into its ledgers is then part of it.
  const epoch = (await read(TimelineAnswer, await revint.request("GET", `${path}/timeline`, asHost))).from;
  for (let room = 0; room < 4; room++) {
    await revint.fillLedger(splitSessionUid(sessionUid).hash, room, epoch);
  }
  // One reaction on the usual way tells each room that there is more in its ledger than it knew.
  const people = await Promise.all(Array.from({ length: 20 }, () => revint.join(sessionUid)));
  const witnesses = new Map(people.map((person) => [getRoom(person.uid), person]));
  for (const person of witnesses.values()) {
    await revint.request("POST", `${path}/user/${person.uid}/react/0.0/up`, person);
  }
  const all = 100_000 + witnesses.size;
  const total = async () =>
    (await read(SessionTotals, await revint.request("GET", `${path}/reactions`, asHost))).total;
  await expect.poll(total).toBe(all);
  const page = await visit.open("/", PROJECTOR);
  const took = await shortest(2000, async () => {
    await page.goto("about:blank");
    const begin = Date.now();
    await page.goto(`${revint.url}/results?session=${sessionUid}#token=${token}`);
    await page.locator(".results .column").first().waitFor({ state: "attached" });
    return Date.now() - begin;
  });
  console.log(`drawn in ${took} ms`);
  expect(took).toBeLessThan(2000);
  expect(await page.locator(".figures div", { hasText: "Reactions" }).locator("dd").textContent()).toBe(
    all.toLocaleString("en"),
  );
  expect(await page.locator(".slide .bar").count()).toBeGreaterThan(40);
  await photograph(page, "results-100000");
  const [saved] = await Promise.all([
    page.waitForEvent("download", { timeout: 0 }),
    page.getByRole("button", { name: "Spreadsheet (CSV)" }).click(),
  ]);
  const text = await readFile(await saved.path(), "utf8");
  expect(text.trimEnd().split("\r\n")).toHaveLength(all + 1);
  expect(visit.complaints).toEqual([]);
});
