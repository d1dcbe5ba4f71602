/** @jsxImportSource hono/jsx */
import type { RecapCount } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";

const words = said.page;

/** Reactions that are shown by name. */
const MOST = 8;

interface Props {
  /** Most frequent first. */
  readonly counts: readonly RecapCount[];
  /** What a screen reader calls them. */
  readonly label: string;
}

/** How often the room sent which reaction. */
export function Counts({ counts, label }: Props) {
  if (counts.length === 0) return null;
  const others = counts.slice(MOST).reduce((sum, { count }) => sum + count, 0);
  return (
    <ul class="counts" aria-label={label}>
      {counts.slice(0, MOST).map(({ label, count }) => (
        <li>
          <bdi>{label}</bdi> <span class="count">{said.count(count)}</span>
        </li>
      ))}
      {others > 0 && <li class="others">{words.others(others)}</li>}
    </ul>
  );
}
