/*
 * QR codes by ISO/IEC 18004, as far as a link needs them: its bytes as they are, with error correction M, in the smallest
 * version that holds them. Libraries know every other mode too, and weigh three times as much.
 */

/** Bytes of error correction in each block, and the blocks, of version 1 and those after it. */
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

type Grid = boolean[][];

/** Whether a mask turns the module at this place over. There are eight. */
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * The code as rows of modules; true is dark. There is no light margin around it yet.
 * @throws RangeError when no version holds so many bytes (2,331 are the most)
 */
export function encodeQr(text: string): readonly (readonly boolean[])[] {
  const bytes = [...new TextEncoder().encode(text)];
  const version = pickVersion(bytes.length);
  const frame = drawFrame(version);
  const bits = toBits(addCorrection(addHeader(bytes, version), version));
  const drawings = MASKS.map((isTurned, mask) => draw(frame, version, bits, isTurned, mask));
  const penalties = drawings.map(getPenalty);
  return drawings[penalties.indexOf(Math.min(...penalties))] ?? [];
}

/** Bytes of a version, those of error correction included. */
function countBytes(version: number): number {
  const marks = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const alignment = marks === 0 ? 0 : (25 * marks - 10) * marks - 55;
  return Math.floor(((16 * version + 128) * version + 64 - alignment - (version < 7 ? 0 : 36)) / 8);
}

const countData = (version: number): number =>
  countBytes(version) - at(CORRECTION, version) * at(BLOCKS, version);

/** Bits that say how many bytes follow. */
const lengthBits = (version: number): number => (version < 10 ? 8 : 16);

function pickVersion(length: number): number {
  for (let version = 1; version <= BLOCKS.length; version++) {
    if (Math.ceil((4 + lengthBits(version)) / 8) + length <= countData(version)) return version;
  }
  throw new RangeError("too long for a QR code");
}

/** The bytes with what they are and how many, and filled up. */
function addHeader(bytes: readonly number[], version: number): number[] {
  const size = countData(version);
  const header = [0, 1, 0, 0, ...toBits([bytes.length], lengthBits(version))];
  const bits = [...header, ...toBits(bytes), 0, 0, 0, 0];
  const data: number[] = [];
  for (let start = 0; start < bits.length; start += 8) {
    data.push(bits.slice(start, start + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  for (let pad = 0xec; data.length < size; pad ^= 0xec ^ 0x11) data.push(pad);
  return data;
}

const toBits = (numbers: readonly number[], width = 8): number[] =>
  numbers.flatMap((number) => Array.from({ length: width }, (_, bit) => (number >> (width - 1 - bit)) & 1));

/** In blocks with error correction each, which then take turns, byte by byte. */
function addCorrection(data: readonly number[], version: number): number[] {
  const [blocks, correction] = [at(BLOCKS, version), at(CORRECTION, version)];
  const divisor = getDivisor(correction);
  const short = Math.floor(data.length / blocks);
  const firstLong = blocks - (data.length % blocks);
  const parts: (readonly number[])[] = [];
  for (let block = 0, start = 0; block < blocks; block++) {
    const end = start + short + (block < firstLong ? 0 : 1);
    parts.push(data.slice(start, end));
    start = end;
  }
  const checks = parts.map((part) => divide(part, divisor));
  const takeTurns = (lists: readonly (readonly number[])[]) =>
    Array.from({ length: short + correction + 1 }, (_, index) =>
      lists.flatMap((list) => list[index] ?? []),
    ).flat();
  return [...takeTurns(parts), ...takeTurns(checks)];
}

/** Reed-Solomon's generator polynomial, its first factor, 1, left out. */
function getDivisor(degree: number): number[] {
  let divisor = [...Array<number>(degree - 1).fill(0), 1];
  for (let count = 0, root = 1; count < degree; count++, root = multiply(root, 2)) {
    const before = divisor;
    divisor = before.map((factor, index) => multiply(factor, root) ^ (before[index + 1] ?? 0));
  }
  return divisor;
}

/** What is left of a block divided by the generator polynomial. */
function divide(block: readonly number[], divisor: readonly number[]): number[] {
  let rest = divisor.map(() => 0);
  for (const byte of block) {
    const factor = byte ^ (rest[0] ?? 0);
    const before = rest;
    rest = divisor.map((each, index) => (before[index + 1] ?? 0) ^ multiply(each, factor));
  }
  return rest;
}

/** In the field of 256 elements that QR codes count in. */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/** What every code of a version has: a module where it is drawn already, and nothing where bits will stand. */
function drawFrame(version: number): (boolean | undefined)[][] {
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined));
  const set = (x: number, y: number, isDark: boolean) => {
    const row = grid[y];
    if (row && x >= 0 && x < size) row[x] = isDark;
  };
  const square = (x: number, y: number, radius: number, isDark: (distance: number) => boolean) => {
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++)
        set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (let index = 0; index < size; index++) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  const marks = listMarks(version);
  for (const x of marks)
    for (const y of marks) {
      // Three corners have larger marks.
      const isCorner = (x === 6 || y === 6) && (x === y || x + y === size - 1);
      if (!isCorner) square(x, y, 2, (distance) => distance !== 1);
    }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    square(x, y, 4, (distance) => distance !== 2 && distance !== 4);
  }
  drawFormat(set, size, 0);
  if (version >= 7) {
    const bits = (version << 12) | getRemainder(version, 12, 0x1f25);
    for (let bit = 0; bit < 18; bit++) {
      const [near, far] = [Math.floor(bit / 3), size - 11 + (bit % 3)];
      set(near, far, ((bits >> bit) & 1) === 1);
      set(far, near, ((bits >> bit) & 1) === 1);
    }
  }
  return grid;
}

/** Where alignment marks stand, across and down. */
function listMarks(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const last = version * 4 + 10;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => last - index * step)];
}

/** Twice, which error correction (M is 0) and which mask. */
function drawFormat(set: (x: number, y: number, isDark: boolean) => void, size: number, mask: number): void {
  const bits = ((mask << 10) | getRemainder(mask, 10, 0x537)) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = ((bits >> bit) & 1) === 1;
    // Around the first corner, without the lines at 6; and along the other two.
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : bit === 8 ? 7 : 14 - bit;
    if (bit < 8) {
      set(8, along, isDark);
      set(size - 1 - bit, 8, isDark);
    } else {
      set(along, 8, isDark);
      set(8, size - 15 + bit, isDark);
    }
  }
  set(8, size - 8, true);
}

/** Of the number, moved by so many bits, divided by a polynomial of that degree. */
function getRemainder(number: number, degree: number, polynomial: number): number {
  let rest = number;
  for (let bit = 0; bit < degree; bit++) rest = (rest << 1) ^ ((rest >> (degree - 1)) * polynomial);
  return rest;
}

/** The frame with the bits in it: in columns of two, up and down, from the right. */
function draw(
  frame: readonly (readonly (boolean | undefined)[])[],
  version: number,
  bits: readonly number[],
  isTurned: (x: number, y: number) => boolean,
  mask: number,
): Grid {
  const size = 17 + 4 * version;
  const grid = frame.map((row) => row.map((module) => module ?? false));
  const set = (x: number, y: number, isDark: boolean) => {
    const row = grid[y];
    if (row) row[x] = isDark;
  };
  let next = 0;
  for (let column = 0, right = size - 1; right > 0; column++, right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < size * 2; step++) {
      const x = right - (step % 2);
      const down = Math.floor(step / 2);
      const y = column % 2 === 0 ? size - 1 - down : down;
      if (frame[y]?.[x] === undefined) set(x, y, (bits[next++] === 1) !== isTurned(x, y));
    }
  }
  drawFormat(set, size, mask);
  return grid;
}

/** How hard a code is to read for scanners. */
function getPenalty(grid: Grid): number {
  const size = grid.length;
  const columns = grid.map((_, x) => grid.map((row) => row[x] ?? false));
  let penalty = 0;
  for (const line of [...grid, ...columns]) penalty += getLinePenalty(line);
  let dark = 0;
  grid.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) dark++;
      const below = grid[y + 1];
      // Blocks of one colour.
      if (below && isDark === row[x + 1] && isDark === below[x] && isDark === below[x + 1]) penalty += 3;
    });
  });
  // Much more of one than of the other.
  return penalty + (Math.ceil(Math.abs(dark * 20 - size * size * 10) / (size * size)) - 1) * 10;
}

function getLinePenalty(line: readonly boolean[]): number {
  // Light, dark, light, … and light at both ends, where the margin is.
  const runs = [0];
  for (const isDark of line) {
    if (isDark === (runs.length % 2 === 0)) runs.push((runs.pop() ?? 0) + 1);
    else runs.push(1);
  }
  if (runs.length % 2 === 0) runs.push(0);
  let penalty = 0;
  for (const run of runs) if (run >= 5) penalty += run - 2;
  const margin = (index: number) =>
    (runs[index] ?? 0) + (index === 0 || index === runs.length - 1 ? line.length : 0);
  // What looks like the mark in a corner: 1, 1, 3, 1, 1, with space on one side.
  for (let start = 1; start + 5 < runs.length; start += 2) {
    const unit = runs[start] ?? 0;
    const isMark = [1, 1, 3, 1, 1].every((part, index) => runs[start + index] === part * unit);
    if (!isMark) continue;
    const [before, after] = [margin(start - 1), margin(start + 5)];
    if (before >= 4 * unit && after >= unit) penalty += 40;
    if (after >= 4 * unit && before >= unit) penalty += 40;
  }
  return penalty;
}

const at = (table: readonly number[], version: number): number => table[version - 1] ?? 0;
