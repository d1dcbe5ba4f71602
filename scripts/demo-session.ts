import { NewSessionAnswer } from "../shared/session.ts";
import { Failure } from "./failure.ts";

/**
 * Opens the demo's session, or the one of this day again, and returns where phones join it.
 * @param local where we reach the API @param base where phones reach it
 * @throws Failure when the API does not take the token
 */
export async function openDemoSession(local: string, base: string, token: string): Promise<string> {
  const response = await fetch(`${local}/api/v1/session/new`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-session-token": token },
    body: JSON.stringify({ apiUrl: base, webUiUrl: `${base}/join` }),
  });
  if (!response.ok) throw new Failure(`The demo's session could not be opened: ${await response.text()}`);
  return NewSessionAnswer.parse(await response.json()).joinUrl;
}
