import { DurableObject } from "cloudflare:workers";
import { isOpen, listOffered, listTaken } from "../../shared/interactions/reaction/offer.ts";
import type { IdentifiedReaction, NewReaction } from "../../shared/interactions/reaction/reaction.ts";
import { findReaction, foldReaction } from "../../shared/interactions/reaction/reaction.ts";
import type { CoHost, CoHostRole, NewCoHost } from "../../shared/protocol/co-host.ts";
import {
  createParticipant,
  createRandom,
  getRole,
  getRoom,
  isOfGeneration,
  LAST_GENERATION,
  type Role,
} from "../../shared/protocol/identity.ts";
import { DAY_MS, LIMITS } from "../../shared/protocol/limits.ts";
import { ClientMessage } from "../../shared/protocol/message.schema.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { Rules } from "../../shared/protocol/rules.schema.ts";
import { changeRules, type RulesChange } from "../../shared/protocol/rules.ts";
import { SESSION_DEFAULTS } from "../../shared/protocol/session.ts";
import type { NewState, StateView } from "../../shared/protocol/state.ts";
import { ReactionId } from "../../shared/protocol/text.schema.ts";
import { byteLength } from "../../shared/protocol/text.ts";
import type { SessionTotals } from "../../shared/protocol/totals.ts";
import { type Pages, Totals } from "../../shared/protocol/totals.ts";
import type { Actor } from "../lib/actor.ts";
import type { ExportLease } from "../lib/export-order.ts";
import type { History } from "../lib/history.ts";
import type { Batch, BatchAnswer } from "../lib/ledger.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { type OpenedSession, type OpenSession, Session } from "../lib/session.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import { BurstCounter } from "./burst-counter.ts";
import { Cadence } from "./cadence.ts";
import { ChildLink } from "./child-link.ts";
import { CoHostList, REMOVED } from "./co-host-list.ts";
import { ExportLeases } from "./export-leases.ts";
import { PEOPLE_MS, SessionHistory } from "./history.ts";
import { forgetInfo } from "./kept-info.ts";
import {
  type Admission,
  KindAdmissions,
  type KindInUse,
  KindRegistry,
  TOO_MANY_KINDS,
} from "./kind-registry.ts";
import { LedgerClient } from "./ledger-client.ts";
import { getParticipant, Pipes } from "./pipes.ts";
import { type ClaimAnswer, PlaceClaims } from "./place-claims.ts";
import { getPace, Places } from "./places.ts";
import { CONFLICT, ReactionQueue } from "./reaction-queue.ts";
import type { Down, Facts, Live, News, Snapshot, Truth } from "./room-message.ts";
import { RoomSettings, readRoomName, roomNamed } from "./room-name.ts";
import { getParent } from "./room-tree.ts";
import { Seating } from "./seating.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** What is unsent when an object dies is sent by its next life, at most this much later. */
const GUARD_MS = 2000;
/** How long a restart waits for all rooms to follow. */
const FOLLOW_WAIT_MS = 5000;
/** How long an end waits for the last counts of all rooms: whoever asked gives up after ten seconds. */
const RECOUNT_WAIT_MS = 8000;
/** Silent pipes are looked for at most this often. */
const SWEEP_MS = 30_000;
/** After a failed forgetting, or an erasing that did not come to its end, try again. */
const FORGET_RETRY_MS = 60_000;
/** How long somebody new waits to hear whether they have a place, before they are let in unasked. */
const CLAIM_WAIT_MS = 2000;
/** Newcomers at the door are news at most this often. */
const DOOR_MS = 1000;
/** Asked so often, a parent that is overtaken by its own news each time counts as not answering. */
const REGISTER_TRIES = 5;

const NOT_FOUND: Refusal = {
  code: "session_not_found",
  detail: "this session was never started, or it is forgotten",
};
const NOT_PUBLIC: Refusal = {
  code: "not_public",
  detail: "the host has not opened the results of this session",
};
const ENDED: Refusal = { code: "session_ended", detail: "the host has ended this session" };
const SENT_OUT: Refusal = {
  code: "not_participant",
  detail: "the host has sent everybody out; join again",
};
const TOO_MANY_FIRSTS: Refusal = {
  code: "too_many_kinds",
  detail: `one participant brings up to ${LIMITS.kindsPerParticipant} new kinds of reactions`,
};
const UNAVAILABLE: Refusal = {
  code: "unavailable",
  detail: "the session is waking up; try again",
  retryAfter: 1,
};

/**
 * One instance is one room of one session. Room 0, the root, is the session: its facts, its
 * state and who may join. The other rooms hold a copy of the state, and the sockets of the
 * participants whose uid names them. docs/rooms.md tells how they keep each other up to date.
 */
export class SessionRoom extends DurableObject<SessionStoreEnv> {
  readonly #kv = this.ctx.storage.kv;
  readonly #room: number;
  readonly #sessionHash: string;
  readonly #settings: RoomSettings;
  readonly #ledger: LedgerClient;
  readonly #pipes: Pipes;
  readonly #buckets: TokenBuckets;
  readonly #forgets = new TokenBuckets(LIMITS.forgetsPerMinute / 60, LIMITS.forgetsPerMinute);
  readonly #queue = new ReactionQueue(
    (batch) => this.#append(batch),
    () => this.#sendAcks(),
  );
  readonly #acks = new Map<WebSocket, string[]>();

  // What the session is, from storage.
  #facts: Facts | undefined;
  #live: Live | undefined;
  #shown = new Set<string>();
  readonly #children = new Map<number, ChildLink>();

  // What has been counted, from the ledgers: in this room, in it and all below it, everywhere.
  #own = new Totals();
  #ownSeq = 0;
  /** The newest that the ledger has answered with. */
  #newestSeq = 0;
  /** How often there was reason to ask the ledger for its totals, and which of these are answered. */
  #ownDoubts = 1;
  #answeredDoubts = 0;
  #readingOwn: Promise<void> | undefined;
  #subtree = new Totals();
  #everywhere = this.#subtree;
  #totalEverywhere = 0;
  /** Not the root: whether `everywhere` holds all pages, and not only those that there was news of. */
  #hasWhole = false;
  /** As the users have heard it; undefined until this room knows. */
  #peopleEverywhere: number | undefined;
  /** Grows with every change of what is counted everywhere; a time, so that it grows over restarts too. */
  #newsNumber = 0;
  /** Root only: kinds of reactions that are admitted and that no ledger has counted yet. */
  readonly #admissions = new KindAdmissions(
    (page, reaction) => this.#findOffered(page, reaction) !== undefined,
  );
  readonly #kinds = new KindRegistry({
    counted: () => [this.#subtree, this.#everywhere],
    findOffered: (page, reaction) => this.#findOffered(page, reaction),
    admit: (kind) => this.#askAdmission(kind),
    release: (kind) => this.#endAdmission(kind),
  });

  // Readiness: towards the root, and towards the leaves. Neither waits for the other.
  #isRegistered = false;
  /** From the first step of being erased to the last, and through every death in between. */
  #isErasing = false;
  #erasing: Promise<void> | undefined;
  /** Grows when the room is erased: what was asked for before then is not for what comes after. */
  #life = 0;
  #registering: Promise<Refusal | undefined> | undefined;
  #isWhole = false;
  #becomingWhole: Promise<void> | undefined;

  // What is yet to be published, by audience. Only the root publishes to hosts.
  readonly #unpublished = { host: new Set<string>(), user: new Set<string>() };
  readonly #hasSeenWhole = { host: false, user: false };
  readonly #seenPeople = { host: -1, user: -1 };
  readonly #fast = new Cadence(LIMITS.hostCadenceMs, () =>
    this.#isRoot ? this.#publishTo("host") : this.#report(),
  );
  readonly #slow = new Cadence(LIMITS.userCadenceMs, () => this.#publishTo("user"));
  /** Someone always comes or goes in a crowd: its size is not news every second. */
  readonly #calm = new Cadence(LIMITS.crowdCadenceMs, () => {
    this.#isCrowdDue = true;
    this.#slow.touch();
  });
  #isCrowdDue = false;
  /** The alarm is set to catch what this life may leave unsent. */
  #isGuarded = false;

  readonly #seating: Seating;

  readonly #placeClaims = new PlaceClaims((participants) => this.#askPlaces(participants));

  // Root only.
  readonly #history = new SessionHistory(this.ctx.storage.sql);
  readonly #coHosts = new CoHostList(this.#kv);
  readonly #places: Places;
  readonly #people = new Cadence(PEOPLE_MS, () => this.#notePeople());
  readonly #door = new Cadence(DOOR_MS, () => this.#sayDoor());
  #seenDoor = "";
  readonly #exports = new ExportLeases();

  readonly #bursts = new BurstCounter();
  #lastSweep = 0;

  constructor(ctx: DurableObjectState, env: SessionStoreEnv) {
    super(ctx, env);
    const { session, room } = readRoomName(ctx.id.name);
    this.#sessionHash = session;
    this.#room = room;
    this.#settings = RoomSettings.parse(env);
    this.#buckets = new TokenBuckets(this.#settings.REACTIONS_PER_SECOND, this.#settings.REACTIONS_BURST);
    this.#seating = new Seating(this.#settings.ROOM_CAPACITY);
    this.#places = new Places(ctx.storage.sql, this.#settings.PLACE_SECONDS * 1000);
    if (room !== 0) this.#everywhere = new Totals();
    this.#ledger = new LedgerClient(env, session, room);
    // Erasing it was cut off: there is no session, and the alarm takes away what is left.
    this.#isErasing = this.#kv.get<boolean>("erasing") ?? false;
    if (!this.#isErasing) {
      this.#facts = readFacts(this.#kv.get<Facts>("facts"));
      this.#live = this.#kv.get<Live>("live");
      this.#shown = new Set(this.#kv.get<string[]>("shown") ?? this.#readShown());
    }
    for (const child of this.#kv.get<number[]>("children") ?? []) this.#link(child);
    this.#pipes = new Pipes(ctx);
    this.#placeClaims.know(this.#pipes.participants);
    if (this.#isRoot && this.#live) this.#places.start(this.#kv.get<number>("joined"));
    this.#seating.report(room, this.#pipes.people);
    this.#closeSilent();
  }

  get #isRoot(): boolean {
    return this.#room === 0;
  }

  // ── The session (root only) ────────────────────────────────────────────────────────────────

  /** Creates the session, or resumes it with new facts; `restart` empties it and raises its epoch. */
  async open({ session: given, restart, mustExist }: OpenSession): Promise<OpenedSession | Refusal> {
    const live = this.#live;
    if (!live && mustExist) return NOT_FOUND;
    if (this.#isErasing) {
      this.#goOnErasing();
      return { ...UNAVAILABLE, detail: "this session is being deleted; try again" };
    }
    // Whoever resumes a session changes what they say, and nothing else; but a userToken is said each time,
    // unless the session is named: who opens it beside its host, such as the stage, knows no userToken.
    const { userTokenHash, ...facts }: Partial<Session> = this.#facts?.session ?? {};
    const before = mustExist ? { ...facts, userTokenHash } : facts;
    const session = Session.parse({ ...SESSION_DEFAULTS, ...before, ...given });
    const now = Date.now();
    const rooms = this.#seating.roomsFor(session.expectedAudience);
    this.#kv.put("rooms", Math.max(rooms, this.#kv.get<number>("rooms") ?? 1));
    this.#kv.put("activeAt", now);
    if (!live) {
      this.#setFacts({ session, rules: Rules.parse({}), blocked: [], endedAt: null, generation: 0 });
      // Epochs are times, so that one that was forgotten and started anew is newer than before.
      const first: Live = { epoch: now, version: 0, page: "0", state: "init", at: now };
      this.#setLive(first, [first.page]);
      this.#history.start(first);
      this.#places.start();
      this.#kv.put("joined", 0);
      this.#kv.put("expiresAt", now + session.retentionDays * DAY_MS);
      await this.#rearm();
      return { session, resumed: false, endedAt: null, generation: 0 };
    }
    this.#kv.put("expiresAt", now + session.retentionDays * DAY_MS);
    this.#guard(); // its alarm sets the new date
    this.#changeFacts(
      restart ? { session, rules: Rules.parse({}), blocked: [], endedAt: null } : { session },
    );
    if (restart) {
      const epoch = Math.max(live.epoch + 1, now);
      const first: Live = { epoch, version: live.version + 1, page: "0", state: "init", at: now };
      this.#adoptLive(first, [first.page]);
      this.#history.start(first);
      await this.#followed();
    }
    const { endedAt = null, generation = 0 } = this.#facts ?? {};
    return { session, resumed: true, endedAt, generation };
  }

  /** The session's facts; undefined, and nothing created, when there is no such session. */
  info(): Session | undefined {
    return this.#facts?.session;
  }

  /**
   * A name in a room for one more participant. Whoever comes back with the one they have keeps it.
   * @param known the participant's name of before
   */
  join(known?: string): { participant: string } | Refusal {
    if (!this.#facts) return NOT_FOUND;
    const { generation } = this.#facts;
    if (known !== undefined && isOfGeneration(known, generation)) return { participant: known };
    // Whoever comes after the end may still read, where the host lets them.
    if (this.#facts.endedAt !== null && !this.#facts.rules.publicResults) return ENDED;
    const now = Date.now();
    const isOver = this.#facts.endedAt !== null;
    const refusal = isOver
      ? this.#places.refuseHaste(this.#facts, now)
      : this.#places.refuse(this.#facts, now);
    if (refusal) {
      this.#door.touch();
      return refusal;
    }
    const rooms = this.#countRooms();
    const seat = this.#seating.take(rooms, now);
    if (seat === undefined) {
      return { code: "rate_limited", detail: "too many people join at this moment", retryAfter: 1 };
    }
    this.#activeNow();
    if (isOver) {
      // Who only reads takes no place and opens no room: one that is there will do.
      this.#places.pass(now);
      return { participant: createParticipant("user", seat % rooms, createRandom(), generation) };
    }
    const participant = createParticipant("user", seat, createRandom(), generation);
    this.#kv.put("joined", (this.#kv.get<number>("joined") ?? 0) + 1);
    this.#openRooms(seat);
    this.#places.reserve(participant, now);
    return { participant };
  }

  /** Sets page and state for everyone. Durable, and on its way to all, when it returns. */
  setState(actor: Actor, { page, state }: NewState): { version: number } | Refusal {
    const refusal = this.#refuseActor(actor, ["presenter"]);
    if (refusal || !this.#live) return refusal ?? NOT_FOUND;
    if (!this.#coHosts.isDriving(actor)) {
      return { code: "not_driving", detail: "another presenter drives; take over first" };
    }
    const version = this.#live.version + 1;
    this.#adoptLive({ epoch: this.#live.epoch, version, page, state, at: Date.now() }, this.#listShown(page));
    this.#history.addState(this.#live);
    return { version };
  }

  /** From now on `actor` drives the deck; the others hear it. */
  drive(actor: Actor): { driver: string } | Refusal {
    const refusal = this.#refuseActor(actor, ["presenter"]);
    if (refusal) return refusal;
    this.#coHosts.drive(actor);
    return this.#sayDriver();
  }

  /** Invites a co-host, and names them. */
  invite(actor: Actor, coHost: NewCoHost): { participant: string } | Refusal {
    const participant = createParticipant("host", 0, createRandom(), this.#facts?.generation);
    const refusal = this.#refuseActor(actor, []) ?? this.#coHosts.add(participant, coHost);
    return refusal ?? { participant };
  }

  /** Takes an invitation back; the pipes of whoever had it are closed. */
  uninvite(actor: Actor, participant: string): Refusal | null {
    const refusal = this.#refuseActor(actor, []);
    if (refusal) return refusal;
    const drove = this.#coHosts.driver;
    this.#coHosts.remove(participant);
    this.#pipes.closeOf(participant, { type: "error", code: "not_host", detail: "the host has removed you" });
    if (drove !== this.#coHosts.driver) this.#sayDriver();
    return null;
  }

  listCoHosts(actor: Actor): { coHosts: CoHost[] } | Refusal {
    return this.#refuseActor(actor, []) ?? { coHosts: [...this.#coHosts.all] };
  }

  /**
   * Sets what is allowed, for everyone, and says it to everyone. After the end there is nothing to
   * allow any more but reading the results.
   */
  setRules(actor: Actor, change: RulesChange): Rules | Refusal {
    if (!this.#facts) return NOT_FOUND;
    const refusal = this.#refuseHost(actor, ["moderator"]);
    if (refusal) return refusal;
    const { endedAt, rules: before } = this.#facts;
    const rules =
      endedAt === null ? changeRules(before, change) : { ...before, publicResults: change.publicResults };
    this.#changeFacts({ rules });
    this.#door.touch();
    return rules;
  }

  getRules(actor: Actor): Rules | Refusal {
    const refusal = this.#refuseHost(actor, ["moderator", "presenter"]);
    return refusal ?? this.#facts?.rules ?? NOT_FOUND;
  }

  /**
   * Blocks a participant, or lets them in again. With `uncount`, what they sent is taken out of
   * the totals, and comes back when they are unblocked; the ledger keeps it either way.
   */
  async block(
    actor: Actor,
    participant: string,
    isBlocked: boolean,
    uncount: boolean,
  ): Promise<Refusal | null> {
    const refusal = this.#refuseActor(actor, ["moderator"]);
    if (refusal || !this.#facts) return refusal ?? NOT_FOUND;
    if (getRole(participant) === "host")
      return { code: "invalid_request", detail: "a host can't be blocked" };
    if (getRoom(participant) >= this.#countRooms()) {
      return { code: "invalid_request", detail: "nobody of this session has this name" };
    }
    const others = this.#facts.blocked.filter((other) => other !== participant);
    if (isBlocked && others.length >= LIMITS.blocked) {
      return { code: "invalid_request", detail: `up to ${LIMITS.blocked} participants can be blocked` };
    }
    this.#changeFacts({ blocked: isBlocked ? [...others, participant] : others });
    const number = getRoom(participant);
    const room = number === 0 ? this : this.#stub(number);
    try {
      await room.uncount(participant, isBlocked && uncount);
      return null;
    } catch {
      return UNAVAILABLE;
    }
  }

  /** Ends the session: pipes get `end`, nothing more is taken. Answers its last totals. Safe to repeat. */
  async end(actor: Actor): Promise<(SessionTotals & { endedAt: number; expiresAt: number }) | Refusal> {
    const isOver = this.#facts !== undefined && this.#facts.endedAt !== null;
    const refusal = isOver ? undefined : this.#refuseActor(actor, []);
    if (refusal) return refusal;
    if (!isOver) this.#changeFacts({ endedAt: Date.now() });
    try {
      await withTimeout(() => this.#recount(), RECOUNT_WAIT_MS);
    } catch {
      return UNAVAILABLE;
    }
    const endedAt = this.#facts?.endedAt ?? null;
    if (endedAt === null || this.#isErasing) {
      return { ...NOT_FOUND, detail: "this session was restarted, or deleted, while it ended" };
    }
    return {
      ...this.#totals(),
      endedAt,
      expiresAt: this.#kv.get<number>("expiresAt") ?? Date.now(),
    };
  }

  /** The session's course, for those who may know it; `actor` is undefined for a user. */
  history(actor: Actor | undefined, user?: string): History | Refusal {
    if (!this.#facts) return NOT_FOUND;
    const { rules, endedAt } = this.#facts;
    const refusal = actor ? this.#refuseHost(actor, ["presenter", "moderator"]) : this.#refuseReader(user);
    if (refusal) return refusal;
    const rooms = this.#countRooms();
    return { ...this.#history.read(), rooms, endedAt, publicResults: rules.publicResults };
  }

  /** A place for a user who wants to read every reaction, and up to when. */
  takeExport(user: string): ExportLease | Refusal {
    if (!this.#facts) return NOT_FOUND;
    return this.#refuseReader(user) ?? this.#exports.take(Date.now());
  }

  #refuseReader(user: string | undefined): Refusal | undefined {
    return this.#refuseName(user) ?? (this.#facts?.rules.publicResults ? undefined : NOT_PUBLIC);
  }

  /** They are still reading. */
  renewExport(lease: string): Refusal | null {
    return this.#exports.renew(lease, Date.now());
  }

  endExport(lease: string): void {
    this.#exports.end(lease);
  }

  /** Rooms that participants were sent to: numbers 0 up to here. */
  #countRooms(): number {
    return this.#kv.get<number>("rooms") ?? 1;
  }

  /** The counts of the whole session, and how many have joined it; after its end, only if `isFinal` asks for them. */
  async getTotals(isFinal = false, participant?: string): Promise<SessionTotals | Refusal> {
    if (!this.#live) return NOT_FOUND;
    const sentOut = this.#refuseName(participant);
    if (sentOut) return sentOut;
    if (this.#facts?.endedAt !== null && !isFinal) return ENDED;
    try {
      await this.#ensureWhole();
    } catch {
      return UNAVAILABLE;
    }
    return this.#totals();
  }

  #totals(): SessionTotals {
    const participants = this.#kv.get<number>("joined") ?? 0;
    return { pages: this.#subtree.toJSON(), total: this.#subtree.total, participants };
  }

  /**
   * Admits a kind of reaction that nobody has counted yet, as long as the session has room for it.
   * `stale`: the room that asks has not heard of a restart.
   */
  async admitKind(epoch: number, page: string, reaction: string): Promise<Admission> {
    await this.#ensureWhole();
    if (epoch !== this.#live?.epoch) return "stale";
    const { facts, shown } = { facts: this.#facts, shown: this.#shown.size };
    // As the host spells it, also on a page that is yet to be shown: from then on rooms spell it so unasked.
    const offered = facts && findReaction(listOffered(facts.session, facts.rules, page), reaction);
    const kind = { page, reaction: offered ?? reaction };
    return this.#admissions.admit(kind, this.#subtree, `${facts?.revision} ${shown}`, Date.now());
  }

  /** Nothing of what a room was admitted this kind for was kept. */
  releaseKind(epoch: number, page: string, reaction: string): void {
    if (epoch === this.#live?.epoch) this.#admissions.release({ page, reaction });
  }

  /** Which of these participants of one room have a place. Their room is one that counts from now on. */
  claimPlaces(participants: readonly string[]): ClaimAnswer {
    if (!this.#facts) return { placed: [], refusal: NOT_FOUND };
    const now = Date.now();
    const good = participants.filter((each) => isOfGeneration(each, this.#facts?.generation ?? 0));
    const { placed, refusal = UNAVAILABLE } = this.#places.claim(good, this.#facts, now);
    for (const participant of placed) this.#openRooms(getRoom(participant));
    if (placed.length === participants.length) return { placed, refusal: undefined };
    this.#door.touch();
    return { placed, refusal: good.length === 0 ? SENT_OUT : refusal };
  }

  /** Everyone is sent out: their names, the co-hosts' and the userToken are worth nothing from now on. */
  revoke(): { generation: number } | Refusal {
    if (!this.#facts) return NOT_FOUND;
    const generation = this.#facts.generation + 1;
    if (generation > LAST_GENERATION) {
      return { code: "invalid_request", detail: `a session can be revoked up to ${LAST_GENERATION} times` };
    }
    const { userTokenHash: _, ...session } = this.#facts.session;
    this.#coHosts.removeAll();
    this.#places.clear();
    this.#changeFacts({ generation, session });
    return { generation };
  }

  /** A room that somebody was sent to is one of the session's, and so is its ledger. */
  #openRooms(room: number): void {
    if (room >= this.#countRooms()) this.#kv.put("rooms", room + 1);
  }

  // ── Participants (every room) ──────────────────────────────────────────────────────────────

  /** Where the session stands, and where to reach it. */
  async getState(participant?: string): Promise<StateView | Refusal> {
    const refusal = (await this.#ensureRegistered()) ?? this.#refuseName(participant);
    if (refusal) return refusal;
    if (!this.#live || !this.#facts) return NOT_FOUND;
    const { page, state, version } = this.#live;
    const { apiUrl, webUiUrl, wsUrl } = this.#facts.session;
    return { page, state, version, apiUrl, webUiUrl, ...(wsUrl !== undefined && { wsUrl }) };
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
    const sentOut = this.#refuseName(participant);
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
    if (!refusal && this.#isRoot) await this.#ensureWhole().catch(() => {});
    refusal ??=
      this.#refusePipe(participant) ??
      (await this.#ensurePlace(participant)) ??
      this.#refusePipe(participant);
    if (refusal) return Response.json(refusal, { status: 409 });
    const { client, server } = this.#pipes.accept(participant);
    const role = getRole(participant);
    const people = this.#getPeopleFor(role);
    for (const message of this.#greeting(role, people)) this.#pipes.send(server, message);
    // A newcomer who has heard of more people than the others: the next turn says it to all.
    if (people !== this.#seenPeople[role]) this.#seenPeople[role] = -1;
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
      else this.#ack(socket, read.id);
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
  async register(child: number): Promise<Down | Refusal> {
    const refusal = await this.#ensureRegistered();
    if (refusal) return refusal;
    if (this.#isRoot) await this.#ensureWhole().catch(() => {});
    if (!this.#live) return NOT_FOUND;
    if (!this.#children.has(child)) {
      this.#link(child).isKnown = true; // it has nothing to report yet
      this.#kv.put("children", [...this.#children.keys()]);
    }
    const down = this.#down("whole");
    // What it is not told now it is told as soon as it is known.
    if (down && !down.news.whole) this.#children.get(child)?.tell("whole");
    return down ?? NOT_FOUND;
  }

  /** News from the parent. Answers when this room has it; after a restart, when all below have it. */
  async hear(down: Down): Promise<void> {
    if (this.#isErasing) return; // what was on its way before is for nobody
    const isRestart = this.#live !== undefined && down.live.epoch > this.#live.epoch;
    this.#adopt(down);
    if (isRestart) await this.#followed();
  }

  /** What a child and all below it have counted. Answers with everything if the child is behind. */
  async report(child: number, snapshot: Snapshot): Promise<Down | null> {
    const live = this.#live;
    const link = this.#children.get(child);
    if (!live || !link) return null;
    this.#takeSnapshot(link, snapshot);
    const isBehind = snapshot.epoch < live.epoch || snapshot.version < live.version;
    return isBehind ? (this.#down("whole") ?? null) : null;
  }

  /** The same, asked for by a parent that has just started. */
  async snapshot(): Promise<Snapshot> {
    await this.#ensureWhole();
    return this.#snapshot();
  }

  /** The same, counted anew after the end. Who has not heard of the end yet hears it here, before it counts. */
  async recount(truth: Truth): Promise<Snapshot> {
    // Who knows nothing has just been opened, or erased: what was erased does not come back.
    if (!this.#facts && (await this.#ensureRegistered())) throw new Error("knows of no session");
    this.#adoptTruth(truth);
    await this.#recount();
    return this.#snapshot();
  }

  /** Takes what a participant of this room has sent out of the counts, or puts it back. */
  async uncount(participant: string, isUncounted: boolean): Promise<void> {
    await this.#ensureRegistered();
    // Nothing of theirs is on its way any more: they are blocked.
    await this.#queue.settled();
    try {
      await this.#ledger.uncount(participant, isUncounted);
    } finally {
      this.#ownDoubts++; // also where the answer is lost
    }
    await this.#ensureOwn();
  }

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

  async #eraseAll(): Promise<void> {
    // From here on nobody gets in, so that nothing is kept behind the eraser's back.
    this.#kv.put("erasing", true);
    void this.ctx.storage.setAlarm(Date.now() + FORGET_RETRY_MS);
    this.#isErasing = true;
    this.#live = undefined;
    this.#facts = undefined;
    this.#shown.clear();
    this.#isRegistered = false;
    this.#life++;
    this.#pipes.closeAll({ type: "end" });
    // First, so that nobody finds it from here on, and last, since who read it before may have kept it again;
    // who keeps it later than that asks this room once more.
    if (this.#isRoot) await forgetInfo(this.env, this.#sessionHash);
    await this.#queue.idle();
    await this.#readingOwn?.catch(() => {});
    await Promise.all([...this.#children.values()].map((link) => link.settled()));
    await Promise.all([...this.#children.keys()].map((child) => this.#stub(child).erase()));
    await this.#ledger.erase();
    if (this.#isRoot) await forgetInfo(this.env, this.#sessionHash);
    await Promise.all([this.ctx.storage.deleteAlarm(), this.ctx.storage.deleteAll()]);
    this.#children.clear();
    this.#startOver();
    this.#hasWhole = false;
    this.#newestSeq = 0;
    this.#newsNumber = 0;
    this.#peopleEverywhere = undefined;
    this.#isGuarded = false;
    this.#placeClaims.clear();
    this.#places.forget();
    this.#isErasing = false;
  }

  /** An earlier life has not come to the end of it. */
  #goOnErasing(): void {
    if (this.#erasing) return;
    this.ctx.waitUntil(this.erase().catch((error) => logFailure("erasing failed; trying again", error)));
  }

  /**
   * Three things set the alarm: what may be left unsent when this object dies (soon), an erasing that may be
   * cut off (a minute), and the session's end (the root, in weeks).
   */
  override async alarm(): Promise<void> {
    if (this.#isErasing) {
      try {
        await this.erase();
      } catch (error) {
        logFailure("erasing failed; trying again", error);
        await this.ctx.storage.setAlarm(Date.now() + FORGET_RETRY_MS);
      }
      return;
    }
    const isOurs = this.#isGuarded;
    this.#isGuarded = false;
    if (!this.#live) return;
    if (this.#isRoot && Date.now() >= (this.#kv.get<number>("expiresAt") ?? 0)) {
      await this.#forgetIfExpired();
      return;
    }
    if (!isOurs) await this.#publishAgain();
    await this.#rearm();
  }

  // ── Readiness ──────────────────────────────────────────────────────────────────────────────

  /** Knows the session: the root from its storage, every other room from its parent, once per life. */
  #ensureRegistered(): Promise<Refusal | undefined> | Refusal | undefined {
    if (this.#isErasing) {
      this.#goOnErasing();
      return NOT_FOUND;
    }
    if (this.#isRoot) return this.#live ? undefined : NOT_FOUND;
    if (this.#isRegistered) return undefined;
    this.#registering ??= this.#register().finally(() => {
      this.#registering = undefined;
    });
    return this.#registering;
  }

  async #register(): Promise<Refusal | undefined> {
    try {
      const life = this.#life;
      for (let tries = 0; tries < REGISTER_TRIES; tries++) {
        const answer = await this.#stub(this.#parent).register(this.#room);
        if ("code" in answer) return answer;
        if (life !== this.#life) return NOT_FOUND;
        // Younger news came in meanwhile, of some pages only: ask again for all of them.
        if (answer.news.number < this.#newsNumber) continue;
        this.#adopt(answer);
        this.#isRegistered = true;
        return undefined;
      }
      return UNAVAILABLE;
    } catch {
      return UNAVAILABLE;
    }
  }

  /** Knows what its ledger and every room below it have counted. Throws when one does not answer. */
  async #ensureWhole(): Promise<void> {
    if (this.#isWhole) return;
    this.#becomingWhole ??= this.#becomeWhole().finally(() => {
      this.#becomingWhole = undefined;
    });
    await this.#becomingWhole;
  }

  async #becomeWhole(): Promise<void> {
    const epoch = this.#live?.epoch;
    const unknown = [...this.#children.values()].filter((link) => !link.isKnown);
    await Promise.all([
      this.#ensureOwn(),
      ...unknown.map(async (link) => {
        this.#takeSnapshot(link, await this.#stub(link.room).snapshot());
        link.isKnown = true;
      }),
    ]);
    this.#isWhole = epoch === this.#live?.epoch;
    if (this.#isRoot && this.#isWhole) this.#peopleEverywhere ??= this.#countPeople();
  }

  /** Asks the ledger, and every room below, for what it has at this moment, and not for what it said last. */
  async #recount(): Promise<void> {
    const [facts, live, shown] = [this.#facts, this.#live, [...this.#shown]];
    if (!facts || !live) throw new Error("knows of no session");
    await Promise.all([
      this.#queue.idle().then(async () => {
        this.#ownDoubts++;
        await this.#ensureOwn();
        if (this.#facts?.endedAt !== null) await this.#ledger.seal(live.epoch);
      }),
      ...[...this.#children.values()].map(async (link) => {
        this.#takeSnapshot(link, await this.#stub(link.room).recount({ facts, live, shown }));
      }),
    ]);
  }

  /** Knows what its own ledger has. */
  async #ensureOwn(): Promise<void> {
    while (this.#answeredDoubts !== this.#ownDoubts && this.#live) {
      this.#readingOwn ??= this.#readOwn(this.#live.epoch).finally(() => {
        this.#readingOwn = undefined;
      });
      await this.#readingOwn;
    }
  }

  /** Asks the ledger for all it has; one that missed a restart is told. */
  async #readOwn(epoch: number): Promise<void> {
    const [doubts, newestSeq] = [this.#ownDoubts, this.#newestSeq];
    let kept = await this.#ledger.totals();
    if (kept.epoch > 0 && kept.epoch < epoch) kept = await this.#ledger.begin(epoch);
    // A restart or a newer batch came in between: what was read is old news.
    const isOvertaken = this.#newestSeq !== newestSeq && kept.seq < this.#newestSeq;
    if (this.#live?.epoch !== epoch || isOvertaken) return;
    this.#ownSeq = kept.seq;
    this.#replace(this.#own, Totals.from(kept.epoch === epoch ? kept.pages : {}).toJSON(), "whole");
    this.#answeredDoubts = doubts;
  }

  // ── Reactions ──────────────────────────────────────────────────────────────────────────────

  async #submit(
    participant: string,
    given: IdentifiedReaction,
    isUrgent: boolean,
    settle: (refusal?: Refusal) => void,
  ): Promise<void> {
    let refusal =
      (await this.#ensureRegistered()) ??
      this.#refuseReaction(participant, given) ??
      this.#refuseHaste(participant);
    const epoch = this.#live?.epoch ?? 0;
    let kind: KindInUse | undefined;
    const known = refusal ? undefined : this.#kinds.find(given.page, given.reaction);
    if (!refusal && (known === undefined || !this.#hasPlace(participant))) {
      refusal = await this.#ensurePlace(participant);
      const found = refusal ?? (await this.#useKind(participant, given));
      if ("code" in found) refusal = found;
      else kind = found;
      // Meanwhile the host may have ended the session, or paused it, or blocked this participant.
      refusal ??= this.#refuseReaction(participant, given);
    }
    if (refusal || !this.#live || this.#isErasing) {
      kind?.end(false);
      settle(refusal ?? NOT_FOUND);
      return;
    }
    const reaction = { ...given, reaction: kind?.reaction ?? known ?? given.reaction };
    await new Promise<void>((resolve) => {
      this.#queue.add({
        participant,
        ...reaction,
        epoch,
        isUrgent,
        settle: (outcome) => {
          kind?.end(outcome === undefined);
          if (!outcome) this.#bursts.add({ participant, ...reaction, count: 1 });
          settle(outcome);
          resolve();
        },
      });
    });
  }

  /** A name of before everyone was sent out. */
  #refuseName(participant: string | undefined): Refusal | undefined {
    if (participant === undefined || isOfGeneration(participant, this.#facts?.generation ?? 0))
      return undefined;
    return SENT_OUT;
  }

  /** What the host says to this reaction, and to who sends it. */
  #refuseReaction(participant: string, { page, reaction }: IdentifiedReaction): Refusal | undefined {
    if (!this.#facts) return NOT_FOUND;
    const { rules, endedAt, blocked } = this.#facts;
    if (endedAt !== null) return ENDED;
    if (rules.paused) return { code: "reactions_paused", detail: "the host has paused reactions" };
    const { session } = this.#facts;
    const taken = listTaken(session, rules, page);
    if (taken && findReaction(taken, reaction) === undefined) {
      return { code: "reaction_not_allowed", detail: "the host does not take this reaction on this page" };
    }
    const isReachable = isOpen(session, rules) || this.#shown.has(page) || Object.hasOwn(rules.pages, page);
    if (!isReachable) {
      return { code: "reaction_not_allowed", detail: "the deck has not shown this page" };
    }
    const sentOut = this.#refuseName(participant);
    if (sentOut) return sentOut;
    if (blocked.includes(participant)) {
      return { code: "blocked", detail: "the host does not take your reactions" };
    }
    if (getRole(participant) === "host") {
      return { code: "not_participant", detail: "a host does not react; join as a user" };
    }
    return undefined;
  }

  #refuseHaste(participant: string): Refusal | undefined {
    const wait = this.#buckets.take(participant, Date.now());
    if (wait === 0) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${this.#settings.REACTIONS_PER_SECOND} reactions a second`,
      retryAfter: Math.ceil(wait * 10) / 10,
    };
  }

  /** Hosts need no place. */
  #hasPlace(participant: string): boolean {
    return getRole(participant) === "host" || this.#placeClaims.has(participant);
  }

  /** Why a participant has no place in the session. Asked about once, whatever they do first. */
  async #ensurePlace(participant: string): Promise<Refusal | undefined> {
    return this.#hasPlace(participant) ? undefined : this.#placeClaims.claim(participant);
  }

  async #askPlaces(participants: readonly string[]): Promise<ClaimAnswer> {
    if (this.#isRoot) return this.claimPlaces(participants);
    return withTimeout(async () => this.#stub(0).claimPlaces(participants), CLAIM_WAIT_MS);
  }

  /** How the host spells a reaction that it offers on a page that was shown, or that its rules name. */
  #findOffered(page: string, reaction: string): string | undefined {
    if (!this.#facts) return undefined;
    if (!this.#shown.has(page) && !Object.hasOwn(this.#facts.rules.pages, page)) return undefined;
    return findReaction(listOffered(this.#facts.session, this.#facts.rules, page), reaction);
  }

  /** A kind that nobody has used yet, as far as this room knows: only the root knows whether there is room for it. */
  async #useKind(
    participant: string,
    { page, reaction, id }: IdentifiedReaction,
  ): Promise<KindInUse | Refusal> {
    const known = this.#kinds.find(page, reaction);
    if (known !== undefined) return { reaction: known, end: () => {} };
    try {
      // What was kept under this id before needs no kind, and must not take one. A ledger that missed a
      // restart is told first.
      await this.#ensureOwn();
      const kept = await this.#ledger.find(participant, id);
      if (kept) {
        const isSame = kept.page === page && foldReaction(kept.reaction) === foldReaction(reaction);
        return isSame ? { reaction: kept.reaction, end: () => {} } : CONFLICT;
      }
      const used = await this.#kinds.use(participant, { page, reaction });
      if (used === "stale") return UNAVAILABLE;
      if (used === "full") return TOO_MANY_KINDS;
      if (used === "many") return TOO_MANY_FIRSTS;
      return used;
    } catch {
      return UNAVAILABLE;
    }
  }

  async #askAdmission({ page, reaction }: NewReaction): Promise<Admission> {
    const root = this.#isRoot ? this : this.#stub(0);
    return root.admitKind(this.#live?.epoch ?? 0, page, reaction);
  }

  /** If this is lost, the admission ends by itself. */
  #endAdmission({ page, reaction }: NewReaction): void {
    const epoch = this.#live?.epoch ?? 0;
    if (this.#isRoot) this.releaseKind(epoch, page, reaction);
    else
      this.ctx.waitUntil(
        this.#stub(0)
          .releaseKind(epoch, page, reaction)
          .catch(() => {}),
      );
  }

  async #append(batch: Batch): Promise<BatchAnswer> {
    const isOver = () => !this.#live || batch.epoch < this.#live.epoch;
    await this.#ensureOwn().catch((error) => {
      if (!isOver()) throw error;
    });
    // A ledger that never heard of the time before a restart would keep what belongs to it.
    if (isOver()) return { kept: false, epoch: this.#live?.epoch ?? batch.epoch };
    const answer = await this.#ledger.append(batch).catch((error) => {
      this.#ownDoubts++; // it may have been kept all the same
      throw error;
    });
    if (!answer.kept) return answer;
    if (!isOver()) this.#newestSeq = answer.seq;
    if (!isOver() && answer.previous === this.#ownSeq) {
      this.#ownSeq = answer.seq;
      this.#replace(this.#own, answer.pages);
    } else {
      // Something else changed them, such as a batch that came to be kept after it had been given up;
      // or this one was kept by a ledger that did not know of a restart, and is told of it here.
      this.#ownDoubts++;
      await this.#ensureOwn().catch(() => {}); // these are kept, whatever becomes of the sum
    }
    return answer;
  }

  /** Said with the others of the same batch. */
  #ack(socket: WebSocket, id: string): void {
    const ids = this.#acks.get(socket);
    if (ids) ids.push(id);
    else this.#acks.set(socket, [id]);
  }

  #sendAcks(): void {
    for (const [socket, ids] of this.#acks) this.#pipes.send(socket, { type: "ack", ids });
    this.#acks.clear();
  }

  // ── Pipes ──────────────────────────────────────────────────────────────────────────────────

  #refusePipe(participant: string): Refusal | undefined {
    if (!this.#facts) return NOT_FOUND;
    if (this.#facts.endedAt !== null) return ENDED;
    // First: sending everybody out takes the invitations back, too.
    const sentOut = this.#refuseName(participant);
    if (sentOut) return sentOut;
    const removed = this.#coHosts.all.some(
      (each) => each.participant === participant && each.removedAt !== null,
    );
    if (removed) return REMOVED;
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
  *#greeting(role: Role, people: number): Generator<ServerMessage> {
    if (!this.#live || !this.#facts) return;
    yield sayState(this.#live);
    const total = this.#isRoot ? this.#everywhere.total : this.#totalEverywhere;
    yield { type: "reactions", pages: this.#everywhere.toJSON(), total, whole: true };
    yield { type: "presence", participants: people };
    if (isSaying(this.#facts.rules)) yield sayRules(this.#facts.rules);
    if (role !== "host") return;
    if (this.#coHosts.all.length > 0) yield { type: "driver", driver: this.#coHosts.driver };
    const door = this.#getDoor(this.#facts);
    if (!isTelling(this.#facts, door.waiting)) return;
    yield door;
    this.#door.touch();
  }

  /** On waking, and now and then while awake: presence counts no ghosts. */
  #closeSilent(): void {
    const now = Date.now();
    if (!this.#live || Math.abs(now - this.#lastSweep) < SWEEP_MS) return;
    this.#lastSweep = now;
    if (this.#pipes.closeSilent(now)) this.#peopleChanged();
  }

  #endPipe(socket: WebSocket, code: number): void {
    const participant = getParticipant(socket);
    this.#pipes.end(socket, code);
    this.#acks.delete(socket);
    if (participant !== "" && this.#pipes.pipesOf(participant) === 0) this.#peopleChanged();
  }

  // ── State and counts, as they come in ──────────────────────────────────────────────────────

  /** Why `actor` may not act in this session: it is none, it is over, or it is not theirs to do. */
  #refuseActor(actor: Actor, roles: readonly CoHostRole[]): Refusal | undefined {
    if (!this.#facts) return NOT_FOUND;
    if (this.#facts.endedAt !== null) return ENDED;
    return this.#refuseHost(actor, roles);
  }

  /** The same, also after the end. */
  #refuseHost(actor: Actor, roles: readonly CoHostRole[]): Refusal | undefined {
    const sentOut = actor.role === "host" ? this.#refuseName(actor.participant) : undefined;
    return sentOut ?? this.#coHosts.refuse(actor, roles);
  }

  #sayDriver(): { driver: string } {
    const { driver } = this.#coHosts;
    this.#pipes.broadcast("host", [{ type: "driver", driver }]);
    return { driver };
  }

  #setFacts(facts: Omit<Facts, "revision">): void {
    const changed = { ...facts, revision: Math.max((this.#facts?.revision ?? 0) + 1, Date.now()) };
    this.#kv.put("facts", changed);
    this.#facts = changed;
  }

  /** The root changes what is so: kept first, then said to the sockets and to the rooms below. */
  #changeFacts(change: Partial<Omit<Facts, "revision">>): void {
    if (!this.#facts) return;
    const before = this.#facts;
    this.#setFacts({ ...before, ...change });
    this.#sayFacts(before);
    // Hosts may have heard in an earlier life of this room how the door was.
    const door = JSON.stringify(this.#getDoor(before));
    if (this.#seenDoor === "" && door !== JSON.stringify(this.#getDoor(this.#facts))) this.#seenDoor = door;
    this.#door.touch();
  }

  /** Tells sockets and children how the facts differ from those before. */
  #sayFacts(before: Facts | undefined): void {
    if (!this.#facts) return;
    this.#tellChildren();
    const { rules, endedAt, generation } = this.#facts;
    if (generation !== (before?.generation ?? 0)) this.#sendOut();
    const [said, saidBefore] = [sayRules(rules), sayRules(before?.rules ?? Rules.parse({}))];
    if (JSON.stringify(said) !== JSON.stringify(saidBefore)) this.#pipes.broadcast("everyone", [said]);
    if (endedAt !== null && (before?.endedAt ?? null) === null) {
      this.#pipes.closeAll({ type: "end" });
      this.#peopleChanged();
    }
  }

  /** Everyone's name has become void. */
  #sendOut(): void {
    this.#placeClaims.clear();
    for (const { participant } of this.#coHosts.all) {
      this.#pipes.closeOf(participant, { type: "error", ...REMOVED });
    }
    this.#pipes.closeAll({ type: "error", ...SENT_OUT }, 1008);
    this.#peopleChanged();
  }

  #setLive(live: Live, shown: readonly string[]): void {
    this.#kv.put("live", live);
    if (shown.length !== this.#shown.size || live.epoch !== this.#live?.epoch) {
      this.#kv.put("shown", shown);
      this.#shown = new Set(shown);
    }
    this.#live = live;
  }

  /** What was stored before the list came has it in the session's course; rooms below hear it. */
  #readShown(): readonly string[] {
    if (!this.#live) return [];
    if (!this.#isRoot) return [this.#live.page];
    const pages = new Set(this.#history.read().states.map(({ page }) => page));
    return [...pages.add(this.#live.page)].slice(0, LIMITS.shownPages);
  }

  /** The pages that were shown, this one among them. */
  #listShown(page: string): readonly string[] {
    const shown = [...this.#shown];
    return this.#shown.has(page) || shown.length >= LIMITS.shownPages ? shown : [...shown, page];
  }

  /** A newer state: kept first, then sent to the rooms below, who have as many to tell, and to the sockets. */
  #adoptLive(live: Live, shown: readonly string[]): void {
    const isRestart = this.#live !== undefined && live.epoch > this.#live.epoch;
    this.#setLive(live, shown);
    if (isRestart) {
      this.#startOver();
      this.#renumberNews();
    }
    this.#tellChildren(isRestart ? "whole" : []);
    const messages: ServerMessage[] = [sayState(live)];
    if (isRestart) messages.push({ type: "reactions", pages: {}, total: 0, whole: true });
    this.#pipes.broadcast("everyone", messages);
    if (isRestart) this.#touch();
  }

  /** Takes over what the parent says, as far as it is newer. */
  #adopt({ news, ...truth }: Down): void {
    if (this.#adoptTruth(truth)) this.#adoptNews(news);
  }

  /** @returns false when it is of the time before a restart, and so all that comes with it */
  #adoptTruth({ facts, live, shown = [live.page] }: Truth): boolean {
    if (this.#live && live.epoch < this.#live.epoch) return false;
    if (facts.revision > (this.#facts?.revision ?? 0)) {
      const before = this.#facts;
      this.#kv.put("facts", facts);
      this.#facts = readFacts(facts);
      this.#sayFacts(before);
    }
    if (!this.#live || live.epoch > this.#live.epoch || live.version > this.#live.version)
      this.#adoptLive(live, shown);
    // A room that stored this state before there was the list has the pages from here.
    else if (live.version === this.#live.version && shown.length > this.#shown.size)
      this.#setLive(live, shown);
    return true;
  }

  #adoptNews(news: News): void {
    // The answers to `register` and `report` may come after younger news.
    if (news.number < this.#newsNumber) return;
    this.#newsNumber = news.number;
    this.#totalEverywhere = news.total;
    if (news.whole) {
      this.#everywhere = Totals.from(news.pages);
      this.#hasWhole = true;
    } else
      for (const [page, reactions] of Object.entries(news.pages)) this.#everywhere.setPage(page, reactions);
    this.#peopleEverywhere = news.people ?? this.#peopleEverywhere;

    const messages: ServerMessage[] = [];
    if (news.whole && !this.#hasSeenWhole.user) {
      messages.push({ type: "reactions", pages: news.pages, total: news.total, whole: true });
      this.#hasSeenWhole.user = true;
    } else if (Object.keys(news.pages).length > 0) {
      messages.push({ type: "reactions", pages: news.pages, total: news.total });
    }
    if (news.people !== undefined && news.people !== this.#seenPeople.user) {
      messages.push({ type: "presence", participants: news.people });
      this.#seenPeople.user = news.people;
    }
    if (messages.length === 0) return;
    this.#pipes.broadcast("user", messages);
    this.#tellChildren(news.whole ? "whole" : Object.keys(news.pages));
  }

  /** After a restart nothing of what was counted before is true any more. */
  #startOver(): void {
    this.#own = new Totals();
    this.#ownDoubts++;
    this.#subtree = new Totals();
    this.#everywhere = this.#isRoot ? this.#subtree : new Totals();
    this.#totalEverywhere = 0;
    this.#hasWhole = true; // there is nothing, everywhere
    this.#kinds.clear();
    this.#admissions.clear();
    this.#isWhole = false;
    for (const link of this.#children.values()) link.forget();
    this.#unpublished.host.clear();
    this.#unpublished.user.clear();
  }

  #takeSnapshot(link: ChildLink, snapshot: Snapshot): void {
    if (this.#children.get(link.room) !== link) return; // of a session that was deleted since
    if (snapshot.epoch === this.#live?.epoch && snapshot.seq >= link.seq) {
      link.seq = snapshot.seq;
      link.latest = snapshot.latest;
      link.isKnown = true;
      this.#replace(link.totals, snapshot.pages, "whole");
    }
    for (const burst of snapshot.bursts) this.#bursts.add(burst);
    const people = JSON.stringify(link.people) !== JSON.stringify(snapshot.people);
    link.people = snapshot.people;
    for (const [room, count] of Object.entries(snapshot.people)) this.#seating.report(Number(room), count);
    if (people) this.#peopleChanged();
  }

  /** Replaces pages of one source and keeps the sum over all sources right. */
  #replace(source: Totals, pages: Pages, whole?: "whole"): void {
    const given = new Map(Object.entries(pages));
    const named = new Set([...given.keys(), ...(whole ? source.pages() : [])]);
    const changed: string[] = [];
    for (const page of named) {
      const changes = source.setPage(page, given.get(page) ?? {});
      for (const [reaction, difference] of changes) this.#subtree.add(page, reaction, difference);
      if (changes.length > 0) changed.push(page);
    }
    if (changed.length > 0) this.#countsChanged(changed);
  }

  // ── Publishing ─────────────────────────────────────────────────────────────────────────────

  #countsChanged(pages: readonly string[]): void {
    this.#renumberNews();
    for (const page of pages) {
      this.#unpublished.host.add(page);
      this.#unpublished.user.add(page);
    }
    this.#touch();
  }

  #renumberNews(): void {
    if (this.#isRoot) this.#newsNumber = Math.max(this.#newsNumber + 1, Date.now());
  }

  #peopleChanged(): void {
    this.#renumberNews();
    this.#seating.report(this.#room, this.#pipes.people);
    if (this.#isRoot && this.#live) {
      if (this.#isWhole) this.#history.countPeople(this.#countPeople(), Date.now());
      this.#people.touch();
      this.#guard();
    }
    this.#touch(this.#countPeople() > LIMITS.crowd ? this.#calm : this.#slow);
  }

  /** Someone has to hear something: the hosts or the parent soon, the users and the rooms below later. */
  #touch(later = this.#slow): void {
    if (!this.#live) return;
    if (this.#isRoot && this.#pipes.isEmpty && this.#children.size === 0) {
      // Nobody is there to hear it; who comes later gets everything anyway.
      this.#unpublished.host.clear();
      this.#unpublished.user.clear();
      return;
    }
    this.#fast.touch();
    if (this.#isRoot) later.touch();
    this.#guard();
  }

  /** The root's turn: sums up what has changed for the hosts, or for the users and the rooms below. */
  async #publishTo(role: Role): Promise<void> {
    try {
      await this.#ensureWhole();
    } catch {
      this.#touch();
      return;
    }
    if (!this.#live) return;
    this.#closeSilent();
    const pages = [...this.#unpublished[role]];
    this.#unpublished[role].clear();
    const messages: ServerMessage[] = [];
    if (!this.#hasSeenWhole[role]) {
      messages.push({
        type: "reactions",
        pages: this.#subtree.toJSON(),
        total: this.#subtree.total,
        whole: true,
      });
    } else if (pages.length > 0) {
      messages.push({ type: "reactions", pages: this.#subtree.pick(pages), total: this.#subtree.total });
    }
    const people = this.#getPeopleFor(role);
    if (people !== this.#seenPeople[role]) messages.push({ type: "presence", participants: people });
    this.#seenPeople[role] = people;
    this.#pipes.broadcast(role, messages);
    if (role === "host") {
      const bursts = this.#bursts.take();
      if (bursts.length > 0) this.#pipes.broadcast("host", [{ type: "bursts", bursts }]);
    } else {
      if (this.#isWhole) this.#isCrowdDue = false;
    }
    if (role === "user") this.#tellChildren(this.#hasSeenWhole.user ? pages : "whole");
    this.#hasSeenWhole[role] = true;
  }

  /** The session's course tells how many people there are, also when the last one has gone. */
  async #notePeople(): Promise<void> {
    try {
      await this.#ensureWhole();
      if (this.#live) this.#history.notePeople(this.#countPeople(), Date.now());
    } catch {
      this.#people.touch();
    }
  }

  /** Hosts hear of newcomers who wait and, as long as there are any, when there are no more. */
  #sayDoor(): void {
    if (!this.#facts) return;
    const door = this.#getDoor(this.#facts);
    if (door.waiting > 0 && this.#pipes.hasHosts) this.#door.touch();
    const said = JSON.stringify(door);
    const isNews = this.#seenDoor === "" ? isTelling(this.#facts, door.waiting) : this.#seenDoor !== said;
    if (!isNews) return;
    this.#seenDoor = said;
    this.#pipes.broadcast("host", [door]);
  }

  #getDoor(facts: Facts) {
    const waiting = this.#places.countWaiting(Date.now());
    const { isClosed } = facts.rules;
    return { type: "door", waiting, perMinute: getPace(facts), isClosed } as const satisfies ServerMessage;
  }

  /** Every other room's turn: its parent hears what this room and all below it have counted. */
  async #report(): Promise<void> {
    if (!this.#live) return;
    this.#closeSilent();
    try {
      await this.#ensureWhole();
      const life = this.#life;
      const snapshot = { ...this.#snapshot(), bursts: this.#bursts.take() };
      const down = await this.#stub(this.#parent).report(this.#room, snapshot);
      if (down && life === this.#life) this.#adopt(down);
    } catch {
      this.#touch();
    }
  }

  #snapshot(): Snapshot {
    const links = [...this.#children.values()];
    return {
      epoch: this.#live?.epoch ?? 0,
      version: this.#live?.version ?? 0,
      seq: links.reduce((sum, link) => sum + link.seq, this.#ownSeq),
      latest: Math.max(this.#ownSeq, ...links.map((link) => link.latest)),
      pages: this.#subtree.toJSON(),
      people: Object.assign({}, ...links.map((link) => link.people), { [this.#room]: this.#pipes.people }),
      bursts: [],
    };
  }

  #countPeople(): number {
    let people = this.#pipes.people;
    for (const link of this.#children.values()) {
      for (const count of Object.values(link.people)) people += count;
    }
    return people;
  }

  /** What they are to hear: hosts how many there are, users of a crowd how many there were at its last turn. */
  #getPeopleFor(role: Role): number {
    const people = this.#countPeople();
    if (role === "host") return people;
    const isDue = people <= LIMITS.crowd || this.#isCrowdDue;
    if (this.#isRoot && this.#isWhole && isDue) {
      // Of two answers with one number, the older could come last.
      if (people !== this.#peopleEverywhere) this.#renumberNews();
      this.#peopleEverywhere = people;
    }
    return this.#peopleEverywhere ?? people;
  }

  #tellChildren(pages: readonly string[] | "whole" = []): void {
    if (this.#children.size === 0) return;
    for (const link of this.#children.values()) link.tell(pages);
    this.#guard();
  }

  #down(pages: Iterable<string> | "whole"): Down | undefined {
    if (!this.#facts || !this.#live || this.#isErasing) return undefined;
    const everywhere = this.#everywhere;
    // Who does not know all counts yet does not pass for knowing: they would be lower than they are.
    const whole = pages === "whole" && (this.#isRoot ? this.#isWhole : this.#hasWhole);
    const some = pages === "whole" ? [] : pages;
    return {
      facts: this.#facts,
      live: this.#live,
      shown: [...this.#shown],
      news: {
        number: this.#newsNumber,
        whole,
        pages: whole ? everywhere.toJSON() : everywhere.pick(some),
        total: this.#isRoot ? everywhere.total : this.#totalEverywhere,
        people: this.#peopleEverywhere,
      },
    };
  }

  /**
   * Resolves when all rooms below have followed a restart, this room's ledger has, and
   * nothing is on its way to it; or when time is up.
   */
  async #followed(): Promise<void> {
    const everyone = [
      this.#ensureOwn(),
      this.#queue.idle(),
      ...[...this.#children.values()].map((link) => link.settled()),
    ];
    await withTimeout(() => Promise.allSettled(everyone), FOLLOW_WAIT_MS).catch(() => {});
  }

  // ── The alarm ──────────────────────────────────────────────────────────────────────────────

  get #isUnsent(): boolean {
    return (
      this.#fast.isPending ||
      this.#slow.isPending ||
      this.#calm.isPending ||
      this.#people.isPending ||
      [...this.#children.values()].some((link) => link.isBehind)
    );
  }

  /** Makes sure that what is unsent gets sent, even if this object dies first. */
  #guard(): void {
    if (this.#isGuarded) return;
    this.#isGuarded = true;
    void this.ctx.storage.setAlarm(Date.now() + GUARD_MS);
  }

  async #rearm(): Promise<void> {
    if (this.#isUnsent) this.#guard();
    else if (this.#isRoot && !this.#isGuarded) {
      await this.ctx.storage.setAlarm(this.#kv.get<number>("expiresAt") ?? Date.now());
    }
  }

  /** An earlier life left something unsent: everyone hears everything once more. */
  async #publishAgain(): Promise<void> {
    const refusal = await this.#ensureRegistered();
    if (refusal) {
      // The session was erased while this room could not be reached.
      if (refusal.code === "session_not_found") await this.erase();
      return;
    }
    this.#tellChildren("whole");
    if (!this.#live) return;
    this.#pipes.broadcast("everyone", [sayState(this.#live)]);
    this.#peopleChanged();
  }

  /** Only here a session ends by itself: when nothing has happened for the whole retention. */
  async #forgetIfExpired(): Promise<void> {
    try {
      await this.#ensureWhole();
      const activeAt = this.#kv.get<number>("activeAt") ?? 0;
      const last = Math.max(this.#live?.at ?? 0, activeAt, this.#snapshot().latest);
      const expiresAt = last + (this.#facts?.session.retentionDays ?? LIMITS.retentionDays) * DAY_MS;
      if (expiresAt <= Date.now()) {
        await this.erase();
        return;
      }
      this.#kv.put("expiresAt", expiresAt);
      await this.#rearm();
    } catch (error) {
      logFailure("forgetting failed; trying again", error);
      await this.ctx.storage.setAlarm(Date.now() + FORGET_RETRY_MS);
    }
  }

  /** Someone joined or hosts: the session lives on. Kept by the minute, to save writes. */
  #activeNow(): void {
    const now = Date.now();
    if (Math.abs(now - (this.#kv.get<number>("activeAt") ?? 0)) > 60_000) this.#kv.put("activeAt", now);
  }

  // ── Names ──────────────────────────────────────────────────────────────────────────────────

  get #parent(): number {
    return getParent(this.#room, this.#settings.ROOM_FANOUT) ?? 0;
  }

  #stub(room: number): DurableObjectStub<SessionRoom> {
    return roomNamed(this.env, this.#sessionHash, room);
  }

  #link(child: number): ChildLink {
    const link = new ChildLink(child, async (whole, pages) => {
      const down = this.#down(whole ? "whole" : pages);
      if (!down) return;
      await this.#stub(child).hear(down);
      if (!whole || down.news.whole) return;
      // The state did not wait for the counts; they follow as soon as they are known.
      await (this.#isRoot ? this.#ensureWhole() : this.#ensureRegistered());
      throw new Error("the counts are yet to be sent");
    });
    this.#children.set(child, link);
    return link;
  }
}

/** What was stored before a field came has its default; and so has what a parent sends that is yet to be deployed anew. */
const readFacts = (facts: Facts | undefined): Facts | undefined =>
  facts && {
    ...facts,
    generation: facts.generation ?? 0,
    session: Session.parse(facts.session),
    rules: Rules.parse(facts.rules),
  };

/** Whether a host who has heard nothing of the door has to hear of it. */
const isTelling = ({ rules }: Facts, waiting: number) =>
  waiting > 0 || rules.isClosed || rules.joinsPerMinute !== null;

const logFailure = (message: string, error: unknown) =>
  console.error(JSON.stringify({ message, error: String(error) }));

/** Whether there is anything to say about the rules. */
const isSaying = ({ paused, reactions, pages, anyReaction }: Rules) =>
  paused || reactions !== null || anyReaction || Object.keys(pages).length > 0;

const sayState = ({ page, state, version }: Live): ServerMessage => ({
  type: "state_change",
  page,
  state,
  version,
});

const sayRules = ({ paused, reactions, pages, anyReaction }: Rules): ServerMessage => ({
  type: "rules",
  paused,
  reactions,
  pages,
  anyReaction,
});

/** One message of a client, or why it is none; its id is kept where it can be read. */
function readMessage(message: string | ArrayBuffer): IdentifiedReaction | (Refusal & { id?: string }) {
  if (typeof message !== "string")
    return { code: "invalid_request", detail: "messages are JSON text, not binary" };
  if (byteLength(message) > LIMITS.bodyBytes) {
    return { code: "too_large", detail: `a message takes up to ${LIMITS.bodyBytes} bytes` };
  }
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return { code: "invalid_request", detail: "the message is not JSON" };
  }
  const parsed = ClientMessage.safeParse(value);
  if (parsed.success) return parsed.data;
  const id = ReactionId.safeParse((value as { id?: unknown } | null)?.id);
  const { code, detail } = ProblemError.invalid(parsed.error);
  return { code, detail, ...(id.success && { id: id.data }) };
}
