import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runCommand } from "../../scripts/command.ts";
import { Failure } from "../../scripts/failure.ts";
import type { MeasuredTable, Measurement } from "./measurement.ts";
import { fanout } from "./measurements/fanout.ts";
import { footprint } from "./measurements/footprint.ts";
import { growth } from "./measurements/growth.ts";
import { hall } from "./measurements/hall.ts";
import { react } from "./measurements/react.ts";
import { read } from "./measurements/read.ts";
import { steady } from "./measurements/steady.ts";
import { measure } from "./rounds.ts";
import { SIZES, type Size } from "./size.ts";
import { Stage } from "./stage.ts";
import { formatTable, showProgress } from "./terminal.ts";

const usage = `
Usage: npm run bench [-- --quick] [-- --only react]

Measures revint beside the platform's floor and beside what people use today.
`;

const groups: ((stage: Stage, size: Size) => Measurement[])[] = [
  read,
  react,
  steady,
  fanout,
  hall,
  growth,
  footprint,
];

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const size = SIZES[values.quick ? "quick" : "full"];
  showProgress("building");
  const stage = await Stage.open();
  const tables: MeasuredTable[] = [];
  try {
    const all = groups.flatMap((group) => group(stage, size));
    const chosen = all.filter(
      ({ group, name }) =>
        values.only.length === 0 || values.only.some((only) => only === group || only === name),
    );
    if (chosen.length === 0) throw new Failure(`There is no ${values.only}.`);
    for (const measurement of chosen) {
      const table = await measure(measurement, size.rounds, showProgress);
      showProgress("");
      console.log(formatTable(table));
      tables.push(table);
    }
  } finally {
    await stage.close();
  }
  await writeFile("bench-results.json", JSON.stringify({ tables }, null, 2));
});
