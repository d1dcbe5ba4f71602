import type { Tally } from "../../../../../shared/interactions/activity/tally.ts";
import { getOwn } from "../../../../client/record.ts";
import { formatNumber } from "../../number-text.ts";
import { OptionList } from "../../option-list.tsx";
import { type Share, Shares, speak } from "../../shares.tsx";
import { isSolved } from "../../visibility.ts";
import type { ActivityOf, KindResult } from "../result.ts";
import { words } from "./words/en/result.ts";

type Order = ActivityOf<"order">;

/** The options as the room has ordered them: by mean place, first places where two have the same. */
export const orderResult: KindResult<Order> = {
  name: words.name,
  Question: ({ activity }) => <OptionList options={activity.options} />,
  Drawing: ({ activity, tally, earlier }) => <Shares shares={listPlaces(activity, tally, earlier)} />,
};

export function listPlaces(activity: Order, tally: Tally, earlier: Tally | undefined): Share[] {
  const { options } = activity;
  const correct = isSolved(activity) ? activity.correct : undefined;
  const ranked = rank(activity, tally);
  const before = earlier && rank(activity, earlier).map(({ id }) => id);
  return ranked.map(({ id, text, mean, firsts }, index) => {
    const was = before ? before.indexOf(id) + 1 : undefined;
    const rightPlace = correct ? correct.indexOf(id) + 1 : undefined;
    const isRight = rightPlace === index + 1;
    const said = [
      ...(mean === undefined ? [] : [words.mean(formatNumber(mean)), words.firsts(firsts)]),
      ...(was === undefined ? [] : [words.was(was)]),
      ...(rightPlace === undefined || isRight ? [] : [words.belongs(rightPlace)]),
    ];
    return {
      id,
      text: mean === undefined ? text : `${index + 1}. ${text}`,
      // The first of all places is a whole bar, the last a short one.
      part: mean === undefined ? 0 : (options.length + 1 - mean) / options.length,
      value: mean === undefined ? "" : words.place(formatNumber(mean)),
      detail: [
        ...(firsts > 0 ? [words.firsts(firsts)] : []),
        ...(was !== undefined && was !== index + 1 ? [words.was(was)] : []),
        ...(rightPlace !== undefined && !isRight ? [words.belongs(rightPlace)] : []),
      ].join(" · "),
      isRight,
      spoken: speak(`${index + 1}. ${text}`, said, isRight),
    };
  });
}

/** Nobody has answered: as their author has written them. */
function rank({ options }: Order, { ranks, counts }: Tally) {
  return options
    .map(({ id, text }) => ({
      id,
      text,
      mean: ranks && getOwn(ranks, id),
      firsts: getOwn(counts, id) ?? 0,
    }))
    .sort((a, b) => (a.mean ?? 0) - (b.mean ?? 0) || b.firsts - a.firsts);
}
