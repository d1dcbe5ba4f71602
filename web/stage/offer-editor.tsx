import { useRef, useState } from "hono/jsx/dom";
import { foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { hasAtMost } from "../../shared/protocol/text.ts";
import { readField } from "../ui/field.ts";
import { MOST_BUTTONS } from "../ui/offer.ts";
import { faceClass, nameReaction } from "../ui/reactions.ts";
import { useStore } from "../ui/use-store.ts";
import { stage } from "../words/en.ts";
import { moderation, offer, setAnyReaction } from "./moderation.ts";
import { view } from "./view.ts";

const words = stage.offer;

/** What phones offer and the service takes, changed while the talk runs. */
export function OfferEditor() {
  const { rules, isBusy } = useStore(moderation);
  const { reactions: atStart, isOpenAtStart, page } = useStore(view);
  const [problem, setProblem] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const offered = rules.reactions ?? atStart;
  const isAny = rules.reactions === null && (isOpenAtStart || rules.anyReaction);
  const add = async (event: Event) => {
    event.preventDefault();
    const reaction = readField(event, "reaction");
    const found = findProblem(offered, reaction);
    setProblem(found ?? "");
    if (found !== undefined) return;
    await offer([...offered, reaction]);
    if (field.current) field.current.value = "";
  };
  const remove = async (reaction: string) => {
    setProblem("");
    await offer(offered.filter((other) => other !== reaction));
    // The button that had it is gone.
    heading.current?.focus();
  };
  const reset = () => {
    setProblem("");
    return offer(null);
  };
  const toggleAny = () => {
    setProblem("");
    return setAnyReaction(!isAny, isOpenAtStart ? offered : null);
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
            <bdi class={faceClass(reaction)}>{reaction}</bdi>
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
            <input ref={field} name="reaction" required autocomplete="off" />
          </label>
          <button type="submit" class="small" disabled={isBusy}>
            {words.addIt}
          </button>
          <p class="problem" role="alert">
            {problem}
          </p>
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
  return reaction === "" || !hasAtMost(reaction, LIMITS.textLength) ? words.wrong : undefined;
}
