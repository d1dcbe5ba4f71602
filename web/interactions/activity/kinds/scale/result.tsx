import { listSteps } from "../../../../../shared/interactions/activity/kinds/scale/scale.ts";
import { getOwn } from "../../../../client/record.ts";
import { Columns } from "../../columns.tsx";
import { NumberFigures } from "../../figures.tsx";
import { formatNumber, formatShare } from "../../number-text.ts";
import { speak } from "../../shares.tsx";
import { result as said } from "../../words/en/result.ts";
import type { ActivityOf, KindResult } from "../result.ts";
import { words } from "./words/en/result.ts";

/** A column for each step, what the ends stand for, and where the mean is. */
export const scaleResult: KindResult<ActivityOf<"scale">> = {
  name: words.name,
  Drawing({ activity, tally, earlier }) {
    const { min, max, labels } = activity;
    const { mean, people } = tally;
    const columns = listSteps(activity).map((step) => {
      const count = getOwn(tally.counts, String(step)) ?? 0;
      const before = earlier && (getOwn(earlier.counts, String(step)) ?? 0);
      return {
        key: String(step),
        label: formatNumber(step),
        count,
        earlier: before,
        spoken: speak(formatNumber(step), [
          said.people(count),
          formatShare(people > 0 ? count / people : 0),
          ...(before === undefined ? [] : [words.before(before)]),
        ]),
      };
    });
    return (
      <>
        <Columns columns={columns} mean={mean === undefined ? undefined : (mean - min) / (max - min)} />
        {labels && (
          <p class="ends">
            <bdi>{labels[0]}</bdi>
            <bdi>{labels[1]}</bdi>
          </p>
        )}
        <NumberFigures tally={tally} earlier={earlier} />
      </>
    );
  },
};
