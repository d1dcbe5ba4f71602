import type * as z from "zod";
import { joinEntryNumber, type StandingPage, type StandingQuery, splitEntryNumber } from "../lib/ledger.ts";
import type { StandingList, StandingListQuery } from "../lib/text-round.ts";

/** What one page holds at most. */
const PAGE = 100;

/** The part of a ledger that it takes; a stub of the Durable Object has it. */
interface ListingLedger {
  listStanding(query: StandingQuery): Promise<StandingPage> | StandingPage;
}

/** What stands under a topic, ledger by ledger, a page at a time. */
export async function listStanding(
  { topic, rooms, cursor }: z.output<typeof StandingListQuery>,
  getLedger: (room: number) => ListingLedger,
): Promise<StandingList> {
  const entries: StandingList["entries"] = [];
  let from: { room: number; number?: number } = cursor === undefined ? { room: 0 } : splitEntryNumber(cursor);
  while (from.room < rooms && entries.length < PAGE) {
    const { room, number } = from;
    const page = await getLedger(room).listStanding({ topic, cursor: number, limit: PAGE - entries.length });
    entries.push(...page.entries.map((each) => ({ ...each, number: joinEntryNumber(room, each.number) })));
    from = page.cursor === undefined ? { room: room + 1 } : { room, number: page.cursor };
  }
  if (from.room >= rooms) return { entries };
  return { entries, cursor: joinEntryNumber(from.room, from.number ?? 0) };
}
