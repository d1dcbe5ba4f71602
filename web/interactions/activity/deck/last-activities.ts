import { isFields, parseFields } from "../../../client/fields.ts";
import { toRecord } from "../../../client/record.ts";
import { tabStorage } from "../../../ui/tab-storage.ts";
import type { DeckActivities } from "../../slots.ts";
import { isShown, isSolved } from "../visibility.ts";

/** What a tab has seen last, for printing. */
type LastActivities = Pick<DeckActivities, "activities" | "tallies" | "earlier">;

/** More than that is kept by no tab, in characters. */
const MOST_KEPT = 256 * 1024;

const keyOf = (apiUrl: string): string => `revint:last-activities:${apiUrl}${location.pathname}`;

/** Keeps what everyone may see of these. */
export function keepLastActivities(
  apiUrl: string,
  sessionUid: string,
  { activities, tallies, earlier }: LastActivities,
  ids: ReadonlySet<string>,
): void {
  const shown = activities.filter((activity) => ids.has(activity.id) && isShown(activity));
  const isKept = ([id]: readonly [string, unknown]) => shown.some((activity) => activity.id === id);
  const text = JSON.stringify({
    sessionUid,
    activities: shown.map((activity) =>
      isSolved(activity) ? activity : { ...activity, correct: undefined },
    ),
    tallies: Object.fromEntries(Object.entries(tallies).filter(isKept)),
    earlier: Object.fromEntries(Object.entries(earlier).filter(isKept)),
  });
  if (text.length <= MOST_KEPT) tabStorage.set(keyOf(apiUrl), text);
}

/** What this tab has kept; of that session, where one is named. */
export function getLastActivities(
  apiUrl: string,
  sessionUid: string | undefined,
): LastActivities | undefined {
  const kept = parseFields(tabStorage.get(keyOf(apiUrl)) ?? "");
  if (!kept || (sessionUid !== undefined && kept.sessionUid !== sessionUid)) return undefined;
  const { activities, tallies, earlier } = kept;
  if (!Array.isArray(activities) || !isFields(tallies) || !isFields(earlier)) return undefined;
  // Written by the function above and nobody else.
  const record = (fields: unknown) => toRecord(Object.entries(fields as LastActivities["tallies"]));
  return { activities, tallies: record(tallies), earlier: record(earlier) };
}
