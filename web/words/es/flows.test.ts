import { expect, test } from "vitest";
import { FLOW_RECIPES, fillRecipe, listBlanks } from "../../../shared/protocol/flow-recipes.ts";
import { flows } from "./flows.ts";

/** Without the marks that only direct how it is set. */
const read = (text: string) => text.replace(/[\u200e\u2066-\u2069]/g, "").replaceAll("\u00a0", " ");

test("a flow is told in a sentence", () => {
  const flow = {
    on: { event: "reactions", page: "1.0", reaction: "❓", atLeast: 20, within: 30 },
    if: [{ people: { atLeast: 50 } }, { activity: "pace", status: "open" }],
    do: [
      { do: "activity", activity: "pace", status: "closed" },
      { do: "message", text: "Thank you!" },
      { do: "webhook", url: "https://chat.example.org:8443/hook/secret-key?token=secret" },
    ],
  } as const;
  expect(read(flows.describe(flow))).toBe(
    "Cuando lleguen 20 × ❓ en la diapositiva 2 en 30 segundos, si hay al menos 50 personas presentes y está abierta «pace»: cerrar «pace», mostrar «Thank you!» en el escenario y avisar a chat.example.org:8443.",
  );
});

test("an activity is called what whoever tells it calls it", () => {
  const flow = {
    on: { event: "answers", activity: "pace", share: 0.8, again: true },
    if: [],
    do: [{ do: "activity", activity: "pace", status: "revealed", seconds: 2 }],
  } as const;
  expect(read(flows.describe(flow, (id) => id.toUpperCase()))).toBe(
    "Cada vez que el 80 % de las personas haya respondido a PACE: mostrar el resultado de PACE durante 2 segundos.",
  );
});

test.each(FLOW_RECIPES)("the sentence of the recipe %s has exactly its blanks, each once", (recipe) => {
  const named = [...flows.recipes[recipe].sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(
    listBlanks(recipe)
      .map(({ name }) => name)
      .toSorted(),
  );
});

test("what a recipe makes is told as what it does", () => {
  const texts = new Map(
    Object.entries({
      votes: "10",
      url: "https://chat.example.org/hook",
      activity: "pace",
      share: "80",
      time: "2027-03-28T18:00",
      zone: "Europe/Berlin",
      minutes: "2",
    }),
  );
  const told = FLOW_RECIPES.map((recipe) => {
    const filled = fillRecipe(recipe, flows.recipes[recipe].name, texts);
    return "flow" in filled ? read(flows.describe(filled.flow)) : filled.wrong;
  });
  expect(told).toEqual([
    "Cada vez que el 80 % de las personas haya respondido a «pace», si está abierta «pace»: cerrar «pace».",
    "Cada vez que una pregunta tenga 10 votos: avisar a chat.example.org.",
    "2 minutos antes de que empiece la charla: abrir «pace».",
    "2 minutos después de que empiece la charla: terminar la sesión y crear el resumen.",
    "El 28 de marzo de 2027 a las 18:00 (Europe/Berlin): terminar la sesión.",
    "Cuando haya terminado la sesión: crear el resumen.",
    "Cada vez que se llame a su hook: abrir «pace».",
    "Cada 2 minutos, si hay al menos 1 persona presente: guardar los recuentos.",
  ]);
});
