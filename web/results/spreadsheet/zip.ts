import { readStream } from "../../ui/read-stream.ts";
import { toStream } from "../to-stream.ts";
import { crc32 } from "./crc32.ts";

/** One file in a ZIP. */
export interface ZipEntry {
  /** With its folders: `xl/workbook.xml`. */
  readonly path: string;
  readonly chunks: Iterable<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array<ArrayBuffer>>;
}

const LOCAL_HEADER = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
/** The version of ZIP that a reader needs for what follows: 2.0. */
const VERSION = 20;
/** CRC and sizes follow the data (bit 3), and paths are UTF-8 (bit 11). */
const FLAGS = 0x0808;
const DEFLATE = 8;
/** 1 January 1980, where ZIP's time begins: nobody asks how old a part of a workbook is. */
const [TIME, DAY] = [0, 0x21];
/** Larger ones need ZIP64. */
const MOST_BYTES = 0xffffffff;

/**
 * A ZIP out of files whose sizes nobody knows before they end: no more than a chunk of them is in memory at a time.
 * An entry is read to its end before the next one is asked for.
 * @throws RangeError where a file or the ZIP would have more than 4 GiB
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  const passOn = (bytes: Uint8Array<ArrayBuffer>) => {
    offset += bytes.length;
    if (offset > MOST_BYTES) throw new RangeError("a ZIP of more than 4 GiB");
    return bytes;
  };
  for await (const { path, chunks } of entries) {
    const start = offset;
    const name = new TextEncoder().encode(path);
    const common = [u16(VERSION), u16(FLAGS), u16(DEFLATE), u16(TIME), u16(DAY)];
    const nothing = u32(0);
    const lengths = [u16(name.length), u16(0)];
    yield passOn(join(u32(LOCAL_HEADER), ...common, nothing, nothing, nothing, ...lengths, name));

    let [crc, size] = [0, 0];
    const measure = async function* () {
      for await (const chunk of chunks) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        if (size > MOST_BYTES) throw new RangeError(`${path} has more than 4 GiB`);
        yield chunk;
      }
    };
    const packedFrom = offset;
    for await (const chunk of deflate(measure())) yield passOn(chunk);
    const sums = [u32(crc), u32(offset - packedFrom), u32(size)];
    yield passOn(join(u32(DATA_DESCRIPTOR), ...sums));
    // No comment, the first disk, no attributes.
    const rest = [u16(0), u16(0), u16(0), u32(0), u32(start)];
    directory.push(join(u32(CENTRAL_HEADER), u16(VERSION), ...common, ...sums, ...lengths, ...rest, name));
  }
  const start = offset;
  for (const header of directory) yield passOn(header);
  const count = u16(directory.length);
  yield passOn(join(u32(END), u16(0), u16(0), count, count, u32(offset - start), u32(start), u16(0)));
}

/** Where nobody wants the rest, who made it is told. */
const deflate = (chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>) =>
  readStream(toStream(chunks).pipeThrough(new CompressionStream("deflate-raw")));

const u16 = (value: number) => Uint8Array.of(value, value >>> 8);
const u32 = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
