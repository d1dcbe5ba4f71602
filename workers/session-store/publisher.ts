import type { Role } from "../../shared/protocol/identity.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { ServerMessage } from "../../shared/protocol/message.ts";
import { sumReactions } from "./interactions/reaction/reaction-counts.ts";
import type { SayCounts } from "./interactions/say-counts.ts";
import type { RoomCounts } from "./room-counts.ts";
import type { CountsUpdate } from "./room-message.ts";
import type { SessionState } from "./session-state.ts";
import type { SharedTimer } from "./shared-timer.ts";
import { Throttle } from "./throttle.ts";

/** Who listens in one room. */
export interface Audience {
  /** Users with an open pipe. */
  readonly people: number;
  /** Nobody has an open pipe. */
  readonly isEmpty: boolean;
  broadcast(role: Role, messages: readonly ServerMessage[]): void;
}

/** The rooms right below. */
export interface RoomsBelow {
  readonly isEmpty: boolean;
  countPeople(): number;
  enqueue(topics: readonly string[] | "whole"): void;
}

interface PublisherOptions {
  readonly isRoot: boolean;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly audience: Audience;
  readonly children: RoomsBelow;
  readonly sayCounts: SayCounts;
  /** Whether this room knows what its ledger and every room below it have counted. */
  readonly isComplete: () => boolean;
  /** Resolves when it does; throws when one does not answer. */
  readonly becomeComplete: () => Promise<void>;
  /** Not the root: tells the parent what this room has counted. Throws when the parent does not answer. */
  readonly report: () => Promise<void>;
  /** Makes sure that what is scheduled is published, even if this object dies first. */
  readonly guard: () => void;
  /** Runs before each publication. */
  readonly sweep: () => void;
  /** Root: more for the hosts, with each publication to them. */
  readonly sayToHosts: () => readonly ServerMessage[];
  readonly timer: SharedTimer;
}

/**
 * Says what has changed, at a pace: the root tells hosts, users and the rooms below; every other room tells its
 * parent at once, and its users and the rooms below what comes back from there. It knows what is yet to be said to whom.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  /** Topics that have changed since the last publication. */
  readonly #unpublished = { host: new Set<string>(), user: new Set<string>() };
  readonly #hasHeardAll = { host: false, user: false };
  /** How many people they have heard of. */
  readonly #heardPeople = { host: -1, user: -1 };
  /** Grows with every change of what is counted everywhere; a time, so that it grows over restarts of the object too. */
  #number = 0;
  /** People everywhere, as the users are to hear it; undefined until this room knows. */
  #announcedPeople: number | undefined;
  readonly #soon: Throttle;
  readonly #later: Throttle;
  /** Someone always comes or goes in a crowd: its size is not news every second. */
  readonly #crowd = new Throttle(LIMITS.crowdCadenceMs, () => {
    this.#isCrowdDue = true;
    this.#later.schedule();
  });
  #isCrowdDue = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
    const { isRoot, timer } = options;
    const saySoon = () => (isRoot ? this.#publishTo("host") : this.#report());
    this.#soon = new Throttle(LIMITS.hostCadenceMs, saySoon, timer);
    this.#later = new Throttle(LIMITS.userCadenceMs, () => this.#publishTo("user"), timer);
  }

  /** Something is yet to be published. */
  get isPending(): boolean {
    return this.#soon.isPending || this.#later.isPending || this.#crowd.isPending;
  }

  /** The number of the newest counts of the whole session that this room has. */
  get number(): number {
    return this.#number;
  }

  /** People with an open pipe in this room and all below it. */
  get people(): number {
    const { audience, children } = this.#options;
    return audience.people + children.countPeople();
  }

  /** All reactions of the session, as far as this room knows. */
  get total(): number {
    const { isRoot, counts } = this.#options;
    return isRoot ? sumReactions(counts.everywhere) : counts.reactions;
  }

  /** These topics have changed in this room or below it. */
  countsChanged(topics: readonly string[]): void {
    this.#renumber();
    // Every other room says to its users what its parent says.
    if (this.#options.isRoot) {
      for (const topic of topics) {
        this.#unpublished.host.add(topic);
        this.#unpublished.user.add(topic);
      }
    }
    this.schedule();
  }

  /** People have come or gone, in this room or below it. */
  peopleChanged(): void {
    this.#renumber();
    this.#schedule(this.people > LIMITS.crowd ? this.#crowd : this.#later);
  }

  /** Someone has to hear something: the hosts or the parent soon, the users and the rooms below later. */
  schedule(): void {
    this.#schedule(this.#later);
  }

  /** Somebody new listens. @returns how many people they are told of; if it is news, the others hear it in the next turn */
  countPeopleFor(role: Role): number {
    const people = this.#settlePeople(role);
    if (people !== this.#heardPeople[role]) this.#heardPeople[role] = -1;
    return people;
  }

  /** Whether this room knows what is counted under a topic everywhere: one that has just woken must not pass for knowing. */
  knows(topic: string): boolean {
    const { isRoot, counts, isComplete } = this.#options;
    return isRoot ? isComplete() : counts.knows(topic);
  }

  /** The counts of these topics, as far as this room knows them, for the rooms below. */
  getUpdate(topics: Iterable<string> | "whole"): CountsUpdate {
    const { isRoot, state, counts, isComplete } = this.#options;
    const named = topics === "whole" ? [] : [...topics].filter((topic) => this.knows(topic));
    // A room that does not know all counts yet must not pass for knowing: they would be lower than they are.
    const isWhole = topics === "whole" && (isRoot ? isComplete() : counts.knowsEverywhere);
    return {
      epoch: state.epoch,
      number: this.#number,
      isWhole,
      topics: isWhole ? counts.everywhere.toJSON() : counts.everywhere.pick(named),
      total: this.total,
      people: this.#announcedPeople,
    };
  }

  /** Not the root: the parent has said how the whole session stands; an older update changes nothing. */
  apply(update: CountsUpdate): void {
    if (update.number < this.#number) return;
    const { counts, audience, children, sayCounts } = this.#options;
    this.#number = update.number;
    const isNews = update.isWhole && !counts.knowsEverywhere;
    const { named, differing } = counts.adopt(update);
    this.#announcedPeople = update.people ?? this.#announcedPeople;

    const isFirst = update.isWhole && !this.#hasHeardAll.user;
    const messages = sayCounts(isFirst ? "whole" : named, { role: "user", total: update.total });
    if (isFirst) this.#hasHeardAll.user = true;
    if (update.people !== undefined && update.people !== this.#heardPeople.user) {
      messages.push({ type: "presence", participants: update.people });
      this.#heardPeople.user = update.people;
    }
    if (messages.length > 0) audience.broadcast("user", messages);
    // Who knew everything before passes on what differs: the rooms below know the rest. Also where nothing of it is for
    // this room's users to hear: every room knows what is counted.
    const changed = update.isWhole ? differing : named;
    if (messages.length > 0 || changed.length > 0) children.enqueue(isNews ? "whole" : changed);
  }

  /** A restart: nothing of what was counted before is to be said. */
  startOver(): void {
    this.#unpublished.host.clear();
    this.#unpublished.user.clear();
    this.#renumber();
  }

  /** Root: all rooms have been asked, so that their people are known. */
  completed(): void {
    if (this.#options.isRoot) this.#announcedPeople ??= this.people;
  }

  /** The room was erased, and knows nothing. */
  clear(): void {
    this.startOver();
    this.#number = 0;
    this.#announcedPeople = undefined;
    for (const role of ["host", "user"] as const) {
      this.#hasHeardAll[role] = false;
      this.#heardPeople[role] = -1;
    }
    this.#isCrowdDue = false;
  }

  #renumber(): void {
    if (this.#options.isRoot) this.#number = Math.max(this.#number + 1, Date.now());
  }

  #schedule(later: Throttle): void {
    const { isRoot, state, audience, children, guard } = this.#options;
    if (!state.deck) return;
    if (isRoot && audience.isEmpty && children.isEmpty) {
      // Nobody is there to hear it; who comes later gets everything anyway.
      this.#unpublished.host.clear();
      this.#unpublished.user.clear();
      return;
    }
    this.#soon.schedule();
    if (isRoot) later.schedule();
    guard();
  }

  /** The root's turn: says what has changed to the hosts, or to the users and the rooms below. */
  async #publishTo(role: Role): Promise<void> {
    const { state, audience, children, sayCounts, isComplete, becomeComplete, sweep, sayToHosts } =
      this.#options;
    try {
      await becomeComplete();
    } catch {
      this.schedule();
      return;
    }
    if (!state.deck) return;
    sweep();
    const isFirst = !this.#hasHeardAll[role];
    const changed = [...this.#unpublished[role]];
    this.#unpublished[role].clear();
    const messages = sayCounts(isFirst ? "whole" : changed, { role, total: this.total });
    const people = this.#settlePeople(role);
    if (people !== this.#heardPeople[role]) messages.push({ type: "presence", participants: people });
    this.#heardPeople[role] = people;
    if (role === "host") messages.push(...sayToHosts());
    audience.broadcast(role, messages);
    if (role === "user") {
      if (isComplete()) this.#isCrowdDue = false;
      children.enqueue(isFirst ? "whole" : changed);
    }
    this.#hasHeardAll[role] = true;
  }

  /** Every other room's turn: its parent hears what this room and all below it have counted. */
  async #report(): Promise<void> {
    const { state, becomeComplete, report, sweep } = this.#options;
    if (!state.deck) return;
    sweep();
    try {
      await becomeComplete();
      await report();
    } catch {
      this.schedule();
    }
  }

  /** What these are to hear: hosts how many there are, users of a crowd how many there were at its last turn. */
  #settlePeople(role: Role): number {
    const { isRoot, isComplete } = this.#options;
    const people = this.people;
    if (role === "host") return people;
    const isDue = people <= LIMITS.crowd || this.#isCrowdDue;
    if (isRoot && isComplete() && isDue) {
      // Two updates with one number may arrive out of order, and the older one would win.
      if (people !== this.#announcedPeople) this.#renumber();
      this.#announcedPeople = people;
    }
    return this.#announcedPeople ?? people;
  }
}
