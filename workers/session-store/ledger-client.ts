import { hc } from "hono/client";
import { roomName } from "../../shared/identity.ts";
import { type Batch, BatchAnswer, LedgerTotals } from "../../shared/ledger.ts";
import { LIMITS } from "../../shared/limits.ts";
import { readAnswer } from "../../shared/problem.ts";
import { Done } from "../../shared/session.ts";
import type { ReactionStore } from "../reaction-store/index.ts";

/** A room's way to its ledger. Every call throws when the ledger does not answer in time. */
export class LedgerClient {
  readonly #store: ReturnType<typeof hc<ReactionStore>>;
  readonly #param: { ledger: string };

  constructor(store: Fetcher, session: string, room: number) {
    this.#store = hc<ReactionStore>("http://reaction-store", { fetch: store.fetch.bind(store) });
    this.#param = { ledger: roomName(session, room) };
  }

  async append(batch: Batch): Promise<BatchAnswer> {
    const { batches } = this.#store.ledger[":ledger"];
    const json = batch;
    return inTime(async (init) =>
      readAnswer(BatchAnswer, await batches.$post({ param: this.#param, json }, init)),
    );
  }

  async totals(): Promise<LedgerTotals> {
    const { totals } = this.#store.ledger[":ledger"];
    return inTime(async (init) => readAnswer(LedgerTotals, await totals.$get({ param: this.#param }, init)));
  }

  async begin(epoch: number): Promise<LedgerTotals> {
    const ledger = this.#store.ledger[":ledger"];
    const json = { epoch };
    return inTime(async (init) =>
      readAnswer(LedgerTotals, await ledger.epoch.$put({ param: this.#param, json }, init)),
    );
  }

  /** Takes what a participant sent out of the counts, or puts it back. */
  async uncount(participant: string, isUncounted: boolean): Promise<void> {
    const { uncounted } = this.#store.ledger[":ledger"].participant[":participant"];
    const param = { ...this.#param, participant };
    const json = { uncounted: isUncounted };
    await inTime(async (init) => readAnswer(Done, await uncounted.$put({ param, json }, init)));
  }

  async erase(): Promise<void> {
    const ledger = this.#store.ledger[":ledger"];
    await inTime(async (init) => readAnswer(Done, await ledger.$delete({ param: this.#param }, init)));
  }
}

/** Not `AbortSignal.timeout`: its timer would go on after the answer and keep the room from hibernating. */
async function inTime<T>(call: (options: { init: { signal: AbortSignal } }) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new Error("no answer in time")), LIMITS.ledgerTimeoutMs);
  try {
    return await call({ init: { signal: abort.signal } });
  } finally {
    clearTimeout(timer);
  }
}
