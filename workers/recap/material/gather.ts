import { hc } from "hono/client";
import { BucketCounts } from "../../lib/buckets.ts";
import { chooseBucket } from "../../lib/course.ts";
import { ProblemError } from "../../lib/problem-error.ts";
import { readAnswer } from "../../lib/read-answer.ts";
import { Story } from "../../lib/story.ts";
import type { ReactionStore } from "../../reaction-store/index.ts";
import type { SessionStore } from "../../session-store/index.ts";
import type { GatheredMaterial } from "./material.ts";
import { toMaterial } from "./to-material.ts";

/**
 * Reads all that a session's recap may tell.
 * @throws ProblemError `session_not_found`; `session_running` before its end; `unavailable` where a store does not answer
 */
export async function gather(
  env: Pick<RecapEnv, "SESSION_STORE" | "REACTION_STORE">,
  session: string,
  requestId: string,
): Promise<GatheredMaterial> {
  const param = { session };
  const sessions = hc<SessionStore>("http://session-store", { fetch: reach(env.SESSION_STORE, requestId) });
  const story = await readAnswer(Story, await sessions.session[":session"].story.$get({ param }));
  const { startedAt, endedAt, rooms, expiresAt } = story;
  if (endedAt === null) throw new ProblemError("session_running", "the session has to end first");
  const bucket = chooseBucket(endedAt - startedAt);
  const reactions = hc<ReactionStore>("http://reaction-store", {
    fetch: reach(env.REACTION_STORE, requestId),
  });
  const query = { bucket: String(bucket * 1000), rooms: String(rooms) };
  const answer = await reactions.session[":session"].buckets.$get({ param, query });
  const { counts } = await readAnswer(BucketCounts, answer);
  return { material: toMaterial({ ...story, endedAt }, { bucket, counts }), expiresAt };
}

/** A store that does not answer is `unavailable`, never a 500. */
const reach =
  (store: Pick<Fetcher, "fetch">, requestId: string) =>
  async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.headers.set("X-Request-Id", requestId);
    try {
      return await store.fetch(request);
    } catch (error) {
      const cause = error instanceof Error ? error.stack : String(error);
      console.error(JSON.stringify({ requestId, message: "a store did not answer", error: cause }));
      throw new ProblemError("unavailable", "a part of the service did not answer; try again", {
        retryAfter: 1,
      });
    }
  };
