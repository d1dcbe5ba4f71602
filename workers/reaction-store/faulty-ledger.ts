import type { Batch, BatchAnswer, LedgerTotals } from "../lib/ledger.ts";
import { ReactionLedger } from "./reaction-ledger.ts";

export { default } from "./index.ts";

/**
 * The real ledger, which, told so, fails the next calls, or does what it is asked and loses the answer.
 * The tests of session-store have it in reaction-store (vitest.config.ts).
 */
export class FaultyLedger extends ReactionLedger {
  #failures = 0;
  #losses = 0;

  failNext(calls: number): void {
    this.#failures = calls;
  }

  loseNext(answers: number): void {
    this.#losses = answers;
  }

  override append(batch: Batch): BatchAnswer {
    this.#mayFail();
    const answer = super.append(batch);
    this.#mayLose();
    return answer;
  }

  override excludeFromTotals(participant: string, isExcluded: boolean): void {
    super.excludeFromTotals(participant, isExcluded);
    this.#mayLose();
  }

  override eraseTopics(topics: readonly string[]): void {
    this.#mayFail();
    super.eraseTopics(topics);
    this.#mayLose();
  }

  override async erase(): Promise<void> {
    this.#mayFail();
    await super.erase();
  }

  override totals(): LedgerTotals {
    this.#mayFail();
    return super.totals();
  }

  #mayFail(): void {
    if (this.#failures === 0) return;
    this.#failures--;
    throw new Error("the ledger is out");
  }

  #mayLose(): void {
    if (this.#losses === 0) return;
    this.#losses--;
    throw new Error("the answer is lost");
  }
}

/** The name that the binding asks for. */
export { FaultyLedger as ReactionLedger };
