import type { Flow, NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createSecret, hashSecret } from "../lib/random.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import { type FlowRecords, type StoredFlow, toFlow } from "./flow-records.ts";
import { createSigningSecret } from "./flow-secret.ts";
import { findDue, type RoomFollower } from "./room-follower.ts";
import { isForRoom, type RoomWatch } from "./room-watch.ts";
import type { RunRecords } from "./run-records.ts";
import type { FactsRow, RunnerFacts } from "./runner-facts.ts";
import type { RunnerParts } from "./runner-parts.ts";

/** What is told of a flow that was saved: secrets once, when they are made. */
export interface KeptFlow {
  readonly flow: Flow;
  readonly signingSecret?: string;
  readonly hookSecret?: string;
}

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

  /** In place of the one with this id. @throws ProblemError `flow_not_valid`, `session_not_found`, `unavailable` */
  async save(
    { session, sessionUid }: Pick<RunnerFacts, "session" | "sessionUid">,
    id: string,
    flow: NewFlow,
  ): Promise<KeptFlow> {
    const { facts, flows, runs, watch, follower, look, cancel, transaction } = this.#options;
    const before = facts.find() && flows.find(id);
    if (!before && facts.find() && flows.list().length >= LIMITS.flows) {
      throw new ProblemError("flow_not_valid", `a session takes up to ${LIMITS.flows} flows`);
    }
    await this.#settleIn(session, sessionUid);
    const now = await look();
    const known = facts.find();
    if (!now || !known) throw new ProblemError("session_not_found", "this session is forgotten");
    const dueAt = findDue(flow, now.openedAt, Date.now());
    if (flow.enabled && isForRoom(flow.on)) await watch.set(true);
    if (flow.on.event === "recap" && known.recapVersion === undefined) await follower.seeRecap();
    const secrets = await createSecrets(flow, before);
    if (before && !flow.enabled) cancel(id);
    const kept: StoredFlow = {
      id,
      flow,
      signingSecret: secrets.signingSecret ?? null,
      hookHash: secrets.hookHash ?? null,
      failures: 0,
      offBecause: null,
      lastRun: before?.lastRun ?? null,
      dueAt: dueAt ?? null,
    };
    transaction(() => {
      const isSameTrigger = before && JSON.stringify(before.flow.on) === JSON.stringify(flow.on);
      if (!isSameTrigger || !before.flow.enabled) flows.clearMemory(id);
      if (before && !flow.enabled) runs.endAll(id, "cancelled", "The flow was switched off.");
      flows.put(kept);
    });
    return {
      flow: toFlow(kept),
      ...(secrets.signingSecret !== undefined &&
        secrets.signingSecret !== before?.signingSecret && { signingSecret: secrets.signingSecret }),
      ...(secrets.hookSecret !== undefined && { hookSecret: secrets.hookSecret }),
    };
  }

  /** The first flow of a session: what has to be there before it. */
  async #settleIn(session: string, sessionUid: string): Promise<void> {
    const { parts, facts, flows, runs } = this.#options;
    if (facts.find()) return;
    // Before anything of it is kept, the clock knows of it; and one that it finds without anything, it forgets.
    await parts.register(session);
    flows.createTable();
    runs.createTables();
    facts.create({ session, sessionUid, watch: "off", after: 0, misses: 0 });
  }
}

/** What it needs of secrets: those that it has, and new ones where it had none. */
async function createSecrets(flow: NewFlow, before: StoredFlow | undefined) {
  const isSigned = flow.do.some((action) => action.do === "webhook");
  const signingSecret = isSigned ? (before?.signingSecret ?? createSigningSecret()) : undefined;
  if (flow.on.event !== "http") return { signingSecret };
  if (before?.hookHash) return { signingSecret, hookHash: before.hookHash };
  const hookSecret = createSecret();
  return { signingSecret, hookSecret, hookHash: await hashSecret(hookSecret) };
}
