import { LIMITS } from "../../shared/protocol/limits.ts";
import { Backoff, MOST_ASKED_S } from "./backoff.ts";
import { type ErrorCode, isTransient, type RevintError } from "./error.ts";
import { getPlace, isOwn, type Own } from "./own.ts";
import type { SafeStorage } from "./storage.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Sending for half of the time that the service remembers an id can't count twice. */
const GIVE_UP_MS = LIMITS.rememberMs / 2;
/** The service answers in a third of this, even if only `unavailable`. An answer this late got lost. */
const ANSWER_MS = 3 * LIMITS.ledgerTimeoutMs;
/** A little below what the service allows. */
const PER_SECOND = 0.9 * LIMITS.reactionsPerSecond;
const BURST = 0.9 * LIMITS.reactionsBurst;

/** Refusals of what was sent itself, also where they say when to come back. */
const DEFINITE = new Set<ErrorCode>([
  "session_not_found",
  "session_ended",
  "reactions_paused",
  "blocked",
  "activity_not_found",
  "activity_closed",
  "answer_fixed",
  "answer_not_valid",
  "too_many_words",
  "questions_off",
  "too_many_questions",
  "question_not_found",
  "question_fixed",
  "own_question",
]);
/** Refusals about the way to the service: what was sent waits until that is another one. */
const WAIT_FOR_ANOTHER_WAY = new Set<ErrorCode>([
  "missing_token",
  "invalid_token",
  "wrong_session",
  "not_host",
  "not_participant",
  "not_found",
  "method_not_allowed",
  "upgrade_required",
  "not_configured",
]);

const isDefinite = (error: RevintError): boolean =>
  DEFINITE.has(error.code) || !(WAIT_FOR_ANOTHER_WAY.has(error.code) || isTransient(error));

export interface OutboxEvents {
  kept(own: Own): void;
  refused(own: Own, error: RevintError): void;
  unconfirmed(all: readonly Own[]): void;
}

interface Entry {
  readonly own: Own;
  /** When it is given up, by the steady clock: the other one may be put right at any moment. */
  readonly until: number;
  /** When it was sent last, by the steady clock; undefined: it waits for its turn. */
  sentAt: number | undefined;
}

/**
 * What a participant sends, until someone says what became of it. It is kept in storage, so
 * that a reload loses nothing, and sent with the same id until it is answered: the service counts
 * an id once. An answer takes the place of one to the same activity that is still here, and so does a vote for the same
 * question: sent again, that one would take its place at the service. Tabs that share a storage share its list; of what
 * others have put there, each removes nothing but what it replaces.
 */
export class Outbox {
  readonly #storage: SafeStorage;
  readonly #key: string;
  readonly #events: OutboxEvents;
  readonly #entries = new Map<string, Entry>();
  readonly #bucket = new TokenBucket(PER_SECOND, BURST, performance.now());
  readonly #backoff = new Backoff();
  #pausedUntil = 0;
  #send: ((own: Own) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** @param key where in the storage the list is kept */
  constructor(storage: SafeStorage, key: string, events: OutboxEvents) {
    this.#storage = storage;
    this.#key = key;
    this.#events = events;
    // What an earlier life left was kept with the time of day. One far ahead comes from a clock that was put back since.
    for (const own of this.#read()) this.#keep(own, Math.abs(Date.now() - own.at));
    // Not before the caller had the time to listen.
    this.#schedule(0);
  }

  get pending(): readonly Own[] {
    return [...this.#entries.values()].map(({ own }) => own);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Keeps it and sends it as soon as there is a way. */
  add<T extends Own>(own: T): T {
    this.#keep(own, 0);
    this.#write([...this.#read().filter((before) => !isReplacedBy(before, own)), own]);
    for (const before of this.pending) if (isReplacedBy(before, own)) this.#entries.delete(before.id);
    this.#flush();
    return own;
  }

  /** There is a way again: whatever has no answer goes through it. */
  resume(send: (own: Own) => void): void {
    this.#send = send;
    this.#pausedUntil = 0;
    for (const entry of this.#entries.values()) entry.sentAt = undefined;
    this.#flush();
  }

  /** There is no way at the moment. */
  pause(): void {
    this.#send = undefined;
  }

  /** The service says that these are kept. */
  ack(ids: readonly string[]): void {
    this.#backoff.reset();
    for (const own of this.#remove(ids)) this.#events.kept(own);
  }

  /** The service, or the way to it, says that this one is not kept. */
  fail(id: string, error: RevintError): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (isDefinite(error)) {
      for (const own of this.#remove([id])) this.#events.refused(own, error);
      return;
    }
    entry.sentAt = undefined;
    this.#hold(error);
    this.#flush();
  }

  /** Nothing will ever be kept any more. */
  refuseAll(error: RevintError): void {
    for (const id of [...this.#entries.keys()]) {
      for (const own of this.#remove([id])) this.#events.refused(own, error);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.pause();
    clearTimeout(this.#timer);
  }

  /** Everyone waits, not only the one that was told to: what it was told is true for all. */
  #hold({ code, retryAfter }: RevintError): void {
    const now = performance.now();
    if (code === "rate_limited") {
      this.#bucket.empty(now);
      const wait = Math.min(retryAfter ?? 1, MOST_ASKED_S) * 1000 * (1 + Math.random() / 2);
      this.#pausedUntil = Math.max(this.#pausedUntil, now + wait);
    } else if (now >= this.#pausedUntil) {
      this.#pausedUntil = now + this.#backoff.next(retryAfter);
    }
  }

  /** Sends what is due, gives up what is too old, and sets the timer for what comes next. */
  #flush(): void {
    if (this.#isClosed) return;
    this.#giveUp();
    this.#dropReplaced();
    const now = performance.now();
    const due: Own[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) {
      next = Math.min(next, entry.until - now);
      if (!this.#send) continue;
      const answerIn = entry.sentAt === undefined ? 0 : entry.sentAt + ANSWER_MS - now;
      const wait = Math.max(answerIn, this.#pausedUntil - now);
      const paced = wait > 0 ? wait : this.#bucket.take(now);
      if (paced > 0) {
        next = Math.min(next, paced);
        if (answerIn <= 0) break; // those behind it wait too
        continue;
      }
      entry.sentAt = now;
      next = Math.min(next, ANSWER_MS);
      due.push(entry.own);
    }
    this.#schedule(next);
    for (const own of due) this.#send?.(own);
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = Number.isFinite(ms) ? setTimeout(() => this.#flush(), ms) : undefined;
  }

  #keep(own: Own, age: number): void {
    const until = performance.now() + GIVE_UP_MS - age;
    this.#entries.set(own.id, { own, until, sentAt: undefined });
  }

  #giveUp(): void {
    const now = performance.now();
    const old = [...this.#entries.values()].filter(({ until }) => until <= now);
    if (old.length > 0) this.#events.unconfirmed(this.#remove(old.map(({ own }) => own.id)));
  }

  /** Another tab may have sent something else since: of each place, the list holds the newest last. */
  #dropReplaced(): void {
    const replaceable = this.pending.filter((own) => getPlace(own) !== undefined);
    if (replaceable.length === 0) return;
    const newest = new Map(this.#read().map((own) => [getPlace(own), own.id]));
    for (const own of replaceable) {
      if ((newest.get(getPlace(own)) ?? own.id) !== own.id) this.#entries.delete(own.id);
    }
  }

  #remove(ids: readonly string[]): Own[] {
    const removed: Own[] = [];
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      this.#entries.delete(id);
      removed.push(entry.own);
    }
    if (removed.length > 0) {
      const gone = new Set(removed.map(({ id }) => id));
      this.#write(this.#read().filter(({ id }) => !gone.has(id)));
    }
    return removed;
  }

  /** The list in storage: also what other tabs have put there since. */
  #read(): Own[] {
    try {
      const list: unknown = JSON.parse(this.#storage.get(this.#key) ?? "[]");
      return Array.isArray(list) ? list.filter(isOwn) : [];
    } catch {
      return [];
    }
  }

  #write(list: readonly Own[]): void {
    this.#storage.set(this.#key, list.length > 0 ? JSON.stringify(list) : undefined);
  }
}

/** Whether one takes the place of the other, and they are not one and the same. */
function isReplacedBy(before: Own, own: Own): boolean {
  const place = getPlace(before);
  return place !== undefined && place === getPlace(own) && before.id !== own.id;
}
