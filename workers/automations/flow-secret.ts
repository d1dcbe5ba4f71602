import { timingSafeEqual } from "node:crypto";

/** How long a secret is that signs webhooks, in bytes: as Standard Webhooks has it. */
const BYTES = 32;

/** `whsec_` and base64: as receivers' libraries take it. */
export function createSigningSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

/** Compares hashes of secrets: how long it takes tells nothing of where they differ. */
export function isSameHash(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(one), encoder.encode(other)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
