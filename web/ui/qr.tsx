import { useMemo } from "hono/jsx/dom";
import { encode } from "uqr";
import { common } from "../words/en.ts";

/** Light modules around the code: so many are promised to scanners. */
const QUIET_MODULES = 4;

/** A QR code as one SVG path; dark on white in every colour scheme, since many scanners read nothing else. */
export function Qr({ url }: { url: string }) {
  const { path, size } = useMemo(() => drawQr(url), [url]);
  return (
    <svg class="qr" part="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={common.joinCode(url)}>
      <rect width={size} height={size} rx="1.5" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawQr(url: string): { path: string; size: number } {
  const { data, size } = encode(url, { ecc: "M", border: QUIET_MODULES });
  const path = data.flatMap((row, y) => drawRow(row, y)).join("");
  return { path, size };
}

/** Neighbouring modules become one rectangle, so that no hairlines show between them. */
function drawRow(row: readonly boolean[], y: number): string[] {
  const runs: string[] = [];
  let start = 0;
  for (let x = 1; x <= row.length; x++) {
    if (row[x] === row[x - 1]) continue;
    if (row[start]) runs.push(`M${start} ${y}h${x - start}v1h${start - x}z`);
    start = x;
  }
  return runs;
}
