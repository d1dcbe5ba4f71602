import type { ServerMessage } from "../../shared/protocol/message.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { type ChildRoom, ChildRooms } from "./child-rooms.ts";
import type { IntakeParts } from "./intake-parts.ts";
import type { SayCounts } from "./interactions/say-counts.ts";
import { ParentLink, type ParentRoom } from "./parent-link.ts";
import type { Pipes } from "./pipes.ts";
import { Publisher } from "./publisher.ts";
import { NOT_FOUND } from "./refusals.ts";
import type { RoomCounts } from "./room-counts.ts";
import type { ChildReport, CountsMark, ReportAnswer, SessionUpdate, WholeUpdate } from "./room-message.ts";
import type { SessionState } from "./session-state.ts";
import type { SessionUpdates } from "./session-updates.ts";
import type { SharedTimer } from "./shared-timer.ts";
import { Subtree } from "./subtree.ts";
import type { SyncStorage } from "./sync-storage.ts";

interface TreePartsOptions {
  readonly room: number;
  readonly timer: SharedTimer;
  /** The room above this one; undefined for the root. */
  readonly parent: number | undefined;
  readonly storage: SyncStorage;
  readonly state: SessionState;
  readonly counts: RoomCounts;
  readonly pipes: Pipes;
  readonly intake: Pick<IntakeParts, "mirror" | "queue" | "bursts">;
  readonly updates: Pick<
    SessionUpdates,
    "apply" | "getSession" | "getSessionAhead" | "getUpdate" | "revisions"
  >;
  readonly sayCounts: SayCounts;
  /** A stub of its own for every call: one whose object was reset stays broken. */
  readonly getRoom: (room: number) => ChildRoom & ParentRoom;
  readonly ensureRegistered: () => Promise<Refusal | undefined> | undefined;
  /** These have changed, here or below. */
  readonly onCounts: (topics: readonly string[]) => void;
  /** Somewhere below somebody came or went, and so many are in each of these rooms now. */
  readonly onPeople: (people: Readonly<Record<number, number>>) => void;
  /** Makes sure that what is scheduled happens, even if this object dies first. */
  readonly guard: () => void;
  /** Runs before each publication. */
  readonly sweep: () => void;
}

/** One room among the others: the rooms below and above it, what all of them have counted, and what is said of it to whom. */
export class TreeParts {
  readonly #options: TreePartsOptions;
  readonly children: ChildRooms;
  readonly subtree: Subtree;
  readonly parent: ParentLink;
  readonly publisher: Publisher;

  constructor(options: TreePartsOptions) {
    this.#options = options;
    const { room, parent, storage, state, counts, pipes, intake, updates, getRoom, guard } = options;
    const isRoot = parent === undefined;
    this.children = new ChildRooms({
      storage,
      state,
      counts,
      getRoom,
      getSession: (since) => updates.getSession(since),
      getRevisions: () => updates.revisions,
      getCounts: (topics) => this.publisher.getUpdate(topics),
      becomeReady: async () => (isRoot ? this.subtree.becomeComplete() : options.ensureRegistered()),
      onCounts: (topics) => this.countsChanged(topics),
      onPeople: options.onPeople,
    });
    this.subtree = new Subtree({
      room,
      state,
      counts,
      mirror: intake.mirror,
      children: this.children,
      getSession: () => updates.getSessionAhead(),
      settled: () => intake.queue.settled(),
      countPeople: () => pipes.people,
      onComplete: () => this.publisher.completed(),
    });
    this.parent = new ParentLink({
      room,
      state,
      getParent: () => getRoom(parent ?? 0),
      getNumber: () => this.publisher.number,
      apply: (update) => updates.apply(update),
      getReport: (heard) => this.subtree.getReport(heard, intake.bursts.take()),
    });
    this.publisher = new Publisher({
      isRoot,
      state,
      counts,
      audience: pipes,
      children: this.children,
      sayCounts: options.sayCounts,
      isComplete: () => this.subtree.isComplete,
      becomeComplete: () => this.subtree.becomeComplete(),
      report: () => this.parent.report(),
      guard,
      sweep: options.sweep,
      sayToHosts: () => this.#sayBursts(),
      timer: options.timer,
    });
  }

  countsChanged(topics: readonly string[]): void {
    if (topics.length === 0) return;
    this.publisher.countsChanged(topics);
    this.#options.onCounts(topics);
  }

  /** What is new of the session and these counts are on their way to the rooms below, or to one of them. */
  enqueue(topics: readonly string[] | "whole", child?: number): void {
    if (this.children.isEmpty) return;
    this.children.enqueue(topics, child);
    this.#options.guard();
  }

  // ── What other rooms call ──────────────────────────────────────────────────────────────────

  /** A child begins: it is remembered for good, and hears everything. */
  async register(child: number): Promise<WholeUpdate | Refusal> {
    const { parent, state, updates, ensureRegistered } = this.#options;
    const refusal = await ensureRegistered();
    if (refusal) return refusal;
    if (parent === undefined) await this.subtree.becomeComplete().catch(() => {});
    if (!state.deck) return NOT_FOUND;
    this.children.add(child);
    const update = updates.getUpdate("whole");
    // What it is not told now it is told as soon as it is known.
    if (update && !update.counts.isWhole) this.enqueue("whole", child);
    return update ?? NOT_FOUND;
  }

  /** What a child and all below it have counted. */
  takeReport(child: number, report: ChildReport): ReportAnswer | null {
    const { state, counts, intake, updates } = this.#options;
    const { deck } = state;
    if (!deck || !this.children.takeReport(child, report)) return null;
    if (report.epoch === deck.epoch) for (const burst of report.bursts) intake.bursts.add(burst);
    const isBehind = report.epoch < deck.epoch || report.version < deck.version;
    const update = isBehind ? updates.getUpdate("whole") : undefined;
    return { heard: counts.getHeard(child), update: update ?? null };
  }

  /** The same of this room, asked for by a parent that has just started. */
  async report(heard: CountsMark | undefined): Promise<ChildReport> {
    await this.subtree.becomeComplete();
    return this.subtree.getReport(heard);
  }

  /** The same, counted anew. @param session as it came: what is over is over below, too, whatever this room has yet to hear of it */
  async recount(session: SessionUpdate, heard: CountsMark | undefined): Promise<ChildReport> {
    await this.subtree.recount(session);
    return this.subtree.getReport(heard);
  }

  #sayBursts(): ServerMessage[] {
    const bursts = this.#options.intake.bursts.take();
    return bursts.length > 0 ? [{ type: "bursts", bursts }] : [];
  }
}
