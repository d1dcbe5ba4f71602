import { locale } from "../../../../words/en/language.ts";
import { result as said } from "../../words/en/result.ts";
import { words } from "./words/en/form.ts";

/** On a phone, so many words say enough. */
const MOST = 40;
/** Sizes of a chip: the most frequent word has the largest. */
const LEVELS = 4;

/** What the room has said, most frequent first. */
export function WordChips({ counts }: { counts: Readonly<Record<string, number>> }) {
  const all = Object.entries(counts).sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  const most = all[0]?.[1] ?? 1;
  return (
    <ul class="chips" aria-label={words.said}>
      {all.slice(0, MOST).map(([word, count]) => (
        <li key={word} class={`chip level${Math.ceil((count / most) * LEVELS)}`}>
          <bdi>{word}</bdi>
          {count > 1 && <b aria-hidden="true">{count.toLocaleString(locale)}</b>}
          <span class="visually-hidden">, {said.people(count)}</span>
        </li>
      ))}
    </ul>
  );
}
