import type { GoalResult, MeasuredTable } from "./measurement.ts";
import type { Summary } from "./statistics.ts";
import { formatNumber } from "./terminal.ts";

/** A table in Markdown. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  );
}

const spread = ({ median, min, max }: Summary) =>
  min === max
    ? formatNumber(median)
    : `${formatNumber(median)} <sub>${formatNumber(min)}–${formatNumber(max)}</sub>`;

/** One measurement as a table: medians, and small beside them the spread between rounds. */
export function writeMeasured({ title, figures, rows, failed }: MeasuredTable): string {
  if (failed !== undefined) return `**${title}**: not measured.`;
  const head = ["", ...figures.map(({ title: name, unit }) => (unit === "" ? name : `${name} ${unit}`))];
  const cells = rows.map((row) => [
    row.contestant,
    ...figures.map(({ key }) => {
      const summary = row.figures[key];
      return summary && Number.isFinite(summary.median) ? spread(summary) : "–";
    }),
  ]);
  return `**${title}**\n\n${writeTable(head, cells)}`;
}

/** Every goal, what was reached, and where it was missed. */
export const writeGoals = (goals: readonly GoalResult[]): string =>
  writeTable(
    ["what", "reached", "goal", ""],
    goals.map(({ what, value, goal, isMet }) => [what, formatNumber(value), goal, isMet ? "✓" : "missed"]),
  );
