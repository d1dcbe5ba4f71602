import { DurableObject } from "cloudflare:workers";
import type { Flow, FlowRun, FlowRuns } from "../../shared/protocol/flow.ts";
import { LIMITS } from "../../shared/protocol/limits.ts";
import type { Refusal } from "../../shared/protocol/problem.ts";
import type { FlowCopies, KeptFlows, WrittenFlows } from "../lib/flow-copy.ts";
import { logFailure } from "../lib/log-failure.ts";
import { ProblemError } from "../lib/problem-error.ts";
import { createId } from "../lib/random.ts";
import { answerOrRefuse } from "../lib/refuse.ts";
import type { RoomEvents } from "../lib/room-event.ts";
import type { Bindings } from "./bindings.ts";
import { FlowRecords, type StoredFlow, toCopy, toFlow } from "./flow-records.ts";
import { isSameHash } from "./flow-secret.ts";
import { FlowTries } from "./flow-try.ts";
import { FlowWriter } from "./flow-writer.ts";
import type { FlowEvent } from "./match/flow-event.ts";
import { BUSY_LOOK_MS, findNextCheck, findNextLook, findNextTry, QUIET_LOOK_MS } from "./next-look.ts";
import { Outbox } from "./outbox.ts";
import { RoomFollower } from "./room-follower.ts";
import { RoomWatch } from "./room-watch.ts";
import { RunRecords, type StoredRun, type StoredStep } from "./run-records.ts";
import { RunnerAlarm } from "./runner-alarm.ts";
import { FactsRow } from "./runner-facts.ts";
import { createParts, type RunnerParts } from "./runner-parts.ts";
import type { StepOrder, StepOutcome } from "./step.ts";

/** If this life ends while something is done, the next one begins this much later at the latest. */
const GUARD_MS = 30_000;

/** After the session's time has passed, it is looked for so much later. */
const EXPIRY_SLACK_MS = 60_000;

/** What changes nothing in the room. */
const QUIET_ACTIONS: ReadonlySet<string> = new Set(["webhook", "queue", "store", "message"]);

/**
 * One instance keeps the flows of one session, and runs them. It pulls the events that the session's root has kept,
 * matches them, and writes the runs that they cause into its SQLite in one turn with the number of the last event; only
 * then it acts, and asks for those behind that number. What wakes it is a hint: nothing is lost where one is. Its alarm
 * brings it back to whatever waits; an instance with nothing to do costs nothing.
 */
export class FlowRunner extends DurableObject<Bindings> {
  readonly #parts: RunnerParts;
  readonly #facts: FactsRow;
  readonly #flows: FlowRecords;
  readonly #runs: RunRecords;
  readonly #follower: RoomFollower;
  readonly #watch: RoomWatch;
  readonly #writer: FlowWriter;
  readonly #outbox: Outbox;
  readonly #tries: FlowTries;
  readonly #alarm: RunnerAlarm;
  /** What concerns events, flows and the root happens one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** A look that waits for its turn: whoever hints meanwhile has it in common. */
  #look: Promise<RoomEvents["now"] | undefined> | undefined;

  constructor(ctx: DurableObjectState, env: Bindings, parts: RunnerParts = createParts(env)) {
    super(ctx, env);
    this.#parts = parts;
    const { sql } = ctx.storage;
    this.#alarm = new RunnerAlarm(ctx.storage, () => void this.#lookSoon());
    this.#facts = new FactsRow(sql);
    this.#flows = new FlowRecords(sql);
    this.#runs = new RunRecords(sql);
    const kept = {
      parts,
      facts: this.#facts,
      flows: this.#flows,
      runs: this.#runs,
      transaction: this.#transaction.bind(this),
    };
    const doing = {
      ...kept,
      stepMs: parts.stepMs,
      perform: this.#perform.bind(this),
      createOrder: this.#createOrder.bind(this),
    };
    this.#tries = new FlowTries(doing);
    this.#outbox = new Outbox({ ...doing, onChange: () => void this.#arm() });
    this.#watch = new RoomWatch(kept);
    this.#follower = new RoomFollower({ ...kept, onNewLife: () => this.#outbox.cancelAll() });
    this.#writer = new FlowWriter({
      ...kept,
      watch: this.#watch,
      follower: this.#follower,
      look: this.#lookNow.bind(this),
      cancel: this.#cancel.bind(this),
    });
    if (this.#facts.isThere) {
      this.#runs.recover();
      void ctx.blockConcurrencyWhile(() => this.#recover());
    }
  }

  // ── Flows ──────────────────────────────────────────────────────────────────────────────────

  listFlows(): Flow[] {
    return this.#facts.find() ? this.#flows.list().map(toFlow) : [];
  }

  /** Keeps flows, each in place of the one with its id: all of them or none. */
  saveFlows(session: string, sessionUid: string, { flows }: WrittenFlows): Promise<KeptFlows | Refusal> {
    return this.#write(async () => ({ flows: await this.#writer.save({ session, sessionUid }, flows) }));
  }

  /** The flows of the session's talk, with their secrets: once, and none that its hosts have written or deleted since. */
  takeOver(session: string, sessionUid: string, { flows }: FlowCopies): Promise<{ success: true } | Refusal> {
    return this.#write(async () => {
      await this.#writer.takeOver({ session, sessionUid }, flows);
      return { success: true as const };
    });
  }

  /** With what is secret of them, for their talk to keep. */
  copyFlows(): FlowCopies {
    const facts = this.#facts.find();
    return { flows: facts && !facts.isErasing ? this.#flows.list().map(toCopy) : [] };
  }

  /** Its runs go with it, and what is done for it now is cancelled. */
  removeFlow(id: string): Promise<{ success: true } | Refusal> {
    return this.#write(async () => {
      this.#require(id);
      this.#cancel(id);
      this.#transaction(() => {
        this.#flows.remove(id);
        this.#runs.removeAll(id);
      });
      return { success: true as const };
    });
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
  tryFlow(id: string): Promise<ReadableStream<Uint8Array> | Refusal> {
    return answerOrRefuse(async () => this.#tries.open(this.#require(id), this.#facts.require().epoch));
  }

  // ── What happens ───────────────────────────────────────────────────────────────────────────

  /** Something may have happened in the room. */
  async hint(): Promise<void> {
    await this.#lookSoon();
  }

  /**
   * The clock has come round, to many sessions at once: each looks in a turn of its own, with all the calls that one may make.
   * @returns when the clock is to come again; undefined: never
   */
  async check(): Promise<number | undefined> {
    const facts = this.#facts.find();
    if (!facts) return undefined;
    this.#lookAt = Date.now();
    await this.#arm();
    return findNextCheck(this.#flows.enabled.length === 0 || facts.hasEnded === true, facts.expiresAt);
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
    this.#alarm.noteRung();
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

  /**
   * When it looks at the root again by itself, in milliseconds since 1970. It is not written, since that would be one row for
   * every look: the next life looks when the alarm of this one rings.
   */
  #lookAt: number | undefined;
  /** It has done something in the room since the last look began. */
  #hasActed = false;

  /** A life that ended between a write and its alarm, or a runtime that lost the alarm, leaves nothing behind for good. */
  async #recover(): Promise<void> {
    this.#lookAt = (await this.#alarm.recover()) ?? Date.now();
    await this.#arm();
  }

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
      this.#follower.ring(now);
      const recapAt = await this.#follower.followRecap(now);
      await this.#watch.tune();
      const { watch } = this.#facts.require();
      this.#facts.change({ misses: 0 });
      const isWaiting = this.#watch.isWanted;
      const reachMs = this.#watch.findReach(now);
      const look = { now, hasNews, hasActed: this.#hasActed, isWaiting, reachMs, watch };
      this.#lookAt = recapAt ?? findNextLook(look);
      this.#outbox.start();
      return now;
    } catch (error) {
      if (error instanceof ProblemError && error.code === "session_not_found") {
        await this.#erase();
        return undefined;
      }
      const misses = facts.misses + 1;
      this.#facts.change({ misses });
      this.#lookAt = findNextTry(misses);
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
    await this.#alarm.clear();
    await this.ctx.storage.deleteAll();
    this.#flows.forgetCache();
  }

  // ── Small things ───────────────────────────────────────────────────────────────────────────

  #cancel(flow: string): void {
    this.#outbox.cancel(flow);
    this.#tries.cancel(flow);
  }

  /** All or nothing, in memory too; with it is written what flows remember by then. */
  #transaction<T>(change: () => T): T {
    try {
      return this.ctx.storage.transactionSync(() => {
        const result = change();
        this.#flows.keepMemories();
        return result;
      });
    } catch (error) {
      this.#facts.forgetCache();
      this.#flows.forgetCache();
      throw error;
    }
  }

  /** What it does itself in the room is an event there, of which nobody hints. */
  async #perform(order: StepOrder, signal: AbortSignal): Promise<StepOutcome> {
    const outcome = await this.#parts.perform(order, signal);
    if (outcome.ok && order.action.do === "end") await this.#parts.noteEnded(order.session);
    const facts = this.#facts.find();
    if (!outcome.ok || !facts || QUIET_ACTIONS.has(order.action.do)) return outcome;
    this.#hasActed = true;
    this.#lookBy(Date.now() + BUSY_LOOK_MS);
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

  async #arm(): Promise<void> {
    const facts = this.#facts.find();
    if (!facts) return;
    const isBusy = this.#outbox.isBusy || facts.isErasing;
    const dates = [
      isBusy ? Date.now() + GUARD_MS : undefined,
      this.#outbox.wakeAt,
      this.#flows.dueAt,
      this.#lookAt,
      facts.expiresAt && Math.max(facts.expiresAt + EXPIRY_SLACK_MS, Date.now() + EXPIRY_SLACK_MS),
    ].filter((at) => at !== undefined);
    if (dates.length > 0) await this.#alarm.set(Math.min(...dates));
    else await this.#alarm.clear();
  }

  #write<T extends object>(task: () => Promise<T>): Promise<T | Refusal> {
    return answerOrRefuse(() =>
      this.#inTurn(async () => {
        if (this.#facts.find()?.isErasing) await this.#erase();
        const written = await task();
        await this.#watch.tune();
        if (this.#facts.find()?.watch === "unsure") this.#lookBy(Date.now() + QUIET_LOOK_MS);
        await this.#arm();
        return written;
      }),
    );
  }

  /** Then, if not sooner. */
  #lookBy(at: number): void {
    this.#lookAt = Math.min(this.#lookAt ?? at, at);
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
