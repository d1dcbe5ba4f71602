import type { LiveActivity } from "../../shared/interactions/activity/activity.ts";
import type { ActivitiesMessage, TalliesMessage } from "../../shared/interactions/activity/message.ts";
import type { Tally } from "../../shared/interactions/activity/tally.ts";
import { getOwn, toRecord } from "./record.ts";

/** What a session has heard of its activities. Records of tallies inherit nothing. */
export interface ActivityPicture {
  readonly activities: readonly LiveActivity[];
  readonly tallies: Readonly<Record<string, Tally>>;
}

export const NO_ACTIVITIES: ActivityPicture = { activities: [], tallies: toRecord([]) };

/** The picture with this news: what is said of an activity is complete, and with `whole`, of all of them. */
export function addActivities(
  { activities, tallies }: ActivityPicture,
  { activities: heard, removed = [], whole }: Omit<ActivitiesMessage, "type">,
): ActivityPicture {
  const known = new Map(whole ? [] : activities.map((activity) => [activity.id, activity]));
  for (const activity of heard) known.set(activity.id, activity);
  for (const id of removed) known.delete(id);
  // An activity that was deleted and written anew begins with round 1 again, but at another time.
  const isSame = (before: LiveActivity, now: LiveActivity | undefined) =>
    before.round === now?.round && before.openedAt === now.openedAt;
  const same = new Set(
    activities.filter((before) => isSame(before, known.get(before.id))).map(({ id }) => id),
  );
  const left = Object.entries(tallies).filter(([id]) => same.has(id));
  return { activities: [...known.values()], tallies: toRecord(left) };
}

/** The same for tallies. One of a round that is over is late: it is passed over. */
export function addTallies(
  { activities, tallies }: ActivityPicture,
  { tallies: heard }: Omit<TalliesMessage, "type">,
): ActivityPicture {
  const merged = toRecord(Object.entries(tallies));
  for (const { id, round } of activities) {
    const tally = getOwn(heard, id);
    if (tally && tally.round >= round) merged[id] = tally;
  }
  return { activities, tallies: merged };
}
