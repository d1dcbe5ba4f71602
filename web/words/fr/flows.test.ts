import { expect, test } from "vitest";
import type { FlowAction, FlowCondition, FlowTrigger } from "../../../shared/protocol/flow.ts";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "../../../shared/protocol/flow-recipes.ts";
import { flows } from "./flows.ts";
import { plural } from "./plural.ts";

/** In the tests a plain space stands for one that does not break. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("a flow is told in a French sentence", () => {
  const flow = {
    on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 },
    if: [{ people: { atLeast: 50 } }, { activity: "pace", status: "open" }],
    do: [
      { do: "activity", activity: "pace", status: "closed" },
      { do: "message", text: "Merci" },
      { do: "webhook", url: "https://chat.example.org:8443/hook/secret-key?token=secret" },
    ],
  } as const;
  expect(plain(flows.describe(flow))).toBe(
    "Quand 20 × ❓ arrivent sur la diapo 2 en 30 secondes, si au moins 50 personnes sont là et si « pace » est ouvert : " +
      "fermer « pace », afficher « Merci » sur la scène et prévenir chat.example.org:8443.",
  );
});

test.each<[FlowTrigger, string]>([
  [{ event: "reactions", atLeast: 1 }, "Quand 1 réaction arrive"],
  [{ event: "reactions", atLeast: 1000, again: true }, "Chaque fois que 1 000 réactions arrivent"],
  [{ event: "activity", status: "open" }, "Chaque fois qu’une activité s’ouvre"],
  [{ event: "activity", activity: "pace", status: "closed" }, "Chaque fois que « pace » se ferme"],
  [{ event: "answers", share: 1 }, "Quand tout le monde a répondu à une activité"],
  [{ event: "answers", activity: "a", share: 0.125 }, "Quand 12,5 % des personnes ont répondu à « a »"],
  [{ event: "people", below: 5 }, "Quand moins de 5 personnes sont là"],
  [
    { event: "schedule", at: "2027-03-28T08:05", zone: "America/New_York" },
    "Le 28 mars 2027 à 08:05 (America/New York)",
  ],
  [{ event: "schedule", minutes: 45 }, "45 minutes après le début de la session"],
  [{ event: "schedule", every: 1 }, "Toutes les minutes"],
  [{ event: "schedule", every: 5 }, "Toutes les 5 minutes"],
])("%j in French: %s", (on, expected) => {
  expect(plain(flows.trigger(on))).toBe(expected);
});

test.each<[FlowCondition, string]>([
  [{ people: { below: 10 } }, "moins de 10 personnes sont là"],
  [{ page: "3.0" }, "la diapo 4 est affichée"],
])("if %j in French: si %s", (condition, expected) => {
  expect(plain(flows.condition(condition))).toBe(expected);
});

test.each<[FlowAction, string]>([
  [{ do: "activity", activity: "pace", status: "open", seconds: 60 }, "ouvrir « pace » pour 60 secondes"],
  [
    { do: "rules", paused: false, questions: "off" },
    "reprendre les réactions et ne pas accepter de questions",
  ],
  [{ do: "webhook", url: "nowhere" }, "prévenir une adresse"],
])("to do %j in French is: %s", (action, expected) => {
  expect(plain(flows.action(action))).toBe(expected);
});

test.each(FLOW_RECIPES)(
  "the French sentence of the recipe %s has exactly its blanks, each once",
  (recipe) => {
    const named = [...flows.recipes[recipe].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(
      listBlanks(recipe)
        .map(({ name }) => name)
        .toSorted(),
    );
  },
);

test("what a recipe with a French name makes is told in French", () => {
  const texts = new Map([
    ["activity", "pace"],
    ["minutes", "1"],
  ]);
  const filled = fillRecipe("welcome", flows.recipes.welcome.name, texts);
  expect("flow" in filled && plain(flows.describe(filled.flow))).toBe(
    "1 minute avant le début de la conférence : ouvrir « pace ».",
  );
});

test.each([
  [0, "0 vote"],
  [1, "1 vote"],
  [2, "2 votes"],
  [1200, "1 200 votes"],
  [1_000_000, "1 000 000 de votes"],
])("%d votes are in French: %s", (count, expected) => {
  expect(plain(plural(count, "vote", "votes"))).toBe(expected);
});

test("in French, whole millions of what begins with a vowel are elided", () => {
  expect(plain(plural(2_000_000, "activité", "activités"))).toBe("2 000 000 d’activités");
});
