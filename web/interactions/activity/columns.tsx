import { locale } from "../../words/en/language.ts";

/** One of several columns beside each other. */
export interface Column {
  readonly key: string;
  /** What stands below it. */
  readonly label: string;
  readonly count: number;
  /** The count of the round that it is compared with. */
  readonly earlier?: number | undefined;
  /** What is said of it to those who can't see it. */
  readonly spoken: string;
  readonly isRight?: boolean | undefined;
}

interface Props {
  readonly columns: readonly Column[];
  /** Where the mean stands: the first column's middle is 0, the last one's 1. */
  readonly mean?: number | undefined;
}

/** A distribution: each column as high as its share of the highest. */
export function Columns({ columns, mean }: Props) {
  const most = Math.max(1, ...columns.flatMap(({ count, earlier = 0 }) => [count, earlier]));
  const half = 0.5 / columns.length;
  return (
    <div class="distribution">
      <ul class="steps" style={{ "--steps": String(columns.length) }}>
        {columns.map(({ key, label, count, earlier, spoken, isRight }) => (
          <li key={key} class={isRight ? "step right" : "step"} aria-label={spoken}>
            <span class="step-space" aria-hidden="true">
              {earlier !== undefined && (
                <span class="step-fill earlier" style={{ height: percent(earlier / most) }} />
              )}
              <span class="step-fill" style={{ height: percent(count / most) }}>
                {count > 0 && <b class="step-count">{count.toLocaleString(locale)}</b>}
              </span>
            </span>
            <span class="step-label" aria-hidden="true">
              {label}
            </span>
          </li>
        ))}
      </ul>
      {mean !== undefined && (
        <span class="mean" style={{ left: percent(half + mean * (1 - 2 * half)) }} aria-hidden="true" />
      )}
    </div>
  );
}

const percent = (part: number): string => `${part * 100}%`;
