import { hc } from "hono/client";
import { Done } from "../../shared/protocol/session.schema.ts";
import type { FinalTotals } from "../lib/final-totals.ts";
import { createId } from "../lib/random.ts";
import { reach } from "../lib/reach.ts";
import { readAnswer } from "../lib/read-answer.ts";
import type { ReactionStore } from "../reaction-store/index.ts";

/** Puts the last totals of a session where they outlive its rooms. @throws ProblemError `unavailable` */
export async function keepTotals(env: SessionStoreEnv, session: string, json: FinalTotals): Promise<void> {
  const store = hc<ReactionStore>("http://reaction-store", { fetch: reach(env.REACTION_STORE, createId()) });
  await readAnswer(Done, await store.session[":session"].results.$put({ param: { session }, json }));
}
