import { DurableObject } from "cloudflare:workers";
import { getRole, type Role } from "../../shared/identity.ts";
import type { Batch, BatchAnswer } from "../../shared/ledger.ts";
import { LIMITS } from "../../shared/limits.ts";
import { ClientMessage, type ServerMessage } from "../../shared/message.ts";
import { ProblemError, type Refusal } from "../../shared/problem.ts";
import type {
  IdentifiedReaction,
  NewState,
  OpenSession,
  Session,
  SessionTotals,
  StateView,
} from "../../shared/session.ts";
import { byteLength, ReactionId } from "../../shared/text.ts";
import { type Pages, Totals } from "../../shared/totals.ts";
import { Cadence } from "./cadence.ts";
import { ChildLink } from "./child-link.ts";
import { LedgerClient } from "./ledger-client.ts";
import { getParticipant, Pipes } from "./pipes.ts";
import { ReactionQueue } from "./reaction-queue.ts";
import type { Down, Live, News, Snapshot } from "./room-message.ts";
import { RoomSettings, readRoomName, roomNamed } from "./room-name.ts";
import { getParent } from "./room-tree.ts";
import { Seating } from "./seating.ts";
import { TokenBuckets } from "./token-bucket.ts";

/** What is unsent when an object dies is sent by its next life, at most this much later. */
const GUARD_MS = 2000;
/** How long a restart waits for all rooms to follow. */
const RESTART_WAIT_MS = 5000;
/** After a failed forgetting, try again. */
const FORGET_RETRY_MS = 60_000;

const NOT_FOUND: Refusal = {
  code: "session_not_found",
  detail: "this session was never started, or it is forgotten",
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
  readonly #queue = new ReactionQueue(
    (batch) => this.#append(batch),
    () => this.#sendAcks(),
  );
  readonly #acks = new Map<WebSocket, string[]>();

  // What the session is, from storage.
  #session: Session | undefined;
  #live: Live | undefined;
  readonly #children = new Map<number, ChildLink>();

  // What has been counted, from the ledgers: in this room, in it and all below it, everywhere.
  #own = new Totals();
  #ownSeq = 0;
  #isOwnKnown = false;
  #subtree = new Totals();
  #everywhere = this.#subtree;
  #peopleEverywhere = 0;
  /** Kinds of reactions that the root has admitted and no ledger has counted yet. */
  #admitted = new Set<string>();

  // Readiness: towards the root, and towards the leaves. Neither waits for the other.
  #isRegistered = false;
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
  /** The alarm is set to catch what this life may leave unsent. */
  #isGuarded = false;

  readonly #seating: Seating;

  constructor(ctx: DurableObjectState, env: SessionStoreEnv) {
    super(ctx, env);
    const { session, room } = readRoomName(ctx.id.name);
    this.#sessionHash = session;
    this.#room = room;
    this.#settings = RoomSettings.parse(env);
    this.#buckets = new TokenBuckets(this.#settings.REACTIONS_PER_SECOND, this.#settings.REACTIONS_BURST);
    this.#seating = new Seating(this.#settings.ROOM_CAPACITY);
    if (room !== 0) this.#everywhere = new Totals();
    this.#ledger = new LedgerClient(env.REACTION_STORE, session, room);
    this.#session = this.#kv.get<Session>("session");
    this.#live = this.#kv.get<Live>("live");
    for (const child of this.#kv.get<number[]>("children") ?? []) this.#link(child);
    this.#pipes = new Pipes(ctx);
    this.#seating.report(room, this.#pipes.people);
    if (this.#live && this.#pipes.closeSilent(Date.now())) this.#peopleChanged();
  }

  get #isRoot(): boolean {
    return this.#room === 0;
  }

  // ── The session (root only) ────────────────────────────────────────────────────────────────

  /** Creates the session, or resumes it with new facts; `restart` empties it and raises its epoch. */
  async open({ session, restart }: OpenSession): Promise<{ resumed: boolean }> {
    const live = this.#live;
    const rooms = this.#seating.roomsFor(session.expectedAudience);
    this.#session = session;
    this.#kv.put("session", session);
    this.#kv.put("rooms", Math.max(rooms, this.#kv.get<number>("rooms") ?? 1));
    if (!live) {
      const now = Date.now();
      // Epochs are times, so that one that was forgotten and started anew is newer than before.
      this.#setLive({ epoch: now, version: 0, page: "0", state: "init", at: now });
      this.#kv.put("joined", 0);
      this.#kv.put("expiresAt", now + LIMITS.retentionMs);
      await this.ctx.storage.setAlarm(now + LIMITS.retentionMs);
      return { resumed: false };
    }
    if (restart) {
      const now = Date.now();
      const epoch = Math.max(live.epoch + 1, now);
      this.#adoptLive({ epoch, version: live.version + 1, page: "0", state: "init", at: now });
      await this.#followed();
    } else {
      this.#tellChildren();
    }
    return { resumed: true };
  }

  /** The session's facts; undefined, and nothing created, when there is no such session. */
  info(): Session | undefined {
    return this.#session;
  }

  /** A room for one more participant. */
  join(): { room: number } | Refusal {
    if (!this.#session) return NOT_FOUND;
    const joined = this.#kv.get<number>("joined") ?? 0;
    if (joined >= this.#session.maxParticipants) {
      return {
        code: "session_full",
        detail: `all ${this.#session.maxParticipants} places are taken`,
        retryAfter: 60,
      };
    }
    const rooms = this.#kv.get<number>("rooms") ?? 1;
    const seat = this.#seating.take(rooms, Date.now());
    if (seat === undefined) {
      return { code: "rate_limited", detail: "too many people join at this moment", retryAfter: 1 };
    }
    this.#kv.put("joined", joined + 1);
    if (seat >= rooms) this.#kv.put("rooms", seat + 1);
    return { room: seat };
  }

  /** Sets page and state for everyone. Durable, and on its way to all, when it returns. */
  setState({ page, state }: NewState): { version: number } | Refusal {
    if (!this.#live) return NOT_FOUND;
    const version = this.#live.version + 1;
    this.#adoptLive({ epoch: this.#live.epoch, version, page, state, at: Date.now() });
    return { version };
  }

  /** The counts of the whole session, and how many have joined it. */
  async getTotals(): Promise<SessionTotals | Refusal> {
    if (!this.#live) return NOT_FOUND;
    try {
      await this.#ensureWhole();
    } catch {
      return UNAVAILABLE;
    }
    const participants = this.#kv.get<number>("joined") ?? 0;
    return { pages: this.#subtree.toJSON(), total: this.#subtree.total, participants };
  }

  /** Admits a kind of reaction that nobody has counted yet, as long as the session has room for it. */
  async admitKind(epoch: number, page: string, reaction: string): Promise<boolean> {
    await this.#ensureWhole();
    if (epoch !== this.#live?.epoch) return false;
    if (this.#isKnownKind(page, reaction)) return true;
    for (const kind of this.#admitted) {
      const [knownPage, knownReaction] = JSON.parse(kind) as [string, string];
      if (this.#subtree.has(knownPage, knownReaction)) this.#admitted.delete(kind);
    }
    if (this.#subtree.kinds + this.#admitted.size >= LIMITS.kinds) return false;
    this.#admitted.add(JSON.stringify([page, reaction]));
    return true;
  }

  // ── Participants (every room) ──────────────────────────────────────────────────────────────

  /** Where the session stands, and where to reach it. */
  async getState(): Promise<StateView | Refusal> {
    const refusal = await this.#ensureRegistered();
    if (refusal) return refusal;
    if (!this.#live || !this.#session) return NOT_FOUND;
    const { page, state, version } = this.#live;
    const { apiUrl, webUiUrl, wsUrl } = this.#session;
    return { page, state, version, apiUrl, webUiUrl, ...(wsUrl !== undefined && { wsUrl }) };
  }

  /** Keeps a reaction; answers when it is durable, or why it is not. */
  react(participant: string, reaction: IdentifiedReaction): Promise<Refusal | null> {
    return new Promise((resolve) => {
      void this.#submit(participant, reaction, (refusal) => resolve(refusal ?? null));
    });
  }

  /** The upgrade to a pipe: `/{participant}`. A refusal is answered as JSON. */
  override async fetch(request: Request): Promise<Response> {
    const participant = new URL(request.url).pathname.slice(1);
    const refusal = (await this.#ensureRegistered()) ?? this.#refusePipe(participant);
    if (refusal) return Response.json(refusal, { status: 409 });
    // A root that just woke asks the rooms below it first; if one is slow, its counts follow later.
    if (this.#isRoot) await this.#ensureWhole().catch(() => {});
    const { client, server } = this.#pipes.accept(participant);
    for (const message of this.#greeting()) this.#pipes.send(server, message);
    // The newcomer has heard of more people than the others: the next turn says it to all.
    this.#seenPeople[getRole(participant)] = -1;
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
    await this.#submit(participant, read, (refusal) => {
      if (refusal) this.#pipes.send(socket, { type: "error", id: read.id, ...refusal });
      else this.#acks.set(socket, [...(this.#acks.get(socket) ?? []), read.id]);
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
    if (!this.#children.has(child)) {
      this.#link(child).isKnown = true; // it has nothing to report yet
      this.#kv.put("children", [...this.#children.keys()]);
    }
    return this.#down("whole") ?? NOT_FOUND;
  }

  /** News from the parent. Answers when this room has it; after a restart, when all below have it. */
  async hear(down: Down): Promise<void> {
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

  /** Forgets this room, all below it, and their ledgers. */
  async erase(): Promise<void> {
    this.#pipes.closeAll({ type: "end" });
    await Promise.all([...this.#children.keys()].map((child) => this.#stub(child).erase()));
    await this.#ledger.erase();
    if (this.#isRoot) await this.env.SESSION_KV.delete(this.#sessionHash);
    this.#live = undefined;
    this.#session = undefined;
    this.#isRegistered = false;
    this.#children.clear();
    this.#startOver();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /**
   * Two things set the alarm: what may be left unsent when this object dies (soon), and the
   * session's end (the root, in weeks).
   */
  override async alarm(): Promise<void> {
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
    if (this.#isRoot) return this.#live ? undefined : NOT_FOUND;
    if (this.#isRegistered) return undefined;
    this.#registering ??= this.#register().finally(() => {
      this.#registering = undefined;
    });
    return this.#registering;
  }

  async #register(): Promise<Refusal | undefined> {
    try {
      const answer = await this.#stub(this.#parent).register(this.#room);
      if ("code" in answer) return answer;
      this.#adopt(answer);
      this.#isRegistered = true;
      return undefined;
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
  }

  /** Knows what its own ledger has; a ledger that missed a restart is told. */
  async #ensureOwn(): Promise<void> {
    while (!this.#isOwnKnown && this.#live) {
      const { epoch } = this.#live;
      let kept = await this.#ledger.totals();
      if (kept.epoch > 0 && kept.epoch < epoch) kept = await this.#ledger.begin(epoch);
      if (this.#live?.epoch !== epoch || this.#isOwnKnown) continue;
      this.#ownSeq = kept.seq;
      this.#replace(this.#own, Totals.from(kept.epoch === epoch ? kept.pages : {}).toJSON(), "whole");
      this.#isOwnKnown = true;
    }
  }

  // ── Reactions ──────────────────────────────────────────────────────────────────────────────

  async #submit(
    participant: string,
    reaction: IdentifiedReaction,
    settle: (refusal?: Refusal) => void,
  ): Promise<void> {
    const refusal =
      (this.#isRoot || !this.#isRegistered ? await this.#ensureRegistered() : undefined) ??
      this.#refuseSender(participant) ??
      (this.#isKnownKind(reaction.page, reaction.reaction) ? undefined : await this.#admit(reaction));
    if (refusal || !this.#live) {
      settle(refusal ?? NOT_FOUND);
      return;
    }
    await new Promise<void>((resolve) => {
      this.#queue.add({
        participant,
        ...reaction,
        epoch: this.#live?.epoch ?? 0,
        settle: (outcome) => {
          settle(outcome);
          resolve();
        },
      });
    });
  }

  #refuseSender(participant: string): Refusal | undefined {
    if (getRole(participant) === "host") {
      return { code: "not_participant", detail: "a host does not react; join as a user" };
    }
    const wait = this.#buckets.take(participant, Date.now());
    if (wait === 0) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${this.#settings.REACTIONS_PER_SECOND} reactions a second`,
      retryAfter: Math.ceil(wait * 10) / 10,
    };
  }

  #isKnownKind(page: string, reaction: string): boolean {
    return (
      this.#subtree.has(page, reaction) ||
      this.#everywhere.has(page, reaction) ||
      this.#admitted.has(JSON.stringify([page, reaction]))
    );
  }

  /** A kind that nobody has used yet: only the root knows whether there is room for it. */
  async #admit({ page, reaction }: IdentifiedReaction): Promise<Refusal | undefined> {
    try {
      const epoch = this.#live?.epoch ?? 0;
      const root = this.#isRoot ? this : this.#stub(0);
      if (await root.admitKind(epoch, page, reaction)) {
        if (!this.#isRoot) this.#admitted.add(JSON.stringify([page, reaction]));
        return undefined;
      }
      return { code: "too_many_kinds", detail: `a session keeps up to ${LIMITS.kinds} kinds of reactions` };
    } catch {
      return UNAVAILABLE;
    }
  }

  async #append(batch: Batch): Promise<BatchAnswer> {
    await this.#ensureOwn();
    const answer = await this.#ledger.append(batch);
    if (!answer.kept || batch.epoch !== this.#live?.epoch) return answer;
    if (answer.previous === this.#ownSeq) {
      this.#ownSeq = answer.seq;
      this.#replace(this.#own, answer.pages);
    } else {
      // An earlier batch was kept although its answer got lost.
      this.#isOwnKnown = false;
      await this.#ensureOwn();
    }
    return answer;
  }

  #sendAcks(): void {
    for (const [socket, ids] of this.#acks) this.#pipes.send(socket, { type: "ack", ids });
    this.#acks.clear();
  }

  // ── Pipes ──────────────────────────────────────────────────────────────────────────────────

  #refusePipe(participant: string): Refusal | undefined {
    if (this.#pipes.pipesOf(participant) < LIMITS.pipesPerUid) return undefined;
    return {
      code: "rate_limited",
      detail: `up to ${LIMITS.pipesPerUid} pipes for one participant; close one`,
      retryAfter: 5,
    };
  }

  /** What a new pipe hears first: a late joiner or a reconnect is never behind. */
  *#greeting(): Generator<ServerMessage> {
    if (!this.#live) return;
    const { page, state, version } = this.#live;
    yield { type: "state_change", page, state, version };
    yield { type: "reactions", pages: this.#everywhere.toJSON(), total: this.#everywhere.total, whole: true };
    yield { type: "presence", participants: this.#isRoot ? this.#countPeople() : this.#peopleEverywhere };
  }

  #endPipe(socket: WebSocket, code: number): void {
    const participant = getParticipant(socket);
    this.#pipes.end(socket, code);
    this.#acks.delete(socket);
    if (participant !== "" && this.#pipes.pipesOf(participant) === 0) this.#peopleChanged();
  }

  // ── State and counts, as they come in ──────────────────────────────────────────────────────

  #setLive(live: Live): void {
    this.#live = live;
    this.#kv.put("live", live);
  }

  /** A newer state: kept first, then sent to the sockets and to the rooms below. */
  #adoptLive(live: Live): void {
    const isRestart = this.#live !== undefined && live.epoch > this.#live.epoch;
    this.#setLive(live);
    if (isRestart) this.#startOver();
    const { page, state, version } = live;
    const messages: ServerMessage[] = [{ type: "state_change", page, state, version }];
    if (isRestart) messages.push({ type: "reactions", pages: {}, total: 0, whole: true });
    this.#pipes.broadcast("host", messages);
    this.#pipes.broadcast("user", messages);
    this.#tellChildren(isRestart ? "whole" : []);
    if (isRestart) this.#touch();
  }

  /** Takes over what the parent says, as far as it is newer. */
  #adopt({ session, live, news }: Down): void {
    if (this.#live && live.epoch < this.#live.epoch) return;
    if (JSON.stringify(session) !== JSON.stringify(this.#session)) {
      this.#session = session;
      this.#kv.put("session", session);
      this.#tellChildren();
    }
    if (!this.#live || live.epoch > this.#live.epoch || live.version > this.#live.version)
      this.#adoptLive(live);
    this.#adoptNews(news);
  }

  #adoptNews(news: News): void {
    if (news.whole) this.#everywhere = Totals.from(news.pages);
    else
      for (const [page, reactions] of Object.entries(news.pages)) this.#everywhere.setPage(page, reactions);
    this.#peopleEverywhere = news.people;

    const messages: ServerMessage[] = [];
    if (news.whole && !this.#hasSeenWhole.user) {
      messages.push({ type: "reactions", pages: news.pages, total: news.total, whole: true });
      this.#hasSeenWhole.user = true;
    } else if (Object.keys(news.pages).length > 0) {
      messages.push({ type: "reactions", pages: news.pages, total: news.total });
    }
    if (news.people !== this.#seenPeople.user) {
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
    this.#isOwnKnown = false;
    this.#subtree = new Totals();
    this.#everywhere = this.#isRoot ? this.#subtree : new Totals();
    this.#admitted.clear();
    this.#isWhole = false;
    for (const link of this.#children.values()) link.forget();
    this.#unpublished.host.clear();
    this.#unpublished.user.clear();
  }

  #takeSnapshot(link: ChildLink, snapshot: Snapshot): void {
    if (snapshot.epoch === this.#live?.epoch && snapshot.seq >= link.seq) {
      link.seq = snapshot.seq;
      link.latest = snapshot.latest;
      link.isKnown = true;
      this.#replace(link.totals, snapshot.pages, "whole");
    }
    const people = JSON.stringify(link.people) !== JSON.stringify(snapshot.people);
    link.people = snapshot.people;
    for (const [room, count] of Object.entries(snapshot.people)) this.#seating.report(Number(room), count);
    if (people) this.#peopleChanged();
  }

  /** Replaces pages of one source and keeps the sum over all sources right. */
  #replace(source: Totals, pages: Pages, whole?: "whole"): void {
    const named = new Set(Object.keys(pages));
    if (whole) for (const page of source.pages()) named.add(page);
    const changed: string[] = [];
    for (const page of named) {
      const before = source.pick([page])[page] ?? {};
      const after = pages[page] ?? {};
      let isChanged = false;
      for (const reaction of new Set([...Object.keys(before), ...Object.keys(after)])) {
        const difference = (after[reaction] ?? 0) - (before[reaction] ?? 0);
        if (difference === 0) continue;
        this.#subtree.add(page, reaction, difference);
        isChanged = true;
      }
      if (!isChanged) continue;
      source.setPage(page, after);
      changed.push(page);
    }
    if (changed.length > 0) this.#countsChanged(changed);
  }

  // ── Publishing ─────────────────────────────────────────────────────────────────────────────

  #countsChanged(pages: readonly string[]): void {
    for (const page of pages) {
      this.#unpublished.host.add(page);
      this.#unpublished.user.add(page);
    }
    this.#touch();
  }

  #peopleChanged(): void {
    this.#seating.report(this.#room, this.#pipes.people);
    this.#touch();
  }

  /** Someone has to hear something: the hosts or the parent soon, the users and the rooms below later. */
  #touch(): void {
    if (!this.#live) return;
    if (this.#isRoot && this.#pipes.isEmpty && this.#children.size === 0) {
      // Nobody is there to hear it; who comes later gets everything anyway.
      this.#unpublished.host.clear();
      this.#unpublished.user.clear();
      return;
    }
    this.#fast.touch();
    if (this.#isRoot) this.#slow.touch();
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
    const pages = [...this.#unpublished[role]];
    this.#unpublished[role].clear();
    const people = this.#countPeople();
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
    if (people !== this.#seenPeople[role]) messages.push({ type: "presence", participants: people });
    this.#seenPeople[role] = people;
    this.#pipes.broadcast(role, messages);
    if (role === "user") this.#tellChildren(this.#hasSeenWhole.user ? pages : "whole");
    this.#hasSeenWhole[role] = true;
  }

  /** Every other room's turn: its parent hears what this room and all below it have counted. */
  async #report(): Promise<void> {
    try {
      await this.#ensureWhole();
      const down = await this.#stub(this.#parent).report(this.#room, this.#snapshot());
      if (down) this.#adopt(down);
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
    };
  }

  #countPeople(): number {
    let people = this.#pipes.people;
    for (const link of this.#children.values()) {
      for (const count of Object.values(link.people)) people += count;
    }
    return people;
  }

  #tellChildren(pages: readonly string[] | "whole" = []): void {
    if (this.#children.size === 0) return;
    for (const link of this.#children.values()) link.tell(pages);
    this.#guard();
  }

  #down(pages: Iterable<string> | "whole"): Down | undefined {
    if (!this.#session || !this.#live) return undefined;
    const everywhere = this.#everywhere;
    return {
      session: this.#session,
      live: this.#live,
      news: {
        whole: pages === "whole",
        pages: pages === "whole" ? everywhere.toJSON() : everywhere.pick(pages),
        total: everywhere.total,
        people: this.#isRoot ? this.#countPeople() : this.#peopleEverywhere,
      },
    };
  }

  /** Resolves when this room's ledger and all rooms below have followed a restart, or time is up. */
  async #followed(): Promise<void> {
    const everyone = [this.#ensureOwn(), ...[...this.#children.values()].map((link) => link.settled())];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, RESTART_WAIT_MS);
      void Promise.allSettled(everyone).then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  // ── The alarm ──────────────────────────────────────────────────────────────────────────────

  get #isUnsent(): boolean {
    return (
      this.#fast.isPending ||
      this.#slow.isPending ||
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
    else if (this.#isRoot) await this.ctx.storage.setAlarm(this.#kv.get<number>("expiresAt") ?? Date.now());
  }

  /** An earlier life left something unsent: everyone hears everything once more. */
  async #publishAgain(): Promise<void> {
    if (await this.#ensureRegistered()) return;
    this.#tellChildren("whole");
    if (!this.#live) return;
    const { page, state, version } = this.#live;
    this.#pipes.broadcast("host", [{ type: "state_change", page, state, version }]);
    this.#pipes.broadcast("user", [{ type: "state_change", page, state, version }]);
    this.#touch();
  }

  /** Only here a session ends by itself: when nothing has happened for the whole retention. */
  async #forgetIfExpired(): Promise<void> {
    try {
      await this.#ensureWhole();
      const last = Math.max(this.#live?.at ?? 0, this.#snapshot().latest);
      const expiresAt = last + LIMITS.retentionMs;
      if (expiresAt <= Date.now()) {
        await this.erase();
        return;
      }
      this.#kv.put("expiresAt", expiresAt);
      await this.ctx.storage.setAlarm(expiresAt);
    } catch (error) {
      console.error(JSON.stringify({ message: "forgetting failed; trying again", error: String(error) }));
      await this.ctx.storage.setAlarm(Date.now() + FORGET_RETRY_MS);
    }
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
      if (down) await this.#stub(child).hear(down);
    });
    this.#children.set(child, link);
    return link;
  }
}

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
