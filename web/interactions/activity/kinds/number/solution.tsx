import { FARTHEST } from "../../../../../shared/interactions/activity/definition.ts";
import { toRange } from "../../../../../shared/interactions/activity/kinds/number/number.ts";
import { readField } from "../ask.ts";
import type { ActivityOf } from "../result.ts";
import type { KindSolution } from "../solution.ts";
import { readNumber } from "./read-number.ts";
import { words } from "./words/en/solution.ts";

type NumberActivity = ActivityOf<"number">;

/** A number, or from where to where an answer is right. */
export const numberSolution: KindSolution<NumberActivity> = {
  Fields({ activity: { correct } }) {
    const [from, to] = correct === undefined ? [] : toRange(correct);
    return (
      <div class="pair">
        <NumberField name="from" label={words.from} value={from} />
        <NumberField name="to" label={words.to} value={to === from ? undefined : to} />
      </div>
    );
  },
  read(activity, fields) {
    const read = (name: string) => readNumber(readField(fields, name), Number.isInteger(activity.step));
    const from = read("from");
    const to = readField(fields, "to") === "" ? from : read("to");
    if (from === undefined || to === undefined) return words.none;
    if (from > to) return words.upwards;
    if (Math.max(Math.abs(from), Math.abs(to)) > FARTHEST) return words.far;
    return { ...activity, correct: from === to ? from : [from, to] };
  },
  clear: (activity) => ({ ...activity, correct: null }),
};

const NumberField = (field: { name: string; label: string; value: number | undefined }) => (
  <label>
    {field.label}
    <input
      name={field.name}
      dir="ltr"
      inputmode="decimal"
      autocomplete="off"
      maxlength={40}
      value={field.value === undefined ? "" : String(field.value)}
    />
  </label>
);
