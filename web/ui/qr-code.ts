/*
 * QR codes for links, after ISO/IEC 18004: bytes only, level M only, every version. A general
 * library carries four levels, three alphabets and their checks, several times the weight of this.
 */

/** By version, from 1: codewords that correct errors in each block of level M, and blocks. */
const ECC_OF_BLOCK = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

/** What inverts a module, one for each mask. */
const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (((x / 3) | 0) + ((y / 2) | 0)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** A module: 1 is dark. */
type Rows = number[][];

/** The modules of a text's code, row by row, without the light margin. @throws RangeError beyond 2,331 bytes */
export function encodeQr(text: string): readonly (readonly number[])[] {
  const bytes = new TextEncoder().encode(text);
  const version = findVersion(bytes.length);
  const bits = interleave(pack(bytes, version), version).flatMap((byte) => toBits(byte, 8));
  const { rows, isFree } = drawPatterns(version);
  const size = rows.length;
  // Two columns at a time, from the right, up and down; the timing pattern's column is left out.
  let next = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const isUpward = ((right + (right < 6 ? 2 : 1)) & 2) === 0;
    for (let step = 0; step < size; step++) {
      for (const x of [right, right - 1]) {
        const y = isUpward ? size - 1 - step : step;
        if (isFree(x, y)) set(rows, x, y, bits[next++] ?? 0);
      }
    }
  }
  const masked = MASKS.map((mask, index) => {
    const copy = rows.map((row, y) =>
      row.map((bit, x) => (isFree(x, y) && mask(x, y) === 0 ? 1 - bit : bit)),
    );
    drawFormat(copy, index);
    return copy;
  });
  const penalties = masked.map(getPenalty);
  return masked[penalties.indexOf(Math.min(...penalties))] ?? rows;
}

const lookUp = (list: readonly number[], index: number): number => list[index] ?? 0;

const set = (rows: Rows, x: number, y: number, bit: number): void => {
  const row = rows[y];
  if (row && x in row) row[x] = bit;
};

/** Highest first. */
const toBits = (value: number, length: number): number[] =>
  Array.from({ length }, (_, index) => (value >> (length - 1 - index)) & 1);

const sizeOf = (version: number): number => version * 4 + 17;

/** Bytes a version holds, those that correct errors included. */
function countCodewords(version: number): number {
  const aligned = version > 1 ? ((version / 7) | 0) + 2 : 0;
  const alignment = aligned && (25 * aligned - 10) * aligned - 55;
  return ((16 * version + 128) * version + 64 - alignment - (version > 6 ? 36 : 0)) >> 3;
}

const countData = (version: number): number =>
  countCodewords(version) - lookUp(ECC_OF_BLOCK, version - 1) * lookUp(BLOCKS, version - 1);

const lengthBits = (version: number): number => (version > 9 ? 16 : 8);

function findVersion(bytes: number): number {
  for (let version = 1; version <= 40; version++) {
    if (bytes * 8 + 4 + lengthBits(version) <= countData(version) * 8) return version;
  }
  throw new RangeError("too long for a QR code");
}

/** Mode, length, text, terminator and padding, as bytes. */
function pack(bytes: Uint8Array, version: number): number[] {
  const bits = [...toBits(4, 4), ...toBits(bytes.length, lengthBits(version))];
  for (const byte of bytes) bits.push(...toBits(byte, 8));
  const packed: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    packed.push(toBits(0, 8).reduce((byte, _, index) => byte * 2 + lookUp(bits, at + index), 0));
  }
  for (let pad = 0xec; packed.length < countData(version); pad ^= 0xec ^ 0x11) packed.push(pad);
  return packed;
}

/** Cuts the data into blocks, the last ones a byte longer, and mixes them and what corrects them. */
function interleave(data: readonly number[], version: number): number[] {
  const count = lookUp(BLOCKS, version - 1);
  const divisor = getDivisor(lookUp(ECC_OF_BLOCK, version - 1));
  const short = (data.length / count) | 0;
  const longer = data.length % count;
  const mixed: number[] = [];
  for (let block = 0, from = 0; block < count; block++) {
    const isLonger = block >= count - longer;
    const part = data.slice(from, from + short + (isLonger ? 1 : 0));
    from += part.length;
    part.forEach((byte, index) => {
      mixed[index < short ? index * count + block : short * count + block - (count - longer)] = byte;
    });
    getRemainder(part, divisor).forEach((byte, index) => {
      mixed[data.length + index * count + block] = byte;
    });
  }
  return mixed;
}

/** In the field of 256 elements. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (const bit of toBits(b, 8)) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (bit * a);
  return product;
}

function getDivisor(degree: number): number[] {
  const divisor = new Array<number>(degree).fill(0);
  divisor[degree - 1] = 1;
  for (let turn = 0, root = 1; turn < degree; turn++, root = multiply(root, 2)) {
    divisor.forEach((factor, index) => {
      divisor[index] = multiply(factor, root) ^ lookUp(divisor, index + 1);
    });
  }
  return divisor;
}

function getRemainder(data: readonly number[], divisor: readonly number[]): number[] {
  return data.reduce((rest, byte) => {
    const factor = byte ^ lookUp(rest, 0);
    return divisor.map((part, index) => lookUp(rest, index + 1) ^ multiply(part, factor));
  }, new Array<number>(divisor.length).fill(0));
}

/** What every code of a version has in common, and which modules are left for data. */
function drawPatterns(version: number): { rows: Rows; isFree(x: number, y: number): boolean } {
  const size = sizeOf(version);
  const rows: Rows = Array.from({ length: size }, () => new Array<number>(size).fill(-1));
  for (let at = 0; at < size; at++) {
    set(rows, 6, at, 1 - (at % 2));
    set(rows, at, 6, 1 - (at % 2));
  }
  const places = getAlignments(version, size);
  const last = places.length - 1;
  places.forEach((x, i) => {
    places.forEach((y, j) => {
      if (!((i === 0 && (j === 0 || j === last)) || (i === last && j === 0))) drawRings(rows, x, y, 2, [1]);
    });
  });
  for (const [x = 0, y = 0] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ]) {
    drawRings(rows, x, y, 4, [2, 4]);
  }
  drawFormat(rows, 0);
  if (version > 6) drawVersion(rows, version);
  const isDrawn = rows.map((row) => row.map((bit) => bit >= 0));
  return { rows, isFree: (x, y) => isDrawn[y]?.[x] === false };
}

function getAlignments(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = ((version / 7) | 0) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return Array.from({ length: count }, (_, index) => (index ? size - 7 - (count - 1 - index) * step : 6));
}

/** Squares around a point, dark but for those at the `light` distances. */
function drawRings(rows: Rows, x: number, y: number, reach: number, light: readonly number[]): void {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      set(rows, x + dx, y + dy, light.includes(Math.max(Math.abs(dx), Math.abs(dy))) ? 0 : 1);
    }
  }
}

/** A value followed by its own check bits. */
function addCheck(value: number, length: number, divisor: number): number {
  let rest = value;
  for (let turn = 0; turn < length; turn++) rest = (rest << 1) ^ ((rest >> (length - 1)) * divisor);
  return (value << length) | rest;
}

/** Level (M is 0) and mask, twice. */
function drawFormat(rows: Rows, mask: number): void {
  const size = rows.length;
  const bits = toBits(addCheck(mask, 10, 0x537) ^ 0x5412, 15).reverse();
  bits.forEach((bit, index) => {
    set(rows, 8, index < 6 ? index : index < 8 ? index + 1 : size - 15 + index, bit);
    set(rows, index < 8 ? size - 1 - index : index < 9 ? 7 : 14 - index, 8, bit);
  });
  set(rows, 8, size - 8, 1);
}

function drawVersion(rows: Rows, version: number): void {
  const bits = toBits(addCheck(version, 12, 0x1f25), 18).reverse();
  bits.forEach((bit, index) => {
    const [a, b] = [rows.length - 11 + (index % 3), (index / 3) | 0];
    set(rows, a, b, bit);
    set(rows, b, a, bit);
  });
}

/** How hard it would be to read: long runs, blocks, what looks like a corner, too dark or too light. */
function getPenalty(rows: Rows): number {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => lookUp(row, x)))];
  const size = rows.length;
  let penalty = 0;
  for (const line of lines) {
    const text = line.join("");
    for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...`0000${text}0000`.matchAll(/(?=00001011101|10111010000)/g)].length;
  }
  rows.forEach((row, y) => {
    row.forEach((bit, x) => {
      const below = rows[y + 1];
      if (bit === row[x + 1] && bit === below?.[x] && bit === below[x + 1]) penalty += 3;
    });
  });
  const dark = rows.flat().filter((bit) => bit === 1).length;
  return penalty + 10 * (Math.ceil(Math.abs(dark * 20 - size * size * 10) / (size * size)) - 1);
}
