import type { NewActivity } from "../../../../shared/interactions/activity/activity.schema.ts";
import type {
  Activity,
  Activities as Listed,
  LiveActivity,
} from "../../../../shared/interactions/activity/activity.ts";
import { readAnswerKey } from "../../../../shared/interactions/activity/answer-key.ts";
import type { Ranking } from "../../../../shared/interactions/activity/ranking.ts";
import { isPerson, type Role } from "../../../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Actor } from "../../../lib/actor.ts";
import type { CoHostList } from "../../co-host-list.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import type { LedgerMirror } from "../../ledger-mirror.ts";
import type { LedgerQueue } from "../../ledger-queue.ts";
import { NO_ACTIVITY, NOT_REVEALED, UNAVAILABLE } from "../../refusals.ts";
import type { RoomCounts } from "../../room-counts.ts";
import type { SessionUpdate } from "../../room-message.ts";
import type { SessionState } from "../../session-state.ts";
import type { SyncStorage } from "../../sync-storage.ts";
import { type ActivitiesUpdate, ActivityBoard, type BoardChange } from "./activity-board.ts";
import { ActivityCommands } from "./activity-commands.ts";
import { ActivityTallies, type Keys } from "./activity-tallies.ts";
import { AnswerEraser } from "./answer-eraser.ts";
import { AnswerIntake } from "./answer-intake.ts";
import { type Leaders, Quiz } from "./quiz.ts";
import { RoundSettler } from "./round-settler.ts";
import { getRound, getTopic, type StoredActivity, toLive } from "./stored-activity.ts";
import type { Sums } from "./sums.ts";

interface ActivitiesOptions {
  readonly isRoot: boolean;
  readonly storage: SyncStorage;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly coHosts: CoHostList;
  readonly mirror: Pick<LedgerMirror, "find" | "readStanding" | "readScores" | "eraseTopics">;
  readonly queue: Pick<LedgerQueue, "add" | "settled">;
  readonly haste: Pick<HasteLimit, "refuse">;
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
  /** Tells everybody in this room who is one of these. */
  readonly broadcast: (role: Role, messages: readonly ServerMessage[]) => void;
  /** Sends what is new of the session, and the counts of these topics, to the rooms below. */
  readonly enqueue: (topics: readonly string[]) => void;
  /** Whether this room knows what is counted under a topic everywhere. */
  readonly knows: (topic: string) => boolean;
  /** Root: what it does not know yet it finds out, and says. */
  readonly schedule: () => void;
  /** Root: resolves when it knows what all rooms have counted. Throws when one does not answer. */
  readonly becomeComplete: () => Promise<void>;
  /** Every room counts anew, and then `settle` hears which rounds were over before. Throws when one does not answer. */
  readonly recount: () => Promise<void>;
  /** What the rooms below must know before they sum up the quiz. */
  readonly getSession: () => SessionUpdate | undefined;
  readonly sumBelow: (session: SessionUpdate) => Promise<readonly Sums[]>;
  readonly readLeaders: () => Promise<Leaders>;
  readonly findNames: (participants: readonly string[]) => ReadonlyMap<string, string>;
  /** Tells each user in this room something else, or nothing. */
  readonly tellEach: (say: (participant: string) => ServerMessage | undefined) => void;
  /** Root: how the board differs from what it was. It is kept, and told, by then. */
  readonly onChange: (change: BoardChange) => void;
  readonly guard: () => void;
  /** When the next activity closes by itself may have changed. */
  readonly rearm: () => void;
}

/** The activities of one room, put together of their parts; the root's decide, every other room's follow. */
export class Activities {
  readonly #options: ActivitiesOptions;
  readonly board: ActivityBoard;
  readonly commands: ActivityCommands;
  readonly intake: AnswerIntake;
  readonly tallies: ActivityTallies;
  readonly quiz: Quiz;
  readonly #eraser: AnswerEraser;
  readonly #settler: RoundSettler;

  constructor(options: ActivitiesOptions) {
    this.#options = options;
    const { storage, state, counts, coHosts, mirror, queue, haste, ensurePlace, guard } = options;
    const announce = (change: BoardChange) => this.#announce(change);
    this.board = new ActivityBoard(storage);
    this.tallies = new ActivityTallies(this.board);
    this.commands = new ActivityCommands({
      state,
      coHosts,
      board: this.board,
      counted: () => counts.everywhere,
      announce,
    });
    this.intake = new AnswerIntake({
      state,
      board: this.board,
      queue,
      haste,
      counted: () => [counts.subtree, counts.everywhere],
      findKept: (participant, id) => mirror.find(participant, id),
      ensurePlace,
    });
    this.#eraser = new AnswerEraser({
      storage,
      settled: () => queue.settled(),
      eraseTopics: (topics) => mirror.eraseTopics(topics),
      guard,
    });
    this.#settler = new RoundSettler({ board: this.board, recount: options.recount, guard });
    const { isRoot, getSession, sumBelow, readLeaders, findNames, tellEach, enqueue } = options;
    this.quiz = new Quiz({
      isRoot,
      state,
      board: this.board,
      settled: () => queue.settled(),
      readScores: (questions) => mirror.readScores(questions),
      getSession,
      sumBelow,
      readLeaders,
      findNames,
      tellEach,
      enqueue: () => enqueue([]),
      guard,
    });
  }

  /** What earlier lives of the room have left. */
  load(): void {
    this.board.load();
    this.quiz.load();
    this.#continue();
  }

  /** An earlier life has left something undone, or unsaid. */
  resume(): void {
    this.#continue();
    this.quiz.resume();
  }

  /** Something is begun, and not done yet. */
  get isPending(): boolean {
    return this.#eraser.isPending || this.#settler.isPending || this.quiz.isPending;
  }

  /** The parent says how they stand. */
  adopt(update: ActivitiesUpdate | undefined): void {
    if (!update) return;
    this.#announce(this.board.adopt(update, Date.now()));
    this.quiz.standingsChanged();
  }

  /** The same, ahead of the counts that belong to it: what is final is said with those. */
  adoptAhead(update: ActivitiesUpdate | undefined): void {
    if (update) this.#announce(this.board.adoptAhead(update, Date.now()));
  }

  /** Root: those whose time is up are closed. */
  closeDue(): void {
    this.#announce(this.board.closeDue(Date.now()));
  }

  /** Root: the session ends, and nothing is open any more. */
  end(): void {
    this.#announce(this.board.closeDue(Date.now(), "all"));
  }

  /** A restart: the answers go with everything that was counted. */
  startOver(): void {
    const { isRoot, state } = this.#options;
    this.#eraser.startOver();
    this.quiz.clear();
    if (isRoot && state.deck) this.#announce({ ...this.board.reset(Date.now()), gone: [] });
  }

  /** Nothing is taken under these topics any more: the room's ledger erases what was. */
  eraseTopics(topics: readonly string[]): void {
    this.#eraser.erase(topics);
  }

  /** Rounds that have been closed, and counted anew since, are final. */
  settle(unsettled: readonly StoredActivity[]): void {
    this.#announce(this.board.settle(unsettled, Date.now()));
  }

  /** Root: writes an activity. What it has been answered is known before that is decided. */
  async write(actor: Actor, id: string, given: NewActivity): Promise<LiveActivity | Refusal> {
    const { state, becomeComplete, recount } = this.#options;
    try {
      if (state.deck) await becomeComplete();
      if (state.deck && this.commands.mayLose(actor, id, given)) await recount();
    } catch {
      return UNAVAILABLE;
    }
    return this.commands.write(actor, id, given);
  }

  /** All that somebody may know of them, once this room knows what is counted. */
  async read(participant: string, role: Role, keys: Keys): Promise<Listed | Refusal> {
    const { isRoot, counts, becomeComplete } = this.#options;
    try {
      if (isRoot) await becomeComplete();
      if (!isRoot && !counts.knowsEverywhere) return UNAVAILABLE;
      return { activities: await this.#list(participant, this.#getRole(participant, role), keys) };
    } catch {
      return UNAVAILABLE;
    }
  }

  /** How somebody stands in the quiz, and who is best. A user hears it once the activity that they ask with is revealed. */
  async readRanking(participant: string, role: Role, id: string): Promise<Ranking | Refusal> {
    const refusal = this.#refuseRanking(id, this.#getRole(participant, role));
    return refusal ?? this.quiz.readRanking(participant).catch(() => UNAVAILABLE);
  }

  /** Whose invitation was taken back reads what everybody may. */
  #getRole(participant: string, role: Role): Role {
    return role === "host" && !this.#options.coHosts.refuseRemoved(participant) ? "host" : "user";
  }

  /** Why somebody may not read the ranking that an activity leads to. */
  #refuseRanking(id: string, role: Role): Refusal | undefined {
    const activity = this.board.get(id);
    if (!activity || (role === "user" && activity.status === "draft")) return NO_ACTIVITY;
    return role === "host" || getRound(activity)?.isRevealed ? undefined : NOT_REVEALED;
  }

  /** All that this participant may know. Throws where the ledger does not say what they have answered. */
  async #list(participant: string, role: Role, keys: Keys): Promise<Activity[]> {
    const { mirror } = this.#options;
    const topics = this.#listTold(role).flatMap((activity) => topicOf(activity) ?? []);
    const mine =
      isPerson(participant) && topics.length > 0 ? await mirror.readStanding(participant, topics) : {};
    // As they stand now: one may have been opened again while the ledger was asked.
    return this.#listTold(role).map((activity) => {
      const tallies = this.tallies.getTallies(this.#options.counts.everywhere, activity, role, keys);
      const tally = tallies.at(-1);
      const own = readAnswerKey(mine[topicOf(activity) ?? ""] ?? "")?.value;
      return {
        ...toLive(activity, role),
        rounds: tallies.slice(0, -1).flatMap((each) => each ?? []),
        ...(tally && { tally }),
        ...(own !== undefined && { mine: own }),
      };
    });
  }

  #listTold(role: Role): readonly StoredActivity[] {
    return this.board.all.filter(({ status }) => role === "host" || status !== "draft");
  }

  #announce(change: BoardChange): void {
    const { changed, removed, topics, gone } = change;
    if (changed.length === 0 && removed.length === 0) return;
    const { isRoot, counts, broadcast, enqueue, knows, schedule, onChange, rearm } = this.#options;
    // Kept first, with the change itself.
    this.#eraser.erase(gone);
    const known = topics.filter(knows);
    enqueue(topics);
    for (const role of ["host", "user"] as const) {
      broadcast(role, [
        ...this.tallies.sayChange(change, role),
        ...this.tallies.say(counts.everywhere, known, { role, total: 0 }),
      ]);
    }
    if (!isRoot) return;
    if (known.length < topics.length) schedule();
    this.#settler.schedule();
    this.quiz.boardChanged();
    onChange(change);
    rearm();
  }

  #continue(): void {
    this.#eraser.resume();
    if (this.#options.isRoot) this.#settler.schedule();
  }
}

const topicOf = (activity: StoredActivity): string | undefined => {
  const round = getRound(activity);
  return round && getTopic(activity, round);
};
