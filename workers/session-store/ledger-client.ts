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
    return readAnswer(BatchAnswer, await batches.$post({ param: this.#param, json: batch }, inTime()));
  }

  async totals(): Promise<LedgerTotals> {
    return readAnswer(
      LedgerTotals,
      await this.#store.ledger[":ledger"].totals.$get({ param: this.#param }, inTime()),
    );
  }

  async begin(epoch: number): Promise<LedgerTotals> {
    const ledger = this.#store.ledger[":ledger"];
    return readAnswer(
      LedgerTotals,
      await ledger.epoch.$put({ param: this.#param, json: { epoch } }, inTime()),
    );
  }

  async erase(): Promise<void> {
    await readAnswer(Done, await this.#store.ledger[":ledger"].$delete({ param: this.#param }, inTime()));
  }
}

const inTime = () => ({ init: { signal: AbortSignal.timeout(LIMITS.ledgerTimeoutMs) } });
