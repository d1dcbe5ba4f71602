/** @jsxImportSource hono/jsx */
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { RecapCount } from "../../../../shared/protocol/recap.ts";
import { words as said } from "../words/en.ts";

const words = said.page;

interface Props {
  /** Most frequent first. */
  readonly counts: readonly RecapCount[];
  /** What a screen reader calls them. */
  readonly label: string;
  /** How many more there were. */
  readonly more?: number | undefined;
}

/** How often the room sent which reaction. */
export function Counts({ counts, label, more = 0 }: Props) {
  if (counts.length === 0) return null;
  const others = counts.slice(LIMITS.recapReactions).reduce((sum, { count }) => sum + count, more);
  return (
    <ul class="counts" aria-label={label}>
      {counts.slice(0, LIMITS.recapReactions).map(({ label, count }) => (
        <li>
          <bdi>{label}</bdi> <span class="count">{said.count(count)}</span>
        </li>
      ))}
      {others > 0 && <li class="others">{words.others(others)}</li>}
    </ul>
  );
}
