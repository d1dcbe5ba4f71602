import { formatCount } from "../../ui/count.ts";
import { faceClass, nameReaction } from "./face.tsx";
import { deck as words } from "./words/en.ts";

/** More kinds than these are one more number: the audience's own words may be any, and many. */
const MOST = 24;
/** What they take, in em of the overlay's text: a bar that is too low or too narrow for this makes them smaller. */
const LARGEST_EM = 1.6;
const ROW_EM = 1.4;
const ROWS = [1, 2, 3, 4, 5, 6];
/** Widths in em: of one picture, of a character of a text or a number, and of the gaps. */
const PICTURE_EM = 1.5;
const CHARACTER_EM = 0.64;
const GAP_EM = 0.9;
/** Longer texts end in an ellipsis, and say all of it in a title. */
const LABEL_EM = 6;

type Count = readonly [reaction: string, count: number];

/**
 * What the room says on this slide. However many there are, none is cut off: each gets the same
 * width, and all of them the largest size at which so many fit into the bar.
 */
export function Tally({ counts }: { counts: readonly Count[] }) {
  const shown = counts.length > MOST ? counts.slice(0, MOST - 1) : counts;
  const rest = counts.length - shown.length;
  const width = getWidth(shown);
  return (
    <div class="tally">
      <ul
        class="counts"
        part="counts"
        aria-label={words.counts}
        style={{ "--width": `${width}em`, "--size": getSize(shown.length + Math.min(1, rest), width) }}
      >
        {shown.map(([reaction, count]) => (
          <CountItem key={reaction} reaction={reaction} count={count} />
        ))}
        {rest > 0 && <li class="none">{words.more(rest)}</li>}
      </ul>
    </div>
  );
}

/** One reaction and how often, in a list. */
export const CountItem = ({ reaction, count }: { reaction: string; count: number }) => (
  <li class={count > 0 ? "" : "none"} title={reaction} aria-label={`${nameReaction(reaction)}: ${count}`}>
    <bdi class={faceClass(reaction)} aria-hidden="true">
      {reaction}
    </bdi>{" "}
    <b aria-hidden="true">{formatCount(count)}</b>
  </li>
);

/** Of the widest, in em, its gap not included. */
function getWidth(counts: readonly Count[]): number {
  const labels = counts.map(([reaction]) => getLabelWidth(reaction));
  // Room for four characters at once: a count that grows must not move the others.
  const numbers = counts.map(([, count]) => CHARACTER_EM * Math.max(4, formatCount(count).length));
  return round(Math.max(PICTURE_EM, ...labels) + 0.3 + Math.max(...numbers, 0));
}

function getLabelWidth(reaction: string): number {
  const { length } = [...new Intl.Segmenter().segment(reaction)];
  return length === 1 ? PICTURE_EM : Math.min(LABEL_EM, CHARACTER_EM * length + 0.5);
}

/** Of the ways to lay them out in rows, the one that makes them largest. */
function getSize(count: number, width: number): string {
  const ways = ROWS.filter((rows) => rows === 1 || rows <= count).map((rows) => {
    const columns = Math.ceil(count / rows);
    return `min(${round(99 / (rows * ROW_EM))}cqh, ${round(99 / (columns * (width + GAP_EM)))}cqw)`;
  });
  return `min(${LARGEST_EM}em, max(${ways.join(", ")}))`;
}

const round = (number: number): number => Math.round(number * 100) / 100;
