import type { LiveActivity } from "../../../../shared/interactions/activity/activity.ts";
import { readRanking } from "../../../client/activity.ts";
import { isFields, parseFields } from "../../../client/fields.ts";
import { toRecord } from "../../../client/record.ts";
import { tabStorage } from "../../../ui/tab-storage.ts";
import type { DeckExtras } from "../../slots.ts";
import { isShown, isSolved } from "../visibility.ts";

/** What a tab has seen last, for printing. */
type Shown = Pick<DeckExtras, (typeof FIELDS)[number]>;
const FIELDS = ["activities", "tallies", "earlier", "told", "ranking"] as const;

/** More than that is kept by no tab, in characters. */
const MOST_KEPT = 256 * 1024;

const keyOf = (apiUrl: string): string => `revint:last-activities:${apiUrl}${location.pathname}`;

/** Keeps what everyone may see of these, whenever that changes. */
export class LastActivities {
  readonly #apiUrl: string;
  readonly #ids: ReadonlySet<string>;
  #kept: Shown | undefined;

  /** @param ids those that stand in the deck's slides */
  constructor(apiUrl: string, ids: readonly string[]) {
    this.#apiUrl = apiUrl;
    this.#ids = new Set(ids);
  }

  keep(sessionUid: string, { activities, tallies, earlier, told, ranking }: Shown): void {
    const parts = { activities, tallies, earlier, told, ranking };
    const kept = this.#kept;
    if (kept && FIELDS.every((field) => kept[field] === parts[field])) return;
    this.#kept = parts;
    const ids = new Set(activities.filter(isShown).map(({ id }) => id));
    const isKept = ([id]: readonly [string, unknown]) => this.#ids.has(id) && ids.has(id);
    const text = JSON.stringify({
      sessionUid,
      activities: activities.filter(({ id }) => isKept([id, id])).map(hideSolution),
      tallies: Object.fromEntries(Object.entries(tallies).filter(isKept)),
      earlier: Object.fromEntries(Object.entries(earlier).filter(isKept)),
      // To everyone the service tells what everyone may see, and to hosts more.
      told: told.filter((activity) => this.#ids.has(activity.id) && isShown(activity)).map(hideSolution),
      // Of what was revealed alone.
      ranking,
    });
    if (text.length <= MOST_KEPT) tabStorage.set(keyOf(this.#apiUrl), text);
  }
}

/** What is right is printed once everyone knows it. */
const hideSolution = <A extends LiveActivity>(activity: A): A =>
  isSolved(activity) ? activity : { ...activity, correct: undefined };

/** What this tab has kept; of that session, where one is named. */
export function getLastActivities(apiUrl: string, sessionUid: string | undefined): Shown | undefined {
  const kept = parseFields(tabStorage.get(keyOf(apiUrl)) ?? "");
  if (!kept || (sessionUid !== undefined && kept.sessionUid !== sessionUid)) return undefined;
  const { activities, tallies, earlier, told } = kept;
  if (!Array.isArray(activities) || !Array.isArray(told) || !isFields(tallies) || !isFields(earlier)) {
    return undefined;
  }
  // Written by the class above and nobody else.
  const record = (fields: unknown) => toRecord(Object.entries(fields as Shown["tallies"]));
  return {
    ...{ activities, told, tallies: record(tallies), earlier: record(earlier) },
    ranking: isFields(kept.ranking) ? readRanking(kept.ranking) : undefined,
  };
}
