import type { Flow } from "../../shared/protocol/flow.ts";
import { FLOW_RECIPES, type FlowRecipe, listBlanks } from "../../shared/protocol/flow-recipes.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { flows as sentences, automations as words } from "../words/en.ts";
import type { FlowList } from "./flow-list.ts";
import { splitSentence } from "./split-sentence.ts";

interface Props {
  readonly flows: FlowList;
  readonly list: readonly Flow[];
}

/** What may be made in a moment; and the way for whoever writes JSON. */
export const RecipeList = ({ flows, list }: Props) => (
  <div class="recipes">
    <h3 id="recipes">{words.make}</h3>
    {list.length >= LIMITS.flows ? (
      <p class="soft">{words.full}</p>
    ) : (
      <ul aria-labelledby="recipes">
        {FLOW_RECIPES.map((recipe) => (
          <li key={recipe}>
            <button type="button" onClick={() => flows.showRecipe(recipe)}>
              <b>{sentences.recipes[recipe].name}</b>
              <span class="soft">{preview(recipe)}</span>
            </button>
          </li>
        ))}
      </ul>
    )}
    <h3>{words.byHand}</h3>
    <div class="buttons">
      <button type="button" class="small" onClick={() => flows.show({ is: "json" })}>
        {words.write}
      </button>
      {list.length > 0 && (
        <button type="button" class="small" onClick={() => flows.export(list, "automations")}>
          {words.exportAll}
        </button>
      )}
    </div>
  </div>
);

/** The sentence with what stands in its blanks at first. */
function preview(recipe: FlowRecipe): string {
  const initial = new Map(listBlanks(recipe).map((blank) => [blank.name, blank.initial]));
  return splitSentence(sentences.recipes[recipe].sentence)
    .map((part) => ("blank" in part ? initial.get(part.blank) || "…" : part.text))
    .join("")
    .replace("….", "…");
}
