import type { GoalResult, MeasuredTable } from "./measurement.ts";
import type { Summary } from "./statistics.ts";

/** The line that says what is being measured; it is overwritten, and only there is a terminal to see it. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[2K${text}`.slice(0, (process.stderr.columns ?? 80) + 5));
}

export const formatNumber = (value: number): string => {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  if (Math.abs(value) >= 10) return value.toFixed(1);
  return value.toFixed(2);
};

const formatSummary = ({ median, min, max }: Summary) =>
  min === max ? formatNumber(median) : `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;

export const formatGoal = ({ what, value, goal, isMet }: GoalResult) =>
  `${isMet ? "✓" : "✗"} ${what}: ${formatNumber(value)} (goal ${goal})`;

/** A table as text: medians, and the spread between the rounds. */
export function formatTable({ title, figures, rows, goals, failed }: MeasuredTable): string {
  if (failed !== undefined) return `${title}\n  failed: ${failed}\n`;
  const cells = [
    ["", ...figures.map(({ title: name, unit }) => (unit === "" ? name : `${name} ${unit}`))],
    ...rows.map((row) => [
      row.contestant,
      ...figures.map(({ key }) => {
        const summary = row.figures[key];
        return summary ? formatSummary(summary) : "–";
      }),
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("   "),
  );
  return `${[title, ...lines, ...goals.map(formatGoal)].join("\n  ")}\n`;
}
