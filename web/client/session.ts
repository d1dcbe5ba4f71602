import type {
  Activity,
  LiveActivity,
  NewActivity,
  StatusChange,
} from "../../shared/interactions/activity/activity.ts";
import type { Ranking, Score } from "../../shared/interactions/activity/ranking.ts";
import type { AnswerValue, Tally } from "../../shared/interactions/activity/tally.ts";
import type {
  LiveQuestion,
  Question,
  QuestionChange,
  QuestionSort,
  QuestionStatus,
  Questions,
} from "../../shared/interactions/question/question.ts";
import type { Burst } from "../../shared/interactions/reaction/message.ts";
import type { Door, Notice } from "../../shared/protocol/message.ts";
import type { HostRules, Rules } from "../../shared/protocol/rules.ts";
import type { NewSessionAnswer, SessionAnswer } from "../../shared/protocol/session.ts";
import type { State } from "../../shared/protocol/state.ts";
import type { Pages } from "../../shared/protocol/totals.ts";
import type { RevintError } from "./error.ts";

/**
 * How the session is reached at this moment: `live` over a socket, `fallback` over server-sent
 * events and HTTP, or over HTTP alone where those are held back, `connecting` while neither is there, `closed` for good (ended, refused or closed).
 */
export type Connection = "connecting" | "live" | "fallback" | "closed";

/** Counts by page and reaction of the whole session, and their sum. */
export interface ClientTotals {
  readonly pages: Pages;
  readonly total: number;
}

/** A reaction of one's own, from the tap to the ledger. */
export interface OwnReaction {
  readonly id: string;
  readonly page: string;
  readonly reaction: string;
  /** When it was tapped, in milliseconds since 1970. */
  readonly at: number;
}

/** An answer of one's own, from the tap to the ledger. */
export interface OwnAnswer {
  readonly id: string;
  readonly activity: string;
  /** The round that it answers, and when that was opened first. */
  readonly round: number;
  readonly openedAt?: number;
  /** `null`: the answer of before is taken back. */
  readonly value: AnswerValue | null;
  /** When it was given, in milliseconds since 1970. */
  readonly at: number;
}

/** A question of one's own, from the hand to the service. It has another id there. */
export interface OwnQuestion {
  readonly id: string;
  /** Without blanks around it. */
  readonly text: string;
  /** Whether it is asked with the name that was given to `setName`. */
  readonly name: boolean;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
}

/** A vote of one's own, from the tap to the ledger. */
export interface OwnVote {
  readonly id: string;
  readonly question: string;
  /** `false`: the vote of before is taken back. */
  readonly vote: boolean;
  /** When it was given, in milliseconds since 1970. */
  readonly at: number;
}

/** Which page of the questions. */
export interface QuestionList {
  /** `votes`, the order that everybody sees, or the newest first. */
  readonly sort?: QuestionSort;
  /** As the page before had it. */
  readonly cursor?: string;
}

/** Everything a session tells, by event name. Listeners get the value, not a DOM event. */
export interface SessionEvents {
  /** The page or its state changed. Never an older one after a newer. */
  state: State;
  totals: ClientTotals;
  /** People with an open connection, hosts not counted. */
  participants: number;
  connection: Connection;
  /**
   * Not let in, for now: `session_full` while no place is free or the door is closed, `rate_limited` while too
   * many come at once, `session_not_found` with a `talk` while its host has not opened it. It comes at every refusal; the
   * client asks again by itself until it is in.
   */
  waiting: RevintError;
  /** What the host allows has changed. */
  rules: Rules;
  /** An activity was opened, closed, revealed, changed, or is gone: all that are known now. */
  activities: readonly LiveActivity[];
  /** Answers were counted, as far as this person may see them. */
  tallies: Readonly<Record<string, Tally>>;
  /** Questions were asked, changed, voted for or taken away, or there are more or fewer: all that are known now, in their order. */
  questions: readonly LiveQuestion[];
  /** Users only: how one stands in the quiz has changed, since a question was revealed, or counts no longer. */
  score: Score | undefined;
  /** Hosts only: who drives the deck now, `host` or a co-host's name. */
  driver: string;
  /** Hosts only: who reacted most within the last moment, largest first. */
  bursts: readonly Burst[];
  /** Hosts only: how many newcomers were turned away, how many a minute takes, whether the door is closed. */
  door: Door;
  /** Hosts only: what one of the session's flows says. It is told once, to those who are there. */
  notice: Notice;
  /** Hosts only: a state was refused for good, as by `not_driving` while someone else drives. */
  stateRefused: { readonly page: string; readonly state: string; readonly error: RevintError };
  /** An own reaction is kept for good. */
  kept: OwnReaction;
  /** An own reaction was refused for good, and why. */
  refused: { readonly reaction: OwnReaction; readonly error: RevintError };
  /** Own reactions that nobody confirmed within an hour; they are not sent again. */
  unconfirmed: readonly OwnReaction[];
  /** An own answer is kept for good. One that a later answer has replaced before that is not told. */
  answered: OwnAnswer;
  /** An own answer is not sent any more, and why: its round is over, or it was none; `network` after an hour without an answer. */
  answerRefused: { readonly answer: OwnAnswer; readonly error: RevintError };
  /** An own question was taken: it is among `questions` now, and whether the audience sees it is its `status`. */
  asked: { readonly own: OwnQuestion; readonly question: LiveQuestion };
  /** An own question is not sent any more, and why: `too_many_questions`, `questions_off` …; `network` after an hour without an answer. */
  askRefused: { readonly question: OwnQuestion; readonly error: RevintError };
  /** An own vote is kept for good. One that a later vote has replaced before that is not told. */
  voted: OwnVote;
  /** An own vote is not sent any more, and why: `question_fixed`, `own_question` …; `network` after an hour without an answer. */
  voteRefused: { readonly vote: OwnVote; readonly error: RevintError };
  /** The session is over. */
  end: undefined;
  /**
   * Something that trying again will not change, such as `session_not_found`; or `not_participant`, after the host
   * has sent everybody out. Whoever comes back after that is somebody new.
   */
  error: RevintError;
}

/** What hosts and users have in common. */
export interface Session {
  /**
   * Resolves once connected for the first time, with `state` known; rejects with a RevintError
   * that retrying will not change. Without a network, or a free place, it waits for one.
   */
  readonly ready: Promise<void>;
  /** The last state heard of; before the first, `undefined`. */
  readonly state: State | undefined;
  readonly totals: ClientTotals;
  readonly participants: number;
  readonly connection: Connection;
  /** What the host allows. `isAllowed(rules, page, reaction, info)` and `offeredReactions(info, rules, page)` read it. */
  readonly rules: Rules;
  /** Activities that were heard of: those that are open, and what became of them since. Hosts hear of all. */
  readonly activities: readonly LiveActivity[];
  /** What people have answered in the present round, by activity, as far as it may be seen. Replaced and never changed. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /**
   * All activities, with their rounds and the own answer. Waits for `ready`, and is not tried again by itself.
   * @throws RevintError
   */
  listActivities(): Promise<readonly Activity[]>;
  /**
   * Questions from the audience that were heard of, in the order that everybody sees: those on top, and what became of
   * others; for a user the own ones too (`mine`), in any status. Hosts hear of all. Replaced and never changed.
   */
  readonly questions: readonly LiveQuestion[];
  /** How many there are that one may read, heard of or not. */
  readonly questionCount: number;
  /**
   * A page of all questions that one may read; the next one with its `cursor`. Waits for `ready`, and is not tried again by
   * itself.
   * @throws RevintError
   */
  listQuestions(list?: QuestionList): Promise<Questions>;
  /**
   * Who is best in the quiz, over all questions that were revealed; for users once this activity is. Waits for `ready`,
   * and is not tried again by itself.
   * @throws RevintError `not_public` before it is revealed
   */
  readRanking(activity: string): Promise<Ranking>;
  /** Listens; the returned function stops it. */
  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (value: SessionEvents[Name]) => void,
  ): () => void;
  /** Closes every connection and stops every timer. What was not confirmed stays in storage. */
  close(): void;
}

export interface UserSession extends Session {
  /** The public facts; `undefined` until the service has told them, which is before `ready`. */
  readonly info: SessionAnswer | undefined;
  /**
   * Reacts on the current page ("0" as long as none is known), or on the page given. Returns at
   * once; it is kept in storage and sent, again and again with the same id, until `kept`,
   * `refused` or `unconfirmed`.
   * @throws RevintError `invalid_request` when page or reaction is empty or over 64 characters
   */
  react(reaction: string): OwnReaction;
  react(page: string, reaction: string): OwnReaction;
  /** Own reactions that are not confirmed yet. */
  readonly pending: readonly OwnReaction[];
  /**
   * Answers the present round of an open activity; `null` takes the answer back. Returns at once; it is kept in
   * storage and sent like a reaction, until `answered` or `answerRefused`. A later answer takes its place.
   * @throws RevintError `activity_not_found` when no such activity is open, `answer_not_valid` when it is none to any
   */
  answer(activity: string, value: AnswerValue | null): OwnAnswer;
  /** Own answers that are not confirmed yet. */
  readonly pendingAnswers: readonly OwnAnswer[];
  /**
   * Asks the host and the room. Returns at once; it is kept in storage and sent, again and again with the same id, until
   * `asked` or `askRefused`. Whether questions are taken is `rules.questions`.
   * @throws RevintError `invalid_request` when the text is blank or over 500 characters
   */
  ask(text: string, options?: { readonly name?: boolean }): OwnQuestion;
  /** Own questions that the service has not taken yet. */
  readonly pendingQuestions: readonly OwnQuestion[];
  /** Takes an own question back, as long as it is not answered. Waits for `ready`, and is not tried again by itself. */
  withdrawQuestion(question: string): Promise<void>;
  /**
   * Votes for a question, or takes the vote back. Returns at once; it is kept in storage and sent like an answer, until
   * `voted` or `voteRefused`. A later vote for the same question takes its place.
   * @throws RevintError `question_not_found` for what is the id of none
   */
  vote(question: string, vote: boolean): OwnVote;
  /** Own votes that are not confirmed yet. */
  readonly pendingVotes: readonly OwnVote[];
  /** What this person has last voted, also in an earlier life with the same storage; `listQuestions` corrects it. */
  hasVoted(question: string): boolean;
  /** How one stands in the quiz; undefined as long as nothing of one's own counts. */
  readonly score: Score | undefined;
  /**
   * What one wants to be called in rankings. Waits for `ready`, and is not tried again by itself.
   * @throws RevintError `name_taken` where somebody else is called so, `names_off` where the host takes none
   */
  setName(name: string): Promise<void>;
}

export interface HostSession extends Session {
  /** Names, join URL and code, and whether it was resumed; `undefined` until the service has told them. */
  readonly info: NewSessionAnswer | undefined;
  /**
   * Sets page and state for everyone. Resolves with the version once durable. While one is on its
   * way only the newest waits behind it, and the ones between resolve with the newest's version,
   * so that fast flipping never lags. Without a network it waits; it rejects with a RevintError
   * when the service refuses it for good, or when the session closes first: `not_driving` while
   * another presenter drives.
   */
  setState(page: string, state: string): Promise<number>;
  /** `host` or a co-host's name: who may set the state. */
  readonly driver: string;
  /** Whether that is this host. */
  readonly isDriving: boolean;
  /*
   * What follows waits for `ready`, and is not tried again by itself: whoever asked for it wants to
   * know. It rejects with a RevintError, `role_not_allowed` where a co-host's role is not enough.
   */
  /** From now on this host drives, and nobody else. */
  takeOver(): Promise<void>;
  /** The rules as they are, `publicResults` included. */
  getRules(): Promise<HostRules>;
  /** Changes what is named and leaves the rest; resolves with all of it. */
  setRules(change: Partial<HostRules>): Promise<HostRules>;
  /**
   * Takes no more reactions of this participant, whom `bursts` names. With `uncount`, those they
   * sent are taken out of the totals until they are unblocked.
   */
  block(participant: string, options?: { readonly uncount?: boolean }): Promise<void>;
  unblock(participant: string): Promise<void>;
  /** Writes an activity, or writes it anew; `conflict` where that would change what answers to it mean. */
  putActivity(id: string, definition: NewActivity): Promise<Activity>;
  /** Its answers are erased with it. */
  deleteActivity(id: string): Promise<void>;
  /** Opens, closes, reveals, or begins the next round. */
  setActivity(id: string, change: StatusChange): Promise<Activity>;
  /** Takes a word out of what is shown, or puts it back. */
  hideWord(id: string, value: string, hidden: boolean): Promise<void>;
  /**
   * The same for an open answer, by its number. `block: true` blocks whoever wrote it, without telling who that is, and
   * takes out what they have sent; `false` lets them in again.
   */
  hideText(
    id: string,
    number: number,
    hidden: boolean,
    options?: { readonly block?: boolean },
  ): Promise<void>;
  /** Publishes, hides, pins, answers or merges a question, or blocks its author. Resolves with the question as it is then. */
  setQuestion(id: string, change: QuestionChange): Promise<LiveQuestion>;
  /**
   * Sends everybody out: whoever was in has to join anew, and what let co-hosts in is no longer good. The session,
   * its counts and its join URL stay, and this host with a new uid.
   */
  revoke(): Promise<void>;
  /** Ends the session for everyone. Its results stay. */
  end(): Promise<void>;
}

/** What is used of `localStorage`; bring your own anywhere else. */
export interface ClientStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface ClientOptions {
  /** Where the API lives, such as `https://revint-api.example.workers.dev`. */
  readonly apiUrl: string;
  /**
   * Where the uid, what is not confirmed yet, and what was voted for are kept; `null` for nowhere. Default: localStorage where
   * allowed. A host's uid is kept only in a storage given here.
   */
  readonly storage?: ClientStorage | null;
  /** `auto` tries sockets first; `events` never opens one. */
  readonly transport?: "auto" | "events";
}

export interface HostOptions extends ClientOptions {
  /** The session that the token is to open; when it belongs to another: `wrong_session`, and nothing has changed. */
  readonly sessionUid?: string;
  readonly webUiUrl: string;
  readonly wsUrl?: string;
  readonly userToken?: string;
  /** Buttons to offer, and then the only reactions taken. */
  readonly reactions?: readonly string[];
  /** Words of the audience's own are taken besides them, on any page. */
  readonly anyReaction?: boolean;
  /** Where the slides themselves are. */
  readonly deckUrl?: string;
  readonly expectedAudience?: number;
  readonly maxParticipants?: number;
  readonly retentionDays?: number;
  readonly restart?: boolean;
}

/** What a co-host was given: an invitation's token and uid. Both are secrets. */
export interface CoHostOptions extends Omit<ClientOptions, "storage"> {
  readonly token: string;
  readonly hostUid: string;
}

export type {
  Activity,
  AnswerValue,
  Burst,
  Door,
  HostRules,
  LiveActivity,
  LiveQuestion,
  NewActivity,
  NewSessionAnswer,
  Notice,
  Pages,
  Question,
  QuestionChange,
  QuestionSort,
  QuestionStatus,
  Questions,
  Ranking,
  RevintError,
  Rules,
  Score,
  SessionAnswer,
  State,
  StatusChange,
  Tally,
};
