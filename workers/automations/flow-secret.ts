import { timingSafeEqual } from "node:crypto";

/** Compares hashes of secrets: how long it takes tells nothing of where they differ. */
export function isSameHash(one: string, other: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(one), encoder.encode(other)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
