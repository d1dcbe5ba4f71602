import type { Flow, NewFlow } from "../../shared/protocol/flow.ts";
import { FLOW_RECIPES, type FlowRecipe, fillRecipe, listBlanks } from "../../shared/protocol/flow-recipes.ts";
import { isFields } from "../client/fields.ts";

/** By the field of a flow, the blank that is written into it. */
const BLANKS: Readonly<Record<string, string>> = {
  name: "name",
  votes: "votes",
  share: "share",
  every: "minutes",
  minutes: "minutes",
  url: "url",
  activity: "activity",
  at: "time",
  zone: "zone",
};

/** The blank that an issue is about, by its path, such as `do.0.url`. */
export const blankOf = (path: string): string | undefined => BLANKS[path.split(".").at(-1) ?? ""];

/** A recipe, and what stands in its blanks. */
export interface FilledRecipe {
  readonly recipe: FlowRecipe;
  readonly texts: ReadonlyMap<string, string>;
}

/** The recipe that makes just this flow; undefined: it was written in another way. */
export function findRecipe(flow: Flow): FilledRecipe | undefined {
  const texts = readBlanks(flow);
  const recipe = FLOW_RECIPES.find((recipe) => {
    const filled = fillRecipe(recipe, flow.name, texts);
    return "flow" in filled && isSame(filled.flow, flow);
  });
  if (!recipe) return undefined;
  const names = new Set(listBlanks(recipe).map(({ name }) => name));
  return { recipe, texts: new Map([...texts].filter(([name]) => names.has(name))) };
}

/** What a flow says where recipes have blanks. */
function readBlanks({ on, do: actions }: Flow): ReadonlyMap<string, string> {
  const fields = Object.assign({}, ...actions.toReversed(), on);
  return new Map(
    Object.entries(fields).flatMap(([field, value]): [string, string][] => {
      const blank = BLANKS[field];
      if (blank === undefined) return [];
      return [[blank, toBlank(field, value)]];
    }),
  );
}

function toBlank(field: string, value: unknown): string {
  if (field === "share") return String(Math.round(Number(value) * 100));
  // Before the start, or after it: the recipe says which.
  return String(field === "minutes" ? Math.abs(Number(value)) : value);
}

const isSame = (a: NewFlow, b: NewFlow): boolean => print([a.on, a.if, a.do]) === print([b.on, b.if, b.do]);

/** Equal for equal values, in whatever order their fields stand. */
const print = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    isFields(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
