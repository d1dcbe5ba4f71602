import { toBase64Url } from "./base64url.ts";

/** Bytes of the hash that names a session: 104 bits. */
export const HASH_BYTES = 13;

const LABEL = "revint talk v1\0";

/**
 * The one-way name of a talk's session, from `talk` of its tokens: so that every new token opens the same session, and
 * a printed QR code stays good. What any other token names is made from that token (workers/api/token.ts).
 */
export async function hashTalk(talk: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(LABEL + talk));
  return toBase64Url(digest.slice(0, HASH_BYTES));
}
