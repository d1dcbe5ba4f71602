/** Where each type says how wide and how high it is. A picture that ends before has no size. @throws RangeError */
const READERS: Readonly<Record<string, (bytes: DataView) => number | undefined>> = {
  "image/png": readPng,
  "image/gif": (bytes) => bytes.getUint16(6, true) * bytes.getUint16(8, true),
  "image/jpeg": readJpeg,
  "image/webp": readWebp,
  "image/avif": readAvif,
};

/**
 * How many pixels a picture has when it is drawn: a file of some kilobytes may have more than a phone has memory for.
 * Undefined for one that does not say so, which no browser draws either.
 * @param type as `getPictureType` tells it
 */
export function getPictureSize(content: Uint8Array, type: string): number | undefined {
  try {
    return READERS[type]?.(new DataView(content.buffer, content.byteOffset, content.byteLength));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Its first chunk is its head, or no browser draws it. */
function readPng(bytes: DataView): number | undefined {
  const IHDR = 0x49484452;
  return bytes.getUint32(12) === IHDR ? bytes.getUint32(16) * bytes.getUint32(20) : undefined;
}

/** One segment after the other, until one begins the picture itself. */
function readJpeg(bytes: DataView): number | undefined {
  for (let at = 2; ; ) {
    const marker = bytes.getUint8(at + 1);
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    // Of the sixteen that may begin it, three are tables.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return bytes.getUint16(at + 5) * bytes.getUint16(at + 7);
    }
    at += 2 + bytes.getUint16(at + 2);
  }
}

/** A canvas with pictures on it, or one picture, with or without loss. */
function readWebp(bytes: DataView): number | undefined {
  const name = String.fromCharCode(...[12, 13, 14, 15].map((at) => bytes.getUint8(at)));
  const read24 = (at: number) => bytes.getUint16(at, true) + (bytes.getUint8(at + 2) << 16);
  if (name === "VP8X") return (read24(24) + 1) * (read24(27) + 1);
  if (name === "VP8 ") return (bytes.getUint16(26, true) & 0x3fff) * (bytes.getUint16(28, true) & 0x3fff);
  if (name !== "VP8L") return undefined;
  const both = bytes.getUint32(21, true);
  return ((both & 0x3fff) + 1) * (((both >> 14) & 0x3fff) + 1);
}

/** All that its head says may be so large: the picture, parts of it, and small ones beside it. */
function readAvif(bytes: DataView): number | undefined {
  const ISPE = 0x69737065;
  const head = Math.min(bytes.byteLength - 16, 64 * 1024);
  let most: number | undefined;
  for (let at = 0; at <= head; at++) {
    if (bytes.getUint32(at) !== ISPE) continue;
    most = Math.max(most ?? 0, bytes.getUint32(at + 8) * bytes.getUint32(at + 12));
  }
  return most;
}
