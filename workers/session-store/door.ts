import { createParticipant, createRandom, getRoom, isOfGeneration } from "../../shared/protocol/identity.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { ClaimAnswer } from "./place-claims.ts";
import { getPace, Places } from "./places.ts";
import { ENDED, SENT_OUT, UNAVAILABLE } from "./refusals.ts";
import type { Facts } from "./room-message.ts";
import { Seating } from "./seating.ts";
import type { SessionState } from "./session-state.ts";
import type { SyncStorage } from "./sync-storage.ts";
import { Throttle } from "./throttle.ts";

/** Newcomers at the door are news at most this often. */
const DOOR_MS = 1000;
/** How many have joined is written at most this often: a root that dies forgets who joined in that time, and took no place. */
const JOINED_MS = 1000;

type DoorMessage = Extract<ServerMessage, { type: "door" }>;

interface DoorOptions {
  readonly storage: SyncStorage;
  readonly sql: SqlStorage;
  readonly state: SessionState;
  /** People whom one room takes. */
  readonly capacity: number;
  /** How long a place that nobody uses is kept, in milliseconds. */
  readonly placeMs: number;
  readonly hasHosts: () => boolean;
  /** Tells every host. */
  readonly say: (message: DoorMessage) => void;
}

/** Who comes in: places, the pace, which room each gets, and what hosts hear of who waits. Kept by the root alone. */
export class Door {
  readonly #options: DoorOptions;
  readonly #places: Places;
  readonly #seating: Seating;
  readonly #news = new Throttle(DOOR_MS, () => this.#sayNews());
  readonly #counting = new Throttle(JOINED_MS, () => this.#writeJoined());
  /** As in storage, once it was read. */
  #rooms: number | undefined;
  #joined: number | undefined;
  /** Joined, and not written yet. */
  #newcomers = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#places = new Places(options.sql, options.placeMs);
    this.#seating = new Seating(options.capacity);
  }

  /** Rooms that participants were sent to: numbers 0 up to here. Each has a ledger. */
  get rooms(): number {
    this.#rooms ??= this.#options.storage.get<number>("rooms") ?? 1;
    return this.#rooms;
  }

  /** How many have joined. */
  get joined(): number {
    this.#joined ??= this.#options.storage.get<number>("joined") ?? 0;
    return this.#joined + this.#newcomers;
  }

  /** The session's root starts, with a session that is there already. */
  load(): void {
    this.#places.start(this.joined);
  }

  /** A session begins. */
  begin(): void {
    this.#places.start();
    this.#keepJoined(0);
  }

  /** So many are expected: there are rooms for all of them from the start. */
  expect(people: number): void {
    this.#keepRooms(Math.max(this.#seating.roomsFor(people), this.rooms));
  }

  /** A name in a room for somebody new, or why there is none. This turn gains no `await`: it finds a seat, and counts it. */
  enter(facts: Facts, now: number): { participant: string } | Refusal {
    const isOver = facts.endedAt !== null;
    // Whoever comes after the end may still read, where the host lets them.
    if (isOver && !facts.rules.publicResults) return ENDED;
    const refusal = isOver ? this.#places.refuseHaste(facts, now) : this.#places.refuse(facts, now);
    if (refusal) {
      this.#news.schedule();
      return refusal;
    }
    const { rooms } = this;
    const seat = this.#seating.take(rooms, now);
    if (seat === undefined) {
      return { code: "rate_limited", detail: "too many people join at this moment", retryAfter: 1 };
    }
    if (isOver) {
      // Who only reads takes no place and opens no room: one that is there will do.
      this.#places.pass(now);
      return { participant: createParticipant("user", seat % rooms, createRandom(), facts.generation) };
    }
    const participant = createParticipant("user", seat, createRandom(), facts.generation);
    this.#newcomers++;
    this.#counting.schedule();
    this.#openRoom(seat);
    this.#places.reserve(participant, now);
    return { participant };
  }

  /**
   * Which of these participants of one room have a place. Their room is one that counts from now on.
   * @param withOthers the room has just woken: it hears of everybody in it who has one
   */
  claim(participants: readonly string[], facts: Facts, now: number, withOthers = false): ClaimAnswer {
    const good = participants.filter((each) => isOfGeneration(each, facts.generation));
    const { placed, refusal = UNAVAILABLE } = this.#places.claim(good, facts, now);
    // Whoever has a place is one of those who joined, and both are written at once.
    this.#writeJoined();
    for (const participant of placed) this.#openRoom(getRoom(participant));
    const [first] = good;
    const told = withOthers && first !== undefined ? this.#places.list(getRoom(first)) : placed;
    if (placed.length === participants.length) return { placed: told, refusal: undefined };
    this.#news.schedule();
    return { placed: told, refusal: good.length === 0 ? SENT_OUT : refusal };
  }

  /** So many people are in a room now. */
  seat(room: number, people: number): void {
    this.#seating.report(room, people);
  }

  /** All names are void, and so are their places. */
  sendOut(): void {
    this.#places.clear();
  }

  /** The session is erased; its storage is emptied by whoever erases it. */
  clear(): void {
    this.#places.forget();
    this.#rooms = undefined;
    this.#joined = undefined;
    this.#newcomers = 0;
  }

  /** The rules have changed, or somebody waits: hosts hear it if it is news. */
  schedule(): void {
    this.#news.schedule();
  }

  /** What a host who comes in hears of it; undefined where there is nothing to tell. */
  greet(facts: Facts): DoorMessage | undefined {
    const message = this.#read(facts);
    if (!isTelling(message, facts)) return undefined;
    this.#news.schedule();
    return message;
  }

  /** Hosts hear of newcomers who wait and, as long as there are any, when there are no more. */
  #sayNews(): void {
    const { state, storage, hasHosts, say } = this.#options;
    if (!state.facts) return;
    const message = this.#read(state.facts);
    if (message.waiting > 0 && hasHosts()) this.#news.schedule();
    // In storage: whoever heard it goes on to know it when this object has died.
    const heard = storage.get<DoorMessage>("door");
    const isNews = heard ? !isSame(heard, message) : isTelling(message, state.facts);
    if (!isNews) return;
    storage.put("door", message);
    say(message);
  }

  #read(facts: Facts): DoorMessage {
    const waiting = this.#places.countWaiting(Date.now());
    return { type: "door", waiting, perMinute: getPace(facts), isClosed: facts.rules.isClosed };
  }

  /** A room that somebody was sent to is one of the session's, and so is its ledger. */
  #openRoom(room: number): void {
    if (room >= this.rooms) this.#keepRooms(room + 1);
  }

  #keepRooms(rooms: number): void {
    this.#options.storage.put("rooms", rooms);
    this.#rooms = rooms;
  }

  #writeJoined(): void {
    if (this.#newcomers > 0) this.#keepJoined(this.joined);
  }

  #keepJoined(joined: number): void {
    this.#options.storage.put("joined", joined);
    this.#joined = joined;
    this.#newcomers = 0;
  }
}

/** Whether a host who has heard nothing of the door has to hear of it. */
const isTelling = ({ waiting, isClosed }: DoorMessage, { rules }: Facts) =>
  waiting > 0 || isClosed || rules.joinsPerMinute !== null;

const isSame = (one: DoorMessage, other: DoorMessage) =>
  one.waiting === other.waiting && one.perMinute === other.perMinute && one.isClosed === other.isClosed;
