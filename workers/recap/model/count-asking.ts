import { hc } from "hono/client";
import { Done } from "../../../shared/protocol/session.schema.ts";
import type { HostStore } from "../../host-store/index.ts";
import { createId } from "../../lib/random.ts";
import { reach } from "../../lib/reach.ts";
import { readAnswer } from "../../lib/read-answer.ts";

/**
 * Counts for the account of a session, if it has one, that the model is about to be asked.
 * @throws ProblemError `rate_limited` when that was often enough for a day; `unavailable` where host-store does not answer
 */
export async function countAsking(env: Pick<RecapEnv, "HOST_STORE">, session: string): Promise<void> {
  const hosts = hc<HostStore>("http://host-store", { fetch: reach(env.HOST_STORE, createId()) });
  await readAnswer(Done, await hosts.session[":session"].recap.$post({ param: { session } }));
}
