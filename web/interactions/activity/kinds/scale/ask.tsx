import { LIMITS } from "../../../../../shared/protocol/limits.ts";
import { type KindAsk, readField } from "../ask.ts";
import { words } from "./words/en/ask.ts";

type Range = keyof typeof words.ranges;

const RANGES: { readonly [Name in Range]: { readonly min: number; readonly max: number } } = {
  "1-5": { min: 1, max: 5 },
  "1-10": { min: 1, max: 10 },
  "0-10": { min: 0, max: 10 },
};
const isRange = (name: string): name is Range => Object.hasOwn(RANGES, name);

/** From 1 to 5, and what the ends mean, if anything. */
export const scaleAsk: KindAsk = {
  name: words.name,
  show: "closed",
  example: words.example,
  Fields: () => (
    <div class="pair">
      <Label name="from" label={words.from} example={words.fromExample} />
      <Label name="to" label={words.to} example={words.toExample} />
    </div>
  ),
  More: () => (
    <label>
      {words.steps}
      <select name="range">
        {Object.entries(words.ranges).map(([range, name]) => (
          <option key={range} value={range}>
            {name}
          </option>
        ))}
      </select>
    </label>
  ),
  read(prompt, fields) {
    const range = readField(fields, "range");
    const labels = [readField(fields, "from"), readField(fields, "to")].filter((label) => label !== "");
    if (labels.length === 1) return words.both;
    return {
      kind: "scale",
      prompt,
      ...RANGES[isRange(range) ? range : "1-5"],
      ...(labels.length === 2 && { labels }),
    };
  },
};

const Label = ({ name, label, example }: { name: string; label: string; example: string }) => (
  <label>
    {label}
    <input name={name} dir="auto" maxlength={LIMITS.optionLength} placeholder={example} autocomplete="off" />
  </label>
);
