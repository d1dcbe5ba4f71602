import { encodeBase64 } from "hono/utils/encode";

const PREFIX = "whsec_";

interface Signed {
  /** The same for each try of one message, so that a receiver knows it again. */
  readonly id: string;
  /** When it is sent, in milliseconds since 1970. */
  readonly at: number;
  readonly body: string;
}

/**
 * The headers by which a receiver knows who sent a message, and that it is neither changed nor old. The library
 * `standardwebhooks` (12 KiB) is for tests alone, as their receiver: a signature that is made and checked by the same code
 * proves nothing.
 * @param secret `whsec_` and a key in base64
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function signWebhook(secret: string, { id, at, body }: Signed): Promise<Record<string, string>> {
  if (!secret.startsWith(PREFIX)) throw new Error("a signing secret begins with whsec_");
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const timestamp = `${Math.floor(at / 1000)}`;
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signature = encodeBase64(await crypto.subtle.sign("HMAC", key, content));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
