import type { ActivityOf } from "../result.ts";
import type { KindSolution } from "../solution.ts";
import { words } from "./words/en/solution.ts";

/** The right options are ticked: as many as people may tick. */
export const choiceSolution: KindSolution<ActivityOf<"choice">> = {
  Fields: ({ activity: { options, multiple, correct = [] } }) => (
    <>
      {options.map((option) => (
        <label key={option.id} class="check">
          <input
            type={multiple === 1 ? "radio" : "checkbox"}
            name="correct"
            value={option.id}
            checked={correct.includes(option.id)}
          />
          <span dir="auto">{option.text}</span>
        </label>
      ))}
    </>
  ),
  read(activity, fields) {
    const { options, multiple } = activity;
    const ticked = new Set(fields.getAll("correct"));
    const correct = options.map((option) => option.id).filter((option) => ticked.has(option));
    if (correct.length === 0) return words.none;
    return correct.length > multiple ? words.many(multiple) : { ...activity, correct };
  },
  clear: (activity) => ({ ...activity, correct: null }),
};
