import { renderUnicodeCompact } from "uqr";

/** Light modules around a code, which scanners need. */
const QUIET = 4;

/** A QR code for a terminal. */
export const drawQr = (url: string): string => renderUnicodeCompact(url, { border: QUIET });
