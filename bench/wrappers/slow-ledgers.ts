import { ReactionLedger as Ledger } from "worker";

/** What a ledger takes that is far away, in milliseconds. */
const DELAY_MS = 20;

/** reaction-store as it is deployed, and its ledgers slow. */
export class ReactionLedger extends Ledger {
  override async append(batch: unknown): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
    return Reflect.apply(Ledger.prototype.append, this, [batch]);
  }
}

export { default } from "worker";
