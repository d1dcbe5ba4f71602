import { parseArgs } from "node:util";
import { runCommand } from "../scripts/command.ts";
import { Failure } from "../scripts/failure.ts";
import { describeMachine } from "./machine.ts";
import { writeReports } from "./report.ts";
import { readResults, writeResults } from "./results.ts";
import { FULL_SOAK, soak } from "./soak-session.ts";
import { Stage } from "./stage.ts";
import { formatNumber, showProgress } from "./terminal.ts";

const usage = `
Usage: npm run soak [-- --people 10000 --seconds 600]

Without --people: 10,000, or as many as the limit of open files allows (ulimit -n; workerd takes two for each).

One session, everyone taps every 10 s, a slide every 20 s, 5% drop out and come back each minute.
Then every ack is looked up in the ledgers: it fails if one is lost or one counts twice.
`;

await runCommand(usage, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      people: { type: "string", default: `${FULL_SOAK.people}` },
      seconds: { type: "string", default: `${FULL_SOAK.seconds}` },
    },
  });
  const options = { ...FULL_SOAK, people: Number(values.people), seconds: Number(values.seconds) };
  // Whatever was started ends with the process: see Folder, Workerd and LoadClient.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  showProgress("building");
  const stage = await Stage.open();
  try {
    // The token bucket as it is deployed.
    const revint = await stage.startRevint({ vars: {} });
    showProgress(`${options.people} people join`);
    const result = await soak(revint, options, (sample) =>
      showProgress(
        `${sample.seconds} of ${options.seconds} s · ${sample.connected} connected · ${sample.acked} acked · tap to host p99 ${formatNumber(sample.tapP99)} ms · ${formatNumber(sample.cpu)} cores · ${formatNumber(sample.residentMib)} MiB`,
      ),
    );
    showProgress("");
    const { samples: _, ...figures } = result;
    console.table(figures);
    const earlier = (await readResults()) ?? { machine: describeMachine(), size: "full", tables: [] };
    const results = { ...earlier, soak: { ...result, machine: describeMachine() } };
    await writeResults(results);
    if (options.people === FULL_SOAK.people && options.seconds === FULL_SOAK.seconds)
      await writeReports(results);
    if (result.lost + result.double + result.unanswered + result.behind > 0) {
      throw new Failure("Something was lost, counted twice, never answered, or did not arrive: see above.");
    }
  } finally {
    await stage.close();
  }
});
