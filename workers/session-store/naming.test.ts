import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { NewName } from "../../shared/protocol/name.schema.ts";
import { HostRules } from "../../shared/protocol/rules.schema.ts";
import { foldName, Names } from "./names.ts";
import { Naming } from "./naming.ts";
import { beginSession, NOW, nameUser } from "./test-session.ts";
import { createSql } from "./test-storage.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const [ann, bob] = [nameUser("ann"), nameUser("bob")];

function open() {
  const state = beginSession();
  const names = new Names(createSql());
  const asked: string[] = [];
  const root = { isOut: false };
  const naming: Naming = new Naming({
    state,
    names,
    ensurePlace: () => undefined,
    ask: async (participant, name) => {
      asked.push(name);
      if (root.isOut) throw new Error("out");
      return naming.decide(participant, name);
    },
  });
  const codeOf = async (participant: string, name: string) => (await naming.request(participant, name))?.code;
  return { state, names, naming, asked, root, codeOf };
}

test.each([
  ["Ada", " ada"],
  ["Ada", "ＡＤＡ"],
  ["Ada", "A\u200bda"],
  ["Ada  L", "ada l"],
  ["❤", "❤️"],
  ["Ada", "A\u034Fda\u3164"],
])("%j and %j are one name", (first, second) => {
  expect(foldName(first)).toBe(foldName(second));
});

test.each(["\u3164", "\u200B", "\u034F"])("%j is no name: nobody could see it", (name) => {
  expect(NewName.safeParse({ name }).success).toBe(false);
});

test("a name is one person's until they take another one", async () => {
  const { codeOf, names } = open();
  expect(await codeOf(ann, "Ada")).toBeUndefined();
  expect(await codeOf(bob, "ADA")).toBe("name_taken");
  expect(await codeOf(ann, "Grace")).toBeUndefined();
  expect(await codeOf(bob, "Ada")).toBeUndefined();
  expect(names.find([ann, bob])).toEqual(
    new Map([
      [ann, "Grace"],
      [bob, "Ada"],
    ]),
  );
  names.delete(ann);
  expect(await codeOf(bob, "Grace")).toBeUndefined();
});

test("a session that has no names writes nothing for being asked", () => {
  const { names } = open();
  names.delete(ann);
  names.clear();
  expect(names.find([ann])).toEqual(new Map());
});

test("names are shown as long as the rules take any, and not of who is blocked", async () => {
  const { codeOf, naming, state } = open();
  await codeOf(ann, "Ada");
  await codeOf(bob, "Bob");
  state.change({ blocked: [bob] }, NOW + 1);
  expect(naming.findShown([ann, bob])).toEqual(new Map([[ann, "Ada"]]));
  expect(await codeOf(bob, "Rob")).toBe("blocked");
  state.change({ rules: HostRules.parse({ names: false }) }, NOW + 2);
  expect(naming.findShown([ann, bob])).toEqual(new Map());
  expect(await codeOf(ann, "Eve")).toBe("names_off");
});

test("whoever is in haste is not asked about, and a root that is out is unavailable", async () => {
  const { codeOf, asked, root } = open();
  root.isOut = true;
  expect(await codeOf(bob, "Bob")).toBe("unavailable");
  root.isOut = false;
  for (let turn = 0; turn < LIMITS.namesPerMinute; turn++) await codeOf(ann, `Ann ${turn}`);
  const before = asked.length;
  expect(await codeOf(ann, "Ann")).toBe("rate_limited");
  expect(asked).toHaveLength(before);
  vi.setSystemTime(NOW + 60_000);
  expect(await codeOf(ann, "Ann")).toBeUndefined();
});
