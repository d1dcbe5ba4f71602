import type { Tally } from "../../../shared/interactions/activity/tally.ts";
import { formatNumber } from "./number-text.ts";
import { result as words } from "./words/en/result.ts";

/** Mean and median, where anybody has given a number; and those of the round before. */
export const NumberFigures = ({ tally, earlier }: { tally: Tally; earlier?: Tally | undefined }) => (
  <p class="result-figures">
    {list(tally).map((figure) => (
      <b key={figure}>{figure}</b>
    ))}
    {earlier && list(earlier).length > 0 && (
      <small>
        {words.round(earlier.round)}: {list(earlier).join(", ")}
      </small>
    )}
  </p>
);

const list = ({ mean, median }: Tally): string[] => [
  ...(mean === undefined ? [] : [words.mean(formatNumber(mean))]),
  ...(median === undefined ? [] : [words.median(formatNumber(median))]),
];
