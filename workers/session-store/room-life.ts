import { logFailure } from "../lib/log-failure.ts";
import { RoomAlarm } from "./room-alarm.ts";
import { type ErasableStorage, RoomEraser } from "./room-eraser.ts";

/** `gone`: there is no session any more; `unreached`: nobody can say whether there is. */
export type Publishing = "done" | "gone" | "unreached";

interface RoomLifeOptions {
  readonly storage: ErasableStorage;
  /** When the session is to be forgotten, if nothing happens in it; undefined in every room but the root. */
  readonly expiresAt: () => number | undefined;
  /** When the next activity closes by itself; undefined in every room but the root. */
  readonly closesAt: () => number | undefined;
  readonly closeDue: () => void;
  /** When the session's join code leads nowhere any more; undefined in every room but the root. */
  readonly joinCodeFreesAt: () => number | undefined;
  readonly freeJoinCode: () => Promise<void>;
  /** Something has changed in the last seconds. */
  readonly noteChanges: () => void;
  /** Something is yet to be said to somebody. */
  readonly isUnsent: () => boolean;
  /** An earlier life left something unsent: everyone hears everything once more. */
  readonly publishAgain: () => Promise<Publishing>;
  /** Whether nothing has happened for the whole retention; where something has, the date is moved. Throws when a room does not answer. */
  readonly isExpired: () => Promise<boolean>;
  /** See `RoomEraser`. */
  readonly closeDoors: () => void;
  readonly eraseElsewhere: () => Promise<void>;
  readonly clear: () => void;
  readonly waitUntil: (promise: Promise<unknown>) => void;
}

/** One room's life: what wakes it, what its next life finishes if it dies, and how it ends. */
export class RoomLife {
  readonly #options: RoomLifeOptions;
  readonly #alarm: RoomAlarm<"erase" | "expire" | "close" | "joinCode">;
  readonly #eraser: RoomEraser;

  constructor(options: RoomLifeOptions) {
    this.#options = options;
    const { storage, expiresAt, closesAt, joinCodeFreesAt, closeDoors, eraseElsewhere, clear, waitUntil } =
      options;
    this.#alarm = new RoomAlarm(storage, {
      erase: () => this.#eraser.retryAt,
      expire: expiresAt,
      close: closesAt,
      joinCode: joinCodeFreesAt,
    });
    this.#eraser = new RoomEraser({
      storage,
      closeDoors,
      eraseElsewhere,
      clear: () => {
        clear();
        this.#alarm.clear();
      },
      waitUntil,
    });
  }

  /** Makes sure that what is unsent gets sent, even if this object dies first. */
  guard(): void {
    this.#alarm.guard();
  }

  /** A date that wakes the room may have changed. */
  async rearm(): Promise<void> {
    if (this.#options.isUnsent()) this.guard();
    await this.#alarm.rearm();
  }

  /** The alarm went off. */
  async wake(): Promise<void> {
    const { closeDue, freeJoinCode } = this.#options;
    const { due, isInherited } = this.#alarm.ring(Date.now());
    if (due.includes("close")) closeDue();
    if (due.includes("erase")) await this.#try("erasing", () => this.erase());
    else if (due.includes("expire")) await this.#try("forgetting", () => this.#forgetIfExpired());
    else if (due.includes("joinCode")) {
      await this.#try("freeing a join code", async () => {
        await freeJoinCode();
        await this.#goOn(isInherited);
      });
    } else await this.#goOn(isInherited);
  }

  /** From the first step of an erasing to the last, and through every death in between. */
  get isErasing(): boolean {
    return this.#eraser.isErasing;
  }

  /**
   * Forgets this room, all below it, and their ledgers. What has begun comes to its end by itself, through every
   * death: until then there is no session, and none can be started in its place.
   */
  erase(): Promise<void> {
    return this.#eraser.erase();
  }

  /** Goes on with an erasing that an earlier life has begun. */
  resumeErasing(): void {
    this.#eraser.resume();
  }

  async #goOn(isInherited: boolean): Promise<void> {
    this.#options.noteChanges();
    await this.rearm();
    if (isInherited) await this.#takeOver();
  }

  /** What an earlier life has not sent is sent by this one, as soon as the session can be reached. */
  async #takeOver(): Promise<void> {
    const found = await this.#options.publishAgain();
    // The session was erased while this room could not be reached.
    if (found === "gone") await this.erase();
    if (found === "unreached") await this.#alarm.retrySoon();
  }

  /** Only here a session ends by itself: when nothing has happened for the whole retention. */
  async #forgetIfExpired(): Promise<void> {
    await ((await this.#options.isExpired()) ? this.erase() : this.rearm());
  }

  async #try(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      logFailure(`${what} failed; trying again`, error);
      await this.#alarm.retry();
    }
  }
}
