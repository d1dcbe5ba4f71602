import { Done } from "../../shared/protocol/session.schema.ts";
import { UnseenTalks } from "../lib/host-talk.ts";
import { logFailure } from "../lib/log-failure.ts";
import { readAnswer } from "../lib/read-answer.ts";
import { withTimeout } from "../lib/with-timeout.ts";
import type { Stores } from "./stores.ts";

/* What hosts find in years: how the session of each of their talks stood when it was last looked at. */

/** How long somebody who ends a session waits for that, in milliseconds; what is not kept by then is kept later. */
const WAIT_MS = 2000;

/** Asks a talk's session how it stands, and keeps that with the talk. One that is gone leaves it as it was known. */
async function keep(stores: Stores, session: string): Promise<void> {
  const askedAt = Date.now();
  const json = { look: await stores.look(session), askedAt };
  const { look } = stores.hosts.session[":session"];
  await readAnswer(Done, await look.$put({ param: { session }, json }));
}

/** The same for whoever has just ended it: nothing goes wrong for them if it fails, since the clock does it again. */
export async function keepInTime(stores: Stores, session: string): Promise<void> {
  await withTimeout(() => keep(stores, session), WAIT_MS).catch((error: unknown) =>
    logFailure("how a talk has ended was not kept", error),
  );
}

/** A few of the talks that run, by what is known: some sessions have ended by themselves, or were forgotten. */
export async function lookAtTalks(stores: Stores): Promise<void> {
  const { talks } = await readAnswer(UnseenTalks, await stores.hosts.talks.unseen.$post());
  for (const { session } of talks) {
    // One that does not answer has its turn again; the others need not wait for it.
    await keep(stores, session).catch((error: unknown) => logFailure("a talk was not looked at", error));
  }
}
