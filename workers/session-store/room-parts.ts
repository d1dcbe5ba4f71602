import { getRole } from "../../shared/protocol/identity.ts";
import type { ClientMessage, ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import { Acks } from "./acks.ts";
import { Announcer } from "./announcer.ts";
import { type ChildRoom, ChildRooms } from "./child-rooms.ts";
import { CoHostList, REMOVED } from "./co-host-list.ts";
import { Door } from "./door.ts";
import { HasteLimit } from "./haste-limit.ts";
import { Activities } from "./interactions/activity/activities.ts";
import { BurstCounter } from "./interactions/reaction/burst-counter.ts";
import { KindAdmissions } from "./interactions/reaction/kind-admissions.ts";
import { KindRegistry } from "./interactions/reaction/kind-registry.ts";
import { findOffered } from "./interactions/reaction/offer.ts";
import { reactionCounts } from "./interactions/reaction/reaction-counts.ts";
import { ReactionIntake } from "./interactions/reaction/reaction-intake.ts";
import { createSayCounts } from "./interactions/say-counts.ts";
import { forgetInfo } from "./kept-info.ts";
import { LedgerClient } from "./ledger-client.ts";
import { LedgerMirror } from "./ledger-mirror.ts";
import { LedgerQueue } from "./ledger-queue.ts";
import { Names } from "./names.ts";
import { Naming } from "./naming.ts";
import { ParentLink, type ParentRoom } from "./parent-link.ts";
import { PeopleCurve } from "./people-curve.ts";
import { PipeHost } from "./pipe-host.ts";
import { Pipes } from "./pipes.ts";
import { PlaceClaims } from "./place-claims.ts";
import { Publisher } from "./publisher.ts";
import { NOT_FOUND } from "./refusals.ts";
import { RoomAlarm } from "./room-alarm.ts";
import { RoomCounts } from "./room-counts.ts";
import { RoomEraser } from "./room-eraser.ts";
import type { ParentUpdate, SessionUpdate, WholeUpdate } from "./room-message.ts";
import { RoomSettings, readRoomName, roomNamed } from "./room-name.ts";
import { getParent } from "./room-tree.ts";
import { RootLink, type RootRoom } from "./root-link.ts";
import { SessionCommands } from "./session-commands.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { SessionHistory } from "./session-history.ts";
import { SessionState } from "./session-state.ts";
import { Subtree } from "./subtree.ts";

/** How long a restart waits for all rooms to follow, in milliseconds. */
const FOLLOW_WAIT_MS = 5000;

/** What rooms call of each other. */
export interface Room extends ChildRoom, ParentRoom, RootRoom {
  excludeFromTotals(participant: string, isExcluded: boolean, session?: SessionUpdate): Promise<void>;
}

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

  // From participants to the ledger, and back.
  readonly acks: Acks<WebSocket>;
  readonly bursts: BurstCounter;
  readonly mirror: LedgerMirror;
  readonly queue: LedgerQueue;
  readonly root: RootLink;
  readonly claims: PlaceClaims;
  readonly kinds: KindRegistry;
  readonly reactions: ReactionIntake;
  readonly activities: Activities;
  readonly naming: Naming;

  // The rooms below and above, and what is said to whom.
  readonly children: ChildRooms;
  readonly subtree: Subtree;
  readonly parent: ParentLink;
  readonly publisher: Publisher;
  readonly pipeHost: PipeHost;
  readonly announcer: Announcer;

  // Of the root alone.
  readonly history: SessionHistory;
  readonly coHosts: CoHostList;
  readonly names: Names;
  readonly expiry: SessionExpiry;
  readonly door: Door;
  readonly commands: SessionCommands;
  readonly admissions: KindAdmissions;
  readonly peopleCurve: PeopleCurve;

  // The room's life.
  readonly alarm: RoomAlarm<"erase" | "expire" | "close">;
  readonly eraser: RoomEraser;

  /** @param self the room whose parts these are: the root asks itself what other rooms ask it */
  constructor(ctx: DurableObjectState, env: SessionStoreEnv, self: Room) {
    this.#env = env;
    this.#self = self;
    const kv = ctx.storage.kv;
    const settings = RoomSettings.parse(env);
    this.name = readRoomName(ctx.id.name);
    this.isRoot = this.name.room === 0;
    this.pipes = new Pipes(ctx);
    this.state = new SessionState(kv);
    this.counts = new RoomCounts(this.isRoot);

    // From participants to the ledger, and back.
    this.acks = new Acks<WebSocket>((pipe, ids) => this.pipes.send(pipe, { type: "ack", ids: [...ids] }));
    this.bursts = new BurstCounter();
    this.mirror = new LedgerMirror({
      ledger: new LedgerClient(env, this.name.session, this.name.room),
      state: this.state,
      onCounts: (topics, whole) => this.countsChanged(this.counts.replaceOwn(topics, whole)),
    });
    this.queue = new LedgerQueue(
      (batch) => this.mirror.append(batch),
      () => this.acks.flush(),
    );
    this.root = new RootLink(this.state, () => this.getRoom(0));
    this.claims = new PlaceClaims((participants) => this.root.claimPlaces(participants));
    this.kinds = new KindRegistry({
      counted: () => [this.counts.subtree, this.counts.everywhere],
      findOffered: (page, reaction) => findOffered(this.state, page, reaction),
      admit: (kind) => this.root.admitKind(kind),
      release: (kind) => ctx.waitUntil(this.root.releaseKind(kind)),
    });
    // Reactions and answers share one pace.
    const { REACTIONS_PER_SECOND: perSecond, REACTIONS_BURST: burst } = settings;
    const haste = new HasteLimit(perSecond, burst, `up to ${perSecond} reactions a second`);
    this.reactions = new ReactionIntake({
      state: this.state,
      kinds: this.kinds,
      queue: this.queue,
      bursts: this.bursts,
      haste,
      ensurePlace: (participant) => this.ensurePlace(participant),
      findKept: (participant, id) => this.mirror.find(participant, id),
    });
    this.coHosts = new CoHostList(kv);
    this.names = new Names(ctx.storage.sql);
    this.naming = new Naming({
      state: this.state,
      names: this.names,
      ensurePlace: (participant) => this.ensurePlace(participant),
      ask: (participant, name) => this.root.keepName(participant, name),
    });
    this.activities = new Activities({
      isRoot: this.isRoot,
      storage: kv,
      state: this.state,
      counts: this.counts,
      coHosts: this.coHosts,
      mirror: this.mirror,
      queue: this.queue,
      haste,
      ensurePlace: (participant) => this.ensurePlace(participant),
      broadcast: (role, messages) => this.pipes.broadcast(role, messages),
      enqueue: (topics) => this.enqueue(topics),
      knows: (topic) => this.publisher.knows(topic),
      schedule: () => this.publisher.schedule(),
      recount: () => this.recount(),
      getSession: () => this.getSession(),
      sumBelow: (session) => this.children.sumScores(session),
      readLeaders: () => this.root.listLeaders(),
      findNames: (participants) => this.naming.findShown(participants),
      tellEach: (say) => this.pipes.tellEach("user", say),
      guard: () => this.alarm.guard(),
      rearm: () => ctx.waitUntil(this.alarm.rearm()),
    });
    const sayCounts = createSayCounts(
      [reactionCounts, this.activities.tallies],
      () => this.counts.everywhere,
    );

    // The rooms below and above, and what is said to whom.
    this.children = new ChildRooms({
      storage: kv,
      state: this.state,
      counts: this.counts,
      getRoom: (room) => this.getRoom(room),
      getSession: (since) => this.getSession(since),
      getRevision: () => this.activities.board.revision,
      getCounts: (topics) => this.publisher.getUpdate(topics),
      becomeReady: async () => (this.isRoot ? this.subtree.becomeComplete() : this.ensureRegistered()),
      onCounts: (topics) => this.countsChanged(topics),
      onPeople: (people) => {
        for (const [room, count] of Object.entries(people)) this.door.seat(Number(room), count);
        this.peopleChanged();
      },
    });
    this.subtree = new Subtree({
      room: this.name.room,
      state: this.state,
      counts: this.counts,
      mirror: this.mirror,
      children: this.children,
      getSession: () => this.getSession(),
      settled: () => this.queue.settled(),
      countPeople: () => this.pipes.people,
      onComplete: () => this.publisher.completed(),
    });
    this.parent = new ParentLink({
      room: this.name.room,
      state: this.state,
      getParent: () => this.getRoom(getParent(this.name.room, settings.ROOM_FANOUT) ?? 0),
      getNumber: () => this.publisher.number,
      apply: (update) => this.apply(update),
    });
    this.publisher = new Publisher({
      isRoot: this.isRoot,
      state: this.state,
      counts: this.counts,
      audience: this.pipes,
      children: this.children,
      sayCounts,
      isComplete: () => this.subtree.isComplete,
      becomeComplete: () => this.subtree.becomeComplete(),
      report: () => this.parent.report(this.subtree.getReport(this.bursts.take())),
      guard: () => this.alarm.guard(),
      sweep: () => this.pipeHost.sweep(),
      sayToHosts: () => this.#sayBursts(),
    });

    // Of the root alone.
    this.history = new SessionHistory(ctx.storage.sql);
    this.expiry = new SessionExpiry(kv);
    this.door = new Door({
      storage: kv,
      sql: ctx.storage.sql,
      state: this.state,
      capacity: settings.ROOM_CAPACITY,
      placeMs: settings.PLACE_SECONDS * 1000,
      hasHosts: () => this.pipes.hasHosts,
      say: (message) => this.pipes.broadcast("host", [message]),
    });
    this.commands = new SessionCommands({
      state: this.state,
      door: this.door,
      coHosts: this.coHosts,
      history: this.history,
      expiry: this.expiry,
      announce: (change) => this.announcer.announce(change),
      sayDriver: (driver) => this.pipes.broadcast("host", [{ type: "driver", driver }]),
      dismiss: (coHost) =>
        this.pipes.closeOf(coHost, { type: "error", ...REMOVED, detail: "the host has removed you" }),
    });
    this.admissions = new KindAdmissions(
      (page, reaction) => findOffered(this.state, page, reaction) !== undefined,
    );
    this.peopleCurve = new PeopleCurve({
      history: this.history,
      isSession: () => this.state.deck !== undefined,
      isComplete: () => this.subtree.isComplete,
      becomeComplete: () => this.subtree.becomeComplete(),
      countPeople: () => this.publisher.people,
    });

    // Who hears what.
    this.pipeHost = new PipeHost({
      pipes: this.pipes,
      state: this.state,
      sayCounts,
      publisher: this.publisher,
      coHosts: this.coHosts,
      door: this.door,
      sayOwn: (participant) => this.activities.quiz.greet(participant),
      peopleChanged: () => this.peopleChanged(),
    });
    this.announcer = new Announcer({
      state: this.state,
      listeners: this.pipes,
      listCoHosts: () => this.coHosts.all,
      enqueue: (topics) => this.enqueue(topics),
      startOver: () => this.startOver(),
      forgetPlaces: () => this.claims.clear(),
      peopleChanged: () => this.peopleChanged(),
      schedule: () => this.publisher.schedule(),
      factsChanged: () => {
        if (this.isRoot) this.door.schedule();
      },
    });

    // The room's life.
    this.alarm = new RoomAlarm(ctx.storage, {
      erase: () => this.eraser.retryAt,
      expire: () => (this.isRoot && this.state.deck ? this.expiry.at : undefined),
      close: () => (this.isRoot && this.state.deck ? this.activities.board.nextClose : undefined),
    });
    this.eraser = new RoomEraser({
      storage: ctx.storage,
      closeDoors: () => this.#closeDoors(),
      eraseElsewhere: () => this.#eraseElsewhere(),
      clear: () => this.#clear(),
      waitUntil: (promise) => ctx.waitUntil(promise),
    });
    this.#load();
  }

  /** What earlier lives of the room have left. Where one has begun to erase it, there is no session. */
  #load(): void {
    if (!this.eraser.isErasing) {
      this.state.load((deck) => (this.isRoot ? this.history.listPages(deck.page) : [deck.page]));
      this.activities.load();
    }
    this.claims.know(this.pipes.participants);
    if (this.isRoot && this.state.deck) this.door.load();
    this.door.seat(this.name.room, this.pipes.people);
    this.pipeHost.sweep();
  }

  /** Knows the session: the root from its storage, every other room from its parent, once per life. */
  ensureRegistered(): Promise<Refusal | undefined> | undefined {
    if (this.eraser.isErasing) {
      this.eraser.resume();
      return Promise.resolve(NOT_FOUND);
    }
    if (!this.isRoot) return this.parent.ensureRegistered();
    return this.state.deck ? undefined : Promise.resolve(NOT_FOUND);
  }

  // ── What changes, and who hears it ─────────────────────────────────────────────────────────

  /**
   * From the parent: what it says of the session first, and of the counts only if they are of the same epoch. How the
   * activities stand comes last: whoever hears that a tally is final hears the final one.
   */
  apply({ session, counts }: ParentUpdate): void {
    if (session && !this.#adoptState(session)) return;
    if (counts.epoch !== this.state.epoch) throw new Error("knows of another epoch");
    this.publisher.apply(counts);
    this.activities.adopt(session?.activities);
  }

  /** The session alone: what is of the time before a restart changes nothing. */
  adopt(session: SessionUpdate): void {
    this.#adoptState(session);
  }

  /**
   * The session, before this room counts anew or sums up: what is over is not answered any more. That something is
   * final comes with the counts that belong to it.
   */
  adoptAhead(session: SessionUpdate): void {
    if (this.#adoptState(session)) this.activities.adoptAhead(session.activities);
  }

  #adoptState(session: SessionUpdate): boolean {
    const change = this.state.adopt(session);
    if (change) this.announcer.announce(change);
    return change !== undefined;
  }

  /** A restart, in one turn: nothing of what was counted before is true any more. */
  startOver(): void {
    this.counts.startOver();
    this.mirror.invalidate();
    this.subtree.startOver();
    this.kinds.clear();
    this.admissions.clear();
    this.bursts.clear();
    this.publisher.startOver();
    this.activities.startOver();
  }

  countsChanged(topics: readonly string[]): void {
    if (topics.length > 0) this.publisher.countsChanged(topics);
  }

  peopleChanged(): void {
    this.door.seat(this.name.room, this.pipes.people);
    if (this.isRoot && this.state.deck) {
      this.peopleCurve.peopleChanged();
      this.alarm.guard();
    }
    this.publisher.peopleChanged();
  }

  /** What is new of the session and these counts are on their way to the rooms below, or to one of them. */
  enqueue(topics: readonly string[] | "whole", child?: number): void {
    if (this.children.isEmpty) return;
    this.children.enqueue(topics, child);
    this.alarm.guard();
  }

  /** What a room below is to hear; undefined while there is no session. */
  getUpdate(topics: Iterable<string> | "whole"): WholeUpdate | undefined {
    const session = this.getSession();
    return session && { session, counts: this.publisher.getUpdate(topics) };
  }

  /** The session as other rooms hear of it; of its activities what has changed since this revision. */
  getSession(since = 0): SessionUpdate | undefined {
    const session = this.state.update;
    const activities = this.activities.board.getUpdate(since);
    return session && (activities ? { ...session, activities } : session);
  }

  /** Keeps what somebody sent; `settle` is called when it is durable, or refused. @param isUrgent a request is open for it */
  submit(
    participant: string,
    sent: ClientMessage,
    isUrgent: boolean,
    settle: (refusal?: Refusal) => void,
  ): void {
    if (sent.type === "answer") this.activities.intake.submit(participant, sent, isUrgent, settle);
    else if (sent.type === "vote") settle({ code: "questions_off", detail: "questions are off" });
    else this.reactions.submit(participant, sent, isUrgent, settle);
  }

  /** All rooms count anew. Rounds that were closed by now are final after it. */
  async recount(): Promise<void> {
    const unsettled = this.activities.board.listUnsettled();
    await this.subtree.recount();
    // All have just answered: it is known by now, also in a root that has just woken.
    await this.subtree.becomeComplete();
    this.activities.settle(unsettled);
  }

  /**
   * Resolves when all rooms below have followed a restart, this room's ledger has, and
   * nothing is on its way to it; or when time is up.
   */
  async followed(): Promise<void> {
    const everyone = [this.mirror.refresh(), this.queue.settled(), this.children.followed()];
    await withTimeout(() => Promise.allSettled(everyone), FOLLOW_WAIT_MS).catch(() => {});
  }

  #sayBursts(): ServerMessage[] {
    const bursts = this.bursts.take();
    return bursts.length > 0 ? [{ type: "bursts", bursts }] : [];
  }

  /** Why a participant has no place in the session; undefined, and at once, for who is known to have one. Hosts need none. */
  ensurePlace(participant: string): Promise<Refusal | undefined> | undefined {
    if (getRole(participant) === "host" || this.claims.has(participant)) return undefined;
    return this.claims.claim(participant);
  }

  /** A room of this session. Others come as a stub of their own for every call: one whose object was reset stays broken. */
  getRoom(room: number): Room {
    return room === this.name.room ? this.#self : roomNamed(this.#env, this.name.session, room);
  }

  // ── The end of a room ──────────────────────────────────────────────────────────────────────

  #closeDoors(): void {
    this.state.clear();
    this.activities.board.clear();
    this.parent.clear();
    this.pipes.closeAll({ type: "end" });
  }

  async #eraseElsewhere(): Promise<void> {
    // First, so that nobody finds it from here on, and last, since who read it before may have kept it again;
    // who keeps it later than that asks this room once more.
    if (this.isRoot) await forgetInfo(this.#env, this.name.session);
    await this.queue.idle();
    await this.children.erase();
    await this.mirror.erase();
    if (this.isRoot) await forgetInfo(this.#env, this.name.session);
  }

  #clear(): void {
    this.startOver();
    this.children.clear();
    this.counts.clear();
    this.mirror.clear();
    this.publisher.clear();
    this.alarm.clear();
    this.claims.clear();
    this.door.clear();
  }
}
