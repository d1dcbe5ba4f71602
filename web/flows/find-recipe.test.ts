import { expect, test } from "vitest";
import type { Flow } from "../../shared/protocol/flow.ts";
import { FLOW_RECIPES, type FlowRecipe, fillRecipe, listBlanks } from "../../shared/protocol/flow-recipes.ts";
import { blankOf, findRecipe } from "./find-recipe.ts";

const TEXTS: Readonly<Record<string, string>> = {
  votes: "12",
  share: "7",
  minutes: "5",
  url: "https://chat.example.org/hook",
  activity: "pace",
  time: "2027-03-28T18:00",
  zone: "Europe/Berlin",
};

function makeFlow(recipe: FlowRecipe): Flow {
  const filled = fillRecipe(recipe, "Mine", new Map(Object.entries(TEXTS)));
  if (!("flow" in filled)) throw new Error(filled.wrong.join());
  return { ...filled.flow, id: "mine", failures: 0 };
}

test.each(FLOW_RECIPES)(
  "a flow of the recipe %s is known as one, with what stood in its blanks",
  (recipe) => {
    const texts = new Map(listBlanks(recipe).map(({ name }) => [name, TEXTS[name]]));
    expect(findRecipe(makeFlow(recipe))).toEqual({ recipe, texts });
  },
);

test("the service may tell its fields in another order, and a host may have switched it off", () => {
  const flow = makeFlow("close");
  const on = Object.fromEntries(Object.entries(flow.on).reverse()) as unknown as Flow["on"];
  expect(findRecipe({ ...flow, on, enabled: false })?.recipe).toBe("close");
});

test("what was written in another way is no recipe's", () => {
  const flow = makeFlow("close");
  expect(findRecipe({ ...flow, do: [...flow.do, { do: "message", text: "Thanks!" }] })).toBeUndefined();
  expect(findRecipe({ ...flow, if: [] })).toBeUndefined();
  expect(
    findRecipe({ ...flow, on: { event: "answers", share: 0.805, activity: "pace", again: true } }),
  ).toBeUndefined();
  expect(findRecipe({ ...flow, on: { event: "page", page: "1.0" } })).toBeUndefined();
});

test.each(FLOW_RECIPES)("what is wrong in a flow of the recipe %s has a blank", (recipe) => {
  const { on, do: actions } = makeFlow(recipe);
  const isNamed = (place: object) =>
    Object.keys(place)
      .map(blankOf)
      .filter((blank) => blank !== undefined);
  const blanks = [on, ...actions].flatMap(isNamed);
  expect([...new Set(blanks)].toSorted()).toEqual(
    listBlanks(recipe)
      .map(({ name }) => name)
      .toSorted(),
  );
});
