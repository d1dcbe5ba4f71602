import type { NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { FlowCopy, KeptFlow, WrittenFlow } from "../lib/flow-copy.ts";
import { refuseFromStart } from "../lib/flow-issues.ts";
import { createFlowSecrets } from "../lib/flow-secrets.ts";
import { ProblemError } from "../lib/problem-error.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import { type FlowRecords, toFlow } from "./flow-records.ts";
import { findDue, type RoomFollower } from "./room-follower.ts";
import { isForRoom, type RoomWatch } from "./room-watch.ts";
import type { RunRecords } from "./run-records.ts";
import type { FactsRow, RunnerFacts } from "./runner-facts.ts";
import type { RunnerParts } from "./runner-parts.ts";

const NO_START = "nobody has said when this session's talk starts";

interface FlowWriterOptions {
  readonly parts: Pick<RunnerParts, "register">;
  readonly facts: FactsRow;
  readonly flows: FlowRecords;
  readonly runs: RunRecords;
  readonly watch: RoomWatch;
  readonly follower: Pick<RoomFollower, "seeRecap">;
  /** How the room stands, with all that has happened there worked off; undefined where there is none. */
  look(): Promise<RoomEvents["now"] | undefined>;
  /** What is done for this flow now is for nothing. */
  cancel(flow: string): void;
  /** All or nothing. */
  transaction(change: () => void): void;
}

/** Keeps what a host writes, with the secrets that it takes. Whoever calls has one flow written after the other. */
export class FlowWriter {
  readonly #options: FlowWriterOptions;

  constructor(options: FlowWriterOptions) {
    this.#options = options;
  }

  /**
   * Each in place of the one with its id: all of them or none.
   * @throws ProblemError `flow_not_valid`, `session_not_found`, `unavailable`
   */
  async save(
    { session, sessionUid }: Pick<RunnerFacts, "session" | "sessionUid">,
    written: readonly WrittenFlow[],
  ): Promise<KeptFlow[]> {
    const { flows, runs, cancel, transaction } = this.#options;
    this.#refuseTooMany(written);
    const now = await this.#settleIn(session, sessionUid);
    if (now.startsAt === undefined) {
      const isAlone = written.length === 1;
      refuseFromStart(written, NO_START, (place) => (isAlone ? "on.from" : `flows.${place}.on.from`));
    }
    await this.#prepare(written.map(({ flow }) => flow));
    const drafts = await Promise.all(
      written.map(async ({ id, flow }) => {
        const before = flows.find(id);
        const dueAt = findDue(flow, now, Date.now()) ?? null;
        return { id, flow, before, dueAt, secrets: await createFlowSecrets(flow, before) };
      }),
    );
    for (const { id, flow, before } of drafts) if (before && !flow.enabled) cancel(id);
    transaction(() => {
      for (const { id, flow, before, dueAt, secrets } of drafts) {
        const isSameTrigger = before && JSON.stringify(before.flow.on) === JSON.stringify(flow.on);
        if (!isSameTrigger || !before.flow.enabled) flows.clearMemory(id);
        if (before && !flow.enabled) runs.endAll(id, "cancelled", "The flow was switched off.");
        const { signingSecret, hookHash } = secrets;
        const lastRun = before?.lastRun ?? null;
        flows.put({ id, flow, signingSecret, hookHash, failures: 0, offBecause: null, lastRun, dueAt });
      }
    });
    return drafts.flatMap(({ id, before, secrets: { signingSecret, hookSecret } }) => {
      const kept = flows.find(id);
      const isNew = signingSecret !== null && signingSecret !== before?.signingSecret;
      return kept
        ? {
            flow: toFlow(kept),
            ...(isNew && { signingSecret }),
            ...(hookSecret !== undefined && { hookSecret }),
          }
        : [];
    });
  }

  #refuseTooMany(written: readonly WrittenFlow[]): void {
    const { facts, flows } = this.#options;
    const known = facts.find() ? flows.list().map(({ id }) => id) : [];
    if (new Set([...known, ...written.map(({ id }) => id)]).size <= LIMITS.flows) return;
    throw new ProblemError("flow_not_valid", `a session takes up to ${LIMITS.flows} flows`);
  }

  /**
   * Those that the session's talk had when the session began, once: whatever its hosts have done since then stays. What
   * would have happened since the opening is late, and happens.
   * @throws ProblemError `session_not_found`, `unavailable`
   */
  async takeOver(
    { session, sessionUid }: Pick<RunnerFacts, "session" | "sessionUid">,
    copies: readonly FlowCopy[],
  ): Promise<void> {
    const { facts, flows, transaction } = this.#options;
    if (facts.find()?.hasTalkFlows) return;
    const now = await this.#settleIn(session, sessionUid);
    await this.#prepare(copies.map(({ flow }) => flow));
    transaction(() => {
      for (const copy of copies) {
        if (flows.find(copy.id) || flows.list().length >= LIMITS.flows) continue;
        const dueAt = findDue(copy.flow, now, now.openedAt) ?? null;
        flows.put({ ...copy, failures: 0, offBecause: null, lastRun: null, dueAt });
      }
      facts.change({ hasTalkFlows: true });
    });
  }

  /** What has to be there before a session's first flow. @returns how the room stands */
  async #settleIn(session: string, sessionUid: string): Promise<RoomEvents["now"]> {
    const { parts, facts, flows, runs, look } = this.#options;
    if (!facts.find()) {
      // Before anything of it is kept, the clock knows of it; and one that it finds without anything, it forgets.
      await parts.register(session);
      flows.createTable();
      runs.createTables();
      facts.create({ session, sessionUid, watch: "off", after: 0, misses: 0 });
    }
    const now = await look();
    if (!now || !facts.find()) throw new ProblemError("session_not_found", "this session is forgotten");
    return now;
  }

  /** What they wait for is noticed from now on. */
  async #prepare(written: readonly NewFlow[]): Promise<void> {
    const { facts, watch, follower } = this.#options;
    if (written.some(({ enabled, on }) => enabled && isForRoom(on))) await watch.set(true);
    const isForRecap = written.some(({ on }) => on.event === "recap");
    if (isForRecap && facts.require().recapVersion === undefined) await follower.seeRecap();
  }
}
