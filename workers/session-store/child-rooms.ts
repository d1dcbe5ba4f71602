import { ChildLink, type Topics } from "./child-link.ts";
import type { Sums } from "./interactions/activity/sums.ts";
import type { RoomCounts } from "./room-counts.ts";
import {
  type ChildReport,
  type CountsMark,
  type CountsUpdate,
  isOrNewer,
  NO_REVISIONS,
  type ParentUpdate,
  type Revisions,
  type SessionUpdate,
} from "./room-message.ts";
import type { SessionState } from "./session-state.ts";
import type { SyncStorage } from "./sync-storage.ts";

/** What a room calls of the rooms below it. */
export interface ChildRoom {
  applyUpdate(update: ParentUpdate): Promise<void>;
  /** @param heard what the caller has of it */
  report(heard: CountsMark | undefined): Promise<ChildReport>;
  recount(session: SessionUpdate, heard: CountsMark | undefined): Promise<ChildReport>;
  sumScores(session: SessionUpdate): Promise<Sums>;
  followed(): Promise<void>;
  erase(): Promise<void>;
}

interface ChildRoomsOptions {
  readonly storage: SyncStorage;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  /** A stub of its own for every call: one whose object was reset stays broken. */
  readonly getRoom: (room: number) => ChildRoom;
  /** The session, and what has changed of its activities and questions since these revisions. */
  readonly getSession: (since: Revisions) => SessionUpdate | undefined;
  readonly getRevisions: () => Revisions;
  /** What the rooms below are to hear of these topics. */
  readonly getCounts: (topics: Topics) => CountsUpdate;
  /** Resolves when this room knows all counts that it passes on: the root all below it, every other room what its parent says. */
  readonly becomeReady: () => Promise<unknown>;
  /** What a child has counted has changed these topics. */
  readonly onCounts: (topics: string[]) => void;
  /** In a room below somebody came or went, and so many are in each of these rooms now. */
  readonly onPeople: (people: Readonly<Record<number, number>>) => void;
}

/** The rooms right below this one: what they have reported, and what they have yet to hear. Remembered for good. */
export class ChildRooms {
  readonly #options: ChildRoomsOptions;
  readonly #links = new Map<number, ChildLink>();

  constructor(options: ChildRoomsOptions) {
    this.#options = options;
    for (const child of options.storage.get<number[]>("children") ?? []) this.#link(child);
  }

  get isEmpty(): boolean {
    return this.#links.size === 0;
  }

  /** One of them has not confirmed everything yet. */
  get isBehind(): boolean {
    return this.#all.some((link) => link.isBehind);
  }

  /** People with an open pipe, by room. */
  get people(): Record<number, number> {
    return Object.assign({}, ...this.#all.map(({ people }) => people));
  }

  countPeople(): number {
    let people = 0;
    for (const link of this.#links.values()) for (const room in link.people) people += link.people[room] ?? 0;
    return people;
  }

  /** Sum of the sequence numbers of all ledgers below. */
  get seq(): number {
    return this.#all.reduce((sum, { seq }) => sum + seq, 0);
  }

  /** When the newest entry of all ledgers below was kept. */
  get latest(): number {
    return Math.max(0, ...this.#all.map(({ latest }) => latest));
  }

  /** A room begins below this one; or has begun before, and starts anew. */
  add(child: number): void {
    if (this.#links.has(child)) return;
    this.#link(child).isKnown = true; // it has nothing to report yet
    this.#options.storage.put("children", [...this.#links.keys()]);
  }

  /**
   * Sends what is new of the session, and the counts of these topics, or of every topic.
   * @param child to this one alone
   */
  enqueue(topics: readonly string[] | "whole" = [], child?: number): void {
    for (const link of this.#links.values()) {
      if (child === undefined || link.room === child) link.enqueue(topics);
    }
  }

  /** What a child says it has counted. False when it is none of this session's. */
  takeReport(child: number, report: ChildReport): boolean {
    const link = this.#links.get(child);
    if (!link) return false;
    this.#take(link, report);
    return true;
  }

  /** Asks those that have not reported since this room started. Throws when one does not answer. */
  async ensureKnown(): Promise<void> {
    const unknown = this.#all.filter(({ isKnown }) => !isKnown);
    await Promise.all(
      unknown.map(async (link) => {
        const { counts, getRoom } = this.#options;
        this.#takeAnswer(link, await getRoom(link.room).report(counts.getHeard(link.room)));
        link.isKnown = true;
      }),
    );
  }

  /** Asks all of them to count anew. Throws when one does not answer. */
  async recount(session: SessionUpdate): Promise<void> {
    await Promise.all(
      this.#all.map(async (link) => {
        const { counts, getRoom } = this.#options;
        this.#takeAnswer(link, await getRoom(link.room).recount(session, counts.getHeard(link.room)));
      }),
    );
  }

  /** What all of them, and all rooms below, have in the quiz. Throws when one does not answer. */
  async sumScores(session: SessionUpdate): Promise<readonly Sums[]> {
    return Promise.all(this.#all.map(({ room }) => this.#options.getRoom(room).sumScores(session)));
  }

  /** Resolves when all have confirmed all that they were told. */
  async settled(): Promise<void> {
    await Promise.all(this.#all.map((link) => link.settled()));
  }

  /** Resolves when all of them, and all rooms below, have followed a restart. */
  async followed(): Promise<void> {
    await this.settled();
    await Promise.all(this.#all.map(({ room }) => this.#options.getRoom(room).followed()));
  }

  async erase(): Promise<void> {
    await this.settled();
    await Promise.all(this.#all.map(({ room }) => this.#options.getRoom(room).erase()));
  }

  /** They are erased. */
  clear(): void {
    this.#links.clear();
  }

  get #all(): ChildLink[] {
    return [...this.#links.values()];
  }

  /** @throws where it is of what this room has not: the next time it has */
  #takeAnswer(link: ChildLink, report: ChildReport): void {
    this.#take(link, report);
    if (report.epoch !== this.#options.state.epoch || this.#links.get(link.room) !== link) return;
    const heard = this.#options.counts.getHeard(link.room);
    if (!isOrNewer(heard, report.mark)) throw new Error("has missed what a room below had counted before");
  }

  #take(link: ChildLink, report: ChildReport): void {
    const { epoch, seq, latest, number, people } = report;
    if (this.#links.get(link.room) !== link) return; // of a session that was deleted since
    const isCurrent = epoch === this.#options.state.epoch && seq >= link.seq;
    const changed = isCurrent ? this.#options.counts.takeChild(link.room, report) : undefined;
    if (changed) {
      link.seq = seq;
      link.latest = latest;
      link.isKnown = true;
      if (changed.length > 0) this.#options.onCounts(changed);
    }
    // Whoever is there stays there through a restart; but what a newer report has overtaken is over.
    if (number < link.number) return;
    link.number = number;
    const isNews = JSON.stringify(link.people) !== JSON.stringify(people);
    link.people = people;
    if (isNews) this.#options.onPeople(people);
  }

  #link(child: number): ChildLink {
    const link = new ChildLink(child, (topics) => this.#send(link, topics));
    this.#links.set(child, link);
    return link;
  }

  async #send(link: ChildLink, topics: Topics): Promise<void> {
    const { state, getSession, getRevisions, getCounts, getRoom, becomeReady } = this.#options;
    if (!state.deck) return;
    const { fingerprint } = state;
    const revisions = getRevisions();
    const isConfirmed =
      topics !== "whole" && link.confirmed === fingerprint && isSame(link.revisions, revisions);
    const counts = getCounts(topics);
    const since = topics === "whole" ? NO_REVISIONS : link.revisions;
    const session = isConfirmed ? undefined : getSession(since);
    await getRoom(link.room).applyUpdate({ counts, session });
    link.confirmed = fingerprint;
    link.revisions = revisions;
    if (topics !== "whole" || counts.isWhole) return;
    // The session did not wait for the counts; they follow as soon as they are known.
    await becomeReady();
    throw new Error("the counts are yet to be sent");
  }
}

const isSame = (a: Revisions, b: Revisions): boolean =>
  a.activities === b.activities && a.questions === b.questions;
