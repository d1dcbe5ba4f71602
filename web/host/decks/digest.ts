/**
 * What tells a file from every other one: SHA-256 in hex. `undefined` where a browser has none, as on plain http anywhere
 * but on this computer.
 */
export async function getDigest(content: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
