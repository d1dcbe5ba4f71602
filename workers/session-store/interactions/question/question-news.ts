import { compareQuestions } from "../../../../shared/interactions/question/order.ts";
import type { LiveQuestion } from "../../../../shared/interactions/question/question.ts";
import { FOR, getVotedQuestion, getVoteTopic } from "../../../../shared/interactions/question/topic.ts";
import { getRole, type Role } from "../../../../shared/protocol/identity.ts";
import { LIMITS } from "../../../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { QuestionRule } from "../../../../shared/protocol/rules.ts";
import type { Totals } from "../../../lib/totals.ts";
import type { SyncStorage } from "../../sync-storage.ts";
import { Throttle } from "../../throttle.ts";
import { divide } from "../divide.ts";
import type { Interaction, Listeners } from "../interaction.ts";
import type { QuestionBoard, QuestionsChange } from "./question-board.ts";
import { isOwn, isPublic, type StoredQuestion, toLive } from "./stored-question.ts";
import { ToldVotes } from "./told-votes.ts";

interface QuestionNewsOptions {
  readonly isRoot: boolean;
  readonly storage: SyncStorage;
  readonly board: Pick<QuestionBoard, "all" | "get" | "revision" | "size">;
  /** What is counted everywhere, as far as this room knows. */
  readonly counted: () => Totals;
  /** Whether this room knows all of it: one that has just woken must not pass for knowing. */
  readonly knowsCounts: () => boolean;
  readonly getRule: () => QuestionRule;
  /** Root: hosts and users have to hear something. */
  readonly schedule: () => void;
  /** Makes sure that what is scheduled is told, even if this object dies first. */
  readonly guard: () => void;
  /** Tells every user in this room. */
  readonly broadcast: (messages: readonly ServerMessage[]) => void;
  /** Somebody has a pipe to this room. */
  readonly isHere: (participant: string) => boolean;
  /** Tells each user in this room something else, or nothing. */
  readonly tellEach: (say: (participant: string) => ServerMessage | undefined) => void;
}

/** What hosts, or users, have yet to hear. */
interface Unsaid {
  /** They may have missed something, and hear how all of it stands. */
  isWhole: boolean;
  /** Questions that were asked or changed. */
  readonly changed: Set<string>;
  /** Questions that are theirs to read no more. */
  readonly gone: Set<string>;
}

const createUnsaid = (): Unsaid => ({ isWhole: false, changed: new Set(), gone: new Set() });

const isAnything = ({ isWhole, changed, gone }: Unsaid): boolean => isWhole || changed.size + gone.size > 0;

/** Where it is kept that something is yet to be told: what it is dies with the room, whose next life tells everything. */
const UNTOLD = "questions untold";

/**
 * What one room tells of questions and votes, in turns: users hear one text, made once, of what has changed, of what has
 * come to the top, and of the votes there; hosts hear of everything; and whoever has asked something hears of it in a
 * message of their own.
 */
export class QuestionNews implements Interaction {
  readonly #options: QuestionNewsOptions;
  readonly #unsaid = { host: createUnsaid(), user: createUnsaid() };
  /** Questions whose authors have yet to hear of them, by author; with `all`, everybody may have missed something. */
  #owed = new Map<string, Set<string>>();
  #owesAll = false;
  /** Whether it is kept that something is yet to be told. */
  #isMarked = false;
  /** The top of the order, as users were told it last, and as whoever comes is told it until the next turn. */
  #top: ReadonlySet<string> | undefined;
  /** Whether they were told it in this life of the room. */
  #isTopTold = false;
  readonly #toldVotes = new ToldVotes();
  /** Of every room but the root, where users hear in the publisher's turns; and of those who have asked something. */
  readonly #turns = new Throttle(LIMITS.userCadenceMs, () => this.#take());

  constructor(options: QuestionNewsOptions) {
    this.#options = options;
  }

  /** An earlier life of the room may have left something untold: everybody hears how all of it stands. */
  load(): void {
    this.#isMarked = this.#options.storage.get<boolean>(UNTOLD) ?? false;
    if (!this.#isMarked) return;
    this.#oweWhole();
    this.#owesAll = true;
  }

  /** What an earlier life has left is to be told, also where nothing else happens. */
  resume(): void {
    if (this.#isMarked) this.#schedule();
  }

  /** Something waits for its turn. */
  get isPending(): boolean {
    return this.#turns.isPending;
  }

  /** Questions have changed. They are told in the next turn, and so is who has asked them. */
  boardChanged({ changed, removed, withdrawn }: QuestionsChange): void {
    const { host, user } = this.#unsaid;
    for (const { id } of changed) user.changed.add(id);
    for (const { id } of withdrawn) user.gone.add(id);
    // Hosts sit in the root.
    if (this.#options.isRoot) {
      for (const { id } of changed) host.changed.add(id);
      for (const { id } of removed) host.gone.add(id);
    }
    for (const question of [...changed, ...removed]) this.#owe(question);
    // Nobody needs the names of all that is gone.
    if (removed.length > 0 && this.#options.board.size === 0) this.#oweWhole();
    this.#mark();
    this.#schedule();
  }

  /** The room was erased, and knows nothing. */
  clear(): void {
    this.#unsaid.host = createUnsaid();
    this.#unsaid.user = createUnsaid();
    this.#owed.clear();
    this.#owesAll = false;
    this.#top = undefined;
    this.#isTopTold = false;
    this.#toldVotes.clear();
    this.#isMarked = false;
  }

  /** One turn of hosts, or of users. */
  say(counts: Totals, topics: readonly string[] | "whole", { role, isNew }: Listeners): ServerMessage[] {
    // Whoever comes hears it with what is their own.
    if (isNew || this.#options.board.revision === 0) return [];
    // They hear of their own when they have heard what is for all of them.
    if (role === "user" && (this.#owesAll || this.#owed.size > 0)) this.#scheduleTurn();
    const voted =
      topics === "whole" ? topics : new Set(topics.flatMap((each) => getVotedQuestion(each) ?? []));
    const isNews = voted === "whole" || voted.size > 0 || isAnything(this.#unsaid[role]);
    if (!isNews || !this.#options.knowsCounts()) return [];
    const messages = role === "host" ? this.#sayToHosts(counts, voted) : this.#sayToUsers(counts, voted);
    this.#unsaid[role] = createUnsaid();
    this.#mark();
    return messages;
  }

  /**
   * What somebody hears first who comes: the top of the order and what they have asked, or all of it.
   * What is not known yet is told to everybody as soon as it is.
   */
  greet(participant: string): ServerMessage[] {
    const { board, counted, knowsCounts, getRule } = this.#options;
    if (board.revision === 0 && getRule() === "off") return [];
    const role = getRole(participant);
    if (!knowsCounts()) {
      this.#unsaid[role].isWhole = true;
      this.#owesAll ||= role === "user";
      this.#mark();
      return [];
    }
    const counts = counted();
    const readable = role === "host" ? board.all : this.#listGreeted(counts, participant);
    const questions = readable.map((question) =>
      toLive(question, countVotes(counts, question), role, role === "user" && isOwn(question, participant)),
    );
    return this.#sayQuestions(questions, role, { isWhole: true });
  }

  /** A turn of this room's own. What is not known yet is said when it is: then there is another one. */
  #take(): void {
    const { isRoot, counted, knowsCounts, broadcast } = this.#options;
    if (!knowsCounts()) return;
    const messages = isRoot ? [] : this.say(counted(), [], { role: "user", total: 0 });
    if (messages.length > 0) broadcast(messages);
    this.#tellAuthors();
  }

  /** Whoever has asked something hears what has become of that. */
  #tellAuthors(): void {
    const { board, counted, isHere, tellEach } = this.#options;
    const owed = this.#owed;
    const owesAll = this.#owesAll;
    this.#owed = new Map();
    this.#owesAll = false;
    this.#mark();
    if (!owesAll && ![...owed.keys()].some(isHere)) return;
    const own = owesAll ? Map.groupBy(board.all, ({ author }) => author) : undefined;
    const counts = counted();
    const total = this.#countReadable("user");
    tellEach((participant) => {
      const known = own?.get(participant) ?? [];
      const ids = new Set([...known.map(({ id }) => id), ...(owed.get(participant) ?? [])]);
      const questions = [...ids].flatMap((id) => board.get(id) ?? []);
      const removed = [...ids].filter((id) => !board.get(id));
      if (ids.size === 0) return undefined;
      return {
        type: "questions",
        questions: questions.map((question) => toLive(question, countVotes(counts, question), "user", true)),
        ...(removed.length > 0 && { removed }),
        total,
      };
    });
  }

  #sayToHosts(counts: Totals, voted: ReadonlySet<string> | "whole"): ServerMessage[] {
    const { board } = this.#options;
    const { isWhole, changed, gone } = this.#unsaid.host;
    const told = isWhole ? board.all : [...changed].flatMap((id) => board.get(id) ?? []);
    const removed = [...gone].filter((id) => !board.get(id));
    const withText = new Set(told.map(({ id }) => id));
    const others = voted === "whole" ? board.all : [...voted].flatMap((id) => board.get(id) ?? []);
    return [
      ...this.#sayQuestions(
        told.map((question) => toLive(question, countVotes(counts, question), "host")),
        "host",
        { isWhole, removed },
      ),
      ...sayVotes(
        others
          .filter(({ id }) => !withText.has(id))
          .map((question) => [question.id, countVotes(counts, question)]),
      ),
    ];
  }

  #sayToUsers(counts: Totals, voted: ReadonlySet<string> | "whole"): ServerMessage[] {
    const { isWhole, changed, gone } = this.#unsaid.user;
    const ranked = this.#rank(counts);
    const readable = new Set(ranked.map(({ id }) => id));
    const top = new Set(ranked.slice(0, LIMITS.toldQuestions).map(({ id }) => id));
    const before = this.#isTopTold && !isWhole ? this.#top : undefined;
    const told = ranked.filter(
      ({ id }) => (top.has(id) && !before?.has(id)) || (changed.has(id) && !isWhole),
    );
    const removed = [...gone].filter((id) => !readable.has(id));
    const votes = this.#toldVotes.take(ranked, new Set(told.map(({ id }) => id)), isWhole ? "whole" : voted);
    this.#top = top;
    this.#isTopTold = true;
    return [...this.#sayQuestions(told, "user", { isWhole, removed }), ...sayVotes(votes)];
  }

  #sayQuestions(
    questions: readonly LiveQuestion[],
    role: Role,
    { isWhole, removed = [] }: { isWhole: boolean; removed?: readonly string[] },
  ): ServerMessage[] {
    const total = this.#countReadable(role);
    const parts = divide(questions);
    // That there is nothing, or nothing more, is to be said, too.
    if (parts.length === 0 && (isWhole || removed.length > 0)) parts.push([]);
    return parts.map((part, index) => ({
      type: "questions",
      questions: part,
      ...(index === 0 && !isWhole && removed.length > 0 && { removed: [...removed] }),
      total,
      ...(index === 0 && isWhole && { whole: true }),
    }));
  }

  /** What is on top for everybody, and what this participant has asked. */
  #listGreeted(counts: Totals, participant: string): readonly StoredQuestion[] {
    const { board } = this.#options;
    // Once, and not for each who comes: until the next turn it is this one.
    this.#top ??= new Set(
      this.#rank(counts)
        .slice(0, LIMITS.toldQuestions)
        .map(({ id }) => id),
    );
    const top = this.#top;
    return board.all.filter(
      (question) => isOwn(question, participant) || (top.has(question.id) && isPublic(question)),
    );
  }

  /** What everybody may read, in the order in which everybody sees it. */
  #rank(counts: Totals): LiveQuestion[] {
    return this.#options.board.all
      .filter(isPublic)
      .map((question) => toLive(question, countVotes(counts, question), "user"))
      .sort(compareQuestions);
  }

  /** Of users it is what all of them may read: everybody is told the same. */
  #countReadable(role: Role): number {
    const { board } = this.#options;
    return role === "host" ? board.size : board.all.filter(isPublic).length;
  }

  #owe({ id, author }: StoredQuestion): void {
    if (author === undefined) return;
    const ids = this.#owed.get(author) ?? new Set();
    this.#owed.set(author, ids.add(id));
  }

  #schedule(): void {
    if (this.#options.isRoot) this.#options.schedule();
    else this.#scheduleTurn();
  }

  #scheduleTurn(): void {
    this.#options.guard();
    this.#turns.schedule();
  }

  #oweWhole(): void {
    this.#unsaid.host.isWhole = this.#options.isRoot;
    this.#unsaid.user.isWhole = true;
  }

  #mark(): void {
    const { host, user } = this.#unsaid;
    const isUntold = isAnything(host) || isAnything(user) || this.#owesAll || this.#owed.size > 0;
    if (isUntold === this.#isMarked) return;
    this.#isMarked = isUntold;
    if (isUntold) this.#options.storage.put(UNTOLD, true);
    else this.#options.storage.delete(UNTOLD);
  }
}

const countVotes = (counts: Totals, { id }: StoredQuestion): number => counts.get(getVoteTopic(id), FOR);

const sayVotes = (votes: readonly (readonly [id: string, votes: number])[]): ServerMessage[] =>
  divide(votes).map((part) => ({ type: "votes", votes: Object.fromEntries(part) }));
