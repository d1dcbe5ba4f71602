import { expect, test } from "vitest";
import { getPageTopic } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { Totals } from "../../../lib/totals.ts";
import { NOW } from "../../test-session.ts";
import { KindAdmissions } from "./kind-admissions.ts";

const nothing = () => false;
const admit = (
  admissions: KindAdmissions,
  page: string,
  reaction: string,
  totals = new Totals(),
  now = NOW,
) => admissions.admit({ page, reaction }, totals, "", now);

function fill(admissions: KindAdmissions, kinds: number) {
  for (let kind = 0; kind < kinds; kind++) expect(admit(admissions, "1", `k${kind}`)).not.toBe("full");
}

test("the root's admissions are as many as a session has room for, together with what is counted", () => {
  const totals = new Totals();
  for (let kind = 0; kind < 10; kind++) totals.add(getPageTopic("2"), `c${kind}`, 1);
  const admissions = new KindAdmissions(nothing);
  fill(admissions, LIMITS.kinds - 10);
  expect(admit(admissions, "1", "more", totals)).toBe("full");
  expect(admit(admissions, "1", "k3", totals)).toMatchObject({ reaction: "k3", isNew: false });
  expect(admit(admissions, "2", "c3", totals)).toMatchObject({ reaction: "c3", isNew: false });
});

test("admissions are bounded by their size too", () => {
  const admissions = new KindAdmissions(nothing);
  const word = "🌊".repeat(64);
  let kinds = 0;
  while (admit(admissions, `${"🌊".repeat(60)}${kinds}`, word) !== "full") kinds++;
  expect(kinds).toBeLessThan(LIMITS.kindBytes / (4 * 120));
  expect(kinds).toBeGreaterThan(LIMITS.kindBytes / (4 * 130));
});

test("admissions end when nothing was kept, for the last who asked, and by themselves after a minute", () => {
  const admissions = new KindAdmissions(nothing);
  fill(admissions, LIMITS.kinds);
  admit(admissions, "1", "k0");
  admissions.release({ page: "1", reaction: "k0" });
  expect(admit(admissions, "1", "more")).toBe("full");
  admissions.release({ page: "1", reaction: "k0" });
  expect(admit(admissions, "1", "more")).toMatchObject({ isNew: true });
  expect(admit(admissions, "1", "last")).toBe("full");
  expect(admit(admissions, "1", "last", new Totals(), NOW + 60_000)).toMatchObject({ isNew: true });
});

test("admissions end also where the clock was put back meanwhile", () => {
  const admissions = new KindAdmissions(nothing);
  fill(admissions, LIMITS.kinds);
  expect(admit(admissions, "1", "more", new Totals(), NOW - 120_000)).toMatchObject({ isNew: true });
});

test("admissions are not used up by what is offered, which always has room", () => {
  const admissions = new KindAdmissions((page) => page === "shown");
  for (let kind = 0; kind < 2 * LIMITS.kinds; kind++) {
    expect(admit(admissions, "shown", `k${kind}`)).toMatchObject({ isNew: true });
  }
  fill(admissions, LIMITS.kinds);
  expect(admit(admissions, "1", "more")).toBe("full");
  expect(admit(admissions, "shown", "more")).toMatchObject({ isNew: true });
});

test("admissions give two spellings of one reaction the first one's", () => {
  const admissions = new KindAdmissions(nothing);
  expect(admit(admissions, "1", "❤")).toMatchObject({ reaction: "❤", isNew: true });
  expect(admit(admissions, "1", "❤\uFE0F")).toMatchObject({ reaction: "❤", isNew: false });
  expect(admit(admissions, "1", "👍🏽")).toMatchObject({ reaction: "👍🏽", isNew: true });
  expect(admit(admissions, "1", "👍")).toMatchObject({ reaction: "👍", isNew: true });
});

test("a kind that was counted meanwhile needs its admission no longer, and takes no room twice", () => {
  const totals = new Totals();
  const admissions = new KindAdmissions(nothing);
  fill(admissions, LIMITS.kinds);
  totals.add(getPageTopic("1"), "k0", 1);
  expect(admissions.admit({ page: "1", reaction: "k0" }, totals, "", NOW)).toMatchObject({ isNew: false });
  expect(admissions.admit({ page: "1", reaction: "more" }, totals, "", NOW)).toBe("full");
});

test("nothing is admitted any more after a restart, so all of it is new again", () => {
  const admissions = new KindAdmissions(nothing);
  admit(admissions, "1", "x");
  admissions.clear();
  expect(admit(admissions, "1", "x")).toMatchObject({ isNew: true });
});
