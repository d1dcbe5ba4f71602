import { parseArgs } from "node:util";
import { runCommand } from "../scripts/command.ts";
import { Failure } from "../scripts/failure.ts";
import { countCosts } from "./cost-count.ts";
import { judgeCosts } from "./cost-report.ts";
import { countHostCosts } from "./host-costs.ts";
import { describeMachine } from "./machine.ts";
import type { MeasuredTable, Measurement } from "./measurement.ts";
import { answers } from "./measurements/answers.ts";
import { exportAll } from "./measurements/export.ts";
import { fanout } from "./measurements/fanout.ts";
import { flows } from "./measurements/flows.ts";
import { footprint } from "./measurements/footprint.ts";
import { growth } from "./measurements/growth.ts";
import { hall } from "./measurements/hall.ts";
import { hosts } from "./measurements/hosts.ts";
import { metrics } from "./measurements/metrics.ts";
import { react } from "./measurements/react.ts";
import { read } from "./measurements/read.ts";
import { steady } from "./measurements/steady.ts";
import { votes } from "./measurements/votes.ts";
import { writeReports } from "./report.ts";
import { mergeTables, type Results, readResults, writeResults } from "./results.ts";
import { measure } from "./rounds.ts";
import { SIZES, type Size } from "./size.ts";
import { Stage } from "./stage.ts";
import { formatGoal, formatTable, showProgress } from "./terminal.ts";
import { checkTree, type TreeCheck } from "./tree-check.ts";

const groups: ((stage: Stage, size: Size) => Measurement[])[] = [
  read,
  react,
  answers,
  votes,
  flows,
  steady,
  fanout,
  hall,
  growth,
  exportAll,
  footprint,
  hosts,
  metrics,
];

const usage = `
Usage: npm run bench [-- --quick] [-- --only react --only tree]

Measures revint beside the platform's floor and beside what people use today, all in one run on this machine.
A whole full run writes docs/capacity.md, docs/cost.md and docs/bench/; every run writes bench-results.json.

  --quick   under 2 minutes, a tenth of the people, without what takes long: whether it works, not how fast it is
  --only    read, react, answers, votes, flows, steady, fanout, tap, storm, growth, export, memory, cold, hosts, metrics, cost, host-cost, tree, or one table's name
  --write   write the pages in docs/ whatever was measured
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      write: { type: "boolean", default: false },
    },
  });
  const size = SIZES[values.quick ? "quick" : "full"];
  const isAll = values.only.length === 0;
  const isChosen = (name: string) => isAll || values.only.includes(name);

  // Whatever was started ends with the process: see Folder, Workerd and LoadClient.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  showProgress("building");
  const stage = await Stage.open();
  try {
    const chosen = groups
      .flatMap((group) => group(stage, size))
      .filter(({ group, name, isSlow }) =>
        isAll ? size.name === "full" || !isSlow : isChosen(group) || isChosen(name),
      );
    if (chosen.length === 0 && !["cost", "host-cost", "tree"].some(isChosen)) {
      throw new Failure(`Nothing is called ${values.only.join(", ")}.`);
    }
    const tables: MeasuredTable[] = [];
    for (const measurement of chosen) {
      const began = performance.now();
      const table = await measure(measurement, size.rounds, showProgress);
      showProgress("");
      const seconds = Math.round((performance.now() - began) / 1000);
      console.log(`${formatTable(table)}  measured in ${seconds} s\n`);
      tables.push(table);
    }
    const earlier = await readResults();
    const tree = isChosen("tree")
      ? await checkTree(stage, size.scale === 1 ? 500 : 50, showProgress)
      : earlier?.tree;
    const costs =
      isChosen("cost") && !(isAll && size.name === "quick")
        ? await countCosts(stage, size, showProgress)
        : earlier?.costs;
    const hostCosts =
      isChosen("host-cost") && !(isAll && size.name === "quick")
        ? await countHostCosts(stage, showProgress)
        : earlier?.hostCosts;
    showProgress("");
    if (isChosen("tree") && tree) console.log(formatTree(tree));
    const results: Results = {
      machine: describeMachine(),
      size: size.name,
      tables: isAll ? tables : mergeTables(earlier?.tables ?? [], tables),
      ...(tree && { tree }),
      ...(costs && { costs }),
      ...(hostCosts && { hostCosts }),
      ...(earlier?.soak && { soak: earlier.soak }),
    };
    await writeResults(results);
    if (values.write || (isAll && size.name === "full")) await writeReports(results);
    reportGoals(tables, isChosen("cost") ? costs : undefined);
  } finally {
    await stage.close();
  }
});

function formatTree({ rooms, depth, taps, total, isExact, slideMs, slide }: TreeCheck): string {
  return `A tree of ${rooms} rooms, ${depth} levels
  ${taps} taps acked, ${total} counted at the root${isExact ? "" : ": NOT exact"}
  a slide reached everyone in ${Math.round(slideMs)} ms and took ${slide.objectRequests} requests between objects\n`;
}

function reportGoals(tables: readonly MeasuredTable[], costs: Results["costs"]): void {
  const costGoals = costs ? judgeCosts(costs) : [];
  for (const goal of costGoals) console.log(formatGoal(goal));
  const goals = [...tables.flatMap((table) => table.goals), ...costGoals];
  const met = goals.filter(({ isMet }) => isMet).length;
  if (goals.length > 0) {
    console.log(`\n${met} of ${goals.length} goals are met. bench-results.json has everything.`);
  }
  const failed = tables.filter((table) => table.failed !== undefined);
  if (failed.length > 0) throw new Failure(`Not measured: ${failed.map(({ name }) => name).join(", ")}.`);
}
