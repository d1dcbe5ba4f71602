import type { LiveActivity } from "../../../shared/interactions/activity/activity.ts";

/**
 * Which activity is on the board, now that activities have changed: what was opened just now, or else what is there
 * already. It stays once it is closed, for that is when its result is looked at.
 * @param shown the id of the one that is there
 */
export function chooseShown(
  shown: string | undefined,
  before: readonly LiveActivity[],
  activities: readonly LiveActivity[],
): string | undefined {
  const known = new Map(before.map((activity) => [activity.id, activity]));
  const opened = activities.filter(({ id, status, round }) => {
    const was = known.get(id);
    return status === "open" && (was?.status !== "open" || was.round !== round);
  });
  const [latest] = opened.sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0));
  if (latest) return latest.id;
  // It may be gone, or a draft again where the session was begun anew.
  return activities.some(({ id, status }) => id === shown && status !== "draft") ? shown : undefined;
}
