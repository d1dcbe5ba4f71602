import { expect, test } from "vitest";
import { getPageTopic } from "../../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import { Totals } from "../../../lib/totals.ts";
import type { Admission } from "./kind-admissions.ts";
import { KindRegistry } from "./kind-registry.ts";

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

test("a room's registry asks nobody for what is counted or offered, however it is spelled", () => {
  const { registry, totals } = createRegistry(grant);
  totals.add(getPageTopic("1"), "👁\uFE0F", 1);
  expect(registry.find("1", "👁")).toBe("👁\uFE0F");
  expect(registry.find("shown", "❤")).toBe("❤\uFE0F");
  totals.add(getPageTopic("shown"), "❤", 1);
  expect(registry.find("shown", "❤")).toBe("❤");
  expect(registry.find("2", "❤")).toBeUndefined();
});

test("a room's registry asks once for all who want the same kind, and gives it back when none of theirs was kept", async () => {
  const { registry, asked, released } = createRegistry(grant);
  const kinds = await Promise.all(
    ["a", "b", "c"].map((who) => registry.use(who, { page: "1", reaction: "x" })),
  );
  expect(asked).toEqual(["x"]);
  for (const kind of kinds) if (typeof kind === "object") kind.end(false);
  expect(released).toEqual(["x"]);
});

test("a room's registry keeps what one of them has had kept", async () => {
  const { registry, released } = createRegistry(grant);
  const [first, second] = await Promise.all([
    registry.use("a", { page: "1", reaction: "x" }),
    registry.use("b", { page: "1", reaction: "x" }),
  ]);
  if (typeof first === "object") first.end(true);
  if (typeof second === "object") second.end(false);
  expect(released).toEqual([]);
});

test("a room's registry lets one participant bring so many that are new, and counts those alone that were kept", async () => {
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

test("a room's registry is none the poorer for a root that does not answer", async () => {
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
