import type { LiveQuestion, QuestionChange } from "../../../../shared/interactions/question/question.ts";
import { FOR, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { Refusal } from "../../../../shared/protocol/problem.ts";
import type { Actor } from "../../../lib/actor.ts";
import type { CoHostList } from "../../co-host-list.ts";
import type { HasteLimit } from "../../haste-limit.ts";
import type { LedgerMirror } from "../../ledger-mirror.ts";
import type { LedgerQueue } from "../../ledger-queue.ts";
import type { RoomCounts } from "../../room-counts.ts";
import type { SessionState } from "../../session-state.ts";
import type { SyncStorage } from "../../sync-storage.ts";
import { Asking } from "./asking.ts";
import { QuestionBoard, type QuestionsChange, type QuestionsUpdate } from "./question-board.ts";
import { type IdentifiedQuestion, QuestionCommands } from "./question-commands.ts";
import { QuestionList } from "./question-list.ts";
import { QuestionNews } from "./question-news.ts";
import { VoteIntake } from "./vote-intake.ts";

interface QuestionsOptions {
  readonly isRoot: boolean;
  readonly sql: SqlStorage;
  readonly storage: SyncStorage;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly coHosts: CoHostList;
  readonly mirror: Pick<LedgerMirror, "find" | "readStanding">;
  readonly queue: Pick<LedgerQueue, "add">;
  readonly haste: Pick<HasteLimit, "refuse">;
  readonly ensurePlace: (participant: string) => Promise<Refusal | undefined> | undefined;
  /** Whether this room knows what is counted under a topic everywhere. */
  readonly knows: (topic: string) => boolean;
  /** Root: whether it knows what all rooms have counted. */
  readonly isComplete: () => boolean;
  /** Root: resolves when it knows what all rooms have counted. Throws when one does not answer. */
  readonly becomeComplete: () => Promise<void>;
  readonly findNames: (participants: readonly string[]) => ReadonlyMap<string, string>;
  /** Has the root decide. Both throw when it does not answer. */
  readonly ask: (participant: string, question: IdentifiedQuestion) => Promise<LiveQuestion | Refusal>;
  readonly withdraw: (participant: string, question: string) => Promise<Refusal | null>;
  /** Sends what is new of the session to the rooms below. */
  readonly enqueue: () => void;
  /** How the board differs from what it was. It is kept by then. */
  readonly onChange: (change: QuestionsChange) => void;
  /** Root: hosts and users have to hear something. */
  readonly schedule: () => void;
  /** Makes sure that what waits for its turn is told, even if this object dies first. */
  readonly guard: () => void;
  /** Tells every user in this room. */
  readonly broadcast: (messages: readonly ServerMessage[]) => void;
  /** Somebody has a pipe to this room. */
  readonly isHere: (participant: string) => boolean;
  /** Tells each user in this room something else, or nothing. */
  readonly tellEach: (say: (participant: string) => ServerMessage | undefined) => void;
  /** Has the room's ledger erase what was sent under these topics. */
  readonly eraseTopics: (topics: readonly string[]) => void;
}

/** The questions of one room, put together of their parts; the root's decide, every other room's follow. */
export class Questions {
  readonly #options: QuestionsOptions;
  readonly board: QuestionBoard;
  readonly asking: Asking;
  readonly commands: QuestionCommands;
  readonly list: QuestionList;
  readonly votes: VoteIntake;
  readonly news: QuestionNews;

  constructor(options: QuestionsOptions) {
    this.#options = options;
    const { isRoot, sql, storage, state, counts, coHosts, mirror, queue, haste, ensurePlace } = options;
    const { knows, findNames, ask, withdraw } = options;
    const { schedule, guard, broadcast, isHere, tellEach } = options;
    this.board = new QuestionBoard(sql, storage);
    this.asking = new Asking({ state, haste, ensurePlace, ask, withdraw });
    this.commands = new QuestionCommands({
      state,
      coHosts,
      board: this.board,
      findName: (participant) => findNames([participant]).get(participant),
      countVotes(question) {
        const topic = getVoteTopic(question);
        return knows(topic) ? counts.everywhere.get(topic, FOR) : undefined;
      },
      announce: (change) => {
        this.#erase(change);
        this.#announce(change);
      },
    });
    this.list = new QuestionList({
      state,
      board: this.board,
      coHosts,
      counted: () => counts.everywhere,
      becomeComplete: () => this.#becomeComplete(),
      readStanding: (participant, topics) => mirror.readStanding(participant, topics),
    });
    this.votes = new VoteIntake({
      state,
      board: this.board,
      queue,
      haste,
      findKept: (participant, id) => mirror.find(participant, id),
      ensurePlace,
    });
    this.news = new QuestionNews({
      isRoot,
      storage,
      board: this.board,
      counted: () => counts.everywhere,
      knowsCounts: () => this.#isComplete,
      getRule: () => state.facts?.rules.questions ?? "off",
      schedule,
      guard,
      broadcast,
      isHere,
      tellEach,
    });
  }

  /** What earlier lives of the room have left. */
  load(): void {
    this.board.load();
    this.news.load();
  }

  /** The parent says what has changed. */
  adopt(update: QuestionsUpdate | undefined): void {
    if (!update) return;
    const change = this.board.adopt(update);
    this.#erase(change);
    this.#announce(change);
  }

  /** A restart: questions go with everything that was counted. */
  startOver(): void {
    const { isRoot, state } = this.#options;
    this.#announce(isRoot && state.deck ? this.board.reset(Date.now()) : this.board.drop());
  }

  /** Root: see `QuestionCommands.ask`. */
  keep(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal> {
    return this.#knowingVotes(() => this.commands.ask(participant, question));
  }

  /** Root: see `QuestionCommands.change`. */
  set(actor: Actor, id: string, change: QuestionChange): Promise<LiveQuestion | Refusal> {
    return this.#knowingVotes(() => this.commands.change(actor, id, change));
  }

  /** Root: what somebody has sent is taken out of the counts, or put back. */
  setExcluded(participant: string, isExcluded: boolean): void {
    this.#announce(this.board.setExcluded(participant, isExcluded, Date.now()));
  }

  /** Root: nothing says any more who asked what they have asked. */
  forget(participant: string): void {
    this.#announce(this.board.forgetAuthor(participant, Date.now()));
  }

  /** What is done is done at once. Where nobody knows the votes yet, it is said, once more, when they are known. */
  async #knowingVotes(command: () => LiveQuestion | Refusal): Promise<LiveQuestion | Refusal> {
    const said = command();
    if (!("code" in said) || said.code !== "unavailable") return said;
    await this.#options.becomeComplete().catch(() => {});
    return command();
  }

  /** There is no session any more, as far as memory goes. */
  clear(): void {
    this.board.clear();
    this.news.clear();
  }

  /** Whether this room knows what is counted everywhere. */
  get #isComplete(): boolean {
    const { isRoot, counts, isComplete } = this.#options;
    return isRoot ? isComplete() : counts.knowsEverywhere;
  }

  async #becomeComplete(): Promise<void> {
    const { isRoot, becomeComplete } = this.#options;
    if (isRoot) await becomeComplete();
    else if (!this.#isComplete) throw new Error("knows not yet what is counted everywhere");
  }

  /** Votes for what is gone are nobody's to count. A restart empties the ledger anyway. */
  #erase({ removed }: QuestionsChange): void {
    if (removed.length > 0) this.#options.eraseTopics(removed.map(({ id }) => getVoteTopic(id)));
  }

  #announce(change: QuestionsChange): void {
    if (change.changed.length === 0 && change.removed.length === 0) return;
    this.#options.enqueue();
    this.news.boardChanged(change);
    this.#options.onChange(change);
  }
}
