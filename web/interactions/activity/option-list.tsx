import type { ActivityOption } from "../../../shared/interactions/activity/definition.ts";

/** What may be chosen, in the order in which it was written. */
export const OptionList = ({ options }: { options: readonly ActivityOption[] }) => (
  <ul class="options" style={{ "--rows": String(options.length) }}>
    {options.map(({ id, text }) => (
      <li key={id} dir="auto">
        {text}
      </li>
    ))}
  </ul>
);
