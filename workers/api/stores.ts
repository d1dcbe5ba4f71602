import { hc } from "hono/client";
import * as z from "zod";
import { Activities } from "../../shared/interactions/activity/activity.schema.ts";
import type { IdentifiedAnswer } from "../../shared/interactions/activity/activity.ts";
import { Ranking } from "../../shared/interactions/activity/ranking.schema.ts";
import { LiveQuestion, Questions } from "../../shared/interactions/question/question.schema.ts";
import type { IdentifiedVote } from "../../shared/interactions/question/question.ts";
import { QuestionRow } from "../../shared/interactions/question/question-row.schema.ts";
import type { IdentifiedReaction } from "../../shared/interactions/reaction/reaction.ts";
import { SavedActivities } from "../../shared/protocol/host/talk.schema.ts";
import { getRoom, type Role, roomName } from "../../shared/protocol/identity.ts";
import { Refusal } from "../../shared/protocol/problem.schema.ts";
import { StateVersion } from "../../shared/protocol/state.schema.ts";
import type { NewState, StateView } from "../../shared/protocol/state.ts";
import type { Automations } from "../automations/index.ts";
import type { HostStore } from "../host-store/index.ts";
import type { Actor } from "../lib/actor.ts";
import { SessionLook } from "../lib/host-talk.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { answered, reach } from "../lib/reach.ts";
import { Seat } from "../lib/session.ts";
import { unwrap } from "../lib/unwrap.ts";
import { WATCHED_HEADER, type Watched } from "../lib/watched.ts";
import type { ReactionStore } from "../reaction-store/index.ts";
import type { RecapStore, RecapWriter } from "../recap/index.ts";
import type {
  IdentifiedQuestion,
  Keys,
  QuestionPage,
  SessionRoom,
  SessionStore,
} from "../session-store/index.ts";
import type { UserStore } from "../user-store/index.ts";

const QuestionRows = z.object({ rows: z.array(QuestionRow) });

/**
 * The stores, for one request. Their routers are the contract, and typed clients of them are made
 * when they are asked for; what every participant does all the time goes to their room itself.
 */
export class Stores {
  readonly #env: ApiEnv;
  readonly #requestId: string;
  #isWatched = false;

  constructor(env: ApiEnv, requestId: string) {
    this.#env = env;
    this.#requestId = requestId;
  }

  /** Something may have happened in a session whose events somebody pulls: an answer of its rooms has said so. */
  get isWatched(): boolean {
    return this.#isWatched;
  }

  /**
   * The name that somebody who joins has from now on: the same again, or a new one.
   * @param known who they were before
   * @throws the root's refusal
   */
  async join(session: string, known: string | undefined): Promise<string> {
    const root = this.#rootOf(session);
    const joined = await answered(async () => root.join(known), this.#requestId);
    return Seat.parse(this.#unwrap(joined)).participant;
  }

  /** Shows a page in a state to everybody. @throws the root's refusal */
  async setState(session: string, actor: Actor, state: NewState): Promise<StateVersion> {
    const root = this.#rootOf(session);
    const shown = await answered(async () => root.setState(actor, state), this.#requestId);
    return StateVersion.parse(this.#unwrap(shown));
  }

  /** Where the session stands, for one of its participants. @throws the room's refusal */
  async getState(session: string, participant: string): Promise<StateView> {
    const room = this.#roomOf(session, participant);
    return unwrap(await answered(async () => room.getState(participant), this.#requestId));
  }

  /** Resolves when the reaction is kept. @throws the room's refusal */
  async react(session: string, participant: string, reaction: IdentifiedReaction): Promise<void> {
    const room = this.#roomOf(session, participant);
    this.#settle(await answered(async () => room.react(participant, reaction), this.#requestId));
  }

  /** The session's activities, as far as they are this participant's to know. @throws the room's refusal */
  async listActivities(session: string, participant: string, role: Role, keys: Keys): Promise<Activities> {
    const room = this.#roomOf(session, participant);
    const ask = async () => room.listActivities(participant, role, keys);
    return Activities.parse(unwrap(await answered(ask, this.#requestId)));
  }

  /** Resolves when the answer is kept. @throws the room's refusal */
  async answer(session: string, participant: string, answer: IdentifiedAnswer): Promise<void> {
    const room = this.#roomOf(session, participant);
    this.#settle(await answered(async () => room.answer(participant, answer), this.#requestId));
  }

  /** Resolves with the question when it is kept. @throws the refusal of the room, or of the root */
  async ask(session: string, participant: string, question: IdentifiedQuestion): Promise<LiveQuestion> {
    const room = this.#roomOf(session, participant);
    const asked = await answered(async () => room.ask(participant, question), this.#requestId);
    return LiveQuestion.parse(this.#unwrap(asked));
  }

  /** Resolves when the question is gone. @throws the refusal of the room, or of the root */
  async withdraw(session: string, participant: string, question: string): Promise<void> {
    const room = this.#roomOf(session, participant);
    const refusal = await answered(async () => room.withdraw(participant, question), this.#requestId);
    if (refusal) throw ProblemError.from(Refusal.parse(refusal));
  }

  /** Resolves when the vote is kept. @throws the room's refusal */
  async vote(session: string, participant: string, vote: IdentifiedVote): Promise<void> {
    const room = this.#roomOf(session, participant);
    this.#settle(await answered(async () => room.vote(participant, vote), this.#requestId));
  }

  /** A page of the session's questions, as far as they are this participant's to know. @throws the room's refusal */
  async listQuestions(
    session: string,
    participant: string,
    role: Role,
    page: QuestionPage,
  ): Promise<Questions> {
    const room = this.#roomOf(session, participant);
    const ask = async () => room.listQuestions(participant, role, page);
    return Questions.parse(unwrap(await answered(ask, this.#requestId)));
  }

  /** All of them, as rows. @param actor undefined for a user @throws the room's refusal */
  async exportQuestions(
    session: string,
    participant: string,
    actor: Actor | undefined,
  ): Promise<QuestionRow[]> {
    const room = this.#roomOf(session, participant);
    const ask = async () => room.exportQuestions(participant, actor);
    return QuestionRows.parse(unwrap(await answered(ask, this.#requestId))).rows;
  }

  /** How everybody stands in the quiz, as far as it is this participant's to know. @throws the room's refusal */
  async readRanking(session: string, participant: string, role: Role, activity: string): Promise<Ranking> {
    const room = this.#roomOf(session, participant);
    const ask = async () => room.readRanking(participant, role, activity);
    return Ranking.parse(unwrap(await answered(ask, this.#requestId)));
  }

  /** Resolves when the name is kept. @throws the room's refusal */
  async setName(session: string, participant: string, name: string): Promise<void> {
    const room = this.#roomOf(session, participant);
    const refusal = await answered(async () => room.setName(participant, name), this.#requestId);
    if (refusal) throw ProblemError.from(Refusal.parse(refusal));
  }

  /** The version of a session's recap that everybody may read. @param writer who keeps it @throws `recap_not_found` */
  async getPublishedVersion(session: string, writer: string): Promise<string> {
    const writers = this.#env.RECAP_WRITER as DurableObjectNamespace<RecapWriter>;
    const keeper = writers.getByName(writer);
    return unwrap(await answered(async () => keeper.getVersion(session, "user"), this.#requestId)).version;
  }

  /** Resolves when the talk's token with this id opens its session, or there is none. @throws `invalid_token` */
  async checkToken(session: string, id: string): Promise<void> {
    const root = this.#rootOf(session);
    const refusal = await answered(async () => root.refuseToken(id), this.#requestId);
    if (refusal) throw ProblemError.from(Refusal.parse(refusal));
  }

  /** Resolves when this overlay's key lets in. @throws `invalid_token` */
  async checkOverlay(session: string, participant: string): Promise<void> {
    const room = this.#roomOf(session, participant);
    const refusal = await answered(async () => room.refuseOverlay(participant), this.#requestId);
    if (refusal) throw ProblemError.from(Refusal.parse(refusal));
  }

  /** How a session stands, for its host's memory; `null`: there is none. @throws the root's refusal */
  async look(session: string): Promise<SessionLook | null> {
    const root = this.#rootOf(session);
    const look = await answered(async () => root.look(), this.#requestId);
    return look && SessionLook.parse(unwrap(look));
  }

  /** What was put to people in a session, or is yet to be, and no answer; `null`: there is no session. */
  async listDefinitions(session: string) {
    const root = this.#rootOf(session);
    const definitions = await answered(async () => root.listDefinitions(), this.#requestId);
    return definitions && SavedActivities.parse(definitions);
  }

  /** Nothing says any more what this participant was called. */
  async forgetName(session: string, participant: string): Promise<void> {
    const root = this.#rootOf(session);
    await answered(async () => root.forgetName(participant), this.#requestId);
  }

  /** Resolves when this participant may be forgotten now. @throws the room's refusal */
  async mayForget(session: string, participant: string): Promise<void> {
    const room = this.#roomOf(session, participant);
    const refusal = await answered(async () => room.mayForget(participant), this.#requestId);
    if (refusal) throw ProblemError.from(Refusal.parse(refusal));
  }

  #rootOf(session: string): DurableObjectStub<SessionRoom> {
    return this.#getRoom(session, 0);
  }

  #roomOf(session: string, participant: string): DurableObjectStub<SessionRoom> {
    return this.#getRoom(session, getRoom(participant));
  }

  #getRoom(session: string, number: number): DurableObjectStub<SessionRoom> {
    const rooms = this.#env.SESSION_ROOM as DurableObjectNamespace<SessionRoom>;
    return rooms.getByName(roomName(session, number));
  }

  /** A room's answer, which may say that its session is watched. @throws the room's refusal */
  #unwrap<T extends object>(answer: T): Exclude<T, Refusal> {
    const value = unwrap(answer);
    if ("isWatched" in value) this.#isWatched = true;
    return value;
  }

  /** @throws the room's refusal */
  #settle(outcome: Refusal | Watched | null): void {
    if (!outcome) return;
    if ("code" in outcome) throw ProblemError.from(Refusal.parse(outcome));
    this.#isWatched = true;
  }

  get sessions() {
    return hc<SessionStore>("http://session-store", { fetch: this.askSessions });
  }

  /** One request of session-store's router. */
  readonly askSessions = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const response = await reach(this.#env.SESSION_STORE, this.#requestId)(input, init);
    if (response.headers.has(WATCHED_HEADER)) this.#isWatched = true;
    return response;
  };

  get hosts() {
    return hc<HostStore>("http://host-store", { fetch: reach(this.#env.HOST_STORE, this.#requestId) });
  }

  get users() {
    return hc<UserStore>("http://user-store", { fetch: reach(this.#env.USER_STORE, this.#requestId) });
  }

  get recaps() {
    return hc<RecapStore>("http://recap", { fetch: reach(this.#env.RECAP, this.#requestId) });
  }

  get automations() {
    return hc<Automations>("http://automations", { fetch: reach(this.#env.AUTOMATIONS, this.#requestId) });
  }

  get reactions() {
    return hc<ReactionStore>("http://reaction-store", {
      fetch: reach(this.#env.REACTION_STORE, this.#requestId),
    });
  }
}
