import type { StatusChange } from "../../../../shared/interactions/activity/activity.ts";
import type { Definition } from "../../../../shared/interactions/activity/kinds/index.ts";
import { byteLength } from "../../../../shared/protocol/text.ts";
import type { Scores } from "../../../lib/quiz.ts";
import type { SyncStorage } from "../../sync-storage.ts";
import { getRound, listTopics, type StoredActivity } from "./stored-activity.ts";
import type { PeopleByPoints, Sums } from "./sums.ts";

/** How people stand in the quiz: of this every room works out its own people's ranks. */
export interface Standings {
  readonly revision: number;
  /** The name of the questions that counted. */
  readonly questions: string;
  readonly people: PeopleByPoints;
}

/** The same, as the root keeps it. */
export interface RootStandings extends Standings {
  readonly best: Scores;
  /** The same questions have got other points since. */
  readonly isStale?: true;
}

/** What rooms tell each other of activities: all that changed after `since`, and the names of all that there are. */
export interface ActivitiesUpdate {
  readonly revision: number;
  /** Whoever does not know this revision has missed something, and asks for everything: since 0. */
  readonly since: number;
  readonly ids: readonly string[];
  readonly changed: readonly StoredActivity[];
  /** Left out where they are not newer. */
  readonly standings?: Standings | undefined;
}

/** How the board differs from what it was. */
export interface BoardChange {
  readonly changed: readonly StoredActivity[];
  readonly removed: readonly string[];
  /** Those that users knew of, and that are removed or drafts again. */
  readonly withdrawn: readonly string[];
  /** Topics whose counts are to be said anew: who may see them, or whether they are final, may have changed. */
  readonly topics: readonly string[];
  /** Topics whose answers are to be erased. */
  readonly gone: readonly string[];
}

/** A round of an activity. */
export interface BoardRound {
  readonly activity: StoredActivity;
  /** Its place among the activity's rounds, from 0. */
  readonly index: number;
}

/** When a room heard that a round was opened. */
interface Heard {
  readonly openedAt: number;
  readonly at: number;
}

/**
 * The activities of a session, as one room knows them. Kept in storage first, then in memory: a row each, and one that
 * names them all. The root changes them; every other room takes them over from its parent.
 */
export class ActivityBoard {
  readonly #storage: SyncStorage;
  readonly #activities = new Map<string, StoredActivity>();
  readonly #rounds = new Map<string, BoardRound>();
  /** What is read of `Heard` once: everybody who answers asks for it. */
  readonly #heard = new Map<string, Heard>();
  #revision = 0;
  #changes = 0;
  #standings: RootStandings | undefined;

  constructor(storage: SyncStorage) {
    this.#storage = storage;
  }

  /** Reads what an earlier life of the room has kept. */
  load(): void {
    const index = this.#storage.get<{ revision: number; ids: string[] }>("activities");
    this.#revision = index?.revision ?? 0;
    this.#standings = this.#storage.get<RootStandings>("standings");
    for (const id of index?.ids ?? []) {
      const activity = this.#storage.get<StoredActivity>(keyOf(id));
      if (activity) this.#remember(activity);
    }
  }

  /** Grows with every change; 0 where there never was an activity. */
  get revision(): number {
    return this.#revision;
  }

  /** Another number after every change of an activity that this room has heard of, also of one that is ahead of its revision. */
  get changes(): number {
    return this.#changes;
  }

  /** In the order in which they were written. */
  get all(): readonly StoredActivity[] {
    return [...this.#activities.values()];
  }

  /** Undefined where no question has ever counted. */
  get standings(): RootStandings | undefined {
    return this.#standings;
  }

  get(id: string): StoredActivity | undefined {
    return this.#activities.get(id);
  }

  /** The round that is counted under a topic. */
  findRound(topic: string): BoardRound | undefined {
    return this.#rounds.get(topic);
  }

  /** When the next one closes by itself, in milliseconds since 1970. */
  get nextClose(): number | undefined {
    const times = this.all.flatMap(({ status, closesAt }) => (status === "open" ? (closesAt ?? []) : []));
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** The size of all definitions, in bytes of JSON. */
  get bytes(): number {
    return this.all.reduce((sum, { definition }) => sum + byteLength(JSON.stringify(definition)), 0);
  }

  /** When this room heard that the round which is open now was opened first. */
  getHeardAt(activity: StoredActivity): number {
    const openedAt = getRound(activity)?.openedAt ?? 0;
    const heard = this.#readHeard(activity.id);
    return heard?.openedAt === openedAt ? heard.at : openedAt;
  }

  // ── The root ───────────────────────────────────────────────────────────────────────────────

  /** Writes an activity, or what is asked in one. @param isCleared whatever was answered before is erased */
  write(id: string, definition: Definition, isCleared: boolean, now: number): BoardChange {
    const known = this.#activities.get(id);
    const empty = { status: "draft", rounds: [], hidden: [], closesAt: undefined } as const;
    const before = isCleared || !known ? empty : known;
    return this.#change([{ ...before, id, definition }], now);
  }

  remove(id: string, now: number): BoardChange {
    return this.#change([], now, [id]);
  }

  /** Opens, closes or reveals it. */
  setStatus(
    activity: StoredActivity,
    { status, revealed, seconds, newRound }: StatusChange,
    now: number,
  ): BoardChange {
    const { rounds, definition } = activity;
    const isOpening =
      status === "open" && (activity.status !== "open" || newRound === true || seconds !== undefined);
    const isNewRound = status === "open" && (rounds.length === 0 || newRound === true);
    const given = seconds !== undefined && { seconds };
    const last = isNewRound
      ? { openedAt: this.#getNext(now), isRevealed: false, isFinal: false, ...given }
      : (getRound(activity) ?? { openedAt: now, isRevealed: false, isFinal: false });
    const round = {
      ...last,
      isRevealed: revealed ?? last.isRevealed,
      isFinal: status === "closed" && last.isFinal,
    };
    const length = seconds ?? definition.seconds;
    const end = length === undefined ? undefined : now + length * 1000;
    const closesAt = isOpening ? end : activity.closesAt;
    return this.#change(
      [
        {
          ...activity,
          status,
          rounds: [...(isNewRound ? rounds : rounds.slice(0, -1)), round],
          closesAt: status === "open" ? closesAt : undefined,
        },
      ],
      now,
    );
  }

  /** Takes a word out of what is shown, or puts it back. */
  setHidden(activity: StoredActivity, word: string, isHidden: boolean, now: number): BoardChange {
    const others = activity.hidden.filter((each) => each !== word);
    return this.#change([{ ...activity, hidden: isHidden ? [...others, word] : others }], now);
  }

  /** Closes those whose time is up or, with `all`, whatever is open. */
  closeDue(now: number, all?: "all"): BoardChange {
    const due = this.all.filter(
      ({ status, closesAt }) => status === "open" && (all || (closesAt !== undefined && closesAt <= now)),
    );
    const closed = due.map(
      (activity): StoredActivity => ({ ...activity, status: "closed", closesAt: undefined }),
    );
    return this.#change(closed, now);
  }

  /** Rounds that are over and not final yet. */
  listUnsettled(): readonly StoredActivity[] {
    return this.all.filter(
      (activity) => activity.status === "closed" && getRound(activity)?.isFinal === false,
    );
  }

  /** These have been counted anew: those that nobody has touched meanwhile are final. */
  settle(unsettled: readonly StoredActivity[], now: number): BoardChange {
    const settled = unsettled
      .filter(({ id, revision }) => this.#activities.get(id)?.revision === revision)
      .map((activity) => ({
        ...activity,
        rounds: activity.rounds.map((round) => ({ ...round, isFinal: true })),
      }));
    return this.#change(settled, now);
  }

  /** The session begins again: what is asked stays, and nothing was answered. */
  reset(now: number): BoardChange {
    const drafts = this.all.map(({ id, definition, revision }): StoredActivity => {
      return { id, revision, definition, status: "draft", rounds: [], hidden: [] };
    });
    return this.#change(drafts, now);
  }

  /** All rooms have said what their people have in the quiz. */
  setStandings({ questions, people, best }: Sums, now: number): void {
    const revision = this.#getNext(now);
    this.#keepStandings({ revision, questions, people, best });
    this.#keepIndex(revision);
  }

  /** Somebody has other points. */
  invalidateStandings(): void {
    if (this.#standings) this.#keepStandings({ ...this.#standings, isStale: true });
  }

  /** A participant is forgotten: they stay, without a name. */
  forgetInStandings(participant: string): void {
    const standings = this.#standings;
    if (!standings?.best.some((each) => each.participant === participant)) return;
    const best = standings.best.map((each) =>
      each.participant === participant ? { ...each, participant: null } : each,
    );
    this.#keepStandings({ ...standings, best });
  }

  // ── Between rooms ──────────────────────────────────────────────────────────────────────────

  /** For a room that knows of everything up to this revision. Undefined where there never was an activity. */
  getUpdate(since: number): ActivitiesUpdate | undefined {
    if (this.#revision === 0) return undefined;
    const changed = this.all.filter(({ revision }) => revision > since);
    const ids = [...this.#activities.keys()];
    const update = { revision: this.#revision, since, ids, changed };
    if (!this.#standings || this.#standings.revision <= since) return update;
    const { revision, questions, people } = this.#standings;
    return { ...update, standings: { revision, questions, people } };
  }

  /**
   * Takes over what the parent says, as far as it is newer.
   * @throws when this room has missed something: the parent then says everything
   */
  adopt({ revision, since, ids, changed, standings }: ActivitiesUpdate, now: number): BoardChange {
    if (revision <= this.#revision) return NOTHING;
    if (since > this.#revision) throw new Error("has missed a change of the activities");
    const newer = changed.filter((heard) => {
      const known = this.#activities.get(heard.id);
      return heard.revision > (known?.revision ?? 0) || (known !== undefined && isMoreFinal(heard, known));
    });
    if (standings && standings.revision > (this.#standings?.revision ?? 0)) {
      this.#keepStandings({ ...standings, best: [] });
    }
    const removed = this.#listOthers(ids, revision);
    return this.#keep(newer, removed, revision, now);
  }

  /**
   * Takes over what the parent says ahead of the counts that belong to it: all but that it is final. The revision stays,
   * since the whole of it is yet to come.
   */
  adoptAhead({ revision, ids, changed }: ActivitiesUpdate, now: number): BoardChange {
    if (revision <= this.#revision) return NOTHING;
    const newer = changed.flatMap((heard) => {
      const known = this.#activities.get(heard.id);
      if (heard.revision <= (known?.revision ?? 0)) return [];
      const final = new Set(known?.rounds.flatMap(({ isFinal, openedAt }) => (isFinal ? openedAt : [])));
      const rounds = heard.rounds.map((round) => ({
        ...round,
        isFinal: round.isFinal && final.has(round.openedAt),
      }));
      return [{ ...heard, rounds }];
    });
    const removed = this.#listOthers(ids, revision);
    return newer.length + removed.length > 0 ? this.#keep(newer, removed, this.#revision, now) : NOTHING;
  }

  /** Those that are gone, as whoever knew this revision says. What came ahead of it is newer, and was not there yet. */
  #listOthers(ids: readonly string[], known: number): string[] {
    const named = new Set(ids);
    return this.all.flatMap(({ id, revision }) => (named.has(id) || revision > known ? [] : id));
  }

  /** There is no session any more, as far as memory goes: storage is emptied by whoever erases the room. */
  clear(): void {
    this.#activities.clear();
    this.#rounds.clear();
    this.#heard.clear();
    this.#revision = 0;
    this.#changes++;
    this.#standings = undefined;
  }

  // ── Keeping ────────────────────────────────────────────────────────────────────────────────

  /** Another number than any before: a time, so that it grows over a session that was deleted, too. */
  #getNext(now: number): number {
    return Math.max(this.#revision + 1, now);
  }

  #change(
    changed: readonly Omit<StoredActivity, "revision">[],
    now: number,
    removed: string[] = [],
  ): BoardChange {
    if (changed.length === 0 && removed.length === 0) return NOTHING;
    const revision = this.#getNext(now);
    return this.#keep(
      changed.map((activity) => ({ ...activity, revision })),
      removed,
      revision,
      now,
    );
  }

  #keep(
    changed: readonly StoredActivity[],
    removed: readonly string[],
    revision: number,
    now: number,
  ): BoardChange {
    this.#changes++;
    const touched = [...changed.map(({ id }) => id), ...removed];
    const before = touched.flatMap((id) => this.#activities.get(id) ?? []);
    for (const activity of changed) {
      this.#storage.put(keyOf(activity.id), activity);
      this.#hear(activity, now);
      this.#remember(activity);
    }
    for (const id of removed) {
      this.#storage.delete(keyOf(id));
      this.#storage.delete(heardKeyOf(id));
      this.#forget(id);
    }
    this.#keepIndex(revision);
    const topics = changed.flatMap(listTopics);
    const gone = before.flatMap(listTopics).filter((topic) => !topics.includes(topic));
    const known = before.filter(({ status }) => status !== "draft").map(({ id }) => id);
    const withdrawn = known.filter((id) => (this.#activities.get(id)?.status ?? "draft") === "draft");
    return { changed, removed, withdrawn, topics, gone };
  }

  #keepIndex(revision: number): void {
    this.#revision = revision;
    this.#storage.put("activities", { revision, ids: [...this.#activities.keys()] });
  }

  #keepStandings(standings: RootStandings): void {
    this.#storage.put("standings", standings);
    this.#standings = standings;
  }

  /** The clock of a round starts when its room hears of it, and no restart sets it anew. */
  #hear({ id, status, rounds }: StoredActivity, now: number): void {
    const openedAt = rounds.at(-1)?.openedAt;
    if (status !== "open" || openedAt === undefined) return;
    if (this.#readHeard(id)?.openedAt === openedAt) return;
    const heard: Heard = { openedAt, at: now };
    this.#storage.put(heardKeyOf(id), heard);
    this.#heard.set(id, heard);
  }

  #readHeard(id: string): Heard | undefined {
    const heard = this.#heard.get(id) ?? this.#storage.get<Heard>(heardKeyOf(id));
    if (heard) this.#heard.set(id, heard);
    return heard;
  }

  #remember(activity: StoredActivity): void {
    const before = this.#activities.get(activity.id);
    for (const topic of before ? listTopics(before) : []) this.#rounds.delete(topic);
    this.#activities.set(activity.id, activity);
    for (const [index, topic] of listTopics(activity).entries()) this.#rounds.set(topic, { activity, index });
  }

  #forget(id: string): void {
    const known = this.#activities.get(id);
    for (const topic of known ? listTopics(known) : []) this.#rounds.delete(topic);
    this.#activities.delete(id);
    this.#heard.delete(id);
  }
}

const NOTHING: BoardChange = { changed: [], removed: [], withdrawn: [], topics: [], gone: [] };

/** Whether it is the same, but for a round of which it was not known that it is final. */
const isMoreFinal = (heard: StoredActivity, known: StoredActivity): boolean =>
  heard.revision === known.revision &&
  heard.rounds.some(({ isFinal }, index) => isFinal && !known.rounds[index]?.isFinal);

const keyOf = (id: string) => `activity:${id}`;
const heardKeyOf = (id: string) => `heard:${id}`;
