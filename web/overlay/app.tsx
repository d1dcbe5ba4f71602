import { useLayoutEffect, useRef } from "hono/jsx/dom";
import type { Store } from "../ui/store.ts";
import { useStore } from "../ui/use-store.ts";
import { common, overlay as words } from "../words/en.ts";
import { keepFitting } from "./fit.ts";
import type { Part, View } from "./view.ts";

/** What lies over a stream's picture: for most of the time that is little. */
export function App({ store }: { store: Store<View> }) {
  const { screen, problem, options, people, parts } = useStore(store);
  const { theme, side } = options;
  return (
    <main class={`overlay ${theme} ${side}`}>
      <h1 class="visually-hidden">{words.name}</h1>
      {problem !== undefined && (
        <p class="plate note" role="alert">
          {problem}
        </p>
      )}
      {problem === undefined && screen === "connecting" && <p class="plate note late">{words.connecting}</p>}
      {problem === undefined && screen === "live" && <Live parts={parts} people={people} />}
    </main>
  );
}

function Live({ parts, people }: Pick<View, "parts" | "people">) {
  const at = (place: Part["place"]) => parts.filter((part) => part.place === place);
  const plates = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (plates.current ? keepFitting(plates.current) : undefined), []);
  return (
    <>
      <div class="plates" ref={plates}>
        <div class="stack">
          {at("plates").map(({ Drawing }) => (
            <Drawing />
          ))}
        </div>
      </div>
      <div class="crowd">
        <div class="air">
          {at("air").map(({ Drawing }) => (
            <Drawing />
          ))}
        </div>
        {at("figures").map(({ Drawing }) => (
          <div class="plate figures">
            <p>{common.people(people)}</p>
            <Drawing />
          </div>
        ))}
      </div>
    </>
  );
}
