import { DEFAULT_REACTIONS } from "../shared/interactions/reaction/reaction.ts";
import { NewSessionAnswer } from "../shared/protocol/session.schema.ts";
import { signDevToken } from "./dev-secrets.ts";
import { Failure } from "./failure.ts";
import { today } from "./today.ts";
import type { Demo } from "./welcome.ts";

/** Demos of one day; who ends them all has seen enough. */
const MOST_A_DAY = 100;

/**
 * Opens the demo's session of this day, or the next one where that was ended, and returns it with
 * where phones join it; `undefined` when this computer can't sign a token.
 * @param local where we reach the API @param base where phones reach it
 * @throws Failure when the API does not take the token
 */
export async function openDemo(local: string, base: string, name: string): Promise<Demo | undefined> {
  for (let number = 1; number <= MOST_A_DAY; number++) {
    const payload = { name, date: number === 1 ? today() : `${today()} (${number})` };
    const token = await signDevToken(payload);
    if (token === undefined) return undefined;
    const { joinUrl, endedAt } = await openSession(local, base, token);
    if (endedAt === null) return { payload, token, joinUrl };
  }
  throw new Failure("All demo sessions of this day were ended. Delete .wrangler/state to begin anew.");
}

async function openSession(local: string, base: string, token: string): Promise<NewSessionAnswer> {
  const response = await fetch(`${local}/api/v1/session/new`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-session-token": token },
    body: JSON.stringify({ apiUrl: base, webUiUrl: `${base}/join`, reactions: DEFAULT_REACTIONS }),
  });
  if (!response.ok) throw new Failure(`The demo's session could not be opened: ${await response.text()}`);
  return NewSessionAnswer.parse(await response.json());
}
