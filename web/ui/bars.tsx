import { formatCount } from "./count.ts";

/** One line: something that people chose, and how often. */
export interface Bar {
  readonly label: string;
  /** What a screen reader says instead of the line. */
  readonly name: string;
  readonly count: number;
  /** Classes of the label, and of the bar. */
  readonly face?: string;
  readonly fill?: string;
}

interface Props {
  readonly bars: readonly Bar[];
  /** What a screen reader calls all of them. */
  readonly label?: string;
  /** The count of the longest bar there can be; left out, that of the longest here. */
  readonly most?: number;
}

/** Result bars: each as long as its share of the largest. */
export function Bars({ bars, label, most = Math.max(...bars.map(({ count }) => count)) }: Props) {
  return (
    <ul class="bars" part="bars" aria-label={label}>
      {bars.map(({ label, name, count, face = "", fill = "" }) => (
        <li class="bar" part="bar" key={label} aria-label={name}>
          <span class="bar-name" aria-hidden="true" title={label}>
            <bdi class={face}>{label}</bdi>
          </span>
          <span class="bar-track" aria-hidden="true">
            <span class={`bar-fill ${fill}`} style={{ width: `${(count / Math.max(1, most)) * 100}%` }} />
          </span>
          <span class="bar-count" aria-hidden="true">
            {formatCount(count)}
          </span>
        </li>
      ))}
    </ul>
  );
}
