import { useMemo } from "hono/jsx/dom";
import { common } from "../words/en.ts";
import { capitalize, encodeQr } from "./qr-code.ts";

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
  const rows = encodeQr(capitalize(url));
  const path = rows.flatMap((row, y) => drawRow(row, y + QUIET_MODULES)).join("");
  return { path, size: rows.length + 2 * QUIET_MODULES };
}

/** Neighbouring modules become one rectangle, so that no hairlines show between them. */
function drawRow(row: readonly number[], y: number): string[] {
  const runs: string[] = [];
  let start = 0;
  for (let x = 1; x <= row.length; x++) {
    if (row[x] === row[x - 1]) continue;
    if (row[start]) runs.push(`M${start + QUIET_MODULES} ${y}h${x - start}v1h${start - x}z`);
    start = x;
  }
  return runs;
}
