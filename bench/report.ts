import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isCharted, writeCapacityReport } from "./capacity-report.ts";
import { drawBars, drawLines } from "./chart.ts";
import { writeCostReport } from "./cost-report.ts";
import type { MeasuredTable } from "./measurement.ts";
import type { Results } from "./results.ts";
import type { SoakSample } from "./soak-session.ts";

const CAPACITY = "docs/capacity.md";
const CHARTS = "docs/bench";

/** Writes docs/capacity.md, docs/cost.md and their charts. */
export async function writeReports(results: Results): Promise<void> {
  await mkdir(CHARTS, { recursive: true });
  for (const table of results.tables.filter(isCharted)) {
    const chart = drawTable(table);
    if (chart !== undefined) await writeFile(`${CHARTS}/${table.name}.svg`, chart);
  }
  if (results.soak) {
    for (const [name, chart] of Object.entries(drawSoak(results.soak.samples))) {
      await writeFile(`${CHARTS}/${name}.svg`, chart);
    }
  }
  const before = await readFile(CAPACITY, "utf8").catch(() => "");
  await writeFile(CAPACITY, writeCapacityReport(results, before));
  if (results.costs) {
    await writeFile("docs/cost.md", writeCostReport(results.costs, results.machine, results.hostCosts));
  }
}

/** The figure that a table is about: throughput where there is one, else the last that has it. */
function drawTable({ title, figures, rows }: MeasuredTable): string | undefined {
  const figure = figures.find(({ key }) => key === "rate" || key === "last") ?? figures[0];
  if (!figure || rows.length === 0) return undefined;
  const bars = rows.flatMap(({ contestant, figures: measured }) => {
    const summary = measured[figure.key];
    if (!summary || !Number.isFinite(summary.median)) return [];
    return [{ label: contestant, value: summary.median, min: summary.min, max: summary.max }];
  });
  return bars.length === 0 ? undefined : drawBars(title, figure.unit, bars);
}

function drawSoak(samples: readonly SoakSample[]): Record<string, string> {
  const line = (label: string, read: (sample: SoakSample) => number) => ({
    label,
    points: samples.map((sample) => [sample.seconds, read(sample)] as const),
  });
  const x = "seconds";
  return {
    "soak-latency": drawLines("Tap until it is acked, and until the host sees it", { x, y: "p99, ms" }, [
      line("host sees it", ({ tapP99 }) => tapP99),
      line("acked", ({ ackP99 }) => ackP99),
    ]),
    "soak-cpu": drawLines("CPU of workerd", { x, y: "cores" }, [line("cores", ({ cpu }) => cpu)]),
    "soak-memory": drawLines("Memory of workerd", { x, y: "MiB" }, [
      line("MiB", ({ residentMib }) => residentMib),
    ]),
  };
}
