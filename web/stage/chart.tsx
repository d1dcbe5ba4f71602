import { namePage } from "../ui/page-name.ts";
import { stage as words } from "../words/en.ts";
import { getLength, listColumns, type Timeline } from "./timeline.ts";

const WIDTH = 1000;
const HEIGHT = 200;
/** Below the columns stand the pages. */
const FOOT = 28;
/** Names of pages closer together than this would lie on each other. */
const LABEL_WIDTH = 44;

/** Columns of reactions a second, and a line for every change of page. */
export function Chart({ timeline, now }: { timeline: Timeline; now: number }) {
  const length = getLength(timeline, now);
  const { columns, width } = listColumns(timeline, length);
  const peak = Math.max(1, ...columns.map(({ rate }) => rate));
  const total = timeline.seconds.reduce((sum, count) => sum + count, 0);
  const x = (at: number) => (at / length) * WIDTH;
  const columnWidth = Math.max(1, x(width) - 1);
  return (
    <div class="chart" role="img" aria-label={words.timelineSummary(total, Math.round(peak))}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + FOOT}`} preserveAspectRatio="none" aria-hidden="true">
        {timeline.marks.map(({ at }) => (
          <line key={`mark ${at}`} class="mark" x1={x(at)} x2={x(at)} y1="0" y2={HEIGHT + FOOT} />
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
      {listLabels(timeline, x).map(({ at, page }) => (
        <span
          key={`page ${at}`}
          class="label"
          style={{ left: `${(x(at) / WIDTH) * 100}%` }}
          aria-hidden="true"
        >
          <bdi>{namePage(page)}</bdi>
        </span>
      ))}
      <span class="peak" aria-hidden="true">
        {peak.toLocaleString("en", { maximumFractionDigits: 1 })}
      </span>
    </div>
  );
}

/** The marks that have room for their page's name, the newest first. */
function listLabels({ marks }: Timeline, x: (at: number) => number): Timeline["marks"] {
  let next = Number.POSITIVE_INFINITY;
  return [...marks].reverse().filter(({ at }) => {
    const isFree = next - x(at) >= LABEL_WIDTH;
    if (isFree) next = x(at);
    return isFree;
  });
}
