/** 128 random bits in hex. `crypto.randomUUID` would need https, and a laptop in a LAN has none. */
export function createRandomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
