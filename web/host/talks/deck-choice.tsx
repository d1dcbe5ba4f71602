import { useStore } from "../../ui/use-store.ts";
import { host } from "../../words/en.ts";
import type { DeckList } from "../decks/deck-list.ts";
import { writeView } from "../place.ts";

const words = host.talks;

/** Which deck is presented; as long as there is none to choose, the way to bring one. @param chosen the one of now */
export function DeckChoice({ decks, chosen }: { decks: DeckList; chosen: string | null }) {
  const { list = [] } = useStore(decks.view);
  const ready = list.filter(({ id, status }) => status === "ready" || id === chosen);
  // One that stands on a later page of the list stays chosen, although its title is not known here.
  const isElsewhere = chosen !== null && !ready.some(({ id }) => id === chosen);
  if (ready.length === 0 && !isElsewhere) {
    return (
      <a class="bring-deck" href={writeView("decks")}>
        {words.bringDeck}
      </a>
    );
  }
  return (
    <label>
      {words.deck}
      <select name="deck">
        <option value="">{words.noDeck}</option>
        {isElsewhere && (
          <option value={chosen} selected>
            {words.sameDeck}
          </option>
        )}
        {ready.map(({ id, title }) => (
          <option key={id} value={id} selected={id === chosen}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
