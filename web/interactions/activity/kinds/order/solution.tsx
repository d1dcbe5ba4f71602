import { readField } from "../ask.ts";
import type { ActivityOf } from "../result.ts";
import type { KindSolution } from "../solution.ts";
import { words } from "./words/en/solution.ts";

/** A field for each place, with all options. */
export const orderSolution: KindSolution<ActivityOf<"order">> = {
  Fields({ activity: { options, correct } }) {
    const right = correct ?? options.map(({ id }) => id);
    return (
      <>
        {options.map((_, place) => (
          <label key={`${place}`}>
            {words.place(place + 1)}
            <select name={`place-${place}`} dir="auto">
              {options.map(({ id, text }) => (
                <option key={id} value={id} selected={id === right[place]}>
                  {text}
                </option>
              ))}
            </select>
          </label>
        ))}
      </>
    );
  },
  read(activity, fields) {
    const correct = activity.options.map((_, place) => readField(fields, `place-${place}`));
    const isWhole = activity.options.every(({ id }) => correct.includes(id));
    return isWhole ? { ...activity, correct } : words.twice;
  },
  clear: (activity) => ({ ...activity, correct: null }),
};
