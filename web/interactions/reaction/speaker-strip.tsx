import type { SpeakerSlot } from "../slots.ts";
import { listPageCounts } from "./page-counts.ts";
import { CountItem } from "./tally.tsx";
import { deck as words } from "./words/en.ts";

/** What people say to the slide. */
export const speakerSlot: SpeakerSlot = ({ view }) => (
  <ul aria-label={words.counts}>
    {listPageCounts(view).map(([reaction, count]) => (
      <CountItem key={reaction} reaction={reaction} count={count} />
    ))}
  </ul>
);
