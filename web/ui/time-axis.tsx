/** A time below a drawing. */
export interface Tick {
  /** Where it stands: 0 is the left edge, 1 the right one. */
  readonly at: number;
  readonly text: string;
  readonly class?: string;
}

/** Steps that people read easily, in seconds. */
const STEPS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400] as const;

/** The times between two ticks, so that there are not too many. Everything in seconds. */
export const pickStep = (length: number, most: number, least = 0): number =>
  STEPS.find((step) => step >= least && length / step <= most) ?? Math.ceil(length / most);

/** Where something stands in a drawing that is stretched. @param at between 0 and 1 */
export const percent = (at: number): string => `${at * 100}%`;

/** The times below a drawing, which says by itself what it shows. */
export const TimeAxis = ({ ticks }: { ticks: readonly Tick[] }) => (
  <div class="axis" aria-hidden="true">
    {ticks.map(({ at, text, ...rest }) => (
      <span key={`${at} ${text}`} class={`tick ${rest.class ?? ""}`} style={{ left: percent(at) }}>
        {text}
      </span>
    ))}
  </div>
);
