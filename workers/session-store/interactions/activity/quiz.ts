import type { Ranking, Score } from "../../../../shared/interactions/activity/ranking.ts";
import type { ServerMessage } from "../../../../shared/protocol/message.ts";
import type { QuizQuestion, Scores } from "../../../lib/quiz.ts";
import type { SessionUpdate } from "../../room-message.ts";
import type { SessionState } from "../../session-state.ts";
import { Throttle } from "../../throttle.ts";
import type { ActivityBoard } from "./activity-board.ts";
import { OwnScores } from "./own-scores.ts";
import { QuizQuestions } from "./quiz-questions.ts";
import { ScoreSettler } from "./score-settler.ts";
import { countPeople, createRanks, mergeSums, type PeopleByPoints, type Sums, sumUp } from "./sums.ts";

/** Where the ledger does not answer, it is asked again this often, in milliseconds. */
const RETRY_MS = 1000;
/** What the root has said of the ranking holds so long, in milliseconds: however many ask a room, it asks once. */
const LEADERS_MS = 1000;

/** What the root says of the ranking. */
export interface Leaders {
  /** The name of the questions that it is of. */
  readonly questions: string;
  readonly people: PeopleByPoints;
  readonly top: Ranking["top"];
}

/** The same, worked out for whoever asks. */
interface Field extends Omit<Leaders, "people"> {
  readonly people: number;
  readonly getRank: (points: number) => number;
}

interface QuizOptions {
  readonly isRoot: boolean;
  readonly state: SessionState;
  readonly board: ActivityBoard;
  readonly settled: () => Promise<void>;
  readonly readScores: (questions: readonly QuizQuestion[]) => Promise<Scores>;
  /** What the rooms below must know before they sum up. */
  readonly getSession: () => SessionUpdate | undefined;
  /** What the rooms below have. Throws when one does not answer. */
  readonly sumBelow: (session: SessionUpdate) => Promise<readonly Sums[]>;
  /** Asks the root. Throws when it does not answer. */
  readonly readLeaders: () => Promise<Leaders>;
  /** Root: the names that these have given themselves, as far as they are shown. */
  readonly findNames: (participants: readonly string[]) => ReadonlyMap<string, string>;
  /** Tells each user in this room something else, or nothing. */
  readonly tellEach: (say: (participant: string) => ServerMessage | undefined) => void;
  /** Sends what is new of the session to the rooms below. */
  readonly enqueue: () => void;
  readonly guard: () => void;
}

/**
 * The quiz, as one room knows it: the questions that count, what its own people have, and how everybody stands. Nothing
 * is added up over time: points follow from the answers that stand and from the questions. The root has all rooms sum up
 * and sends down how many people have each sum; of that every room works out its own people's ranks.
 */
export class Quiz {
  readonly #options: QuizOptions;
  readonly #questions: QuizQuestions;
  readonly #own: OwnScores;
  readonly #settler: ScoreSettler;
  readonly #turns = new Throttle(RETRY_MS, () => this.#tell());
  /** The standings that this room has seen. */
  #seen = 0;
  /** Who was told points in this life of the room; undefined where an earlier one may have told anybody. */
  #told: ReadonlySet<string> | undefined;
  #ranks: { readonly revision: number; readonly getRank: (points: number) => number } | undefined;
  #leaders:
    | { readonly questions: string; readonly until: number; readonly reading: Promise<Field> }
    | undefined;

  constructor(options: QuizOptions) {
    this.#options = options;
    const { state, board, settled, readScores, guard } = options;
    this.#questions = new QuizQuestions(board);
    this.#own = new OwnScores({ state, questions: this.#questions, settled, readScores });
    this.#settler = new ScoreSettler({
      board,
      questions: this.#questions,
      sum: () => this.sum(),
      onSettled: () => this.standingsChanged(),
      guard,
    });
  }

  get isPending(): boolean {
    return this.#settler.isPending || this.#turns.isPending;
  }

  /** What the room has stored was told, or is told by `resume`. */
  load(): void {
    this.#seen = this.#revision;
    this.boardChanged();
  }

  /** An earlier life may have left somebody untold. */
  resume(): void {
    if (this.#options.board.standings) this.#scheduleTelling();
  }

  /** Other questions may count now. */
  boardChanged(): void {
    if (this.#options.isRoot) this.#settler.schedule();
  }

  /** There may be new standings on the board. */
  standingsChanged(): void {
    if (this.#revision === this.#seen) return;
    this.#seen = this.#revision;
    this.#options.enqueue();
    this.#scheduleTelling();
  }

  /** Root: somebody's answers do not count any more, or count again. */
  invalidate(): void {
    this.#settler.invalidate();
  }

  /** What is known is of a session that has begun anew, or is gone. */
  clear(): void {
    this.#own.clear();
    this.#leaders = undefined;
  }

  /** What the people of this room, and of all below it, have. Throws when a ledger or a room does not answer. */
  async sum(): Promise<Sums> {
    const { getSession, sumBelow } = this.#options;
    const { name } = this.#questions;
    const session = getSession();
    if (!session) throw new Error("there is no session");
    const [own, below] = await Promise.all([this.#own.read(), sumBelow(session)]);
    return mergeSums(name, [sumUp(name, own), ...below]);
  }

  /** Somebody comes: their own score is known, where it can be. */
  async becomeReady(): Promise<void> {
    if (!this.#hasStandings) return;
    await this.#own.becomeKnown().catch(() => this.#scheduleTelling());
  }

  /** What somebody who comes hears. */
  greet(participant: string): ServerMessage[] {
    const score = this.#getScore(participant);
    return score ? [{ type: "score", ...score }] : [];
  }

  /** Root: how everybody stands. Throws when a room does not answer. */
  async listLeaders(): Promise<Leaders> {
    await this.#settler.becomeSettled();
    const { board, findNames } = this.#options;
    const { name } = this.#questions;
    const { people, best } = board.standings ?? sumUp(name, []);
    const getRank = createRanks(people);
    const names = findNames(best.flatMap(({ participant }) => participant ?? []));
    const top = best.map(({ participant, points }) => {
      const name = names.get(participant ?? "");
      return { ...(name !== undefined && { name }), points, rank: getRank(points) };
    });
    return { questions: name, people, top };
  }

  /** The ranking, as this participant has it. Throws when the root or the ledger does not answer, or knows of other questions. */
  async readRanking(participant: string): Promise<Ranking> {
    const [field] = await Promise.all([this.#readField(), this.#own.becomeKnown()]);
    const { questions, people, top, getRank } = field;
    const { points } = this.#own;
    if (!points || questions !== this.#questions.name) throw new Error("the questions have changed");
    const own = points.get(participant);
    return {
      top,
      people,
      ...(own !== undefined && { mine: { points: own, rank: getRank(own) } }),
    };
  }

  get #revision(): number {
    return this.#options.board.standings?.revision ?? 0;
  }

  /** The standings are of the questions that count now. */
  get #hasStandings(): boolean {
    return this.#options.board.standings?.questions === this.#questions.name;
  }

  /** What the root says of the questions that count now. However many ask, it is asked once. */
  #readField(): Promise<Field> {
    const now = Date.now();
    const { name: questions } = this.#questions;
    const known = this.#leaders;
    if (known && known.questions === questions && now < known.until) return known.reading;
    const reading = this.#options.readLeaders().then(({ people, ...leaders }) => ({
      ...leaders,
      people: countPeople(people),
      getRank: createRanks(people),
    }));
    this.#leaders = { questions, until: now + LEADERS_MS, reading };
    return reading;
  }

  #getScore(participant: string): Score | undefined {
    const { standings } = this.#options.board;
    const points = this.#own.points?.get(participant);
    if (!standings || !this.#hasStandings || points === undefined) return undefined;
    if (this.#ranks?.revision !== standings.revision) {
      this.#ranks = { revision: standings.revision, getRank: createRanks(standings.people) };
    }
    return { points, rank: this.#ranks.getRank(points) };
  }

  #scheduleTelling(): void {
    this.#options.guard();
    this.#turns.schedule();
  }

  async #tell(): Promise<void> {
    // Of other questions than these, standings are on their way, and told then.
    if (!this.#hasStandings) return;
    try {
      await this.#own.becomeKnown();
    } catch {
      if (this.#options.board.standings) this.#scheduleTelling();
      return;
    }
    const { points } = this.#own;
    if (!points) return;
    const before = this.#told;
    this.#told = new Set(points.keys());
    this.#options.tellEach((participant) => {
      const score = this.#getScore(participant);
      if (score) return { type: "score", ...score };
      const mayHaveHeard = before === undefined || before.has(participant);
      return mayHaveHeard ? { type: "score", points: 0, rank: 0 } : undefined;
    });
  }
}
