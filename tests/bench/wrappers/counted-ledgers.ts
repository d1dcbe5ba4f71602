import worker, { ReactionLedger as Ledger } from "worker";
import { countedFetch } from "./counted-fetch.ts";
import { Counter } from "./counts.ts";

const counter = new Counter();

/** reaction-store as it is deployed, and its operations counted. */
export class ReactionLedger extends Ledger {
  constructor(ctx: ConstructorParameters<typeof Ledger>[0], env: unknown) {
    counter.watch(ctx.storage);
    super(ctx, env);
  }
}
counter.countCalls(ReactionLedger.prototype, Ledger.prototype);

export default { fetch: countedFetch(worker, counter) };
