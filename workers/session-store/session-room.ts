import { DurableObject } from "cloudflare:workers";
import type { Actor, CoHost, NewCoHost } from "../../shared/co-host.ts";
import { getRole, getRoom, type Role } from "../../shared/identity.ts";
import { LIMITS } from "../../shared/limits.ts";
import type { ServerMessage } from "../../shared/message.ts";
import type { Refusal } from "../../shared/problem.ts";
import type { ExportLease, History } from "../../shared/results.ts";
import { Rules, type RulesChange } from "../../shared/rules.ts";
import type {
  IdentifiedReaction,
  NewReaction,
  NewState,
  OpenedSession,
  OpenSession,
  Session,
  SessionTotals,
  StateView,
} from "../../shared/session.ts";
import { withTimeout } from "../with-timeout.ts";
import { Acks } from "./acks.ts";
import { ChildRooms } from "./child-rooms.ts";
import { CoHostList, REMOVED } from "./co-host-list.ts";
import { Door } from "./door.ts";
import { sayCounts } from "./interactions/index.ts";
import { BurstCounter } from "./interactions/reaction/burst-counter.ts";
import { type Admission, KindAdmissions } from "./interactions/reaction/kind-admissions.ts";
import { KindRegistry } from "./interactions/reaction/kind-registry.ts";
import { findOffered, getOfferVersion, spellAsOffered } from "./interactions/reaction/offer.ts";
import { getPages, sumReactions } from "./interactions/reaction/reaction-counts.ts";
import { ReactionIntake } from "./interactions/reaction/reaction-intake.ts";
import { forgetInfo } from "./kept-info.ts";
import { LedgerClient } from "./ledger-client.ts";
import { LedgerMirror } from "./ledger-mirror.ts";
import { LedgerQueue } from "./ledger-queue.ts";
import { ParentLink } from "./parent-link.ts";
import { hasRules, readMessage, sayRules, sayState } from "./pipe-messages.ts";
import { getParticipant, Pipes } from "./pipes.ts";
import { type ClaimAnswer, PlaceClaims } from "./place-claims.ts";
import { Publisher } from "./publisher.ts";
import { ENDED, NOT_FOUND, SENT_OUT, UNAVAILABLE } from "./refusals.ts";
import { RoomAlarm } from "./room-alarm.ts";
import { RoomCounts } from "./room-counts.ts";
import type { ChildReport, ParentUpdate, SessionUpdate, WholeUpdate } from "./room-message.ts";
import { RoomSettings, readRoomName, roomNamed } from "./room-name.ts";
import { getParent } from "./room-tree.ts";
import { SessionCommands } from "./session-commands.ts";
import { SessionExpiry } from "./session-expiry.ts";
import { PEOPLE_MS, SessionHistory } from "./session-history.ts";
import { SessionState, type StateChange } from "./session-state.ts";
import { Subtree } from "./subtree.ts";
import { Throttle } from "./throttle.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** How long a restart waits for all rooms to follow. */
const FOLLOW_WAIT_MS = 5000;
/** How long an end waits for the last counts of all rooms: whoever asked gives up after ten seconds. */
const RECOUNT_WAIT_MS = 8000;
/** Silent pipes are looked for at most this often. */
const SWEEP_MS = 30_000;
/** An erasing that did not come to its end is tried again after this. */
const ERASE_RETRY_MS = 60_000;
/** How long somebody new waits to hear whether they have a place, before they are let in unasked. */
const CLAIM_WAIT_MS = 2000;

/**
 * One instance is one room of one session. Room 0, the root, is the session: its facts, its
 * state and who may join. The other rooms hold a copy of the state, and the sockets of the
 * participants whose uid names them. docs/rooms.md tells how they keep each other up to date.
 *
 * This class is the shell that the runtime calls: it wires the parts and holds the room's life, from
 * its first call until it is erased. What a room knows and decides is in the parts.
 */
export class SessionRoom extends DurableObject<SessionStoreEnv> {
  readonly #kv = this.ctx.storage.kv;
  readonly #name = readRoomName(this.ctx.id.name);
  readonly #isRoot = this.#name.room === 0;
  readonly #settings = RoomSettings.parse(this.env);
  readonly #pipes = new Pipes(this.ctx);
  readonly #state = new SessionState(this.#kv);
  readonly #counts = new RoomCounts(this.#isRoot);

  // From participants to the ledger, and back.
  readonly #acks = new Acks<WebSocket>((pipe, ids) => this.#pipes.send(pipe, { type: "ack", ids: [...ids] }));
  readonly #bursts = new BurstCounter();
  readonly #mirror = new LedgerMirror({
    ledger: new LedgerClient(this.env, this.#name.session, this.#name.room),
    state: this.#state,
    onCounts: (topics, whole) => this.#countsChanged(this.#counts.replaceOwn(topics, whole)),
  });
  readonly #queue = new LedgerQueue(
    (batch) => this.#mirror.append(batch),
    () => this.#acks.flush(),
  );
  readonly #claims = new PlaceClaims((participants) => this.#askPlaces(participants));
  readonly #kinds = new KindRegistry({
    counted: () => [this.#counts.subtree, this.#counts.everywhere],
    findOffered: (page, reaction) => findOffered(this.#state, page, reaction),
    admit: (kind) => this.#askAdmission(kind),
    release: (kind) => this.#endAdmission(kind),
  });
  readonly #reactions = new ReactionIntake({
    state: this.#state,
    kinds: this.#kinds,
    queue: this.#queue,
    bursts: this.#bursts,
    ratePerSecond: this.#settings.REACTIONS_PER_SECOND,
    burst: this.#settings.REACTIONS_BURST,
    ensurePlace: (participant) => this.#ensurePlace(participant),
    findKept: (participant, id) => this.#mirror.find(participant, id),
  });
  readonly #forgets = new TokenBuckets(LIMITS.forgetsPerMinute / 60, LIMITS.forgetsPerMinute);

  // The rooms below and above, and what is said to whom.
  readonly #children: ChildRooms = new ChildRooms({
    storage: this.#kv,
    state: this.#state,
    counts: this.#counts,
    getRoom: (room) => this.#getRoom(room),
    getUpdate: (topics) => this.#getUpdate(topics),
    becomeComplete: async () => (this.#isRoot ? this.#subtree.becomeComplete() : this.#ensureRegistered()),
    onCounts: (topics) => this.#countsChanged(topics),
    onPeople: (people) => {
      for (const [room, count] of Object.entries(people)) this.#door.seat(Number(room), count);
      this.#peopleChanged();
    },
  });
  readonly #subtree: Subtree = new Subtree({
    room: this.#name.room,
    state: this.#state,
    counts: this.#counts,
    mirror: this.#mirror,
    children: this.#children,
    idle: () => this.#queue.idle(),
    countPeople: () => this.#pipes.people,
    onComplete: () => this.#publisher.completed(),
  });
  readonly #parent = new ParentLink({
    room: this.#name.room,
    state: this.#state,
    getParent: () => this.#getRoom(getParent(this.#name.room, this.#settings.ROOM_FANOUT) ?? 0),
    getNumber: () => this.#publisher.number,
    apply: (update) => this.#apply(update),
  });
  readonly #publisher: Publisher = new Publisher({
    isRoot: this.#isRoot,
    state: this.#state,
    counts: this.#counts,
    audience: this.#pipes,
    children: this.#children,
    isComplete: () => this.#subtree.isComplete,
    becomeComplete: () => this.#subtree.becomeComplete(),
    report: () => this.#parent.report(this.#subtree.getReport(this.#bursts.take())),
    guard: () => this.#alarm.guard(),
    sweep: () => this.#closeSilent(),
    sayToHosts: () => this.#sayBursts(),
  });

  // Of the root alone.
  readonly #history = new SessionHistory(this.ctx.storage.sql);
  readonly #coHosts = new CoHostList(this.#kv);
  readonly #expiry = new SessionExpiry(this.#kv);
  readonly #door = new Door({
    storage: this.#kv,
    sql: this.ctx.storage.sql,
    state: this.#state,
    capacity: this.#settings.ROOM_CAPACITY,
    placeMs: this.#settings.PLACE_SECONDS * 1000,
    hasHosts: () => this.#pipes.hasHosts,
    say: (message) => this.#pipes.broadcast("host", [message]),
  });
  readonly #commands = new SessionCommands({
    state: this.#state,
    door: this.#door,
    coHosts: this.#coHosts,
    history: this.#history,
    expiry: this.#expiry,
    announce: (change) => this.#announce(change),
    sayDriver: (driver) => this.#pipes.broadcast("host", [{ type: "driver", driver }]),
    dismiss: (coHost) =>
      this.#pipes.closeOf(coHost, { type: "error", ...REMOVED, detail: "the host has removed you" }),
  });
  readonly #admissions = new KindAdmissions(
    (page, reaction) => findOffered(this.#state, page, reaction) !== undefined,
  );
  readonly #peopleCurve = new Throttle(PEOPLE_MS, () => this.#notePeople());

  // The room's life.
  readonly #alarm = new RoomAlarm(this.ctx.storage, {
    erase: () => this.#eraseAt,
    expire: () => (this.#isRoot && this.#state.deck ? this.#expiry.at : undefined),
  });
  /** When an erasing that has begun is tried again; undefined while nobody erases this room. */
  #eraseAt: number | undefined;
  #erasing: Promise<void> | undefined;
  #lastSweep = 0;

  constructor(ctx: DurableObjectState, env: SessionStoreEnv) {
    super(ctx, env);
    // Where erasing was cut off there is no session, and the alarm takes away what is left.
    if (this.#kv.get<boolean>("erasing")) this.#eraseAt = 0;
    else this.#state.load((deck) => (this.#isRoot ? this.#history.listPages(deck.page) : [deck.page]));
    this.#claims.know(this.#pipes.participants);
    if (this.#isRoot && this.#state.deck) this.#door.load();
    this.#door.seat(this.#name.room, this.#pipes.people);
    this.#closeSilent();
  }

  // ── The session (root only) ────────────────────────────────────────────────────────────────

  /** Creates the session, or resumes it with new facts; `restart` empties it and raises its epoch. */
  async open(session: OpenSession): Promise<OpenedSession | Refusal> {
    if (this.#isErasing && !session.mustExist) {
      this.#goOnErasing();
      return { ...UNAVAILABLE, detail: "this session is being deleted; try again" };
    }
    const opened = this.#commands.open(session);
    if ("code" in opened) return opened;
    // When the guard's alarm has gone off, the alarm is set to the session's new date.
    if (opened.resumed) this.#alarm.guard();
    else await this.#rearm();
    if (opened.resumed && session.restart) await this.#followed();
    return opened;
  }

  /** The session's facts; undefined, and nothing created, when there is no such session. */
  info(): Session | undefined {
    return this.#state.facts?.session;
  }

  /** See `SessionCommands` for these: each is one turn of the root. */
  join(known?: string): { participant: string } | Refusal {
    return this.#commands.join(known);
  }
  claimPlaces(participants: readonly string[]): ClaimAnswer {
    return this.#commands.claimPlaces(participants);
  }
  setState(actor: Actor, state: NewState): { version: number } | Refusal {
    return this.#commands.setState(actor, state);
  }
  drive(actor: Actor): { driver: string } | Refusal {
    return this.#commands.drive(actor);
  }
  invite(actor: Actor, coHost: NewCoHost): { participant: string } | Refusal {
    return this.#commands.invite(actor, coHost);
  }
  uninvite(actor: Actor, participant: string): Refusal | null {
    return this.#commands.uninvite(actor, participant);
  }
  listCoHosts(actor: Actor): { coHosts: CoHost[] } | Refusal {
    return this.#commands.listCoHosts(actor);
  }
  setRules(actor: Actor, change: RulesChange): Rules | Refusal {
    return this.#commands.setRules(actor, change);
  }
  getRules(actor: Actor): Rules | Refusal {
    return this.#commands.getRules(actor);
  }
  revoke(): { generation: number } | Refusal {
    return this.#commands.revoke();
  }
  history(actor: Actor | undefined, user?: string): History | Refusal {
    return this.#commands.readHistory(actor, user);
  }
  takeExport(user: string): ExportLease | Refusal {
    return this.#commands.takeExport(user);
  }
  renewExport(lease: string): Refusal | null {
    return this.#commands.renewExport(lease);
  }
  endExport(lease: string): void {
    this.#commands.endExport(lease);
  }

  /**
   * Blocks a participant, or lets them in again. With `isExcluded`, what they sent is taken out of
   * the totals, and comes back when they are unblocked; the ledger keeps it either way.
   */
  async block(
    actor: Actor,
    participant: string,
    isBlocked: boolean,
    isExcluded: boolean,
  ): Promise<Refusal | null> {
    const refusal = this.#commands.block(actor, participant, isBlocked);
    if (refusal) return refusal;
    const room = getRoom(participant);
    try {
      await (room === 0 ? this : this.#getRoom(room)).excludeFromTotals(participant, isBlocked && isExcluded);
      return null;
    } catch {
      return UNAVAILABLE;
    }
  }

  /** Ends the session. Answers its last totals: each room counts once more. Safe to repeat. */
  async end(actor: Actor): Promise<(SessionTotals & { endedAt: number; expiresAt: number }) | Refusal> {
    const refusal = this.#commands.end(actor);
    if (refusal) return refusal;
    try {
      await withTimeout(() => this.#subtree.recount(), RECOUNT_WAIT_MS);
    } catch {
      return UNAVAILABLE;
    }
    const endedAt = this.#state.facts?.endedAt ?? null;
    if (endedAt === null) {
      return { ...NOT_FOUND, detail: "this session was restarted, or deleted, while it ended" };
    }
    return { ...this.#getTotals(), endedAt, expiresAt: this.#expiry.at ?? Date.now() };
  }

  /** The counts of the whole session, and how many have joined it; after its end, only if `isFinal` asks for them. */
  async getTotals(isFinal = false, participant?: string): Promise<SessionTotals | Refusal> {
    if (!this.#state.facts) return NOT_FOUND;
    const sentOut = this.#state.refuseName(participant);
    if (sentOut) return sentOut;
    if (this.#state.facts.endedAt !== null && !isFinal) return ENDED;
    try {
      await this.#subtree.becomeComplete();
    } catch {
      return UNAVAILABLE;
    }
    return this.#getTotals();
  }

  /**
   * Admits a kind of reaction that nobody has counted yet, as long as the session has room for it.
   * `stale`: the room that asks has not heard of a restart.
   */
  async admitKind(epoch: number, page: string, reaction: string): Promise<Admission> {
    await this.#subtree.becomeComplete();
    if (epoch !== this.#state.epoch) return "stale";
    const spelled = spellAsOffered(this.#state, page, reaction);
    return this.#admissions.admit(
      { page, reaction: spelled },
      this.#counts.subtree,
      getOfferVersion(this.#state),
      Date.now(),
    );
  }

  /** Nothing of what a room was admitted this kind for was kept. */
  releaseKind(epoch: number, page: string, reaction: string): void {
    if (epoch === this.#state.epoch) this.#admissions.release({ page, reaction });
  }

  // ── Participants (every room) ──────────────────────────────────────────────────────────────

  /** Where the session stands, and where to reach it. */
  getState(participant?: string): StateView | Refusal | Promise<StateView | Refusal> {
    const registering = this.#ensureRegistered();
    if (!registering) return this.#readState(participant);
    return registering.then((refusal) => refusal ?? this.#readState(participant));
  }

  /** Keeps a reaction; answers when it is durable, or why it is not. */
  react(participant: string, reaction: IdentifiedReaction): Promise<Refusal | null> {
    return new Promise((resolve) => {
      void this.#submit(participant, reaction, true, (refusal) => resolve(refusal ?? null));
    });
  }

  /** Whether a participant may be forgotten at this moment: each is a write of its ledger. */
  async mayForget(participant: string): Promise<Refusal | null> {
    // Also where there is no session any more: what a ledger may still have of them can go.
    await this.#ensureRegistered();
    const sentOut = this.#state.refuseName(participant);
    if (sentOut) return sentOut;
    const retryAfter = this.#forgets.take(participant, Date.now());
    const detail = `up to ${LIMITS.forgetsPerMinute} times a minute`;
    return retryAfter > 0 ? { code: "rate_limited", detail, retryAfter } : null;
  }

  /** The upgrade to a pipe: `/{participant}`. A refusal is answered as JSON. */
  override async fetch(request: Request): Promise<Response> {
    const participant = new URL(request.url).pathname.slice(1);
    let refusal = await this.#ensureRegistered();
    // A root that just woke asks the rooms below it first; if one is slow, its counts follow later.
    if (!refusal && this.#isRoot) await this.#subtree.becomeComplete().catch(() => {});
    refusal ??=
      this.#refusePipe(participant) ??
      (await this.#ensurePlace(participant)) ??
      this.#refusePipe(participant);
    if (refusal) return Response.json(refusal, { status: 409 });
    const { client, server } = this.#pipes.accept(participant);
    for (const message of this.#greet(getRole(participant))) this.#pipes.send(server, message);
    if (this.#pipes.pipesOf(participant) === 1) this.#peopleChanged();
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const participant = getParticipant(socket);
    if (participant === "") return;
    if (this.#pipes.isFlooding(socket, Date.now())) {
      this.#endPipe(socket, 1008);
      return;
    }
    const read = readMessage(message);
    if ("code" in read) {
      this.#pipes.send(socket, { type: "error", ...read });
      return;
    }
    await this.#submit(participant, read, false, (refusal) => {
      if (refusal) this.#pipes.send(socket, { type: "error", id: read.id, ...refusal });
      else this.#acks.add(socket, read.id);
    });
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#endPipe(socket, code);
  }

  override webSocketError(socket: WebSocket): void {
    this.#endPipe(socket, 1011);
  }

  // ── Other rooms ────────────────────────────────────────────────────────────────────────────

  /** A child begins: it is remembered for good, and hears everything. */
  async register(child: number): Promise<WholeUpdate | Refusal> {
    const refusal = await this.#ensureRegistered();
    if (refusal) return refusal;
    if (this.#isRoot) await this.#subtree.becomeComplete().catch(() => {});
    if (!this.#state.deck) return NOT_FOUND;
    this.#children.add(child);
    const update = this.#getUpdate("whole");
    // What it is not told now it is told as soon as it is known.
    if (update && !update.counts.isWhole) this.#enqueue("whole", child);
    return update ?? NOT_FOUND;
  }

  /** What is new, from the parent. Answers when this room has it; after a restart, when all below have it. */
  async applyUpdate(update: ParentUpdate): Promise<void> {
    if (this.#isErasing) return; // what was on its way before is for nobody
    const moment = this.#state.capture();
    this.#apply(update);
    if (moment.epoch !== 0 && !this.#state.isCurrent(moment)) await this.#followed();
  }

  /** What a child and all below it have counted. Answers with everything if the child is behind. */
  async takeReport(child: number, report: ChildReport): Promise<WholeUpdate | null> {
    const { deck } = this.#state;
    if (!deck || !this.#children.takeReport(child, report)) return null;
    for (const burst of report.bursts) this.#bursts.add(burst);
    const isBehind = report.epoch < deck.epoch || report.version < deck.version;
    return isBehind ? (this.#getUpdate("whole") ?? null) : null;
  }

  /** The same, asked for by a parent that has just started. */
  async report(): Promise<ChildReport> {
    await this.#subtree.becomeComplete();
    return this.#subtree.getReport();
  }

  /** The same, counted anew after the end. A room that has not heard of the end hears it here, before it counts. */
  async recount(session: SessionUpdate): Promise<ChildReport> {
    // A room that knows nothing has just been opened, or erased: what was erased does not come back.
    if (!this.#state.facts && (await this.#ensureRegistered())) throw new Error("knows of no session");
    this.#adopt(session);
    await this.#subtree.recount();
    return this.#subtree.getReport();
  }

  /** Takes what a participant of this room has sent out of the counts, or puts it back. */
  async excludeFromTotals(participant: string, isExcluded: boolean): Promise<void> {
    await this.#ensureRegistered();
    // Nothing of theirs is on its way any more: they are blocked.
    await this.#queue.settled();
    await this.#mirror.excludeFromTotals(participant, isExcluded);
  }

  // ── The room's life ────────────────────────────────────────────────────────────────────────

  /**
   * Forgets this room, all below it, and their ledgers. What has begun comes to its end by itself, through every
   * death: until then there is no session, and none can be started in its place.
   */
  erase(): Promise<void> {
    this.#erasing ??= this.#eraseAll().finally(() => {
      this.#erasing = undefined;
    });
    return this.#erasing;
  }

  get #isErasing(): boolean {
    return this.#eraseAt !== undefined;
  }

  async #eraseAll(): Promise<void> {
    // From here on nobody gets in, so that nothing is kept behind the eraser's back.
    this.#kv.put("erasing", true);
    this.#eraseAt = Date.now() + ERASE_RETRY_MS;
    void this.ctx.storage.setAlarm(this.#eraseAt);
    this.#state.clear();
    this.#parent.clear();
    this.#pipes.closeAll({ type: "end" });
    // First, so that nobody finds it from here on, and last, since who read it before may have kept it again;
    // who keeps it later than that asks this room once more.
    if (this.#isRoot) await forgetInfo(this.env, this.#name.session);
    await this.#queue.idle();
    await this.#children.erase();
    await this.#mirror.erase();
    if (this.#isRoot) await forgetInfo(this.env, this.#name.session);
    await Promise.all([this.ctx.storage.deleteAlarm(), this.ctx.storage.deleteAll()]);
    this.#startOver();
    this.#children.clear();
    this.#counts.clear();
    this.#mirror.clear();
    this.#publisher.clear();
    this.#alarm.clear();
    this.#claims.clear();
    this.#door.clear();
    this.#eraseAt = undefined;
  }

  /** An earlier life has not come to the end of it. */
  #goOnErasing(): void {
    if (this.#erasing) return;
    this.ctx.waitUntil(this.erase().catch((error) => logFailure("erasing failed; trying again", error)));
  }

  override async alarm(): Promise<void> {
    const { due, isInherited } = this.#alarm.ring(Date.now());
    if (due.includes("erase")) await this.#try("erasing", () => this.erase());
    else if (due.includes("expire")) await this.#try("forgetting", () => this.#forgetIfExpired());
    else {
      if (isInherited && this.#state.deck) await this.#publishAgain();
      await this.#rearm();
    }
  }

  async #try(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      logFailure(`${what} failed; trying again`, error);
      await this.#alarm.retry();
    }
  }

  async #rearm(): Promise<void> {
    const isUnsent = this.#publisher.isPending || this.#peopleCurve.isPending || this.#children.isBehind;
    if (isUnsent) this.#alarm.guard();
    await this.#alarm.rearm();
  }

  /** An earlier life left something unsent: everyone hears everything once more. */
  async #publishAgain(): Promise<void> {
    const refusal = await this.#ensureRegistered();
    if (refusal) {
      // The session was erased while this room could not be reached.
      if (refusal.code === "session_not_found") await this.erase();
      return;
    }
    this.#enqueue("whole");
    if (!this.#state.deck) return;
    this.#pipes.broadcast("everyone", [sayState(this.#state.deck)]);
    this.#peopleChanged();
    if (this.#isRoot) this.#door.schedule();
  }

  /** Only here a session ends by itself: when nothing has happened for the whole retention. */
  async #forgetIfExpired(): Promise<void> {
    await this.#subtree.becomeComplete();
    const { facts, deck } = this.#state;
    const latest = Math.max(deck?.at ?? 0, this.#subtree.latest);
    const isOver = this.#expiry.settle(
      facts?.session.retentionDays ?? LIMITS.retentionDays,
      latest,
      Date.now(),
    );
    await (isOver ? this.erase() : this.#rearm());
  }

  /** Knows the session: the root from its storage, every other room from its parent, once per life. */
  #ensureRegistered(): Promise<Refusal | undefined> | undefined {
    if (this.#isErasing) {
      this.#goOnErasing();
      return Promise.resolve(NOT_FOUND);
    }
    if (!this.#isRoot) return this.#parent.ensureRegistered();
    return this.#state.deck ? undefined : Promise.resolve(NOT_FOUND);
  }

  // ── What changes, and who hears it ─────────────────────────────────────────────────────────

  /** From the parent: what it says of the session first, and of the counts only if they are of the same epoch. */
  #apply({ session, counts }: ParentUpdate): void {
    if (session && !this.#adopt(session)) return;
    if (counts.epoch !== this.#state.epoch) throw new Error("knows of another epoch");
    this.#publisher.apply(counts);
  }

  /** @returns false where it is of the time before a restart, and so is all that comes with it */
  #adopt(session: SessionUpdate): boolean {
    const change = this.#state.adopt(session);
    if (change) this.#announce(change);
    return change !== undefined;
  }

  /** Tells the rooms below and everybody here how the session differs from before. It is kept by now. */
  #announce({ before, isNewDeck, isRestart }: StateChange): void {
    const { facts, deck } = this.#state;
    const isNews = isNewDeck || facts !== before;
    if (!facts || !deck || !isNews) return;
    // First of all: nothing of what was counted before is to be said by anyone.
    if (isRestart) this.#startOver();
    this.#enqueue(isRestart ? "whole" : []);
    const messages: ServerMessage[] = [];
    const [rules, rulesBefore] = [sayRules(facts.rules), sayRules(before?.rules ?? Rules.parse({}))];
    if (JSON.stringify(rules) !== JSON.stringify(rulesBefore)) messages.push(rules);
    if (isNewDeck) messages.push(sayState(deck));
    if (isRestart) messages.push({ type: "reactions", pages: {}, total: 0, whole: true });
    this.#pipes.broadcast("everyone", messages);
    if (facts.generation !== (before?.generation ?? 0)) this.#sendOut();
    if (facts.endedAt !== null && (before?.endedAt ?? null) === null) {
      this.#pipes.closeAll({ type: "end" });
      this.#peopleChanged();
    }
    if (isRestart) this.#publisher.schedule();
    if (this.#isRoot && facts !== before) this.#door.schedule();
  }

  /** A restart, in one turn: nothing of what was counted before is true any more. */
  #startOver(): void {
    this.#counts.startOver();
    this.#mirror.invalidate();
    this.#subtree.startOver();
    this.#kinds.clear();
    this.#admissions.clear();
    this.#publisher.startOver();
  }

  /** Everyone's name has become void. */
  #sendOut(): void {
    this.#claims.clear();
    for (const { participant } of this.#coHosts.all) {
      this.#pipes.closeOf(participant, { type: "error", ...REMOVED });
    }
    this.#pipes.closeAll({ type: "error", ...SENT_OUT }, 1008);
    this.#peopleChanged();
  }

  #countsChanged(topics: readonly string[]): void {
    if (topics.length > 0) this.#publisher.countsChanged(topics);
  }

  #peopleChanged(): void {
    this.#door.seat(this.#name.room, this.#pipes.people);
    if (this.#isRoot && this.#state.deck) {
      if (this.#subtree.isComplete) this.#history.countPeople(this.#publisher.people, Date.now());
      this.#peopleCurve.schedule();
      this.#alarm.guard();
    }
    this.#publisher.peopleChanged();
  }

  /** The session's course tells how many people there are, also when the last one has gone. */
  async #notePeople(): Promise<void> {
    try {
      await this.#subtree.becomeComplete();
      if (this.#state.deck) this.#history.notePeople(this.#publisher.people, Date.now());
    } catch {
      this.#peopleCurve.schedule();
    }
  }

  /** What is new of the session and these counts are on their way to the rooms below, or to one of them. */
  #enqueue(topics: readonly string[] | "whole", child?: number): void {
    if (this.#children.isEmpty) return;
    this.#children.enqueue(topics, child);
    this.#alarm.guard();
  }

  /** What a room below is to hear; undefined while there is no session. */
  #getUpdate(topics: Iterable<string> | "whole"): WholeUpdate | undefined {
    const session = this.#state.update;
    return session && { session, counts: this.#publisher.getUpdate(topics) };
  }

  /**
   * Resolves when all rooms below have followed a restart, this room's ledger has, and
   * nothing is on its way to it; or when time is up.
   */
  async #followed(): Promise<void> {
    const everyone = [this.#mirror.refresh(), this.#queue.idle(), this.#children.settled()];
    await withTimeout(() => Promise.allSettled(everyone), FOLLOW_WAIT_MS).catch(() => {});
  }

  #getTotals(): SessionTotals {
    const { subtree } = this.#counts;
    return { pages: getPages(subtree), total: sumReactions(subtree), participants: this.#door.joined };
  }

  #sayBursts(): ServerMessage[] {
    const bursts = this.#bursts.take();
    return bursts.length > 0 ? [{ type: "bursts", bursts }] : [];
  }

  // ── One participant ────────────────────────────────────────────────────────────────────────

  #readState(participant: string | undefined): StateView | Refusal {
    const refusal = this.#state.refuseName(participant);
    const { facts, deck } = this.#state;
    if (refusal || !facts || !deck) return refusal ?? NOT_FOUND;
    const { page, state, version } = deck;
    const { apiUrl, webUiUrl, wsUrl } = facts.session;
    return { page, state, version, apiUrl, webUiUrl, ...(wsUrl !== undefined && { wsUrl }) };
  }

  /** `settle` hears once whether it is kept, or why not; resolves then. */
  async #submit(
    participant: string,
    reaction: IdentifiedReaction,
    isUrgent: boolean,
    settle: (refusal?: Refusal) => void,
  ): Promise<void> {
    const refusal = await this.#ensureRegistered();
    if (refusal) {
      settle(refusal);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#reactions.submit(participant, reaction, isUrgent, (outcome) => {
        settle(outcome);
        resolve();
      });
    });
  }

  /** Why a participant has no place in the session; undefined, and at once, for who is known to have one. Hosts need none. */
  #ensurePlace(participant: string): Promise<Refusal | undefined> | undefined {
    if (getRole(participant) === "host" || this.#claims.has(participant)) return undefined;
    return this.#claims.claim(participant);
  }

  async #askPlaces(participants: readonly string[]): Promise<ClaimAnswer> {
    if (this.#isRoot) return this.claimPlaces(participants);
    return withTimeout(async () => this.#getRoom(0).claimPlaces(participants), CLAIM_WAIT_MS);
  }

  async #askAdmission({ page, reaction }: NewReaction): Promise<Admission> {
    const root = this.#isRoot ? this : this.#getRoom(0);
    return root.admitKind(this.#state.epoch, page, reaction);
  }

  /** If this is lost, the admission ends by itself. */
  #endAdmission({ page, reaction }: NewReaction): void {
    const { epoch } = this.#state;
    if (this.#isRoot) this.releaseKind(epoch, page, reaction);
    else
      this.ctx.waitUntil(
        this.#getRoom(0)
          .releaseKind(epoch, page, reaction)
          .catch(() => {}),
      );
  }

  #refusePipe(participant: string): Refusal | undefined {
    const { facts } = this.#state;
    if (!facts) return NOT_FOUND;
    if (facts.endedAt !== null) return ENDED;
    // First: sending everybody out takes the invitations back, too.
    const refusal = this.#state.refuseName(participant) ?? this.#coHosts.refuseRemoved(participant);
    if (refusal) return refusal;
    if (this.#pipes.pipesOf(participant) >= LIMITS.pipesPerUid)
      this.#pipes.closeGhosts(participant, Date.now());
    if (this.#pipes.pipesOf(participant) < LIMITS.pipesPerUid) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${LIMITS.pipesPerUid} pipes for one participant; close one`,
      retryAfter: 5,
    };
  }

  /** What a new pipe hears first: a late joiner or a reconnect is never behind. */
  *#greet(role: Role): Generator<ServerMessage> {
    const { facts, deck } = this.#state;
    if (!facts || !deck) return;
    const participants = this.#publisher.greet(role);
    yield sayState(deck);
    yield* sayCounts(this.#counts.everywhere, "whole", this.#publisher.total);
    yield { type: "presence", participants };
    if (hasRules(facts.rules)) yield sayRules(facts.rules);
    if (role !== "host") return;
    if (this.#coHosts.all.length > 0) yield { type: "driver", driver: this.#coHosts.driver };
    const door = this.#door.greet(facts);
    if (door) yield door;
  }

  /** On waking, and now and then while awake: pipes that died without a word are not people. */
  #closeSilent(): void {
    const now = Date.now();
    if (!this.#state.deck || Math.abs(now - this.#lastSweep) < SWEEP_MS) return;
    this.#lastSweep = now;
    if (this.#pipes.closeSilent(now)) this.#peopleChanged();
  }

  #endPipe(socket: WebSocket, code: number): void {
    const participant = getParticipant(socket);
    this.#pipes.end(socket, code);
    this.#acks.delete(socket);
    if (participant !== "" && this.#pipes.pipesOf(participant) === 0) this.#peopleChanged();
  }

  #getRoom(room: number): DurableObjectStub<SessionRoom> {
    return roomNamed(this.env, this.#name.session, room);
  }
}

const logFailure = (message: string, error: unknown) =>
  console.error(JSON.stringify({ message, error: String(error) }));
