import { toBase64Url } from "./base64url.ts";

const random = (bytes: number): string => toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)).buffer);

/** Names something of a host's: 128 random bits, 22 characters. */
export const createId = (): string => random(16);

/** Lets somebody in: 256 random bits, 43 characters. */
export const createSecret = (): string => random(32);

/** What is kept of a secret. A fast hash is enough: nobody guesses 256 bits. */
export async function hashSecret(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return toBase64Url(digest);
}
