import { ROOMS_CEILING } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";

/** When nobody has joined for so long, whoever has not connected is not coming; in milliseconds. */
const PROMISE_MS = 30_000;

/**
 * Which room the next participant gets: the emptiest by people connected now, plus those who
 * were sent there and are still on their way. Kept in memory only; it is a matter of balance.
 */
export class Seating {
  readonly #capacity: number;
  readonly #people = new Map<number, number>();
  readonly #promised = new Map<number, number>();
  #lastPromise = 0;
  #second = 0;
  #joins = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Rooms that so many people need. */
  roomsFor(people: number): number {
    return Math.min(ROOMS_CEILING, Math.max(1, Math.ceil(people / this.#capacity)));
  }

  /** A room reports its people; those who arrived are no longer on their way. */
  report(room: number, people: number): void {
    const arrived = people - (this.#people.get(room) ?? 0);
    this.#people.set(room, people);
    if (arrived > 0) this.#promised.set(room, Math.max(0, (this.#promised.get(room) ?? 0) - arrived));
  }

  /**
   * Takes a seat in one of `rooms`, or in a new room behind them when all are full.
   * Undefined when too many have joined in this second.
   */
  take(rooms: number, now: number): number | undefined {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#joins = 0;
    }
    if (this.#joins >= LIMITS.joinsPerSecond) return undefined;
    this.#joins++;

    if (Math.abs(now - this.#lastPromise) > PROMISE_MS) this.#promised.clear();
    this.#lastPromise = now;
    let seat = 0;
    for (let room = 1; room < rooms; room++) if (this.#load(room) < this.#load(seat)) seat = room;
    if (this.#load(seat) >= this.#capacity && rooms < ROOMS_CEILING) seat = rooms;
    this.#promised.set(seat, (this.#promised.get(seat) ?? 0) + 1);
    return seat;
  }

  #load(room: number): number {
    return (this.#people.get(room) ?? 0) + (this.#promised.get(room) ?? 0);
  }
}
