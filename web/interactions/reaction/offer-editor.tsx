import { useRef, useState } from "hono/jsx/dom";
import { foldReaction } from "../../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import { getField } from "../../ui/field.ts";
import { Problem } from "../../ui/problem.tsx";
import { useStore } from "../../ui/use-store.ts";
import type { Stage } from "../slots.ts";
import { uniteReactions } from "./counts.ts";
import { Face, nameReaction } from "./face.tsx";
import type { LiveReactions } from "./live-reactions.ts";
import { listOfferedAtStart, MOST_BUTTONS } from "./offer.ts";
import { stage } from "./words/en.ts";

const words = stage.offer;

/** What phones offer and the service takes, changed while the talk runs. */
export function OfferEditor({ stage, live }: { stage: Stage; live: LiveReactions }) {
  const { rules, page } = useStore(live.view);
  const { isBusy } = useStore(stage.action);
  const [problem, setProblem] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const { reactions, anyReaction } = stage.facts;
  const isOpenAtStart = anyReaction || reactions.length === 0;
  const offered = rules.reactions ?? listOfferedAtStart(stage.facts);
  const isAny = rules.reactions === null && (isOpenAtStart || rules.anyReaction);
  const add = async (event: Event) => {
    event.preventDefault();
    const field = getField(event, "reaction");
    const reaction = field?.value.trim() ?? "";
    const found = findProblem(offered, reaction);
    setProblem(found ?? "");
    if (found !== undefined) return;
    await live.changeOffer((others) => uniteReactions([...others, reaction]));
    if (field && stage.action.get().problem === undefined) field.value = "";
  };
  const remove = async (reaction: string) => {
    setProblem("");
    const pressed = document.activeElement;
    await live.changeOffer((all) => all.filter((other) => other !== reaction));
    // The button that had the focus is gone; who has gone elsewhere meanwhile stays there.
    const { activeElement, body } = document;
    if (activeElement === pressed || activeElement === body) heading.current?.focus();
  };
  const reset = () => {
    setProblem("");
    return live.resetOffer();
  };
  const toggleAny = () => {
    setProblem("");
    return live.setAnyReaction(!isAny, isOpenAtStart ? offered : null);
  };
  return (
    <div class="offer">
      <h4 id="offer" ref={heading} tabindex={-1}>
        {words.title}
      </h4>
      {offered.length === 0 && <p class="soft">{words.nothing}</p>}
      <ul class="chips" aria-labelledby="offer">
        {offered.map((reaction) => (
          <li key={reaction}>
            <Face reaction={reaction} />
            {!isAny && (
              <button
                type="button"
                disabled={isBusy}
                aria-label={words.remove(nameReaction(reaction))}
                onClick={() => remove(reaction)}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {!isAny && (
        <form onSubmit={add}>
          <label>
            <span>{words.add}</span>
            <input name="reaction" dir="auto" required autocomplete="off" />
          </label>
          <button type="submit" class="small" disabled={isBusy}>
            {words.addIt}
          </button>
          <Problem>{problem}</Problem>
        </form>
      )}
      {rules.reactions !== null && (
        <button type="button" class="small" disabled={isBusy} onClick={reset}>
          {words.reset}
        </button>
      )}
      {Object.hasOwn(rules.pages, page) && <p class="soft">{words.ofItsOwn}</p>}
      <label class="check">
        <input type="checkbox" checked={isAny} disabled={isBusy} onChange={toggleAny} />
        <span>
          {words.any} <span class="soft">{words.anyText}</span>
        </span>
      </label>
    </div>
  );
}

function findProblem(offered: readonly string[], reaction: string): string | undefined {
  if (offered.length >= MOST_BUTTONS) return words.full;
  if (offered.some((other) => foldReaction(other) === foldReaction(reaction))) return words.known;
  return reaction === "" || [...reaction].length > LIMITS.textLength ? words.wrong : undefined;
}
