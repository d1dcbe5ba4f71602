import { PEOPLE } from "../../../shared/interactions/activity/topic.ts";
import { FOR, getVotedQuestion, getVoteTopic } from "../../../shared/interactions/question/topic.ts";
import { getTopicPage } from "../../../shared/interactions/reaction/topic.ts";
import { LIMITS } from "../../../shared/protocol/limits.ts";
import type { Refusal } from "../../../shared/protocol/problem.ts";
import type { Happening, RoomEvents } from "../../lib/room-event.ts";
import type { ActivityBoard, BoardChange } from "../interactions/activity/activity-board.ts";
import { getRound, getTopic, isRevealed } from "../interactions/activity/stored-activity.ts";
import type { QuestionBoard, QuestionsChange } from "../interactions/question/question-board.ts";
import { sumReactions } from "../interactions/reaction/reaction-counts.ts";
import { NOT_FOUND, UNAVAILABLE } from "../refusals.ts";
import type { RoomCounts } from "../room-counts.ts";
import type { SessionExpiry } from "../session-expiry.ts";
import type { SessionState, StateChange } from "../session-state.ts";
import type { SharedTimer } from "../shared-timer.ts";
import type { SyncStorage } from "../sync-storage.ts";
import { Throttle } from "../throttle.ts";
import { EventLog } from "./event-log.ts";
import {
  compareActivity,
  compareAnswers,
  comparePeople,
  compareQuestion,
  compareReactions,
  getActivityTopic,
  type News,
} from "./news.ts";
import { ToldNumbers } from "./told-numbers.ts";

/** What of the room's storage events and actions are kept in. */
export interface FlowStorage {
  readonly sql: SqlStorage;
  readonly kv: SyncStorage;
  transactionSync(work: () => void): void;
}

interface SessionEventsOptions {
  readonly isRoot: boolean;
  readonly storage: FlowStorage;
  readonly state: SessionState;
  readonly counts: Pick<RoomCounts, "everywhere">;
  readonly activities: Pick<ActivityBoard, "all">;
  readonly questions: Pick<QuestionBoard, "all" | "get">;
  readonly expiry: Pick<SessionExpiry, "foresee">;
  readonly pace: RoomEvents["now"]["pace"];
  /** People with an open pipe, everywhere. */
  readonly countPeople: () => number;
  /** There are rooms below: how many people they have they must have said. */
  readonly hasRoomsBelow: () => boolean;
  /** Whether all rooms have said what they have; and asks those that have not. Throws when one does not answer. */
  readonly isComplete: () => boolean;
  readonly becomeComplete: () => Promise<void>;
  /** Makes sure that what is to become an event does so, even if this object dies first. */
  readonly guard: () => void;
  /** Tells everybody how the session has changed. */
  readonly announce: (change: StateChange) => void;
  readonly timer: SharedTimer;
}

/**
 * What happens in a session, as events, while somebody pulls them: the session is watched then, which is one of its
 * facts. What somebody does is an event in the same turn; what is counted is one in the next turn of the counts, a second
 * apart at most. What somebody does is saved at once; what is counted, and is told anew by the next life of a room that dies,
 * when the room's guard rings, and before anybody reads. Of the root alone, and nothing at all where nobody watches.
 */
export class SessionEvents {
  readonly #options: SessionEventsOptions;
  readonly #state: SessionState;
  readonly #log: EventLog;
  readonly #told: ToldNumbers;
  /** Topics that have changed since the last turn. */
  readonly #changed = new Set<string>();
  /** An earlier life may have left something: everything is compared. */
  #isAllDue = false;
  readonly #turns: Throttle;
  /** Of what happens in this turn; `clock`: of whatever opened what closes by itself now. */
  #depth: number | "clock" = 0;

  constructor(options: SessionEventsOptions) {
    this.#options = options;
    this.#state = options.state;
    this.#log = new EventLog(options.storage.sql, options.storage.kv);
    this.#told = new ToldNumbers(options.storage.sql);
    this.#turns = new Throttle(LIMITS.userCadenceMs, () => this.#takeTurn(), options.timer);
  }

  /** Something is yet to become an event, or to be saved. */
  get isPending(): boolean {
    return this.#turns.isPending || this.#log.isUnsaved;
  }

  // ── What happens ───────────────────────────────────────────────────────────────────────────

  /** These have changed, here or below. */
  countsChanged(topics: readonly string[]): void {
    if (!this.#isWatched) return;
    for (const topic of topics) this.#changed.add(topic);
    this.#schedule();
  }

  /** People have come or gone. */
  peopleChanged(): void {
    if (this.#isWatched) this.#schedule();
  }

  /** It is an event at once. */
  note(happening: Happening): void {
    if (!this.#isWatched) return;
    this.#append([happening]);
    this.save();
  }

  activitiesChanged({ changed, removed, gone }: BoardChange): void {
    if (!this.#isWatched) return;
    for (const activity of changed) {
      const depth = this.#depth === "clock" ? this.#readCause(activity.id) : this.#depth;
      this.#tell([compareActivity(this.#read, activity, depth)], depth);
    }
    this.save();
    for (const id of removed) this.#told.delete(getActivityTopic(id));
    for (const topic of gone) this.#told.delete(topic);
  }

  questionsChanged({ changed, removed }: QuestionsChange): void {
    if (!this.#isWatched) return;
    // A question that has just been asked has no votes, and the others are counted in a turn.
    this.#tell(changed.map((question) => compareQuestion(this.#read, question, undefined)));
    this.save();
    for (const { id } of removed) this.#told.delete(getVoteTopic(id));
  }

  /** All that happens in the turn of this work is caused by so many flows. */
  causedBy<T>(depth: number | "clock", work: () => T): T {
    this.#depth = depth;
    try {
      return work();
    } finally {
      this.#depth = 0;
    }
  }

  /** A restart: nothing of the time before it is told any more. */
  startOver(): void {
    this.clear();
    if (!this.#isWatched) return;
    this.#log.startOver();
    this.#told.erase();
    this.#told.create();
  }

  /** An earlier life of the room may have left something that was counted. */
  resume(): void {
    if (!this.#isWatched) return;
    this.#isAllDue = true;
    this.#schedule();
  }

  /** The room was erased, and knows nothing. */
  clear(): void {
    this.#changed.clear();
    this.#isAllDue = false;
  }

  // ── Whoever pulls them ─────────────────────────────────────────────────────────────────────

  /** From now on events are kept; or none any more, and those that are left are erased. What is counted by now is no event. */
  async watch(isWatched: boolean): Promise<{ epoch: number } | Refusal> {
    const { isComplete, becomeComplete, announce } = this.#options;
    if (!this.#state.deck) return NOT_FOUND;
    if (isWatched === this.#isWatched) return { epoch: this.#state.epoch };
    try {
      if (isWatched) await becomeComplete();
    } catch {
      return UNAVAILABLE;
    }
    if (!this.#state.deck) return NOT_FOUND;
    // Restarted meanwhile.
    if (isWatched && !isComplete()) return UNAVAILABLE;
    this.clear();
    this.#options.storage.transactionSync(() => (isWatched ? this.#begin() : this.#erase()));
    this.#told.saved();
    announce(this.#state.change({ isWatched }, Date.now()));
    return { epoch: this.#state.epoch };
  }

  /**
   * The events behind a number, and how the session stands now.
   * @param worked in which life of the session all up to that number have been worked off: nobody asks for those again.
   * What is said of the time before a restart changes nothing.
   */
  async read(after: number, limit: number, worked?: number): Promise<RoomEvents | Refusal> {
    try {
      if (this.#state.deck && this.#options.hasRoomsBelow()) await this.#options.becomeComplete();
    } catch {
      return UNAVAILABLE;
    }
    const now = this.#readNow();
    if (!now) return NOT_FOUND;
    const { epoch } = this.#state;
    if (!this.#isWatched) return { epoch, events: [], more: false, now };
    this.save();
    if (worked === epoch) this.#log.acknowledge(after);
    return { epoch, ...this.#log.read(after, limit), now };
  }

  #readNow(): RoomEvents["now"] | undefined {
    const { counts, activities, expiry, pace, countPeople } = this.#options;
    const { facts, deck } = this.#state;
    if (!facts || !deck) return undefined;
    return {
      page: deck.page,
      people: countPeople(),
      activities: activities.all.map((activity) => ({
        id: activity.id,
        status: activity.status === "closed" && isRevealed(activity) ? "revealed" : activity.status,
      })),
      // Epochs are times: when this life of the session began.
      openedAt: deck.epoch,
      startsAt: facts.session.startsAt ?? undefined,
      expiresAt: expiry.foresee(facts.session.retentionDays, deck.at),
      hasEnded: facts.endedAt !== null,
      reactions: sumReactions(counts.everywhere),
      pace,
    };
  }

  // ── Keeping ────────────────────────────────────────────────────────────────────────────────

  get #isWatched(): boolean {
    return this.#options.isRoot && this.#state.facts?.isWatched === true;
  }

  readonly #read = (topic: string) => this.#told.read(topic);

  #begin(): void {
    this.#log.create();
    this.#told.create();
    const { counts, activities, questions } = this.#options;
    const news = [
      ...this.#compareCounted(new Set(counts.everywhere.topics())),
      ...activities.all.map((activity) => compareActivity(this.#read, activity, 0)),
      ...questions.all.map((question) =>
        compareQuestion(this.#read, question, counts.everywhere.get(getVoteTopic(question.id), FOR)),
      ),
    ];
    for (const each of news) if (each) this.#told.tell(each.topic, each.numbers);
    this.#told.save();
  }

  #erase(): void {
    this.#log.erase();
    this.#told.erase();
  }

  #schedule(): void {
    this.#options.guard();
    this.#turns.schedule();
  }

  async #takeTurn(): Promise<void> {
    const { isComplete, becomeComplete, counts } = this.#options;
    try {
      if (this.#isWatched) await becomeComplete();
    } catch {
      this.#schedule();
      return;
    }
    if (!this.#isWatched) return;
    if (!isComplete()) {
      this.#schedule();
      return;
    }
    const changed = new Set(this.#changed);
    if (this.#isAllDue) for (const topic of counts.everywhere.topics()) changed.add(topic);
    // Also what is counted no more.
    if (this.#isAllDue) for (const topic of this.#told.listTopics()) changed.add(topic);
    this.#tell(this.#compareCounted(changed), 0);
    this.#changed.clear();
    this.#isAllDue = false;
  }

  /** What is new of the counts of these topics, and of who is there. */
  #compareCounted(topics: ReadonlySet<string>): (News | undefined)[] {
    const { counts, activities, questions, countPeople } = this.#options;
    const { everywhere } = counts;
    const people = countPeople();
    const news: (News | undefined)[] = [];
    for (const topic of topics) {
      const page = getTopicPage(topic);
      if (page !== undefined) news.push(compareReactions(this.#read, topic, page, everywhere.read(topic)));
      const question = questions.get(getVotedQuestion(topic) ?? "");
      if (question) news.push(compareQuestion(this.#read, question, everywhere.get(topic, FOR)));
    }
    for (const activity of activities.all) {
      const round = getRound(activity);
      const topic = round && getTopic(activity, round);
      if (topic === undefined || !(activity.status === "open" || topics.has(topic))) continue;
      const answered = everywhere.get(topic, PEOPLE);
      news.push(compareAnswers(this.#read, activity, { answered, people }));
    }
    return [...news, comparePeople(this.#read, people)];
  }

  #tell(compared: readonly (News | undefined)[], depth?: number): void {
    const news = compared.flatMap((each) => each ?? []);
    this.#append(
      news.flatMap(({ happenings }) => happenings),
      depth,
    );
    for (const { topic, numbers } of news) this.#told.tell(topic, numbers);
  }

  /** All or nothing: an event with what it tells. */
  save(): void {
    if (!this.#isWatched) return;
    this.#options.storage.transactionSync(() => {
      this.#log.save();
      this.#told.save();
    });
    this.#log.saved();
    this.#told.saved();
  }

  #append(happenings: readonly Happening[], depth = this.#depth === "clock" ? 0 : this.#depth): void {
    const at = Date.now();
    this.#log.append(happenings.map((happening) => ({ ...happening, at, depth })));
  }

  /** How many flows have caused that an activity is open. */
  #readCause(activity: string): number {
    return this.#told.read(getActivityTopic(activity))?.depth ?? 0;
  }
}
