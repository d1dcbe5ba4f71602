import { nameDuration, nameTime } from "../ui/duration.ts";
import { namePage } from "../ui/page-name.ts";
import { percent, TimeAxis } from "../ui/time-axis.tsx";
import type { Timeline } from "../ui/timeline.ts";
import { results as words } from "../words/en.ts";
import { drawPicture, HEIGHT, WIDTH } from "./picture.ts";

/** The course of the talk: slides as bands, reactions as columns, people as a line. */
export function PictureView({ timeline, summary }: { timeline: Timeline; summary: string }) {
  const picture = drawPicture(timeline);
  const { bands, columns, peak, people, mostPeople, ticks, moments } = picture;
  const span = picture.until - picture.from;
  const titles = new Map(timeline.pages.map(({ page, title }) => [page, title]));
  return (
    <figure class="picture">
      <div class="canvas" role="img" aria-label={summary}>
        <div class="names" aria-hidden="true">
          {bands.map(({ page, x, width }) => (
            <span
              key={`name ${x}`}
              class="band-name"
              style={{ left: percent(x / WIDTH), width: percent(width / WIDTH) }}
            >
              <b>{namePage(page)}</b> <bdi>{titles.get(page)}</bdi>
            </span>
          ))}
        </div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {bands.map(({ x, width }, index) => (
            <rect
              key={`band ${x}`}
              class={index % 2 === 0 ? "band" : "band other"}
              x={x}
              y="0"
              width={width}
              height={HEIGHT}
            />
          ))}
          {bands.map(({ x }) => (
            <line key={`change ${x}`} class="change" x1={x} x2={x} y1="0" y2={HEIGHT} />
          ))}
          {columns.map(({ x, width, height, at, count }) => (
            <rect key={`column ${at}`} class="column" x={x} y={HEIGHT - height} width={width} height={height}>
              <title>{`${nameTime(at, span)}: ${count}`}</title>
            </rect>
          ))}
          {people !== "" && <path class="people-halo" d={people} />}
          {people !== "" && <path class="people" d={people} />}
          <line class="ground" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        </svg>
        <div class="marks" aria-hidden="true">
          {moments.map(({ x, number }) => (
            <span key={`moment ${number}`} class="mark" style={{ left: percent(x / WIDTH) }}>
              {number}
            </span>
          ))}
        </div>
        <TimeAxis ticks={ticks.map(({ x, at }) => ({ at: x / WIDTH, text: nameTime(at, span) }))} />
      </div>
      <figcaption class="legend" aria-hidden="true">
        <span class="key reactions-key">
          {words.perBucket(nameDuration(timeline.bucket * 1000))}
          {peak.count > 0 && <>, {words.upTo(peak.count)}</>}
        </span>
        {people !== "" && <span class="key people-key">{words.peoplePresent(mostPeople)}</span>}
      </figcaption>
    </figure>
  );
}
