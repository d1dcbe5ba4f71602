import { nameTime } from "../ui/duration.ts";
import { namePage, nameSlide } from "../ui/page-name.ts";
import { stage as words } from "../words/en.ts";
import { getLength, listColumns, listTicks, type Timeline } from "./timeline.ts";

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

const percent = (share: number) => `${share * 100}%`;

/** Columns of reactions a second, a line for every change of page, and the minutes below. */
export function Chart({ timeline, now }: { timeline: Timeline; now: number }) {
  const length = getLength(timeline, now);
  const { columns, width } = listColumns(timeline, length);
  const most = Math.max(0, ...columns.map(({ rate }) => rate));
  const peak = Math.max(1, most);
  const total = Math.round(timeline.seconds.reduce((sum, count) => sum + count, 0));
  const x = (at: number) => (at / length) * WIDTH;
  const columnWidth = Math.max(1, x(width) - 1);
  const labels = listLabels(timeline, x);
  const [first, second] = labels;
  const isNamed = first && (second ? x(second.at) : WIDTH) - x(first.at) >= FIRST_LABEL_WIDTH;
  const start = nameTime(timeline.start * 1000, length * 1000);
  return (
    <div class="chart" role="img" aria-label={words.timelineSummary(total, Math.round(peak), start)}>
      <div class="labels" aria-hidden="true">
        {labels.map(({ at, page }, index) => (
          <span key={`page ${at}`} class="label" style={{ left: percent(at / length) }}>
            <bdi>{index === 0 && isNamed ? nameSlide(page) : namePage(page)}</bdi>
          </span>
        ))}
      </div>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {timeline.marks.map(({ at }) => (
          <line key={`mark ${at}`} class="mark" x1={x(at)} x2={x(at)} y1="0" y2={HEIGHT} />
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
      <Axis start={start} now={now / 1000 - timeline.start} length={length} />
      <p class="legend" aria-hidden="true">
        {most > 0 && words.peak(most)}
      </p>
    </div>
  );
}

/** @param now seconds since the start, like the length */
function Axis({ start, now, length }: { start: string; now: number; length: number }) {
  const end = Math.min(1, now / length);
  return (
    <div class="axis" aria-hidden="true">
      <span class="tick first">{words.start(start)}</span>
      {listTicks(length)
        .filter((at) => at / length > EDGE && at / length < end - EDGE)
        .map((at) => (
          <span
            key={`tick ${at}`}
            class={at / length < NEAR ? "tick near" : "tick"}
            style={{ left: percent(at / length) }}
          >
            {words.tick(Math.floor(at / 3600), Math.round((at % 3600) / 60))}
          </span>
        ))}
      {end > 2 * EDGE && (
        <span class="tick last" style={{ left: percent(end) }}>
          {words.present}
        </span>
      )}
    </div>
  );
}

/** The marks that have room for their page's name; of two too close to each other, the newer one. */
function listLabels({ marks }: Timeline, x: (at: number) => number): Timeline["marks"] {
  let next = Number.POSITIVE_INFINITY;
  const shown = [...marks].reverse().filter(({ at }) => {
    const isFree = next - x(at) >= LABEL_WIDTH;
    if (isFree) next = x(at);
    return isFree;
  });
  return shown.reverse();
}
