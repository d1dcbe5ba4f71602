import { describe, expect, test } from "vitest";
import { NewFlow } from "./flow.schema.ts";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "./flow-recipes.ts";
import { LIMITS } from "./limits.ts";

/** What a host may write into each blank. */
const RIGHT: Readonly<Record<string, string>> = {
  votes: "10",
  share: " 80 ",
  minutes: "1",
  url: "https://chat.example.org/hook",
  activity: "pace",
  time: "2027-03-28T18:00",
  zone: "Europe/Berlin",
};

const fill = (recipe: (typeof FLOW_RECIPES)[number], more: Readonly<Record<string, string>> = {}) =>
  fillRecipe(recipe, "My flow", new Map(Object.entries({ ...RIGHT, ...more })));

describe.each(FLOW_RECIPES)("the recipe %s", (recipe) => {
  test("makes a flow that can be saved as it is", () => {
    const filled = fill(recipe);
    if (!("flow" in filled)) throw new Error(filled.wrong.join());
    expect(NewFlow.parse(filled.flow)).toEqual(filled.flow);
    expect(filled.flow).toMatchObject({ name: "My flow", enabled: true });
  });

  test("takes what stands in its blanks at first, where anything does", () => {
    const initial = listBlanks(recipe).filter(({ initial }) => initial !== "");
    const texts = Object.fromEntries(initial.map(({ name, initial }) => [name, initial]));
    expect(fill(recipe, texts)).toHaveProperty("flow");
  });

  test("says which blanks are empty", () => {
    const names = listBlanks(recipe).map(({ name }) => name);
    if (names.length > 0) expect(fillRecipe(recipe, "n", new Map())).toEqual({ wrong: names });
    for (const name of names) expect(fill(recipe, { [name]: "  " })).toEqual({ wrong: [name] });
  });
});

test.each([
  ["question", "votes", "ten"],
  ["question", "votes", "0"],
  ["question", "votes", "-1"],
  ["question", "votes", "1.5"],
  ["question", "votes", "1e3"],
  ["question", "votes", "9999999999"],
  ["question", "url", "chat"],
  ["question", "url", "javascript:alert(1)"],
  ["close", "share", "0"],
  ["close", "share", "101"],
  ["close", "share", "80%"],
  ["end", "time", "18:00"],
  ["save", "minutes", `${LIMITS.flowMinutes + 1}`],
] as const)("the recipe %s takes no %s like %j", (recipe, blank, text) => {
  expect(fill(recipe, { [blank]: text })).toEqual({ wrong: [blank] });
});

test("a poll that has closed is not closed once more, and closes each time that it is asked again", () => {
  expect(fill("close")).toMatchObject({
    flow: {
      on: { event: "answers", activity: "pace", share: 0.8, again: true },
      if: [{ activity: "pace", status: "open" }],
      do: [{ do: "activity", activity: "pace", status: "closed" }],
    },
  });
});
