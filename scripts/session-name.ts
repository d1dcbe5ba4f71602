import { createHash, createHmac } from "node:crypto";

/**
 * The public name of a host token's session, before anybody has started it: what the api makes of the same two
 * (workers/api/keyring.ts), and tests/session.test.ts holds one against the other.
 * @param sessionSecret a SESSION_SECRET; of several, the newest makes names
 */
export function nameSession(token: string, sessionSecret: string): string {
  const [payload = "", signature = ""] = token.split(".").map((part) => Buffer.from(part, "base64url"));
  const digest = createHash("sha256").update(payload).update(".").update(signature).digest();
  const hash = digest.subarray(0, 13).toString("base64url");
  const [secret = ""] = sessionSecret.split(/[\s,]+/).filter((one) => one !== "");
  const tag = createHmac("sha256", secret).update(`revint session v1\0${hash}`).digest("base64url");
  return hash + tag.slice(0, 8);
}
