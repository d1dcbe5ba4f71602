import fc from "fast-check";
import { expect, test } from "vitest";
import { closeFrame, FrameScanner } from "./frame-scanner.ts";

/** A frame as a server writes it, or a client (masked). */
function frame(length: number, isMasked: boolean): Uint8Array {
  const mask = isMasked ? 0x80 : 0;
  const head =
    length < 126
      ? [0x81, mask | length]
      : length < 65_536
        ? [0x81, mask | 126, length >> 8, length & 255]
        : [
            0x81,
            mask | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ];
  return Uint8Array.of(...head, ...(isMasked ? [1, 2, 3, 4] : []), ...new Uint8Array(length));
}

test("wherever frames are cut on their way, only behind a whole one is a place between", () => {
  const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(125, 126, 65_535, 65_536));
  const frames = fc.array(fc.tuple(lengths, fc.boolean()), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 20 }), (all, cuts) => {
      const parts = all.map(([length, isMasked]) => frame(length, isMasked));
      const ends = new Set<number>([0]);
      let end = 0;
      for (const { length } of parts) {
        end += length;
        ends.add(end);
      }
      const bytes = Buffer.concat(parts);
      const scanner = new FrameScanner();
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        const next = Math.min(at + cut, bytes.length);
        scanner.push(bytes.subarray(at, next));
        at = next;
        expect(scanner.isBetweenFrames).toBe(ends.has(at));
      }
    }),
    { numRuns: 100 },
  );
});

test("a close frame is one whole frame that says its code", () => {
  const scanner = new FrameScanner();
  scanner.push(closeFrame(1012));
  expect(scanner.isBetweenFrames).toBe(true);
  expect([...closeFrame(1012)]).toEqual([0x88, 2, 0x03, 0xf4]);
});
