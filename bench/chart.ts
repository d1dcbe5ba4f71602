/*
 * Two kinds of chart as plain SVG: enough for what the pages in docs/ show. Colours work on a
 * light and on a dark page; the text takes the reader's font.
 */

const COLORS = ["#2563eb", "#d97706", "#059669", "#9333ea", "#dc2626"] as const;
const GREY = "#64748b";
const WIDTH = 720;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const format = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
const color = (index: number) => COLORS[index % COLORS.length];

const text = (x: number, y: number, content: string, more = "") =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${GREY}" ${more}>${escapeXml(content)}</text>`;

const svg = (height: number, title: string, body: readonly string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeXml(title)}" ${FONT}>
${text(0, 16, title, 'font-weight="600"')}
${body.join("\n")}
</svg>
`;

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

const BAR_HEIGHT = 22;
const LABEL_WIDTH = 220;
const VALUE_WIDTH = 90;

/** One bar for each contestant, the spread between rounds as a thin line on it. */
export function drawBars(title: string, unit: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ max }) => max));
  const scale = (value: number) => (value / most) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH);
  const body = bars.flatMap(({ label, value, min, max }, index) => {
    const y = 30 + index * (BAR_HEIGHT + 8);
    const middle = y + BAR_HEIGHT / 2;
    return [
      text(LABEL_WIDTH - 8, middle + 5, label, 'text-anchor="end"'),
      `<rect x="${LABEL_WIDTH}" y="${y}" width="${scale(value).toFixed(1)}" height="${BAR_HEIGHT}" rx="3" fill="${color(index)}"/>`,
      `<path d="M${(LABEL_WIDTH + scale(min)).toFixed(1)} ${middle}H${(LABEL_WIDTH + scale(max)).toFixed(1)}" stroke="${GREY}" stroke-width="2"/>`,
      text(LABEL_WIDTH + scale(max) + 6, middle + 5, `${format(value)} ${unit}`),
    ];
  });
  return svg(38 + bars.length * (BAR_HEIGHT + 8), title, body);
}

export interface Line {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const PLOT = { left: 56, right: WIDTH - 10, top: 44, bottom: 230 } as const;

/** Lines over a common axis that begins at zero. */
export function drawLines(
  title: string,
  axes: { readonly x: string; readonly y: string },
  lines: readonly Line[],
): string {
  const points = lines.flatMap((line) => line.points).filter(([, y]) => Number.isFinite(y));
  const mostX = Math.max(...points.map(([x]) => x));
  const mostY = Math.max(...points.map(([, y]) => y)) * 1.1;
  const at = ([x, y]: readonly [number, number]) =>
    `${(PLOT.left + (x / mostX) * (PLOT.right - PLOT.left)).toFixed(1)} ${(PLOT.bottom - (y / mostY) * (PLOT.bottom - PLOT.top)).toFixed(1)}`;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = PLOT.bottom - share * (PLOT.bottom - PLOT.top);
    return [
      `<path d="M${PLOT.left} ${y}H${PLOT.right}" stroke="${GREY}" stroke-opacity=".25"/>`,
      text(PLOT.left - 6, y + 4, format(mostY * share), 'text-anchor="end" font-size="11"'),
    ];
  });
  const drawn = lines.flatMap(({ label, points: all }, index) => [
    `<path d="M${all
      .filter(([, y]) => Number.isFinite(y))
      .map(at)
      .join("L")}" fill="none" stroke="${color(index)}" stroke-width="2"/>`,
    `<rect x="${PLOT.left + index * 170}" y="24" width="12" height="12" rx="2" fill="${color(index)}"/>`,
    text(PLOT.left + 18 + index * 170, 35, label),
  ]);
  return svg(270, title, [
    ...grid,
    ...drawn,
    text(PLOT.right, 250, `${axes.x}, 0 to ${format(mostX)}`, 'text-anchor="end" font-size="11"'),
    text(PLOT.left, 250, axes.y, 'font-size="11"'),
  ]);
}
