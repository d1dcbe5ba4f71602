/*
 * QR codes (ISO/IEC 18004) of links, and no more than that: capitals and digits or else bytes, and error correction of
 * level M. That is a third of what a library for all of it weighs, and every deck and its budget carry it. The test
 * compares it with such a library.
 */

/** What takes 11 bits for two characters instead of 16; their values are their places. */
const SMALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** By version, from 1: how many codewords correct one block, and how many blocks there are. */
const CORRECTIONS = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

/** What a version has room for, in codewords of a byte each. */
interface Layout {
  readonly version: number;
  /** Along one side, in squares. */
  readonly size: number;
  readonly codewords: number;
  readonly blocks: number;
  /** Of each block. */
  readonly corrections: number;
}

/** What decides which squares are turned over, so that no pattern of them looks like another part of the code. */
const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/**
 * A short address, written so that its code has fewer and larger squares: scheme and host mean the same in capitals, and
 * the digits behind them have none. Every other link stays as it is.
 */
export const capitalize = (url: string): string =>
  /^https?:\/\/[\da-z.:-]+\/\d+$/.test(url) ? url.toUpperCase() : url;

/**
 * The code of a text: 1 for a dark square, row by row.
 * @throws RangeError for a text of more than 2,331 bytes, or 3,391 capitals and digits
 */
export function encodeQr(text: string): readonly (readonly number[])[] {
  const layout = findLayout(text);
  const codewords = interleave(toCodewords(text, layout), layout);
  const codes = MASKS.map((_, mask) => draw(codewords, layout, mask));
  const penalties = codes.map(getPenalty);
  return codes[penalties.indexOf(Math.min(...penalties))] ?? [];
}

/** The smallest version that has room for a text. */
function findLayout(text: string): Layout {
  for (const [index, blocks] of BLOCKS.entries()) {
    const version = index + 1;
    const corrections = CORRECTIONS[index] ?? 0;
    const positions = version > 1 ? Math.floor(version / 7) + 2 : 0;
    const patterns = version > 1 ? (25 * positions - 10) * positions - 55 : 0;
    const squares = (16 * version + 128) * version + 64 - patterns - (version > 6 ? 36 : 0);
    const codewords = Math.floor(squares / 8);
    const layout = { version, size: version * 4 + 17, codewords, blocks, corrections };
    if (toBits(text, version).length <= getRoom(layout) * 8) return layout;
  }
  throw new RangeError("the text is too long for a QR code");
}

/** How many codewords are left for the text. */
const getRoom = ({ codewords, blocks, corrections }: Layout): number => codewords - blocks * corrections;

/** What kind of text comes, how long it is, and the text. */
function toBits(text: string, version: number): string {
  const values = [...text].map((character) => SMALL.indexOf(character));
  const isSmall = text !== "" && !values.includes(-1);
  const write = (value: number, length: number) => value.toString(2).padStart(length, "0");
  if (!isSmall) {
    const bytes = [...new TextEncoder().encode(text)];
    const length = write(bytes.length, version > 9 ? 16 : 8);
    return `0100${length}${bytes.map((byte) => write(byte, 8)).join("")}`;
  }
  let bits = `0010${write(values.length, version > 26 ? 13 : version > 9 ? 11 : 9)}`;
  for (let at = 0; at < values.length; at += 2) {
    const [first = 0, second] = values.slice(at);
    bits += second === undefined ? write(first, 6) : write(first * 45 + second, 11);
  }
  return bits;
}

/** The bits with their end, as far as there is room for it, and filled up. */
function toCodewords(text: string, layout: Layout): number[] {
  const room = getRoom(layout);
  const bits = `${toBits(text, layout.version)}0000`.slice(0, room * 8);
  const data = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
  for (let filler = 0xec; data.length < room; filler ^= 0xfd) data.push(filler);
  return data;
}

/** Every block with its corrections, one codeword of each in turn: what is torn away from a code is a little of each. */
function interleave(data: readonly number[], { codewords, blocks, corrections }: Layout): number[] {
  const divisor = getDivisor(corrections);
  const long = codewords % blocks;
  const short = Math.floor(codewords / blocks) - corrections;
  const parts = Array.from({ length: blocks }, (_, index) => {
    const start = index * short + Math.max(0, index - (blocks - long));
    return data.slice(start, start + short + (index < blocks - long ? 0 : 1));
  });
  const checks = parts.map((part) => getRemainder(part, divisor));
  const turns = (rows: readonly (readonly number[])[], length: number) =>
    Array.from({ length }, (_, at) => rows.flatMap((row) => row[at] ?? [])).flat();
  return [...turns(parts, short + 1), ...turns(checks, corrections)];
}

/** The product of two numbers of the field GF(2^8/0x11d). */
function multiply(x: number, y: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((y >> bit) & 1) * x);
  }
  return product;
}

/** The product of all x - 2^i, without its first coefficient, which is 1. */
function getDivisor(degree: number): number[] {
  let divisor = [1];
  for (let index = 0, root = 1; index < degree; index++, root = multiply(root, 2)) {
    divisor = [...divisor, 0].map((value, at) => value ^ multiply(divisor[at - 1] ?? 0, root));
  }
  return divisor.slice(1);
}

function getRemainder(data: readonly number[], divisor: readonly number[]): number[] {
  let rest = divisor.map(() => 0);
  for (const value of data) {
    const [first = 0, ...others] = rest;
    const factor = value ^ first;
    rest = [...others, 0].map((other, at) => other ^ multiply(divisor[at] ?? 0, factor));
  }
  return rest;
}

/** A number and what makes up for mistakes in it. */
function protect(value: number, bits: number, divisor: number): number {
  let rest = value << bits;
  for (let bit = 31; bit >= bits; bit--) if ((rest >>> bit) & 1) rest ^= divisor << (bit - bits);
  return (value << bits) | rest;
}

function draw(codewords: readonly number[], { version, size }: Layout, mask: number): number[][] {
  // What is neither dark nor light yet is left for the codewords.
  const code: (number | undefined)[][] = Array.from({ length: size }, () => Array(size).fill(undefined));
  const set = (x: number, y: number, isDark: boolean | number) => {
    const row = code[y];
    if (row && x >= 0 && x < size) row[x] = Number(isDark);
  };
  const ring = (x: number, y: number, reach: number, light: readonly number[]) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const places = listAlignments(version, size);
  for (const [i, x] of places.entries()) {
    for (const [j, y] of places.entries()) {
      const last = places.length - 1;
      // Three corners have finders.
      if ((i > 0 || (j > 0 && j < last)) && (j > 0 || i < last)) ring(x, y, 2, [1]);
    }
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    ring(x, y, 4, [2, 4]);
  const format = protect(mask, 10, 0x537) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = (format >> bit) & 1;
    // Beside the finders, around the lines of every second square.
    set(8, bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit, isDark);
    set(bit < 8 ? size - 1 - bit : bit < 9 ? 7 : 14 - bit, 8, isDark);
  }
  set(8, size - 8, true);
  const number = version > 6 ? protect(version, 12, 0x1f25) : 0;
  for (let bit = 0; number > 0 && bit < 18; bit++) {
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(far, near, (number >> bit) & 1);
    set(near, far, (number >> bit) & 1);
  }
  fill(code, codewords, MASKS[mask] ?? (() => 1));
  return code.map((row) => row.map((square) => square ?? 0));
}

/** Where patterns stand along each side that keep a large code in line. */
function listAlignments(version: number, size: number): number[] {
  const count = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? 6 : size - 7 - (count - 1 - index) * step,
  );
}

/** Two columns at a time from the right, upwards and downwards in turn. */
function fill(
  code: (number | undefined)[][],
  codewords: readonly number[],
  mask: (x: number, y: number) => number,
): void {
  const size = code.length;
  let bit = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    // The column of every second square is none of them.
    if (right === 6) right--;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = code[y];
        if (!row || row[x] !== undefined) continue;
        const value = ((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        row[x] = value ^ (mask(x, y) === 0 ? 1 : 0);
        bit++;
      }
    }
  }
}

/** How hard a code is to read: long runs, blocks, what looks like a finder, and more of one colour than of the other. */
function getPenalty(code: readonly (readonly number[])[]): number {
  const rows = code.map((row) => row.join(""));
  const columns = code.map((_, x) => code.map((row) => row[x]).join(""));
  let penalty = 0;
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...`0000${line}0000`.matchAll(/(?=00001011101|10111010000)/g)].length;
  }
  for (const [y, row] of code.entries()) {
    for (const [x, square] of row.entries()) {
      const block = [row[x + 1], code[y + 1]?.[x], code[y + 1]?.[x + 1]];
      if (block.every((other) => other === square)) penalty += 3;
    }
  }
  const dark = code.flat().reduce((sum, square) => sum + square, 0);
  return penalty + 10 * Math.floor(Math.abs((20 * dark) / code.length ** 2 - 10));
}
