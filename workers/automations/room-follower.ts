import type { NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { createId } from "../lib/random.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import type { FlowRecords } from "./flow-records.ts";
import type { FlowEvent } from "./match/flow-event.ts";
import { match } from "./match/match.ts";
import type { Cause, RunRecords } from "./run-records.ts";
import type { FactsRow } from "./runner-facts.ts";
import type { RunnerParts } from "./runner-parts.ts";
import { nextInstant } from "./schedule.ts";

/** A recap that is being written is looked at again so much later. */
const RECAP_LOOK_MS = 5000;

interface RoomFollowerOptions {
  readonly parts: Pick<RunnerParts, "readEvents" | "readRecap">;
  readonly facts: FactsRow;
  readonly flows: FlowRecords;
  readonly runs: RunRecords;
  /** All or nothing. */
  transaction(change: () => void): void;
  /** The session has begun anew: what is done for the life before is cancelled. */
  onNewLife(): void;
}

/** Hears what happens to a session, and writes the runs that it causes: each event once, whoever dies in between. */
export class RoomFollower {
  readonly #options: RoomFollowerOptions;
  readonly #facts: FactsRow;
  readonly #flows: FlowRecords;
  readonly #runs: RunRecords;

  constructor(options: RoomFollowerOptions) {
    this.#options = options;
    this.#facts = options.facts;
    this.#flows = options.flows;
    this.#runs = options.runs;
  }

  /**
   * Events, page by page: what each page causes is written in one turn with the number of its last one. With that number the
   * next page is asked for, and so the root hears that it may forget what was before it.
   */
  async pull(): Promise<{ now: RoomEvents["now"]; hasNews: boolean }> {
    for (let hasNews = false; ; ) {
      const { session, after, epoch: worked } = this.#facts.require();
      const page = await this.#options.parts.readEvents(session, after, worked);
      const { epoch, events, more, now } = page;
      const isNewLife = this.#facts.require().epoch !== epoch;
      if (isNewLife && this.#facts.require().epoch !== undefined) this.#options.onNewLife();
      this.#options.transaction(() => {
        if (isNewLife) this.#beginLife(epoch, now);
        const { openedAt, startsAt, expiresAt, hasEnded } = now;
        const isMoved = this.#facts.require().startsAt !== startsAt;
        this.#facts.change({ openedAt, startsAt, expiresAt, hasEnded });
        if (isMoved) this.#moveStart(now);
        // What was read behind a number of the life before may not be the first of this one.
        if (isNewLife && after > 0) return;
        for (const event of events) this.match(event, createId(), now);
        const last = events.at(-1);
        if (last) this.#facts.change({ after: last.number });
      });
      if (isNewLife && after > 0) continue;
      hasNews ||= events.length > 0;
      if (!more || events.length === 0) return { now, hasNews };
    }
  }

  /** Nothing of the life before counts. */
  #beginLife(epoch: number, now: RoomEvents["now"]): void {
    const isFirst = this.#facts.require().epoch === undefined;
    this.#facts.change({ epoch, ...(!isFirst && { after: 0, recapVersion: undefined }) });
    if (isFirst) return;
    this.#runs.beginAnew();
    for (const { id, flow } of this.#flows.list()) {
      this.#flows.clearMemory(id);
      // From its opening on: it may have been a while ago.
      this.#flows.change(id, { dueAt: findDue(flow, now, now.openedAt) ?? null });
    }
  }

  /** Its talk starts at another time than it did. */
  #moveStart(now: RoomEvents["now"]): void {
    for (const { id, flow } of this.#flows.list()) {
      if (flow.on.event !== "schedule" || !("from" in flow.on)) continue;
      this.#flows.change(id, { dueAt: findDue(flow, now, Date.now()) ?? null });
    }
  }

  /** Those whose time has come, late or not. */
  ring(now: RoomEvents["now"]): void {
    this.#options.transaction(() => {
      for (const { id, flow, dueAt } of this.#flows.enabled) {
        if (dueAt === null || dueAt > Date.now()) continue;
        const isRepeated = flow.on.event === "schedule" && "every" in flow.on;
        if (isRepeated && now.hasEnded) {
          this.#flows.change(id, { dueAt: null });
          continue;
        }
        const event = { event: "schedule", flow: id, due: dueAt, at: Date.now(), depth: 0 } as const;
        this.match(event, `schedule ${dueAt}`, now);
        this.#flows.change(id, { dueAt: findDue(flow, now, Date.now() + 1) ?? null });
      }
    });
  }

  /** Where flows wait for the recap: whether it is done. @returns when to look again */
  async followRecap(now: RoomEvents["now"]): Promise<number | undefined> {
    if (!now.hasEnded || !this.#flows.enabled.some(({ flow }) => flow.on.event === "recap")) return undefined;
    const { session, recapVersion } = this.#facts.require();
    const { status, version, edited } = await this.#options.parts.readRecap(session);
    if (status === "queued" || status === "writing") return Date.now() + RECAP_LOOK_MS;
    if (status !== "done" || version === undefined || version === recapVersion) return undefined;
    this.#options.transaction(() => {
      this.#facts.change({ recapVersion: version });
      // A host has changed its words: nothing was made.
      if (!edited) this.match({ event: "recap", at: Date.now(), depth: 0 }, `recap ${version}`, now);
    });
    return undefined;
  }

  /** The one that is there already is none that is done from now on. */
  async seeRecap(): Promise<void> {
    const { status, version } = await this.#options.parts.readRecap(this.#facts.require().session);
    if (status === "done" && version !== undefined) this.#facts.change({ recapVersion: version });
  }

  /** One event, for every flow that is on. In a transaction of whoever calls. */
  match(event: FlowEvent, key: string, now: RoomEvents["now"]): void {
    for (const { id, flow } of this.#flows.enabled) {
      const memory = this.#flows.getMemory(id);
      const found = match({ ...flow, id }, event, memory, now);
      if (found.memory !== memory) this.#flows.putMemory(id, found.memory);
      if (!found.fires && !found.isStopped) continue;
      const { epoch = 0 } = this.#facts.require();
      const run = {
        id: createId(),
        flow: id,
        at: event.at,
        cause: toCause(event),
        depth: event.depth + 1,
        epoch,
        key,
      };
      const isFull = this.#runs.countOpen(id) >= LIMITS.flowWaitingRuns;
      const end = found.isStopped ? STOPPED : isFull ? FULL : undefined;
      if (this.#runs.add(run, flow.do, end)) this.#flows.change(id, { lastRun: event.at });
    }
  }
}

const STOPPED = {
  status: "cancelled",
  problem: `Stopped: it was caused by ${LIMITS.flowDepth} flows in a row.`,
} as const;

const FULL = { status: "dead", problem: "Too many runs of this flow wait." } as const;

/** When the clock sets it off next. */
export const findDue = (
  { on }: NewFlow,
  { openedAt, startsAt }: Pick<RoomEvents["now"], "openedAt" | "startsAt">,
  now: number,
): number | undefined => (on.event === "schedule" ? nextInstant(on, { openedAt, startsAt, now }) : undefined);

/** As it is told to others: how it is counted is nobody's business. */
function toCause(event: FlowEvent): Cause {
  const { number: _, depth: __, at: ___, flow: ____, ...cause } = { number: 0, flow: "", ...event };
  return cause;
}
