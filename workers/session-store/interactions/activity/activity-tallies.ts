import { pickFrequent } from "../../../../shared/interactions/activity/distribution.ts";
import { kinds } from "../../../../shared/interactions/activity/kinds/index.ts";
import type { ActivitiesMessage } from "../../../../shared/interactions/activity/message.ts";
import type { Tally } from "../../../../shared/interactions/activity/tally.ts";
import { PEOPLE } from "../../../../shared/interactions/activity/topic.ts";
import type { Role } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { Totals } from "../../../lib/totals.ts";
import { divide } from "../divide.ts";
import type { Interaction, Listeners } from "../interaction.ts";
import type { ActivityBoard, BoardChange } from "./activity-board.ts";
import { getRound, getTopic, isShown, type StoredActivity, toLive } from "./stored-activity.ts";

/** What is told of the activities and of what people have answered: to everybody as much as is theirs to know. */
export class ActivityTallies implements Interaction {
  readonly #board: ActivityBoard;

  constructor(board: ActivityBoard) {
    this.#board = board;
  }

  say(counts: Totals, topics: readonly string[] | "whole", { role, isNew }: Listeners): ServerMessage[] {
    if (topics === "whole") return this.#sayWhole(counts, role, isNew);
    const told = new Set<StoredActivity>();
    for (const topic of topics) {
      const round = this.#board.findRound(topic);
      // What is said live is the round that is open, or was last; the others come over HTTP.
      if (round && round.index === round.activity.rounds.length - 1) told.add(round.activity);
    }
    return this.#sayTallies(counts, [...told], role);
  }

  /** What has changed; nothing where it is nothing that these hear of. */
  sayChange({ changed, removed, withdrawn }: BoardChange, role: Role): ServerMessage[] {
    const told = changed.filter(({ status }) => role === "host" || status !== "draft");
    const gone = role === "host" ? removed : withdrawn;
    if (told.length === 0 && gone.length === 0) return [];
    return [
      {
        type: "activities",
        activities: told.map((activity) => toLive(activity, role)),
        ...(gone.length > 0 && { removed: gone }),
      },
    ];
  }

  /** The tally of each round, as far as it is theirs to know. @returns one for each round of the activity, oldest first */
  getTallies(
    counts: Totals,
    activity: StoredActivity,
    role: Role,
    keys: Keys = "frequent",
  ): (Tally | undefined)[] {
    return activity.rounds.map((_, index) =>
      isShown(activity, index, role) ? readTally(counts, activity, index, keys) : undefined,
    );
  }

  /**
   * Who comes hears of what is open, and of what was revealed last; a host of everything. Who was there before keeps what
   * was closed last, too: it may be what they look at.
   */
  #sayWhole(counts: Totals, role: Role, isNew = false): ServerMessage[] {
    const told = role === "host" ? this.#board.all : listCurrent(this.#board.all, isNew);
    // Where there never was an activity, there is nothing to be told that there is none.
    if (this.#board.revision === 0) return [];
    const message: ActivitiesMessage = {
      type: "activities",
      activities: told.map((activity) => toLive(activity, role)),
      whole: true,
    };
    return [message, ...this.#sayTallies(counts, told, role)];
  }

  #sayTallies(counts: Totals, activities: readonly StoredActivity[], role: Role): ServerMessage[] {
    const tallies = activities.flatMap((activity) => {
      const last = activity.rounds.length - 1;
      const tally = isShown(activity, last, role) ? readTally(counts, activity, last, "frequent") : undefined;
      return tally ? [[activity.id, tally] as const] : [];
    });
    return divide(tallies).map((each) => ({ type: "tallies", tallies: Object.fromEntries(each) }));
  }
}

/** Of many different words or numbers, the most frequent ones, or every one. */
export type Keys = "frequent" | "every";

/** Those that are open, and the one that was revealed last; for who was there before also the one that was closed last. */
function listCurrent(all: readonly StoredActivity[], isNew: boolean): readonly StoredActivity[] {
  const open = all.filter(({ status }) => status === "open");
  const over = all.filter(({ status }) => status === "closed").sort((a, b) => b.revision - a.revision);
  const revealed = over.find((activity) => getRound(activity)?.isRevealed);
  return [...new Set([...open, ...(revealed ? [revealed] : []), ...(isNew ? [] : over.slice(0, 1))])];
}

function readTally(counts: Totals, activity: StoredActivity, index: number, keys: Keys): Tally | undefined {
  const { definition, hidden, rounds } = activity;
  const round = rounds[index];
  if (!round) return undefined;
  const read = { ...counts.read(getTopic(activity, round)) };
  const people = read[PEOPLE] ?? 0;
  for (const key of [PEOPLE, ...hidden]) delete read[key];
  const kind = kinds[definition.kind];
  const tally = kind.tally(read, people);
  const isCut = kind.isOpenEnded && keys === "frequent";
  return {
    round: index + 1,
    people,
    ...tally,
    counts: isCut ? pickFrequent(tally.counts, LIMITS.toldKeys) : tally.counts,
    ...(round.isFinal && { final: true }),
  };
}
