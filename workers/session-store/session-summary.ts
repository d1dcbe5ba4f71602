import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { History } from "../lib/history.ts";
import type { SessionLook } from "../lib/host-talk.ts";

/** Reactions and pages that are told. */
const TOP = 12;
const MOMENTS = 5;

interface SummaryOf {
  readonly totals: SessionTotals;
  readonly states: History["states"];
  /** How many there are. */
  readonly activities: number;
  readonly questions: number;
}

/** What is worth remembering of a session when it is gone. @param at when, in ms since 1970 */
export function summarize({ totals, states, ...numbers }: SummaryOf, at: number): SessionLook["summary"] {
  const titles = new Map(states.map(({ page, title }) => [page, title]));
  const reactions = new Map<string, number>();
  const moments: SessionLook["summary"]["moments"][number][] = [];
  for (const [page, counts] of Object.entries(totals.pages)) {
    for (const [reaction, count] of Object.entries(counts)) {
      reactions.set(reaction, (reactions.get(reaction) ?? 0) + count);
    }
    const sum = Object.values(counts).reduce((all, count) => all + count, 0);
    if (sum > 0) moments.push({ page, title: titles.get(page) ?? null, reactions: sum });
  }
  const top = [...reactions].filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
  return {
    people: totals.participants,
    reactions: totals.total,
    top: Object.fromEntries(top.slice(0, TOP)),
    moments: moments.sort((a, b) => b.reactions - a.reactions).slice(0, MOMENTS),
    ...numbers,
    at,
  };
}
