import { locale } from "../../../../words/en/language.ts";
import { result as said } from "../../words/en/result.ts";
import type { ActivityOf, KindResult } from "../result.ts";
import { words } from "./words/en/result.ts";

/** Texts are read and not counted: only how many there are. */
export const textResult: KindResult<ActivityOf<"text">> = {
  name: words.name,
  Drawing: ({ tally: { people } }) => (
    <p class="result-count">
      <b>{people.toLocaleString(locale)}</b> {said.haveAnswered(people)}
    </p>
  ),
};
