import { expect, test } from "vitest";
import type { FlowAction, FlowCondition, FlowTrigger } from "../../../shared/protocol/flow.ts";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "../../../shared/protocol/flow-recipes.ts";
import { flows } from "./flows.ts";

/** In the tests a plain space stands for one that does not break. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test("a flow is told in a German sentence", () => {
  const flow = {
    on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 },
    if: [{ people: { atLeast: 50 } }, { activity: "pace", status: "open" }],
    do: [
      { do: "activity", activity: "pace", status: "closed" },
      { do: "message", text: "Danke!" },
      { do: "webhook", url: "https://chat.example.org:8443/hook/secret-key?token=secret" },
    ],
  } as const;
  expect(plain(flows.describe(flow))).toBe(
    "Sobald 20 × ❓ auf Folie 2 binnen 30 Sekunden kommen, falls mindestens 50 Personen da sind und „pace“ offen ist: " +
      "„pace“ schließen, „Danke!“ auf der Bühne zeigen und an chat.example.org:8443 melden.",
  );
});

test.each<[FlowTrigger, string]>([
  [{ event: "reactions", atLeast: 1 }, "Sobald 1 Reaktion kommt"],
  [{ event: "reactions", atLeast: 1000, again: true }, "Jedes Mal, wenn 1.000 Reaktionen kommen"],
  [{ event: "activity", activity: "pace", status: "revealed" }, "Immer wenn „pace“ aufgedeckt wird"],
  [{ event: "answers", share: 1 }, "Sobald alle bei einer Aktivität geantwortet haben"],
  [
    { event: "answers", activity: "a", share: 0.125 },
    "Sobald 12,5 % der Anwesenden bei „a“ geantwortet haben",
  ],
  [{ event: "people", atLeast: 1 }, "Sobald 1 Person da ist"],
  [{ event: "people", below: 5 }, "Sobald weniger als 5 Personen da sind"],
  [
    { event: "schedule", at: "2027-03-28T08:05", zone: "America/New_York" },
    "Am 28. März 2027 um 08:05 Uhr (America/New York)",
  ],
  [{ event: "schedule", minutes: 45 }, "45 Minuten nach Beginn der Session"],
  [{ event: "schedule", every: 1 }, "Jede Minute"],
  [{ event: "schedule", every: 5 }, "Alle 5 Minuten"],
])("%j in German: %s", (on, expected) => {
  expect(plain(flows.trigger(on))).toBe(expected);
});

test.each<[FlowCondition, string]>([
  [{ people: { below: 10 } }, "weniger als 10 Personen da sind"],
  [{ page: "3.0" }, "Folie 4 gezeigt wird"],
])("if %j in German: falls %s", (condition, expected) => {
  expect(plain(flows.condition(condition))).toBe(expected);
});

test.each<[FlowAction, string]>([
  [{ do: "activity", activity: "pace", status: "open", seconds: 60 }, "„pace“ für 60 Sekunden öffnen"],
  [{ do: "rules", paused: false, questions: "open" }, "wieder Reaktionen annehmen und Fragen annehmen"],
  [{ do: "webhook", url: "nowhere" }, "an eine Adresse melden"],
])("to do %j in German is: %s", (action, expected) => {
  expect(plain(flows.action(action))).toBe(expected);
});

test.each(FLOW_RECIPES)(
  "the German sentence of the recipe %s has exactly its blanks, each once",
  (recipe) => {
    const named = [...flows.recipes[recipe].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(
      listBlanks(recipe)
        .map(({ name }) => name)
        .toSorted(),
    );
  },
);

test("what a recipe with a German name makes is told in German", () => {
  const texts = new Map([
    ["activity", "pace"],
    ["minutes", "1"],
  ]);
  const filled = fillRecipe("welcome", flows.recipes.welcome.name, texts);
  expect("flow" in filled && plain(flows.describe(filled.flow))).toBe(
    "1 Minute vor Beginn des Vortrags: „pace“ öffnen.",
  );
});
