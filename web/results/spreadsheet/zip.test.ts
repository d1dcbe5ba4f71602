import { inflateRawSync, crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { type ZipEntry, zip } from "./zip.ts";

async function collect(entries: readonly ZipEntry[]): Promise<Buffer> {
  const list = async function* () {
    yield* entries;
  };
  return Buffer.concat(await Array.fromAsync(zip(list())));
}

/** What stands in a ZIP, read from its end as every reader does. */
function unzip(file: Buffer): { path: string; content: Buffer }[] {
  const end = file.length - 22;
  expect(file.readUInt32LE(end)).toBe(0x06054b50);
  let at = file.readUInt32LE(end + 16);
  expect(at + file.readUInt32LE(end + 12)).toBe(end);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    expect(file.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packed, size, length] = [16, 20, 24]
      .map((place) => file.readUInt32LE(at + place))
      .concat(file.readUInt16LE(at + 28));
    const start = file.readUInt32LE(at + 42);
    const path = file.toString("utf8", at + 46, at + 46 + (length ?? 0));
    at += 46 + (length ?? 0);
    expect(file.readUInt32LE(start)).toBe(0x04034b50);
    const from = start + 30 + file.readUInt16LE(start + 26);
    const until = from + (packed ?? 0);
    const content = inflateRawSync(file.subarray(from, until));
    // What could not stand before the data stands behind it.
    expect([0, 4, 8, 12].map((place) => file.readUInt32LE(until + place))).toEqual([
      0x08074b50,
      crc,
      packed,
      size,
    ]);
    expect([content.length, nodeCrc32(content)]).toEqual([size, crc]);
    return { path, content };
  });
}

test("files come out of a ZIP as they went in, whatever they hold and however they are cut", async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)));
  const entries = fc.array(fc.record({ path: fc.string({ minLength: 1, unit: "grapheme" }), chunks }), {
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(entries, async (given) => {
      const wanted = given.map(({ path, chunks }) => ({ path, content: Buffer.concat(chunks) }));
      expect(unzip(await collect(given))).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test("a checksum goes on where it was", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7919) & 0xff);
  expect(crc32(bytes)).toBe(nodeCrc32(bytes));
  expect(crc32(bytes.subarray(400), crc32(bytes.subarray(0, 400)))).toBe(nodeCrc32(bytes));
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

test("what goes wrong in a file goes on to who reads the ZIP, and who reads no further ends the file", async () => {
  const wrong = new Error("broken off");
  const chunks = async function* () {
    yield new Uint8Array(10);
    throw wrong;
  };
  await expect(collect([{ path: "a", chunks: chunks() }])).rejects.toBe(wrong);

  let isOver = false;
  const endless = async function* () {
    try {
      for (;;) yield crypto.getRandomValues(new Uint8Array(60_000));
    } finally {
      isOver = true;
    }
  };
  const entries = async function* () {
    yield { path: "endless", chunks: endless() };
  };
  let bytes = 0;
  for await (const chunk of zip(entries())) {
    bytes += chunk.length;
    if (bytes > 200_000) break;
  }
  await expect.poll(() => isOver).toBe(true);
});
