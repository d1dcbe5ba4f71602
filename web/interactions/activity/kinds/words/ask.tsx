import { type KindAsk, readField } from "../ask.ts";
import { words } from "./words/en/ask.ts";

/** Words that may be given by each, as a host may choose them. */
const COUNTS = [1, 2, 3, 5] as const;

/** A cloud grows before everybody's eyes, unless its host wants it otherwise. */
export const wordsAsk: KindAsk = {
  name: words.name,
  show: "live",
  example: words.example,
  Fields: () => (
    <label>
      {words.each}
      <select name="words">
        {COUNTS.map((count) => (
          <option key={count} value={String(count)}>
            {words.words(count)}
          </option>
        ))}
      </select>
    </label>
  ),
  read(prompt, fields) {
    const count = COUNTS.find((count) => String(count) === readField(fields, "words")) ?? COUNTS[0];
    return { kind: "words", prompt, words: count };
  },
};
