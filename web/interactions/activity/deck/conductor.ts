import type { LiveActivity, StatusChange } from "../../../../shared/interactions/activity/activity.ts";
import { Backoff } from "../../../client/backoff.ts";
import { isTransient, type RevintError, toRevintError } from "../../../client/error.ts";
import { Pause } from "../../../client/pause.ts";
import type { HostSession } from "../../../client/session.ts";
import { deck as words } from "../words/en/deck.ts";
import type { DeckActivity } from "./deck-activity.ts";
import { isSameDefinition } from "./same-definition.ts";

/** Whoever flips through slides is on none of them: the deck has to rest on one for so long, in milliseconds. */
const REST_MS = 600;
/** Who comes back within this time has only slipped, in milliseconds: what leaving has closed is opened again. */
const SLIP_MS = 20_000;

/** What is used of the host's session. */
export type Desk = Pick<
  HostSession,
  "ready" | "state" | "activities" | "isDriving" | "listActivities" | "putActivity" | "setActivity" | "on"
>;

interface Parts {
  readonly desk: Desk;
  readonly activities: readonly DeckActivity[];
  /** Where the deck is; undefined while it is on no slide. */
  readonly getPage: () => string | undefined;
  /** What the speaker should know: all of it, each time. */
  readonly onTrouble: (trouble: readonly string[]) => void;
}

/** What is wanted of an activity. */
interface Wish {
  readonly change: StatusChange;
  /** The round it was made in: a next one that was begun without an answer to us is not begun again. */
  readonly round: number;
}

/** One thing to ask of the service. */
interface Task {
  /** The activity that it is about. */
  readonly id?: string;
  ask(): Promise<void>;
  /** It did not get through: is it to be asked again? */
  retry?(): void;
  fail(error: RevintError): void;
}

/**
 * Leads the activities of a deck: writes them into the session, opens those of the slide that is reached, and closes
 * those of the slide that is left. It acts as long as this deck drives. One request is on its way at a time; of what is
 * wished for an activity meanwhile, the last wish counts.
 */
export class Conductor {
  readonly #desk: Desk;
  readonly #activities: readonly DeckActivity[];
  readonly #getPage: () => string | undefined;
  readonly #onTrouble: (trouble: readonly string[]) => void;
  readonly #stops: readonly (() => void)[];
  readonly #backoff = new Backoff();
  readonly #pause = new Pause();
  /** How they stand, by the service's last word. */
  readonly #live = new Map<string, LiveActivity>();
  readonly #wishes = new Map<string, Wish>();
  /** What is asked for at this moment. */
  #asking: readonly [id: string, wish: Wish] | undefined;
  /** Those that the service has in another version, or not at all; undefined until it has told what it has. */
  #unwritten: Set<string> | undefined;
  /** What the service refuses, by activity: those are left alone. */
  readonly #refused = new Map<string, RevintError>();
  /** What could not be done for an activity, until something can. */
  readonly #failed = new Map<string, string>();
  /** Those that were gone, and are written once more. */
  readonly #rewritten = new Set<string>();
  /** When leaving its slide has closed an activity. */
  readonly #left = new Map<string, number>();
  /** The page whose activities have their turn. */
  #page: string | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #isWorking = false;
  #isStopped = false;

  constructor({ desk, activities, getPage, onTrouble }: Parts) {
    this.#desk = desk;
    this.#activities = activities;
    this.#getPage = getPage;
    this.#onTrouble = onTrouble;
    this.#stops = [
      desk.on("activities", () => this.#hear()),
      desk.on("driver", () => this.#noticeDriver()),
      desk.on("connection", () => this.#pause.skip()),
      desk.on("end", () => this.stop()),
      desk.on("state", ({ page }) => {
        // Where the room was is what a deck leaves that takes over.
        if (!desk.isDriving) this.#page = page;
      }),
    ];
    desk.ready.then(
      () => {
        this.#page ??= desk.state?.page;
        this.#hear();
        this.move();
      },
      () => {},
    );
  }

  /** Whether what is wished here is done. */
  get isLeading(): boolean {
    return !this.#isStopped && this.#desk.isDriving;
  }

  /** The deck has moved: once it rests, the activities of its slide have their turn. */
  move(): void {
    clearTimeout(this.#resting);
    if (this.#isStopped) return;
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.#arrive();
    }, REST_MS);
  }

  /** By hand: closes those of this slide that are open, or else opens them. */
  ask(): void {
    const here = this.#listHere();
    const open = here.filter(({ id }) => this.#isOpen(id));
    for (const { id } of open.length > 0 ? open : here) {
      this.#wish(id, { status: open.length > 0 ? "closed" : "open" });
    }
  }

  /** Closes those of this slide and shows everyone what they came to; or no longer, where all are shown. */
  reveal(): void {
    const asked = this.#listHere().filter(({ id }) => this.#isAsked(id));
    const isShown = asked.every(({ id }) => this.#isRevealed(id));
    this.show(
      asked.map(({ id }) => id),
      !isShown,
    );
  }

  /** @param ids of those that were opened before; others stay as they are */
  show(ids: readonly string[], isShown: boolean): void {
    for (const id of ids) {
      if (!this.#isAsked(id)) continue;
      const status = isShown || !this.#isOpen(id) ? "closed" : "open";
      this.#wish(id, { status, revealed: isShown });
    }
  }

  /** The same questions to the same people once more. */
  askAgain(): void {
    for (const { id } of this.#listHere()) {
      this.#wish(id, { status: "open", ...(this.#isAsked(id) && { newRound: true }) });
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#resting);
    this.#pause.skip();
    for (const stop of this.#stops) stop();
  }

  // ── Where the deck is ──────────────────────────────────────────────────────────────────────

  #arrive(): void {
    const page = this.#getPage();
    if (page === undefined || !this.#desk.isDriving) return;
    // Before it is known what was asked already, nothing is.
    if (this.#unwritten) {
      if (page !== this.#page) this.#leave();
      this.#page = page;
      this.#openHere();
    }
    void this.#work();
  }

  /** What is open on the slide that is left is closed, unless it is to stay. */
  #leave(): void {
    for (const { id, stays } of this.#listOn(this.#page)) {
      if (stays || !this.#isOpen(id)) continue;
      this.#left.set(id, Date.now());
      this.#wish(id, { status: "closed" });
    }
  }

  /** What nobody has been asked yet, and what was left by a slip. What was closed otherwise stays closed. */
  #openHere(): void {
    for (const { id, opensByKey } of this.#listOn(this.#page)) {
      const left = this.#left.get(id) ?? 0;
      const hasSlipped = Date.now() - left <= SLIP_MS && !this.#isRevealed(id);
      this.#left.delete(id);
      if (!opensByKey && (hasSlipped || !this.#isAsked(id))) this.#wish(id, { status: "open" });
    }
  }

  #noticeDriver(): void {
    if (this.#desk.isDriving) this.move();
    else this.#wishes.clear();
  }

  #hear(): void {
    this.#live.clear();
    for (const activity of this.#desk.activities) this.#live.set(activity.id, activity);
    this.#startOver();
  }

  /** Where the session has begun anew, nobody has answered: what was in the way of writing is gone, and the slide that is shown is asked again. */
  #startOver(): void {
    for (const [id, { code }] of this.#refused) {
      if (code !== "conflict" || this.#live.get(id)?.round !== 0) continue;
      this.#refused.delete(id);
      this.#unwritten?.add(id);
      this.#report();
      void this.#work();
    }
    const isHere = this.#resting === undefined && this.#getPage() === this.#page;
    if (!isHere || !this.#desk.isDriving || this.#unwritten === undefined) return;
    for (const { id, opensByKey } of this.#listOn(this.#page)) {
      // One that is gone was deleted, and does not come back before its slide is reached again.
      const isDraft = this.#live.get(id)?.status === "draft" && this.#getWish(id) === undefined;
      if (isDraft && !opensByKey) this.#wish(id, { status: "open" });
    }
  }

  // ── How they stand, with what is wished ────────────────────────────────────────────────────

  #listHere(): readonly DeckActivity[] {
    return this.#desk.isDriving ? this.#listOn(this.#getPage()) : [];
  }

  #listOn(page: string | undefined): readonly DeckActivity[] {
    if (page === undefined) return [];
    return this.#activities.filter(
      ({ id, definition }) => definition.page === page && !this.#refused.has(id),
    );
  }

  #isOpen(id: string): boolean {
    return (this.#getWish(id)?.status ?? this.#live.get(id)?.status) === "open";
  }

  /** It is open, or was. */
  #isAsked(id: string): boolean {
    return this.#getWish(id) !== undefined || (this.#live.get(id)?.status ?? "draft") !== "draft";
  }

  #isRevealed(id: string): boolean {
    return (this.#getWish(id)?.revealed ?? this.#live.get(id)?.revealed) === true;
  }

  #getWish(id: string): StatusChange | undefined {
    return (this.#wishes.get(id) ?? this.#getAsked(id))?.change;
  }

  /** What is asked for it at this moment. */
  #getAsked(id: string): Wish | undefined {
    return this.#asking?.[0] === id ? this.#asking[1] : undefined;
  }

  /** While the first round is being opened, it is the one that is wished in. */
  #getRound(id: string): number {
    const round = this.#live.get(id)?.round ?? 0;
    return this.#getAsked(id)?.change.status === "open" ? Math.max(round, 1) : round;
  }

  // ── One request at a time ──────────────────────────────────────────────────────────────────

  #wish(id: string, change: StatusChange): void {
    if (!this.#desk.isDriving || this.#refused.has(id)) return;
    // At the end of all wishes: they are done in the order in which they were made.
    this.#wishes.delete(id);
    this.#wishes.set(id, { change, round: this.#getRound(id) });
    this.#pause.skip();
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let task = this.#next(); task; task = this.#next()) await this.#do(task);
    this.#isWorking = false;
  }

  async #do(task: Task): Promise<void> {
    try {
      await task.ask();
      this.#backoff.reset();
      if (task.id !== undefined && this.#failed.delete(task.id)) this.#report();
    } catch (thrown) {
      const error = toRevintError(thrown);
      // Closed: nothing is asked any more.
      if (this.#isStopped) return;
      if (isTransient(error)) {
        task.retry?.();
        await this.#pause.wait(this.#backoff.next(error.retryAfter));
      } else task.fail(error);
    }
  }

  #next(): Task | undefined {
    if (this.#isStopped || !this.#desk.isDriving) return undefined;
    const unwritten = this.#unwritten;
    if (!unwritten) return { ask: () => this.#compare(), fail: (error) => this.#giveUp(error) };
    for (const [id, wish] of this.#wishes) {
      if (unwritten.has(id)) return this.#write(id);
      if (!isDone(this.#live.get(id), wish)) return this.#set(id, wish);
      this.#wishes.delete(id);
    }
    const [id] = unwritten;
    return id === undefined ? undefined : this.#write(id);
  }

  /** Finds out which of them the service has already, just as they stand in the slides. */
  async #compare(): Promise<void> {
    const known = new Map((await this.#desk.listActivities()).map((activity) => [activity.id, activity]));
    const others = this.#activities.filter(({ id, definition }) => {
      const activity = known.get(id);
      return activity === undefined || !isSameDefinition(activity, definition);
    });
    for (const activity of known.values()) this.#live.set(activity.id, activity);
    this.#unwritten = new Set(others.map(({ id }) => id));
    // Only now it is known what was asked before.
    if (this.#resting === undefined) this.#arrive();
  }

  #write(id: string): Task {
    const settle = () => this.#unwritten?.delete(id);
    return {
      id,
      ask: async () => {
        const definition = this.#activities.find((activity) => activity.id === id)?.definition;
        if (definition) this.#live.set(id, await this.#desk.putActivity(id, definition));
        settle();
      },
      fail: (error) => {
        settle();
        this.#wishes.delete(id);
        this.#refused.set(id, error);
        this.#report();
      },
    };
  }

  #set(id: string, wish: Wish): Task {
    // Unless something else is wished by now.
    const retry = () => {
      if (!this.#wishes.has(id)) this.#wishes.set(id, wish);
    };
    return {
      id,
      ask: async () => {
        this.#wishes.delete(id);
        this.#asking = [id, wish];
        try {
          this.#live.set(id, await this.#desk.setActivity(id, wish.change));
          this.#rewritten.delete(id);
        } finally {
          this.#asking = undefined;
        }
      },
      retry,
      fail: ({ code, message }) => {
        // Somebody else has just taken over: theirs to wish.
        if (code === "not_driving") return;
        // Somebody has deleted it, and its slide is shown again.
        if (code === "activity_not_found" && !this.#rewritten.has(id)) {
          this.#rewritten.add(id);
          this.#unwritten?.add(id);
          retry();
          return;
        }
        this.#failed.set(id, words.trouble.failed(id, message));
        this.#report();
      },
    };
  }

  /** A service of before has no activities, and says so. */
  #giveUp({ message }: RevintError): void {
    this.stop();
    this.#onTrouble([words.trouble.none(message)]);
  }

  #report(): void {
    const refused = [...this.#refused].map(([id, { code, message }]) =>
      words.trouble.refused(id, code, message),
    );
    this.#onTrouble([...refused, ...this.#failed.values()]);
  }
}

/** Whether nothing is left to be asked for. */
function isDone(activity: LiveActivity | undefined, { change, round }: Wish): boolean {
  const { status = "draft", revealed = false, round: now = 0 } = activity ?? {};
  // What was never opened can't be closed.
  if (status === "draft") return change.status === "closed";
  const isSame = status === change.status && (change.revealed ?? revealed) === revealed;
  return isSame && (change.newRound !== true || now > round);
}
