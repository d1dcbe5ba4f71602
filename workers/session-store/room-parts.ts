import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ClientMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import { Announcer } from "./announcer.ts";
import { Blocking, type BlockingRoom } from "./blocking.ts";
import type { ChildRoom } from "./child-rooms.ts";
import { FlowParts } from "./flows/flow-parts.ts";
import { IntakeParts } from "./intake-parts.ts";
import { Activities } from "./interactions/activity/activities.ts";
import { Questions } from "./interactions/question/questions.ts";
import { reactionCounts } from "./interactions/reaction/reaction-counts.ts";
import { createSayCounts } from "./interactions/say-counts.ts";
import { JoinCode } from "./join-code.ts";
import { forgetInfo } from "./kept-info.ts";
import { freeJoinCode, getDirectory } from "./kept-join-code.ts";
import { LedgerClient } from "./ledger-client.ts";
import type { ParentRoom } from "./parent-link.ts";
import { PipeHost } from "./pipe-host.ts";
import { sayState } from "./pipe-messages.ts";
import { Pipes } from "./pipes.ts";
import { NOT_FOUND } from "./refusals.ts";
import { RoomCounts } from "./room-counts.ts";
import { type Publishing, RoomLife } from "./room-life.ts";
import { RoomSettings, readRoomName, roomNamed } from "./room-name.ts";
import { getParent } from "./room-tree.ts";
import { RootLink, type RootRoom } from "./root-link.ts";
import { SessionCounts } from "./session-counts.ts";
import { SessionMetrics } from "./session-metrics.ts";
import { SessionParts } from "./session-parts.ts";
import { SessionState } from "./session-state.ts";
import { SessionUpdates } from "./session-updates.ts";
import { SharedTimer } from "./shared-timer.ts";
import { TreeParts } from "./tree-parts.ts";

/** How long a restart waits for all rooms to follow, in milliseconds. */
const FOLLOW_WAIT_MS = 5000;

/** What rooms call of each other. */
export interface Room extends ChildRoom, ParentRoom, RootRoom, BlockingRoom {}

/**
 * The parts of one room, and who tells whom: a part knows what it is given here and nothing else. What several
 * parts have to hear goes through the methods below the list.
 */
export class RoomParts {
  readonly #env: SessionStoreEnv;
  readonly #self: Room;
  readonly name: { readonly session: string; readonly room: number };
  /** Room 0: it is the session. */
  readonly isRoot: boolean;

  readonly pipes: Pipes;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly session: SessionParts;
  readonly joinCode: JoinCode;
  readonly totals: SessionCounts;
  readonly blocking: Blocking;
  readonly intake: IntakeParts;
  readonly activities: Activities;
  readonly questions: Questions;
  readonly flows: FlowParts;

  readonly root: RootLink;
  readonly tree: TreeParts;
  readonly pipeHost: PipeHost;
  readonly announcer: Announcer;
  readonly updates: SessionUpdates;

  readonly metrics: SessionMetrics;
  readonly life: RoomLife;

  /** @param self the room whose parts these are: the root asks itself what other rooms ask it */
  constructor(ctx: DurableObjectState, env: SessionStoreEnv, self: Room) {
    this.#env = env;
    this.#self = self;
    const { kv } = ctx.storage;
    const settings = RoomSettings.parse(env);
    const timer = new SharedTimer();
    const waitUntil = (promise: Promise<unknown>) => ctx.waitUntil(promise);
    this.name = readRoomName(ctx.id.name);
    this.isRoot = this.name.room === 0;
    this.pipes = new Pipes(ctx);
    this.state = new SessionState(kv);
    this.counts = new RoomCounts(this.isRoot);
    this.session = new SessionParts({
      storage: ctx.storage,
      settings,
      state: this.state,
      pipes: this.pipes,
      announce: (change) => {
        this.announcer.announce(change);
        this.metrics.note();
      },
      note: (happening) => this.flows.events.note(happening),
      isComplete: () => this.tree.subtree.isComplete,
      becomeComplete: () => this.tree.subtree.becomeComplete(),
      countPeople: () => this.tree.publisher.people,
    });
    this.joinCode = new JoinCode({
      storage: kv,
      state: this.state,
      give: (proposed) => getDirectory(env).give(this.name.session, proposed),
      free: async () => {
        await freeJoinCode(env, this.name.session);
        // The copy has it, too.
        await forgetInfo(env, this.name.session);
      },
    });
    this.root = new RootLink(this.state, () => this.getRoom(0));
    this.intake = new IntakeParts({
      env,
      settings,
      state: this.state,
      counts: this.counts,
      pipes: this.pipes,
      names: this.session.names,
      ledger: new LedgerClient(env, this.name.session, this.name.room),
      root: this.root,
      onCounts: (topics) => this.tree.countsChanged(topics),
      waitUntil,
    });
    const { mirror, queue } = this.intake;
    this.activities = new Activities({
      isRoot: this.isRoot,
      storage: kv,
      state: this.state,
      counts: this.counts,
      coHosts: this.session.coHosts,
      mirror,
      queue,
      haste: this.intake.haste,
      ensurePlace: (participant) => this.intake.ensurePlace(participant),
      broadcast: (role, messages) => this.pipes.broadcast(role, messages),
      enqueue: (topics) => this.tree.enqueue(topics),
      knows: (topic) => this.tree.publisher.knows(topic),
      schedule: () => this.tree.publisher.schedule(),
      becomeComplete: () => this.tree.subtree.becomeComplete(),
      recount: () => this.recount(),
      getSession: () => this.updates.getSessionAhead(),
      sumBelow: (session) => this.tree.children.sumScores(session),
      readLeaders: () => this.root.listLeaders(),
      findNames: (participants) => this.intake.naming.findShown(participants),
      tellEach: (say) => this.pipes.tellEach("user", say),
      onChange: (change) => this.flows.events.activitiesChanged(change),
      guard: () => this.life.guard(),
      rearm: () => waitUntil(this.life.rearm()),
    });
    this.questions = new Questions({
      isRoot: this.isRoot,
      sql: ctx.storage.sql,
      storage: kv,
      state: this.state,
      counts: this.counts,
      coHosts: this.session.coHosts,
      mirror,
      queue,
      haste: this.intake.haste,
      ensurePlace: (participant) => this.intake.ensurePlace(participant),
      knows: (topic) => this.tree.publisher.knows(topic),
      isComplete: () => this.tree.subtree.isComplete,
      becomeComplete: () => this.tree.subtree.becomeComplete(),
      findNames: (participants) => this.intake.naming.findShown(participants),
      ask: (participant, question) => this.root.keepQuestion(participant, question),
      withdraw: (participant, question) => this.root.withdrawQuestion(participant, question),
      enqueue: () => this.tree.enqueue([]),
      onChange: (change) => this.flows.events.questionsChanged(change),
      schedule: () => this.tree.publisher.schedule(),
      guard: () => this.life.guard(),
      broadcast: (messages) => this.pipes.broadcast("user", messages),
      isHere: (participant) => this.pipes.pipesOf(participant) > 0,
      tellEach: (say) => this.pipes.tellEach("user", say),
      eraseTopics: (topics) => this.activities.eraseTopics(topics),
    });
    const sayCounts = createSayCounts(
      [reactionCounts, this.activities.tallies, this.questions.news],
      () => this.counts.everywhere,
    );

    this.updates = new SessionUpdates({
      state: this.state,
      activities: this.activities,
      questions: this.questions,
      announce: (change) => this.announcer.announce(change),
      applyCounts: (counts) => this.tree.publisher.apply(counts),
      getCounts: (topics) => this.tree.publisher.getUpdate(topics),
    });
    this.tree = new TreeParts({
      room: this.name.room,
      parent: getParent(this.name.room, settings.ROOM_FANOUT),
      storage: kv,
      state: this.state,
      counts: this.counts,
      pipes: this.pipes,
      intake: this.intake,
      updates: this.updates,
      sayCounts,
      getRoom: (room) => this.getRoom(room),
      ensureRegistered: () => this.ensureRegistered(),
      onCounts: (topics) => this.flows.events.countsChanged(topics),
      onPeople: (people) => {
        for (const [room, count] of Object.entries(people)) this.session.door.seat(Number(room), count);
        this.peopleChanged();
      },
      guard: () => this.life.guard(),
      sweep: () => this.pipeHost.sweep(),
      timer,
    });
    this.pipeHost = new PipeHost({
      pipes: this.pipes,
      state: this.state,
      sayCounts,
      publisher: this.tree.publisher,
      coHosts: this.session.coHosts,
      tokens: this.session.tokens,
      door: this.session.door,
      sayOwn: (participant) => [
        ...this.questions.news.greet(participant),
        ...this.activities.quiz.greet(participant),
      ],
      peopleChanged: () => this.peopleChanged(),
    });
    this.announcer = new Announcer({
      state: this.state,
      listeners: this.pipes,
      listCoHosts: () => this.session.coHosts.all,
      enqueue: (topics) => this.tree.enqueue(topics),
      startOver: () => this.startOver(),
      forgetPlaces: () => this.intake.claims.clear(),
      peopleChanged: () => this.peopleChanged(),
      schedule: () => this.tree.publisher.schedule(),
      factsChanged: () => {
        if (this.isRoot) this.session.door.schedule();
      },
    });
    this.totals = new SessionCounts({
      state: this.state,
      counts: this.counts,
      commands: this.session.commands,
      door: this.session.door,
      expiry: this.session.expiry,
      closeActivities: () => {
        this.activities.end();
        // Its join code has a date from now on.
        waitUntil(this.life.rearm());
      },
      becomeComplete: () => this.tree.subtree.becomeComplete(),
      recount: () => this.recount(),
    });

    this.blocking = new Blocking({
      state: this.state,
      countRooms: () => this.session.door.rooms,
      commands: this.session.commands,
      getRoom: (room) => this.getRoom(room),
      getSession: () => this.state.update,
      invalidateQuiz: () => this.activities.quiz.invalidate(),
      excludeQuestions: (participant, isExcluded) => this.questions.setExcluded(participant, isExcluded),
    });

    this.flows = new FlowParts({
      isRoot: this.isRoot,
      storage: ctx.storage,
      state: this.state,
      counts: this.counts,
      pipes: this.pipes,
      activities: this.activities,
      questions: this.questions,
      tree: this.tree,
      commands: this.session.commands,
      totals: this.totals,
      coHosts: this.session.coHosts,
      expiry: this.session.expiry,
      settings,
      guard: () => this.life.guard(),
      timer,
      announce: (change) => this.announcer.announce(change),
    });

    this.metrics = new SessionMetrics({
      env,
      storage: kv,
      state: this.state,
      countPeople: () => this.tree.publisher.people,
      countRooms: () => this.session.door.rooms,
    });

    const isSession = () => this.isRoot && this.state.deck !== undefined;
    this.life = new RoomLife({
      storage: ctx.storage,
      expiresAt: () => (isSession() ? this.session.expiry.at : undefined),
      closesAt: () => (isSession() ? this.activities.board.nextClose : undefined),
      joinCodeFreesAt: () => (isSession() ? this.joinCode.freeAt : undefined),
      freeJoinCode: () => this.joinCode.free(),
      noteChanges: () => {
        if (!this.isRoot) return;
        this.metrics.note();
        this.flows.events.save();
      },
      closeDue: () => this.flows.events.causedBy("clock", () => this.activities.closeDue()),
      isUnsent: () => this.#isUnsent,
      publishAgain: () => this.#publishAgain(),
      isExpired: () => this.#isExpired(),
      closeDoors: () => this.#closeDoors(),
      eraseElsewhere: () => this.#eraseElsewhere(),
      clear: () => this.#clear(),
      waitUntil,
    });
    this.#load();
  }

  /** What earlier lives of the room have left. Where one has begun to erase it, there is no session. */
  #load(): void {
    const { door, history } = this.session;
    if (!this.life.isErasing) {
      this.state.load((deck) => (this.isRoot ? history.listPages(deck.page) : [deck.page]));
      this.activities.load();
      this.questions.load();
    }
    this.intake.claims.know(this.pipes.participants);
    if (this.isRoot && this.state.deck) door.load();
    door.seat(this.name.room, this.pipes.people);
    this.pipeHost.sweep();
  }

  /** Knows the session: the root from its storage, every other room from its parent, once per life. */
  ensureRegistered(): Promise<Refusal | undefined> | undefined {
    if (this.life.isErasing) {
      this.life.resumeErasing();
      return Promise.resolve(NOT_FOUND);
    }
    if (!this.isRoot) return this.tree.parent.ensureRegistered();
    return this.state.deck ? undefined : Promise.resolve(NOT_FOUND);
  }

  // ── What changes, and who hears it ─────────────────────────────────────────────────────────

  /** A restart, in one turn: nothing of what was counted before is true any more. */
  startOver(): void {
    this.flows.startOver();
    this.counts.startOver();
    this.intake.mirror.invalidate();
    this.tree.subtree.startOver();
    this.intake.kinds.clear();
    this.session.admissions.clear();
    this.intake.bursts.clear();
    this.tree.publisher.startOver();
    this.questions.startOver();
    this.activities.startOver();
  }

  peopleChanged(): void {
    this.session.door.seat(this.name.room, this.pipes.people);
    if (this.isRoot && this.state.deck) {
      this.session.peopleCurve.peopleChanged();
      this.life.guard();
    }
    this.tree.publisher.peopleChanged();
    this.flows.events.peopleChanged();
  }

  /** Keeps what somebody sent; `settle` is called when it is durable, or refused. @param isUrgent a request is open for it */
  submit(
    participant: string,
    sent: ClientMessage,
    isUrgent: boolean,
    settle: (refusal?: Refusal) => void,
  ): void {
    if (sent.type === "answer") this.activities.intake.submit(participant, sent, isUrgent, settle);
    else if (sent.type === "vote") this.questions.votes.submit(participant, sent, isUrgent, settle);
    else this.intake.reactions.submit(participant, sent, isUrgent, settle);
  }

  /** All rooms count anew. Rounds that were closed by now are final after it. */
  async recount(): Promise<void> {
    const unsettled = this.activities.board.listUnsettled();
    await this.tree.subtree.recount();
    // All have just answered: it is known by now, also in a root that has just woken.
    await this.tree.subtree.becomeComplete();
    this.activities.settle(unsettled);
  }

  /**
   * Resolves when all rooms below have followed a restart, this room's ledger has, and
   * nothing is on its way to it; or when time is up.
   */
  async followed(): Promise<void> {
    const { mirror, queue } = this.intake;
    const everyone = [mirror.refresh(), queue.settled(), this.tree.children.followed()];
    await withTimeout(() => Promise.allSettled(everyone), FOLLOW_WAIT_MS).catch(() => {});
  }

  /** A room of this session. Others come as a stub of their own for every call: one whose object was reset stays broken. */
  getRoom(room: number): Room {
    return room === this.name.room ? this.#self : roomNamed(this.#env, this.name.session, room);
  }

  // ── The room's life ────────────────────────────────────────────────────────────────────────

  get #isUnsent(): boolean {
    return (
      this.tree.publisher.isPending ||
      this.session.peopleCurve.isPending ||
      this.activities.isPending ||
      this.questions.news.isPending ||
      this.flows.events.isPending ||
      this.tree.children.isBehind
    );
  }

  async #publishAgain(): Promise<Publishing> {
    if (!this.state.deck) return "done";
    const refusal = await this.ensureRegistered();
    if (refusal) return refusal.code === "session_not_found" ? "gone" : "unreached";
    this.tree.enqueue("whole");
    if (!this.state.deck) return "done";
    this.pipes.broadcast("everyone", [sayState(this.state.deck)]);
    this.peopleChanged();
    this.activities.resume();
    this.questions.news.resume();
    this.flows.events.resume();
    if (this.isRoot) this.session.door.schedule();
    return "done";
  }

  async #isExpired(): Promise<boolean> {
    await this.tree.subtree.becomeComplete();
    const { facts, deck } = this.state;
    // The revision of the questions is when somebody last asked or changed one.
    const latest = Math.max(deck?.at ?? 0, this.questions.board.revision, this.tree.subtree.latest);
    return this.session.expiry.settle(
      facts?.session.retentionDays ?? LIMITS.retentionDays,
      latest,
      Date.now(),
    );
  }

  #closeDoors(): void {
    this.state.clear();
    this.activities.board.clear();
    this.questions.clear();
    this.tree.parent.clear();
    this.pipes.closeAll({ type: "end" });
  }

  async #eraseElsewhere(): Promise<void> {
    // First, so that nobody finds it from here on, and last, since who read it before may have kept it again;
    // who keeps it later than that asks this room once more.
    if (this.isRoot) {
      await forgetInfo(this.#env, this.name.session);
      await this.joinCode.free();
    }
    await this.intake.queue.idle();
    await this.tree.children.erase();
    await this.intake.mirror.erase();
    if (this.isRoot) await forgetInfo(this.#env, this.name.session);
  }

  #clear(): void {
    this.startOver();
    this.tree.children.clear();
    this.counts.clear();
    this.intake.mirror.clear();
    this.tree.publisher.clear();
    this.intake.claims.clear();
    this.session.door.clear();
  }
}
