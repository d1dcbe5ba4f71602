import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";
import { type ZipEntry, zip } from "./zip.ts";

async function collect(entries: readonly ZipEntry[]): Promise<DataView<ArrayBuffer>> {
  const list = async function* () {
    yield* entries;
  };
  const chunks: BlobPart[] = [];
  for await (const chunk of zip(list())) chunks.push(chunk);
  return new DataView(await new Blob(chunks).arrayBuffer());
}

const slice = (file: DataView<ArrayBuffer>, from: number, length: number) =>
  new Uint8Array(file.buffer, from, length);

/** Unpacks as gzip, which refuses what has another checksum or another length. */
async function gunzip(packed: Uint8Array<ArrayBuffer>, sums: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
  const stream = new Blob([header, packed, sums]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What stands in a ZIP, read from its end as every reader does. */
async function unzip(file: DataView<ArrayBuffer>): Promise<{ path: string; content: Uint8Array }[]> {
  const end = file.byteLength - 22;
  expect(file.getUint32(end, true)).toBe(0x06054b50);
  let at = file.getUint32(end + 16, true);
  expect(at + file.getUint32(end + 12, true)).toBe(end);
  const found: { path: string; content: Uint8Array }[] = [];
  while (at < end) {
    expect(file.getUint32(at, true)).toBe(0x02014b50);
    const packed = file.getUint32(at + 20, true);
    const length = file.getUint16(at + 28, true);
    const start = file.getUint32(at + 42, true);
    const path = slice(file, at + 46, length);
    expect(file.getUint32(start, true)).toBe(0x04034b50);
    expect(slice(file, start + 30, length)).toEqual(path);
    const from = start + 30 + length;
    // What could not stand before the data stands behind it, and in the directory.
    expect(file.getUint32(from + packed, true)).toBe(0x08074b50);
    expect(slice(file, from + packed + 4, 12)).toEqual(slice(file, at + 16, 12));
    const sums = new Blob([slice(file, at + 16, 4), slice(file, at + 24, 4)]);
    const content = await gunzip(slice(file, from, packed), new Uint8Array(await sums.arrayBuffer()));
    found.push({ path: new TextDecoder().decode(path), content });
    at += 46 + length;
  }
  expect(found).toHaveLength(file.getUint16(end + 10, true));
  return found;
}

test("files come out of a ZIP as they went in, whatever they hold and however they are cut", async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)));
  const entry = fc.record({ path: fc.string({ minLength: 1, unit: "grapheme" }), chunks });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
      const wanted = entries.map(({ path, chunks }) => ({
        ...{ path, content: Uint8Array.from(chunks.flatMap((chunk) => [...chunk])) },
      }));
      expect(await unzip(await collect(entries))).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});

test("a checksum is the one that everybody computes, and goes on where it was", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
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
