import { getOwn } from "../../../../client/record.ts";
import { locale } from "../../../../words/en/language.ts";
import { formatShare } from "../../number-text.ts";
import { OptionList } from "../../option-list.tsx";
import { Shares, speak } from "../../shares.tsx";
import { isSolved } from "../../visibility.ts";
import { result as said } from "../../words/en/result.ts";
import type { ActivityOf, KindResult } from "../result.ts";
import { words } from "./words/en/result.ts";

/** A bar for each option: how many of all people have ticked it, so that several ticks are no more than everybody. */
export const choiceResult: KindResult<ActivityOf<"choice">> = {
  name: words.name,
  Question: ({ activity }) => <OptionList options={activity.options} />,
  Drawing({ activity, tally, earlier }) {
    const right = isSolved(activity) ? activity.correct : undefined;
    return (
      <Shares
        shares={activity.options.map(({ id, text }) => {
          const { count, part } = readShare(tally, id);
          const before = earlier && readShare(earlier, id).part;
          const isRight = right?.includes(id);
          const value = formatShare(part);
          return {
            id,
            text,
            part,
            value,
            note: count.toLocaleString(locale),
            isRight,
            ...(before !== undefined && { earlier: { part: before, value: formatShare(before) } }),
            spoken: speak(
              text,
              [
                said.people(count),
                value,
                ...(before !== undefined ? [words.before(formatShare(before))] : []),
              ],
              isRight,
            ),
          };
        })}
      />
    );
  },
};

function readShare(
  { people, counts }: { people: number; counts: Readonly<Record<string, number>> },
  id: string,
) {
  const count = getOwn(counts, id) ?? 0;
  return { count, part: people > 0 ? count / people : 0 };
}
