import { DurableObject } from "cloudflare:workers";
import type { NewActivity } from "../../shared/interactions/activity/activity.schema.ts";
import type {
  Activities,
  Hiding,
  IdentifiedAnswer,
  LiveActivity,
  StatusChange,
} from "../../shared/interactions/activity/activity.ts";
import type { Ranking } from "../../shared/interactions/activity/ranking.ts";
import type {
  IdentifiedVote,
  LiveQuestion,
  QuestionChange,
  Questions,
} from "../../shared/interactions/question/question.ts";
import type { QuestionRow } from "../../shared/interactions/question/question-row.ts";
import type { IdentifiedReaction } from "../../shared/interactions/reaction/reaction.ts";
import type { CoHost, NewCoHost } from "../../shared/protocol/co-host.ts";
import type { SavedActivities } from "../../shared/protocol/host/talk.ts";
import type { Role } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ClientMessage } from "../../shared/protocol/message.ts";
import type { NewOverlay, Overlay, Overlays } from "../../shared/protocol/overlay.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { HostRules, RulesChange } from "../../shared/protocol/rules.ts";
import type { NewState, StateView } from "../../shared/protocol/state.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import type { Actor } from "../lib/actor.ts";
import type { ExportLease } from "../lib/export-order.ts";
import type { FinalTotals } from "../lib/final-totals.ts";
import type { History } from "../lib/history.ts";
import type { CurrentToken, SessionLook } from "../lib/host-talk.ts";
import type { EntryAuthor } from "../lib/ledger.ts";
import type { IdentifiedAction, RoomEvents } from "../lib/room-event.ts";
import type { OpenedSession, OpenSession, Seat, Session } from "../lib/session.ts";
import type { Story } from "../lib/story.ts";
import type { TextRound } from "../lib/text-round.ts";
import { WATCHED, WATCHED_HEADER, type Watched } from "../lib/watched.ts";
import type { DoneAction } from "./flows/room-actions.ts";
import { HasteLimit } from "./haste-limit.ts";
import type { Keys } from "./interactions/activity/activity-tallies.ts";
import type { Leaders } from "./interactions/activity/quiz.ts";
import type { Sums } from "./interactions/activity/sums.ts";
import type { IdentifiedQuestion } from "./interactions/question/question-commands.ts";
import type { QuestionPage } from "./interactions/question/question-list.ts";
import type { Admission } from "./interactions/reaction/kind-admissions.ts";
import { getOfferVersion, spellAsOffered } from "./interactions/reaction/offer.ts";
import { readMessage } from "./pipe-messages.ts";
import { getParticipant } from "./pipes.ts";
import type { ClaimAnswer } from "./place-claims.ts";
import { NOT_FOUND, UNAVAILABLE } from "./refusals.ts";
import type {
  ChildReport,
  CountsMark,
  ParentUpdate,
  ReportAnswer,
  SessionUpdate,
  WholeUpdate,
} from "./room-message.ts";
import { RoomParts } from "./room-parts.ts";
import { tellStory } from "./session-story.ts";
import { summarize } from "./session-summary.ts";

/**
 * One instance is one room of one session. Room 0, the root, is the session: its facts, its
 * state and who may join. The other rooms hold a copy of the state, and the sockets of the
 * participants whose uid names them. docs/rooms.md tells how they keep each other up to date.
 *
 * This class is the shell that the runtime calls: it hands each call to the parts of the room, which
 * `room-parts.ts` puts together. What a room knows and decides is there.
 */
export class SessionRoom extends DurableObject<SessionStoreEnv> {
  readonly #parts = new RoomParts(this.ctx, this.env, this);
  readonly #forgets = HasteLimit.perMinute(LIMITS.forgetsPerMinute, "times");

  // ── The session (root only) ────────────────────────────────────────────────────────────────

  /** Creates the session, or resumes it with new facts; `restart` empties it and raises its epoch. */
  async open(session: OpenSession): Promise<OpenedSession | Refusal> {
    if (this.#parts.life.isErasing && !session.mustExist) {
      this.#parts.life.resumeErasing();
      return { ...UNAVAILABLE, detail: "this session is being deleted; try again" };
    }
    const opened = this.#parts.session.commands.open(session);
    if ("code" in opened) return opened;
    if (!opened.resumed) this.#parts.activities.commands.begin(session.activities ?? []);
    // When the guard's alarm has gone off, the alarm is set to the session's new date.
    if (opened.resumed) this.#parts.life.guard();
    else await this.#parts.life.rearm();
    const given = session.joinCodes && (await this.#parts.joinCode.obtain(session.joinCodes));
    if (opened.resumed && session.restart) await this.#parts.followed();
    return { ...opened, session: this.info() ?? opened.session, ...(given && { joinCode: given }) };
  }

  /** The session's facts, and its join code; undefined, and nothing created, when there is no such session. */
  info(): Session | undefined {
    const { state, joinCode } = this.#parts;
    if (!state.facts) return undefined;
    const { kept } = joinCode;
    return { ...state.facts.session, ...(kept && { joinCode: kept }) };
  }

  /** Nobody can read the code that it has: the next time it is opened, it gets another one. */
  dropJoinCode(): Promise<void> {
    return this.#parts.joinCode.free();
  }

  /** See `SessionCommands` for these: each is one turn of the root. */
  join(known?: string): Seat | Refusal {
    return this.#noteWatched(this.#parts.session.commands.join(known));
  }
  claimPlaces(participants: readonly string[], withOthers: boolean): ClaimAnswer {
    return this.#parts.session.commands.claimPlaces(participants, withOthers);
  }
  setState(actor: Actor, state: NewState): { version: number } | Refusal {
    return this.#noteWatched(this.#parts.session.commands.setState(actor, state));
  }
  drive(actor: Actor): { driver: string } | Refusal {
    return this.#parts.session.commands.drive(actor);
  }
  invite(actor: Actor, coHost: NewCoHost): { participant: string } | Refusal {
    return this.#parts.session.commands.invite(actor, coHost);
  }
  uninvite(actor: Actor, participant: string): Refusal | null {
    return this.#parts.session.commands.uninvite(actor, participant);
  }
  listCoHosts(actor: Actor): { coHosts: CoHost[] } | Refusal {
    return this.#parts.session.commands.listCoHosts(actor);
  }
  setRules(actor: Actor, change: RulesChange): HostRules | Refusal {
    return this.#parts.session.commands.setRules(actor, change);
  }
  getRules(actor: Actor): HostRules | Refusal {
    return this.#parts.session.commands.getRules(actor);
  }
  revoke(): { generation: number } | Refusal {
    const revoked = this.#parts.session.commands.revoke();
    if (!("code" in revoked)) this.#parts.session.names.clear();
    return revoked;
  }
  setToken(token: CurrentToken): Refusal | null {
    return this.#parts.session.commands.setToken(token) ?? null;
  }
  refuseToken(id: string): Refusal | null {
    return this.#parts.session.commands.refuseToken(id) ?? null;
  }
  history(actor: Actor | undefined, user?: string): History | Refusal {
    const read = this.#parts.session.commands.readHistory(actor, user);
    const rounds = this.#parts.activities.commands.listRounds(actor ? "host" : "user");
    return "code" in read ? read : { ...read, rounds };
  }
  takeExport(user: string): ExportLease | Refusal {
    return this.#parts.session.commands.takeExport(user);
  }
  renewExport(lease: string): Refusal | null {
    return this.#parts.session.commands.renewExport(lease);
  }
  endExport(lease: string): void {
    this.#parts.session.commands.endExport(lease);
  }

  /** See `Overlays` for these. */
  addOverlay(actor: Actor, overlay: NewOverlay): Overlay | Refusal {
    return this.#parts.session.overlays.add(actor, overlay);
  }
  removeOverlay(actor: Actor, participant: string): Refusal | null {
    return this.#parts.session.overlays.remove(actor, participant);
  }
  listOverlays(actor: Actor): Overlays | Refusal {
    return this.#parts.session.overlays.list(actor);
  }
  refuseOverlay(participant: string): Refusal | null {
    return this.#parts.session.overlays.refuse(participant);
  }

  /** See `Blocking`. */
  block(actor: Actor, participant: string, isBlocked: boolean, isExcluded: boolean): Promise<Refusal | null> {
    return this.#parts.blocking.block(actor, participant, isBlocked, isExcluded);
  }

  /** See `SessionCounts` for these. */
  async end(actor: Actor): Promise<FinalTotals | Refusal> {
    return this.#noteWatched(await this.#parts.totals.end(actor));
  }
  /** How the session stands, for its host's memory; `null`, and nothing created, when there is none. */
  async look(): Promise<SessionLook | Refusal | null> {
    const { totals, state, session, activities, questions } = this.#parts;
    const read = await totals.read(true, undefined);
    if (!state.facts) return null;
    if ("code" in read) return read;
    const { states } = session.history.read();
    const numbers = { activities: activities.board.all.length, questions: questions.board.size };
    return {
      endedAt: state.facts.endedAt,
      summary: summarize({ totals: read, states, ...numbers }, Date.now()),
    };
  }
  /** What was put to people in the session, or is yet to be, and no answer; `null`, and nothing created, when there is none. */
  listDefinitions(): SavedActivities | null {
    const { state, activities } = this.#parts;
    if (!state.facts) return null;
    return { activities: activities.board.all.map(({ id, definition }) => ({ ...definition, id })) };
  }
  /** The session as it may be retold to everybody. */
  async story(): Promise<Story | Refusal> {
    const { totals, state, session, counts, activities, questions } = this.#parts;
    const read = await totals.read(true, undefined);
    if ("code" in read) return read;
    if (!state.facts) return NOT_FOUND;
    const { facts, deck } = state;
    return tellStory({
      session: facts.session,
      rooms: session.door.rooms,
      endedAt: facts.endedAt,
      expiresAt: session.expiry.foresee(facts.session.retentionDays, deck?.at ?? 0),
      course: session.history.read(),
      totals: read,
      counted: counts.everywhere,
      activities: activities.board.all,
      tallies: activities.tallies,
      questions: questions.board.all,
    });
  }
  getTotals(isFinal = false, participant?: string): Promise<SessionTotals | Refusal> {
    return this.#parts.totals.read(isFinal, participant);
  }

  /** See `SessionEvents` and `RoomActions` for these: whoever runs the session's flows calls them. */
  watch(isWatched: boolean): Promise<{ epoch: number } | Refusal> {
    return this.#parts.flows.events.watch(isWatched);
  }
  readEvents(after: number, limit: number, worked?: number): Promise<RoomEvents | Refusal> {
    return this.#parts.flows.events.read(after, limit, worked);
  }
  act(action: IdentifiedAction): Promise<DoneAction | Refusal> {
    return this.#parts.flows.actions.do(action);
  }

  /**
   * Admits a kind of reaction that nobody has counted yet, as long as the session has room for it.
   * `stale`: the room that asks has not heard of a restart.
   */
  async admitKind(epoch: number, page: string, reaction: string): Promise<Admission> {
    await this.#parts.tree.subtree.becomeComplete();
    if (epoch !== this.#parts.state.epoch) return "stale";
    const spelled = spellAsOffered(this.#parts.state, page, reaction);
    return this.#parts.session.admissions.admit(
      { page, reaction: spelled },
      this.#parts.counts.subtree,
      getOfferVersion(this.#parts.state),
      Date.now(),
    );
  }

  /** Nothing of what a room was admitted this kind for was kept. */
  releaseKind(epoch: number, page: string, reaction: string): void {
    if (epoch === this.#parts.state.epoch) this.#parts.session.admissions.release({ page, reaction });
  }

  /** See `Activities` and `ActivityCommands` for these. */
  writeActivity(actor: Actor, id: string, given: NewActivity): Promise<LiveActivity | Refusal> {
    return this.#parts.activities.write(actor, id, given);
  }
  removeActivity(actor: Actor, id: string): Refusal | null {
    return this.#parts.activities.commands.remove(actor, id);
  }
  setActivity(actor: Actor, id: string, change: StatusChange): LiveActivity | Refusal {
    return this.#noteWatched(this.#parts.activities.commands.setStatus(actor, id, change));
  }
  async hide(actor: Actor, id: string, hiding: Hiding): Promise<Refusal | null> {
    const { activities, blocking } = this.#parts;
    if (hiding.block !== undefined) {
      const found = activities.commands.findWritten(actor, id, hiding);
      const refusal = "code" in found ? found : await blocking.blockAuthor(actor, found, hiding.block);
      if (refusal) return refusal;
    }
    return activities.commands.hide(actor, id, hiding);
  }
  /** A round whose texts somebody reads, and in how many ledgers they are. */
  findTexts(
    actor: Actor | undefined,
    user: string | undefined,
    id: string,
    round?: number,
  ): TextRound | Refusal {
    const found = this.#parts.activities.commands.findTexts(actor, user, id, round);
    return "code" in found
      ? found
      : { ...found, hidden: [...found.hidden], rooms: this.#parts.session.door.rooms };
  }

  /** Somebody wants to be called so: see `Naming`. */
  keepName(participant: string, name: string): Refusal | null {
    return this.#parts.intake.naming.decide(participant, name);
  }
  /** Nothing says any more what somebody was called, who of the best they were, nor what they have asked. */
  forgetName(participant: string): void {
    this.#parts.questions.forget(participant);
    this.#parts.session.names.delete(participant);
    this.#parts.activities.board.forgetInStandings(participant);
  }
  /** How everybody stands in the quiz. Throws when a room does not answer. */
  listLeaders(): Promise<Leaders> {
    return this.#parts.activities.quiz.listLeaders();
  }

  /** See `Questions` and `QuestionCommands` for these. */
  keepQuestion(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal> {
    return this.#parts.questions.keep(participant, question);
  }
  withdrawQuestion(participant: string, question: string): Refusal | null {
    return this.#parts.questions.commands.withdraw(participant, question);
  }
  async setQuestion(actor: Actor, id: string, change: QuestionChange): Promise<LiveQuestion | Refusal> {
    const { questions, blocking } = this.#parts;
    if (change.block !== undefined) {
      const found = questions.commands.findAuthor(actor, id, change);
      const refusal = "code" in found ? found : await blocking.block(actor, found.author, change.block, true);
      if (refusal) return refusal;
    }
    return this.#noteWatched(await questions.set(actor, id, change));
  }

  // ── Participants (every room) ──────────────────────────────────────────────────────────────

  /** Where the session stands, and where to reach it. */
  getState(participant?: string): StateView | Refusal | Promise<StateView | Refusal> {
    const registering = this.#parts.ensureRegistered();
    if (!registering) return this.#readState(participant);
    return registering.then((refusal) => refusal ?? this.#readState(participant));
  }

  /** Keep what a participant sends; answer when it is durable, or why it is not. */
  react(participant: string, reaction: IdentifiedReaction): Promise<Refusal | Watched | null> {
    return this.#keep(participant, { type: "react", ...reaction });
  }
  answer(participant: string, answer: IdentifiedAnswer): Promise<Refusal | Watched | null> {
    return this.#keep(participant, { type: "answer", ...answer });
  }
  vote(participant: string, vote: IdentifiedVote): Promise<Refusal | Watched | null> {
    return this.#keep(participant, { type: "vote", ...vote });
  }

  /** The session's activities, as far as they are this participant's to know; also after the end. */
  async listActivities(participant: string, role: Role, keys: Keys): Promise<Activities | Refusal> {
    const refusal = await this.#refuseReader(participant);
    return refusal ?? this.#parts.activities.read(participant, role, keys);
  }

  /** How somebody stands in the quiz, and who is best. */
  async readRanking(participant: string, role: Role, id: string): Promise<Ranking | Refusal> {
    const refusal = await this.#refuseReader(participant);
    return refusal ?? this.#parts.activities.readRanking(participant, role, id);
  }

  /** Somebody asks something: see `Asking`. */
  async ask(participant: string, question: IdentifiedQuestion): Promise<LiveQuestion | Refusal> {
    const refusal = await this.#parts.ensureRegistered();
    return refusal ?? this.#noteWatched(await this.#parts.questions.asking.ask(participant, question));
  }
  async withdraw(participant: string, question: string): Promise<Refusal | null> {
    return (
      (await this.#parts.ensureRegistered()) ?? this.#parts.questions.asking.withdraw(participant, question)
    );
  }

  /** The session's questions, as far as they are this participant's to know; also after the end. */
  async listQuestions(participant: string, role: Role, page: QuestionPage): Promise<Questions | Refusal> {
    const refusal = await this.#refuseReader(participant);
    return refusal ?? this.#parts.questions.list.read(participant, role, page);
  }
  async exportQuestions(
    participant: string,
    actor: Actor | undefined,
  ): Promise<{ rows: QuestionRow[] } | Refusal> {
    return (await this.#parts.ensureRegistered()) ?? this.#parts.questions.list.export(participant, actor);
  }

  /** What a participant wants to be called. */
  async setName(participant: string, name: string): Promise<Refusal | null> {
    return (await this.#parts.ensureRegistered()) ?? this.#parts.intake.naming.request(participant, name);
  }

  /** Whether a participant may be forgotten at this moment: each is a write of its ledger. */
  async mayForget(participant: string): Promise<Refusal | null> {
    // Also where there is no session any more: what a ledger may still have of them can go.
    await this.#parts.ensureRegistered();
    return this.#parts.state.refuseName(participant) ?? this.#forgets.refuse(participant) ?? null;
  }

  /** The upgrade to a pipe: `/{participant}`. A refusal is answered as JSON. */
  override async fetch(request: Request): Promise<Response> {
    const participant = new URL(request.url).pathname.slice(1);
    let refusal = await this.#parts.ensureRegistered();
    // A root that just woke asks the rooms below it first; if one is slow, its counts follow later.
    if (!refusal && this.#parts.isRoot) await this.#parts.tree.subtree.becomeComplete().catch(() => {});
    refusal ??=
      this.#parts.pipeHost.refuse(participant) ??
      (await this.#parts.intake.ensurePlace(participant)) ??
      this.#parts.pipeHost.refuse(participant);
    if (refusal) return Response.json(refusal, { status: 409 });
    await this.#parts.activities.quiz.becomeReady();
    const headers = { ...(this.#isWatched && { [WATCHED_HEADER]: "true" }) };
    return new Response(null, { status: 101, headers, webSocket: this.#parts.pipeHost.open(participant) });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const participant = getParticipant(socket);
    if (participant === "") return;
    if (this.#parts.pipes.isFlooding(socket, Date.now())) {
      this.#endPipe(socket, 1008);
      return;
    }
    const read = readMessage(message);
    if ("code" in read) {
      this.#parts.pipes.send(socket, { type: "error", ...read });
      return;
    }
    await this.#submit(participant, read, false, (refusal) => {
      if (refusal) this.#parts.pipes.send(socket, { type: "error", id: read.id, ...refusal });
      else this.#parts.intake.acks.add(socket, read.id);
    });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#endPipe(socket, code);
  }

  override webSocketError(socket: WebSocket): void {
    this.#endPipe(socket, 1011);
  }

  // ── Other rooms ────────────────────────────────────────────────────────────────────────────

  /** See `TreeParts` for these. */
  register(child: number): Promise<WholeUpdate | Refusal> {
    return this.#parts.tree.register(child);
  }
  async takeReport(child: number, report: ChildReport): Promise<ReportAnswer | null> {
    return this.#parts.tree.takeReport(child, report);
  }
  report(heard: CountsMark | undefined): Promise<ChildReport> {
    return this.#parts.tree.report(heard);
  }

  /** What is new, from the parent. Answers when this room has it. */
  async applyUpdate(update: ParentUpdate): Promise<void> {
    if (this.#parts.life.isErasing) return; // what was on its way before is for nobody
    this.#parts.updates.apply(update);
  }

  /** Answers when this room's ledger, and all rooms below, have followed a restart; or when time is up. */
  followed(): Promise<void> {
    return this.#parts.followed();
  }

  /** What this room and all below it have, counted anew. A room that has not heard of the end hears it here, before it counts. */
  async recount(session: SessionUpdate, heard?: CountsMark): Promise<ChildReport> {
    await this.#follow(session);
    return this.#parts.tree.recount(session, heard);
  }

  /** What the people of this room, and of all below it, have in the quiz. A room that has not heard of a closing hears it here. */
  async sumScores(session: SessionUpdate): Promise<Sums> {
    await this.#follow(session);
    return this.#parts.activities.quiz.sum();
  }

  /** Whose the entry of this room's ledger is that stands with this number under one of these topics. */
  async findAuthor(topics: readonly string[], number: number): Promise<EntryAuthor> {
    return (await this.#parts.ensureRegistered())
      ? "none"
      : this.#parts.intake.mirror.findAuthor(topics, number);
  }

  /** Takes what a participant of this room has sent out of the counts, or puts it back. */
  async excludeFromTotals(participant: string, isExcluded: boolean, session?: SessionUpdate): Promise<void> {
    await this.#parts.ensureRegistered();
    // The block itself comes down the tree, and may be on its way: from here on nothing of theirs is taken.
    if (session && this.#parts.state.facts) this.#parts.updates.adopt(session);
    await this.#parts.intake.queue.settled();
    // A restart lifts all blocks: what comes after it takes nothing out any more.
    if (session && session.deck.epoch !== this.#parts.state.epoch) return;
    await this.#parts.intake.mirror.excludeFromTotals(participant, isExcluded);
  }

  // ── The room's life ────────────────────────────────────────────────────────────────────────

  /** See `RoomLife` for these. */
  erase(): Promise<void> {
    return this.#parts.life.erase();
  }
  override alarm(): Promise<void> {
    return this.#parts.life.wake();
  }

  /** Hears of the session before it is asked about it. */
  async #follow(session: SessionUpdate): Promise<void> {
    // A room that knows nothing has just been opened, or erased: what was erased does not come back.
    if (!this.#parts.state.facts && (await this.#parts.ensureRegistered()))
      throw new Error("knows of no session");
    this.#parts.updates.adoptAhead(session);
  }

  // ── One participant ────────────────────────────────────────────────────────────────────────

  /** Why somebody is told nothing. */
  async #refuseReader(participant: string): Promise<Refusal | undefined> {
    return (await this.#parts.ensureRegistered()) ?? this.#parts.state.refuseName(participant);
  }

  #readState(participant: string | undefined): StateView | Refusal {
    const refusal = this.#parts.state.refuseName(participant);
    const { facts, deck } = this.#parts.state;
    if (refusal || !facts || !deck) return refusal ?? NOT_FOUND;
    const { page, state, version } = deck;
    const { apiUrl, webUiUrl, wsUrl } = facts.session;
    return { page, state, version, apiUrl, webUiUrl, ...(wsUrl !== undefined && { wsUrl }) };
  }

  get #isWatched(): boolean {
    return this.#parts.state.facts?.isWatched === true;
  }

  /** What may have made an event says so, where somebody pulls them. */
  #noteWatched<T extends object>(answer: T): T {
    return this.#isWatched && !("code" in answer) ? { ...answer, ...WATCHED } : answer;
  }

  /** A request is open for it. */
  #keep(participant: string, sent: ClientMessage): Promise<Refusal | Watched | null> {
    return new Promise((resolve) => {
      void this.#submit(participant, sent, true, (refusal) =>
        resolve(refusal ?? (this.#isWatched ? WATCHED : null)),
      );
    });
  }

  /** `settle` hears once whether it is kept, or why not; resolves then. */
  async #submit(
    participant: string,
    sent: ClientMessage,
    isUrgent: boolean,
    settle: (refusal?: Refusal) => void,
  ): Promise<void> {
    const refusal = await this.#parts.ensureRegistered();
    if (refusal) {
      settle(refusal);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#parts.submit(participant, sent, isUrgent, (outcome) => {
        settle(outcome);
        resolve();
      });
    });
  }

  #endPipe(socket: WebSocket, code: number): void {
    this.#parts.intake.acks.delete(socket);
    this.#parts.pipeHost.end(socket, getParticipant(socket), code);
  }
}
