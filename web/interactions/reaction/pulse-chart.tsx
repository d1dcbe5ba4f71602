import { nameTime } from "../../ui/duration.ts";
import { namePage, nameSlide } from "../../ui/page-name.ts";
import { percent, type Tick, TimeAxis } from "../../ui/time-axis.tsx";
import { getLength, listColumns, listTicks, type Pulse } from "./pulse.ts";
import { stage as words } from "./words/en.ts";

const WIDTH = 1000;
const HEIGHT = 200;
/** Names of pages closer together than this would lie on each other. */
const LABEL_WIDTH = 80;
/** The first one says that it is a slide, where it has room for that. */
const FIRST_LABEL_WIDTH = 200;
/** Times closer to the start or to now than this share of the chart would lie on their names. */
const EDGE = 0.12;
/** On a phone, the start's name takes more of it. */
const NEAR = 0.35;

/** Columns of reactions a second, a line for every change of page, and the minutes below. */
export function PulseChart({ pulse, now }: { pulse: Pulse; now: number }) {
  const length = getLength(pulse, now);
  const { columns, width } = listColumns(pulse, length);
  const most = Math.max(0, ...columns.map(({ rate }) => rate));
  const peak = Math.max(1, most);
  const total = Math.round(pulse.seconds.reduce((sum, count) => sum + count, 0));
  const x = (at: number) => (at / length) * WIDTH;
  const columnWidth = Math.max(1, x(width) - 1);
  const labels = listLabels(pulse, x);
  const [first, second] = labels;
  const isNamed = first && (second ? x(second.at) : WIDTH) - x(first.at) >= FIRST_LABEL_WIDTH;
  const start = nameTime(pulse.start * 1000, length * 1000);
  return (
    <div class="chart" role="img" aria-label={words.pulseSummary(total, Math.round(peak), start)}>
      <div class="labels" aria-hidden="true">
        {labels.map(({ at, page }, index) => (
          <span key={`page ${at}`} class="label" style={{ left: percent(at / length) }}>
            <bdi>{index === 0 && isNamed ? nameSlide(page) : namePage(page)}</bdi>
          </span>
        ))}
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {pulse.marks.map(({ at }) => (
          <line key={`mark ${at}`} class="change" x1={x(at)} x2={x(at)} y1="0" y2={HEIGHT} />
        ))}
        <line class="ground" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {columns.map(({ at, rate }) => {
          const height = (rate / peak) * (HEIGHT - 12);
          return (
            <rect
              key={`at ${at}`}
              class="column"
              x={x(at)}
              y={HEIGHT - height}
              width={columnWidth}
              height={height}
            />
          );
        })}
      </svg>
      <TimeAxis ticks={nameTicks(start, now / 1000 - pulse.start, length)} />
      <p class="legend" aria-hidden="true">
        {most > 0 && words.peak(most)}
      </p>
    </div>
  );
}

/** The start, a few whole minutes and now, where they have stage. @param now seconds since the start, like the length */
function nameTicks(start: string, now: number, length: number): Tick[] {
  const end = Math.min(1, now / length);
  const minutes = listTicks(length)
    .map((seconds) => ({ seconds, at: seconds / length }))
    .filter(({ at }) => at > EDGE && at < end - EDGE)
    .map(({ seconds, at }) => ({
      at,
      text: words.tick(Math.floor(seconds / 3600), Math.round((seconds % 3600) / 60)),
      ...(at < NEAR && { class: "near" }),
    }));
  return [
    { at: 0, text: words.start(start), class: "first" },
    ...minutes,
    ...(end > 2 * EDGE
      ? [{ at: end, text: words.present, class: end < NEAR + EDGE ? "last near" : "last" }]
      : []),
  ];
}

/** The marks that have room for their page's name; of two too close to each other, the newer one. */
function listLabels({ marks }: Pulse, x: (at: number) => number): Pulse["marks"] {
  let next = Number.POSITIVE_INFINITY;
  const shown = [...marks].reverse().filter(({ at }) => {
    const isFree = next - x(at) >= LABEL_WIDTH;
    if (isFree) next = x(at);
    return isFree;
  });
  return shown.reverse();
}
