/** What browsers draw and can't run, by the bytes it begins with; an SVG is a document with scripts, and not among them. */
const HEADS: readonly (readonly [type: string, offset: number, bytes: string])[] = [
  ["image/png", 0, "89504e470d0a1a0a"],
  ["image/jpeg", 0, "ffd8ff"],
  ["image/gif", 0, "47494638"],
  // RIFF, a length, and what it holds.
  ["image/webp", 8, "57454250"],
  // A length, and the brand that the file begins with.
  ["image/avif", 4, "6674797061766966"],
  ["image/avif", 4, "6674797061766973"],
];

/** A picture's type by its first bytes, whatever its name says; undefined for everything that is no picture. */
export function getPictureType(content: Uint8Array): string | undefined {
  const head = Array.from(content.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return HEADS.find(([, offset, bytes]) => head.startsWith(bytes, 2 * offset))?.[0];
}
