import { SignUpAnswer } from "../shared/protocol/host/account.schema.ts";
import type { SignUpMode } from "../shared/protocol/host/account.ts";

/** How long a deployment has to answer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Who may make an account there, as the deployment itself says; `undefined`: it does not say. @param url where its pages are */
export async function readSignUpMode(url: string): Promise<SignUpMode | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(new URL("/api/v1/host/sign-up", url), { signal, redirect: "error" });
    return SignUpAnswer.parse(await answer.json()).signUp;
  } catch {
    return undefined;
  }
}
