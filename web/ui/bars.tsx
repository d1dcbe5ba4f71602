import { common } from "../words/en.ts";
import { faceClass, formatCount, nameReaction } from "./reactions.ts";

/** Result bars: one line for each reaction, as long as its share of the largest. */
export function Bars({ counts, label }: { counts: readonly (readonly [string, number])[]; label: string }) {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  return (
    <ul class="bars" part="bars" aria-label={label}>
      {counts.map(([reaction, count]) => (
        <li
          class="bar"
          part="bar"
          key={reaction}
          aria-label={`${nameReaction(reaction)}: ${common.reactions(count)}`}
        >
          <span class="bar-name" aria-hidden="true" title={reaction}>
            <bdi class={faceClass(reaction)}>{reaction}</bdi>
          </span>
          <span class="bar-track" aria-hidden="true">
            <span class="bar-fill" style={{ width: `${(count / most) * 100}%` }} />
          </span>
          <span class="bar-count" aria-hidden="true">
            {formatCount(count)}
          </span>
        </li>
      ))}
    </ul>
  );
}
