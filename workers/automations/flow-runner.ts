import { DurableObject } from "cloudflare:workers";
import type { Flow, FlowRun, FlowRuns, NewFlow } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import { logFailure } from "../lib/log-failure.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId, createSecret, hashSecret } from "../lib/random.ts";
import { answerOrRefuse, toRefusal } from "../lib/refuse.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import type { Bindings } from "./bindings.ts";
import { FlowRecords, type StoredFlow, toFlow } from "./flow-records.ts";
import { createSigningSecret, isSameHash } from "./flow-secret.ts";
import { FlowTries } from "./flow-try.ts";
import type { FlowEvent } from "./match/flow-event.ts";
import { Outbox } from "./outbox.ts";
import { findDue, RoomFollower } from "./room-follower.ts";
import { RunRecords, type StoredRun, type StoredStep } from "./run-records.ts";
import { FactsRow, type RunnerFacts } from "./runner-facts.ts";
import { createParts, type RunnerParts } from "./runner-parts.ts";
import type { StepOrder, StepOutcome } from "./step.ts";

/** If this life ends while something is done, the next one begins this much later at the latest. */
const GUARD_MS = 30_000;

/** It looks again so much later: while events come, and while people are there who may make some. */
const BUSY_LOOK_MS = 1000;
const QUIET_LOOK_MS = 5000;

/** A part that did not answer is asked again after these waits; later the clock asks. */
const MISS_WAITS = [1000, 5000, 30_000, 120_000];

/** The clock looks again so much later, while the session runs. */
const CLOCK_MS = 10 * 60_000;

/** After the session's time has passed, it is looked for so much later. */
const EXPIRY_SLACK_MS = 60_000;

/** What the root keeps events for. */
const ROOM_TRIGGERS: ReadonlySet<string> = new Set([
  "reactions",
  "page",
  "activity",
  "answers",
  "question",
  "people",
  "ended",
]);

/** What changes nothing in the room. */
const QUIET_ACTIONS: ReadonlySet<string> = new Set(["webhook", "queue", "store", "message"]);

/** What is told of a flow that was saved: secrets once, when they are made. */
export interface KeptFlow {
  readonly flow: Flow;
  readonly signingSecret?: string;
  readonly hookSecret?: string;
}

/**
 * One instance keeps the flows of one session, and runs them. It pulls the events that the session's root has kept,
 * matches them, and writes the runs that they cause into its SQLite in one turn with the number of the last event; only
 * then it acknowledges them, and acts. What wakes it is a hint: nothing is lost where one is. Its alarm brings it back to
 * whatever waits; an instance with nothing to do costs nothing.
 */
export class FlowRunner extends DurableObject<Bindings> {
  readonly #parts: RunnerParts;
  readonly #facts: FactsRow;
  readonly #flows: FlowRecords;
  readonly #runs: RunRecords;
  readonly #follower: RoomFollower;
  readonly #outbox: Outbox;
  readonly #tries: FlowTries;
  /** What concerns events, flows and the root happens one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A look that waits for its turn: whoever hints meanwhile has it in common. */
  #look: Promise<RoomEvents["now"] | undefined> | undefined;

  constructor(ctx: DurableObjectState, env: Bindings, parts: RunnerParts = createParts(env)) {
    super(ctx, env);
    this.#parts = parts;
    const { sql } = ctx.storage;
    this.#facts = new FactsRow(sql);
    this.#flows = new FlowRecords(sql);
    this.#runs = new RunRecords(sql);
    const doing = {
      runs: this.#runs,
      stepMs: parts.stepMs,
      perform: this.#perform.bind(this),
      createOrder: this.#createOrder.bind(this),
    };
    this.#tries = new FlowTries(doing);
    this.#outbox = new Outbox({
      ...doing,
      flows: this.#flows,
      transaction: (change) => this.#transaction(change),
      onChange: () => void this.#arm(),
    });
    this.#follower = new RoomFollower({
      parts,
      facts: this.#facts,
      flows: this.#flows,
      runs: this.#runs,
      transaction: (change) => this.#transaction(change),
      onNewLife: () => this.#outbox.cancelAll(),
    });
    if (this.#facts.isThere) {
      this.#runs.recover();
      // A life that ended between a write and its alarm, or a runtime that lost the alarm, leaves nothing behind for good.
      void ctx.blockConcurrencyWhile(() => this.#arm());
    }
  }

  // ── Flows ──────────────────────────────────────────────────────────────────────────────────

  listFlows(): Flow[] {
    return this.#facts.find() ? this.#flows.list().map(toFlow) : [];
  }

  /** Keeps a flow, in place of the one with this id. */
  saveFlow(session: string, sessionUid: string, id: string, flow: NewFlow): Promise<KeptFlow | Refusal> {
    return answerOrRefuse(() => this.#inTurn(() => this.#save({ session, sessionUid }, id, flow)));
  }

  /** Its runs go with it, and what is done for it now is cancelled. */
  removeFlow(id: string): Promise<{ success: true } | Refusal> {
    return answerOrRefuse(() =>
      this.#inTurn(async () => {
        this.#require(id);
        this.#cancel(id);
        this.#transaction(() => {
          this.#flows.remove(id);
          this.#runs.removeAll(id);
        });
        await this.#tuneWatch();
        await this.#arm();
        return { success: true as const };
      }),
    );
  }

  // ── Runs ───────────────────────────────────────────────────────────────────────────────────

  listRuns(flow: string, before = Number.MAX_SAFE_INTEGER): Promise<FlowRuns | Refusal> {
    return answerOrRefuse(async () => {
      this.#require(flow);
      const rows = this.#runs.listRuns(flow, before, LIMITS.flowRunPage + 1);
      const page = rows.slice(0, LIMITS.flowRunPage);
      const last = page.at(-1);
      const runs = page.map((run) => this.#runs.describe(run));
      return { runs, ...(rows.length > page.length && last && { cursor: String(last.seq) }) };
    });
  }

  /** What failed of a run, or was given up, is done again, under the ids that it has. */
  sendAgain(flow: string, id: string): Promise<FlowRun | Refusal> {
    return answerOrRefuse(async () => {
      this.#require(flow);
      const run = this.#runs.find(flow, id);
      if (!run) throw new ProblemError("not_found", "no run of this flow has this id");
      const hasSomething = this.#transaction(() => this.#runs.reopen(id, Date.now()));
      if (!hasSomething) throw new ProblemError("conflict", "nothing of this run has failed");
      this.#outbox.start();
      await this.#arm();
      return this.#runs.describe(run);
    });
  }

  /** Does what the flow does, whatever happens in the room, and tells its steps to whoever asked; who leaves cancels it. */
  tryFlow(flow: string): ReadableStream<Uint8Array> | Refusal {
    try {
      const { flow: written } = this.#require(flow);
      if (this.#runs.hasOpenTry(flow)) throw new ProblemError("conflict", "this flow is being tried already");
      const id = createId();
      const cause = { event: "try" };
      const { epoch = 0 } = this.#facts.require();
      const run = {
        id,
        flow,
        at: Date.now(),
        cause,
        depth: 1,
        epoch,
        key: `try ${id}`,
        isTry: true,
      } as const;
      this.#transaction(() => this.#runs.add(run, written.do));
      const kept = this.#runs.find(flow, id);
      if (!kept) throw new ProblemError("unavailable", "the run was not kept");
      return this.#tries.open(kept);
    } catch (error) {
      return toRefusal(error);
    }
  }

  // ── What happens ───────────────────────────────────────────────────────────────────────────

  /** Something may have happened in the room. */
  async hint(): Promise<void> {
    await this.#lookSoon();
  }

  /** The clock has come round. @returns when it is to look again; undefined: never */
  async check(): Promise<number | undefined> {
    await this.#lookSoon();
    const facts = this.#facts.find();
    if (!facts) return undefined;
    const isQuiet = this.#flows.enabled.length === 0 || this.#now?.hasEnded === true;
    return isQuiet ? Math.max(facts.expiresAt ?? 0, Date.now() + CLOCK_MS) : Date.now() + CLOCK_MS;
  }

  /** Somebody calls the hook of a flow. Whatever is not right about that sounds the same. */
  callHook(flow: string, secretHash: string, depth: number): Promise<{ success: true } | Refusal> {
    return answerOrRefuse(async () => {
      const stored = this.#facts.find() && this.#flows.find(flow);
      if (!stored?.hookHash || !isSameHash(stored.hookHash, secretHash)) throw noHook();
      if (!stored.flow.enabled) throw noHook();
      if (this.#runs.countOpen(flow) >= LIMITS.flowWaitingRuns) {
        throw new ProblemError("rate_limited", "too many runs of this flow wait; try again later", {
          retryAfter: 60,
        });
      }
      await this.#happen({ event: "http", flow, at: Date.now(), depth }, `http ${createId()}`);
      return { success: true as const };
    });
  }

  /** A message came from the deployment's queue. @param id its own: one that comes twice sets a flow off once */
  hearMessage(topic: string, depth: number, id: string): Promise<{ success: true } | Refusal> {
    return answerOrRefuse(async () => {
      const isHeard = ({ flow }: StoredFlow) => flow.on.event === "queue" && flow.on.topic === topic;
      if (this.#facts.find() && this.#flows.enabled.some(isHeard)) {
        await this.#happen({ event: "queue", topic, at: Date.now(), depth }, `queue ${id}`);
      }
      return { success: true as const };
    });
  }

  override async alarm(): Promise<void> {
    await this.#lookSoon();
  }

  /** The session is gone. Asked again, it goes on. */
  forget(): Promise<{ success: true } | Refusal> {
    return answerOrRefuse(() =>
      this.#inTurn(async () => {
        await this.#erase();
        return { success: true as const };
      }),
    );
  }

  // ── In turn ────────────────────────────────────────────────────────────────────────────────

  async #save(
    { session, sessionUid }: Pick<RunnerFacts, "session" | "sessionUid">,
    id: string,
    flow: NewFlow,
  ): Promise<KeptFlow> {
    if (this.#facts.find()?.isErasing) await this.#erase();
    const before = this.#facts.find() && this.#flows.find(id);
    if (!before && this.#facts.find() && this.#flows.list().length >= LIMITS.flows) {
      throw new ProblemError("flow_not_valid", `a session takes up to ${LIMITS.flows} flows`);
    }
    await this.#settleIn(session, sessionUid);
    const now = await this.#lookNow();
    const facts = this.#facts.find();
    if (!now || !facts) throw new ProblemError("session_not_found", "this session is forgotten");
    const dueAt = findDue(flow, now.openedAt, Date.now());
    if (flow.enabled && ROOM_TRIGGERS.has(flow.on.event)) await this.#watch(true);
    if (flow.on.event === "recap" && facts.recapVersion === undefined) await this.#follower.seeRecap();
    const secrets = await createSecrets(flow, before);
    if (before && !flow.enabled) this.#cancel(id);
    this.#transaction(() => {
      const isSameTrigger = before && JSON.stringify(before.flow.on) === JSON.stringify(flow.on);
      if (!isSameTrigger || !before.flow.enabled) this.#flows.clearMemory(id);
      if (before && !flow.enabled) this.#runs.endAll(id, "cancelled", "The flow was switched off.");
      this.#flows.put({
        id,
        flow,
        signingSecret: secrets.signingSecret ?? null,
        hookHash: secrets.hookHash ?? null,
        failures: 0,
        offBecause: null,
        lastRun: before?.lastRun ?? null,
        dueAt: dueAt ?? null,
      });
    });
    await this.#tuneWatch();
    await this.#arm();
    const kept = this.#require(id);
    return {
      flow: toFlow(kept),
      ...(secrets.signingSecret !== undefined &&
        secrets.signingSecret !== before?.signingSecret && { signingSecret: secrets.signingSecret }),
      ...(secrets.hookSecret !== undefined && { hookSecret: secrets.hookSecret }),
    };
  }

  /** The first flow of a session: what has to be there before it. */
  async #settleIn(session: string, sessionUid: string): Promise<void> {
    if (this.#facts.find()) return;
    // Before anything of it is kept, the clock knows of it; and one that it finds without anything, it forgets.
    await this.#parts.register(session);
    this.#flows.createTable();
    this.#runs.createTables();
    this.#facts.create({ session, sessionUid, watch: "off", after: 0, misses: 0 });
  }

  /**
   * Has the root keep events as long as a flow waits for some. That it may do so, or not any more, is noted before: who
   * dies in between asks again.
   */
  async #watch(isWanted: boolean): Promise<void> {
    const facts = this.#facts.find();
    if (!facts || facts.watch === (isWanted ? "on" : "off")) return;
    this.#facts.change({ watch: "unsure" });
    await this.#parts.watch(facts.session, isWanted);
    this.#facts.change({ watch: isWanted ? "on" : "off" });
  }

  /** What fails is tried again with the next look. */
  async #tuneWatch(): Promise<void> {
    try {
      await this.#watch(this.#isWaitingForRoom);
    } catch (error) {
      logFailure("whether a session is watched is not settled; it is tried again", error);
      this.#facts.change({ lookAt: Date.now() + QUIET_LOOK_MS });
    }
  }

  get #isWaitingForRoom(): boolean {
    return this.#flows.enabled.some(({ flow }) => ROOM_TRIGGERS.has(flow.on.event));
  }

  /** It has done something in the room since the last look began. */
  #hasActed = false;

  /** How the room stood when it was looked at last. */
  #now: RoomEvents["now"] | undefined;

  /** Looks when it is its turn; what does not answer is asked again later. */
  #lookSoon(): Promise<RoomEvents["now"] | undefined> {
    this.#look ??= this.#inTurn(() => {
      this.#look = undefined;
      return this.#lookNow().catch((error) => {
        logFailure("a session's events were not read; it is tried again", error);
        return undefined;
      });
    });
    return this.#look;
  }

  /**
   * Works off what has happened, and begins with what is due.
   * @returns how the room stands; undefined where there is none
   */
  async #lookNow(): Promise<RoomEvents["now"] | undefined> {
    const facts = this.#facts.find();
    if (!facts) return undefined;
    if (facts.isErasing) {
      await this.#erase();
      return undefined;
    }
    this.#hasActed = false;
    try {
      const { now, hasNews } = await this.#follower.pull();
      this.#now = now;
      this.#follower.ring(now);
      const recapAt = await this.#follower.followRecap(now);
      await this.#tuneWatch();
      this.#facts.change({ misses: 0, lookAt: recapAt ?? this.#findNextLook(now, hasNews) });
      this.#outbox.start();
      return now;
    } catch (error) {
      if (error instanceof ProblemError && error.code === "session_not_found") {
        await this.#erase();
        return undefined;
      }
      const misses = facts.misses + 1;
      const wait = MISS_WAITS[facts.misses];
      this.#facts.change({ misses, lookAt: wait === undefined ? undefined : Date.now() + wait });
      // What is in the outbox does not wait for the room.
      this.#outbox.start();
      throw error;
    } finally {
      await this.#arm();
    }
  }

  /** What comes from elsewhere than the room: how that stands is asked first. @throws ProblemError `unavailable` */
  async #happen(event: FlowEvent, key: string): Promise<void> {
    const now = await this.#lookSoon();
    if (!now)
      throw new ProblemError("unavailable", "the session does not answer; try again", { retryAfter: 1 });
    this.#transaction(() => this.#follower.match(event, key, now));
    this.#outbox.start();
    await this.#arm();
  }

  /** Nothing is left but what an instance is that was never asked for anything. */
  async #erase(): Promise<void> {
    const facts = this.#facts.find();
    if (!facts) return;
    this.#facts.change({ isErasing: true });
    this.#outbox.cancelAll();
    this.#tries.cancelAll();
    await this.#arm();
    await this.#parts.clearSnapshots(facts.session);
    await this.#parts.unregister(facts.session);
    this.#facts.forget();
    this.#now = undefined;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.#flows.forgetCache();
  }

  // ── Small things ───────────────────────────────────────────────────────────────────────────

  #cancel(flow: string): void {
    this.#outbox.cancel(flow);
    this.#tries.cancel(flow);
  }

  /** All or nothing, in memory too. */
  #transaction<T>(change: () => T): T {
    try {
      return this.ctx.storage.transactionSync(change);
    } catch (error) {
      this.#flows.forgetCache();
      throw error;
    }
  }

  /** What it does itself in the room is an event there, of which nobody hints. */
  async #perform(order: StepOrder, signal: AbortSignal): Promise<StepOutcome> {
    const outcome = await this.#parts.perform(order, signal);
    const facts = this.#facts.find();
    if (!outcome.ok || !facts || QUIET_ACTIONS.has(order.action.do)) return outcome;
    this.#hasActed = true;
    const lookAt = Date.now() + BUSY_LOOK_MS;
    this.#facts.change({ lookAt: Math.min(facts.lookAt ?? lookAt, lookAt) });
    await this.#arm();
    return outcome;
  }

  #createOrder(run: StoredRun, step: StoredStep): StepOrder | undefined {
    const facts = this.#facts.find();
    const stored = facts && this.#flows.find(run.flow);
    if (!stored || facts.isErasing) return undefined;
    return {
      id: `${run.id}.${step.place}`,
      action: step.action,
      session: facts.session,
      sessionUid: facts.sessionUid,
      flow: { id: stored.id, name: stored.flow.name },
      signingSecret: stored.signingSecret ?? undefined,
      run: run.id,
      at: run.at,
      cause: run.cause,
      depth: run.depth,
      epoch: run.epoch,
    };
  }

  /** The root can't say by itself that something has happened, where people tap over their pipes. */
  #findNextLook(now: RoomEvents["now"], hasNews: boolean): number | undefined {
    if (this.#hasActed) return Date.now() + BUSY_LOOK_MS;
    if (this.#facts.require().watch === "unsure") return Date.now() + QUIET_LOOK_MS;
    if (now.hasEnded || !this.#isWaitingForRoom) return undefined;
    if (hasNews) return Date.now() + BUSY_LOOK_MS;
    return now.people > 0 ? Date.now() + QUIET_LOOK_MS : undefined;
  }

  async #arm(): Promise<void> {
    const facts = this.#facts.find();
    if (!facts) return;
    const isBusy = this.#outbox.isBusy || facts.isErasing;
    const dates = [
      isBusy ? Date.now() + GUARD_MS : undefined,
      this.#outbox.wakeAt,
      this.#flows.dueAt,
      facts.lookAt,
      facts.expiresAt && Math.max(facts.expiresAt + EXPIRY_SLACK_MS, Date.now() + EXPIRY_SLACK_MS),
    ].filter((at) => at !== undefined);
    if (dates.length > 0) await this.ctx.storage.setAlarm(Math.max(Date.now(), Math.min(...dates)));
    else await this.ctx.storage.deleteAlarm();
  }

  #require(id: string): StoredFlow {
    const facts = this.#facts.find();
    const stored = facts && !facts.isErasing ? this.#flows.find(id) : undefined;
    if (!stored) throw new ProblemError("flow_not_found", "no flow of this session has this id");
    return stored;
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task, task);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

const noHook = () => new ProblemError("flow_not_found", "no flow has this hook");

/** What it needs of secrets: those that it has, and new ones where it had none. */
async function createSecrets(flow: NewFlow, before: StoredFlow | undefined) {
  const isSigned = flow.do.some((action) => action.do === "webhook");
  const signingSecret = isSigned ? (before?.signingSecret ?? createSigningSecret()) : undefined;
  if (flow.on.event !== "http") return { signingSecret };
  if (before?.hookHash) return { signingSecret, hookHash: before.hookHash };
  const hookSecret = createSecret();
  return { signingSecret, hookSecret, hookHash: await hashSecret(hookSecret) };
}
