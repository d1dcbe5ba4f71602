import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { Totals } from "../../../lib/totals.ts";
import { type Admission, KindAdmissions } from "./kind-admissions.ts";
import { KindRegistry } from "./kind-registry.ts";
import { getPageTopic } from "./reaction-counts.ts";

const NOW = 1_795_180_000_000;

describe("the root's admissions", () => {
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

  test("are as many as a session has room for, together with what is counted", () => {
    const totals = new Totals();
    for (let kind = 0; kind < 10; kind++) totals.add(getPageTopic("2"), `c${kind}`, 1);
    const admissions = new KindAdmissions(nothing);
    fill(admissions, LIMITS.kinds - 10);
    expect(admit(admissions, "1", "more", totals)).toBe("full");
    expect(admit(admissions, "1", "k3", totals)).toMatchObject({ reaction: "k3", isNew: false });
    expect(admit(admissions, "2", "c3", totals)).toMatchObject({ reaction: "c3", isNew: false });
  });

  test("are bounded by their size too", () => {
    const admissions = new KindAdmissions(nothing);
    const word = "🌊".repeat(64);
    let kinds = 0;
    while (admit(admissions, `${"🌊".repeat(60)}${kinds}`, word) !== "full") kinds++;
    expect(kinds).toBeLessThan(LIMITS.kindBytes / (4 * 120));
    expect(kinds).toBeGreaterThan(LIMITS.kindBytes / (4 * 130));
  });

  test("end when nothing was kept, for the last who asked, and by themselves after a minute", () => {
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

  test("end also where the clock was put back meanwhile", () => {
    const admissions = new KindAdmissions(nothing);
    fill(admissions, LIMITS.kinds);
    expect(admit(admissions, "1", "more", new Totals(), NOW - 120_000)).toMatchObject({ isNew: true });
  });

  test("are not used up by what is offered, which always has room", () => {
    const admissions = new KindAdmissions((page) => page === "shown");
    for (let kind = 0; kind < 2 * LIMITS.kinds; kind++) {
      expect(admit(admissions, "shown", `k${kind}`)).toMatchObject({ isNew: true });
    }
    fill(admissions, LIMITS.kinds);
    expect(admit(admissions, "1", "more")).toBe("full");
    expect(admit(admissions, "shown", "more")).toMatchObject({ isNew: true });
  });

  test("give two spellings of one reaction the first one's", () => {
    const admissions = new KindAdmissions(nothing);
    expect(admit(admissions, "1", "❤")).toMatchObject({ reaction: "❤", isNew: true });
    expect(admit(admissions, "1", "❤\uFE0F")).toMatchObject({ reaction: "❤", isNew: false });
    expect(admit(admissions, "1", "👍🏽")).toMatchObject({ reaction: "👍🏽", isNew: true });
    expect(admit(admissions, "1", "👍")).toMatchObject({ reaction: "👍", isNew: true });
  });
});

describe("a room's registry", () => {
  function createRegistry(answer: (reaction: string) => Promise<Admission>) {
    const totals = new Totals();
    const [asked, released]: [string[], string[]] = [[], []];
    const registry = new KindRegistry({
      counted: () => [totals],
      findOffered: (page, reaction) => (page === "shown" && reaction.startsWith("❤") ? "❤\uFE0F" : undefined),
      admit: ({ reaction }) => {
        asked.push(reaction);
        return answer(reaction);
      },
      release: ({ reaction }) => released.push(reaction),
    });
    return { registry, totals, asked, released };
  }
  const grant = async (reaction: string) => ({ reaction, isNew: true });

  test("asks nobody for what is counted or offered, however it is spelled", () => {
    const { registry, totals } = createRegistry(grant);
    totals.add(getPageTopic("1"), "👁\uFE0F", 1);
    expect(registry.find("1", "👁")).toBe("👁\uFE0F");
    expect(registry.find("shown", "❤")).toBe("❤\uFE0F");
    totals.add(getPageTopic("shown"), "❤", 1);
    expect(registry.find("shown", "❤")).toBe("❤");
    expect(registry.find("2", "❤")).toBeUndefined();
  });

  test("asks once for all who want the same kind, and gives it back when none of theirs was kept", async () => {
    const { registry, asked, released } = createRegistry(grant);
    const kinds = await Promise.all(
      ["a", "b", "c"].map((who) => registry.use(who, { page: "1", reaction: "x" })),
    );
    expect(asked).toEqual(["x"]);
    for (const kind of kinds) if (typeof kind === "object") kind.end(false);
    expect(released).toEqual(["x"]);
  });

  test("keeps what one of them has had kept", async () => {
    const { registry, released } = createRegistry(grant);
    const [first, second] = await Promise.all([
      registry.use("a", { page: "1", reaction: "x" }),
      registry.use("b", { page: "1", reaction: "x" }),
    ]);
    if (typeof first === "object") first.end(true);
    if (typeof second === "object") second.end(false);
    expect(released).toEqual([]);
  });

  test("lets one participant bring so many that are new, and counts those alone that were kept", async () => {
    const { registry } = createRegistry(grant);
    const bring = async (isKept: boolean, reaction: string) => {
      const kind = await registry.use("a", { page: "1", reaction });
      if (typeof kind === "object") kind.end(isKept);
      return kind;
    };
    for (let kind = 0; kind < 100; kind++) expect(await bring(false, `lost ${kind}`)).not.toBe("many");
    for (let kind = 0; kind < LIMITS.kindsPerParticipant; kind++) {
      expect(await bring(true, `kept ${kind}`)).not.toBe("many");
    }
    expect(await bring(true, "more")).toBe("many");
    registry.clear();
    expect(await bring(true, "more")).not.toBe("many");
  });

  test("is none the poorer for a root that does not answer", async () => {
    let isOut = true;
    const { registry, asked } = createRegistry(async (reaction) => {
      if (isOut) throw new Error("out");
      return { reaction, isNew: true };
    });
    await expect(registry.use("a", { page: "1", reaction: "x" })).rejects.toThrow("out");
    isOut = false;
    expect(await registry.use("a", { page: "1", reaction: "x" })).toMatchObject({ reaction: "x" });
    expect(asked).toEqual(["x", "x"]);
  });
});
