import { ReactionLedger as Ledger } from "worker";
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

/** What was counted, at a socket of its own. */
export const Counts = { fetch: (): Response => Response.json(counter.read()) };

export { default } from "worker";
